"""A changed fact or member holds the waiting letters at once, not on the day; and lets them go."""

import logging

from django.conf import settings
from django.db import transaction

from letters.briefing import Briefing, brief
from letters.gate import gate
from letters.models import Delivery
from letters.notices import order_notice_of_hold
from letters.states import NotAllowed, Reason, State

log = logging.getLogger(__name__)

SEVERAL = 200


def hold_and_release() -> int:
    """Looks again at what waits for a later day and at what is held; returns how many moved.

    Rehearsal letters neither wait for a day nor are held for a fact.
    """
    if not settings.LIVE:
        return 0
    moved = 0
    waits = Delivery.objects.bound_for_here().filter(
        state__in=[State.HELD, State.WAITING],
        reason__in=[Reason.ON_THE_DAY, Reason.FACT_CHANGED, Reason.MEMBER_CHANGED],
    )
    ids = list(waits.values_list("id", flat=True))
    for start in range(0, len(ids), SEVERAL):
        several = Delivery.objects.filter(id__in=ids[start : start + SEVERAL]).select_related(
            "seat", "letter__signatory__campaign", "letter__appeal"
        )
        briefing = brief(several)
        moved += sum(_look_again(delivery, briefing) for delivery in several)
    return moved


def _look_again(delivery: Delivery, briefing: Briefing) -> bool:
    stop = gate(delivery, briefing)
    before = delivery.state
    try:
        if before == State.WAITING and stop and stop.state in {State.HELD, State.FAILED}:
            with transaction.atomic():
                delivery.move(stop.state, reason=stop.reason)
                order_notice_of_hold(delivery)
        elif before == State.HELD and stop is None:
            due_at = delivery.letter.signatory.campaign.sends_at
            delivery.move(
                State.WAITING,
                reason=Reason.ON_THE_DAY,
                due_at=due_at,
                give_up_at=due_at + settings.GIVE_UP_AFTER,
            )
        elif before == State.HELD and stop.state == State.FAILED:
            delivery.move(State.FAILED, reason=stop.reason)
    except NotAllowed as error:
        log.info("%s", error)
    return delivery.state != before
