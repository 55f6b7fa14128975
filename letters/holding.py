"""A changed fact or member holds the waiting letters at once, not on the day; and lets them go."""

import logging

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from campaign.models import Appeal, Campaign
from letters.briefing import brief
from letters.gate import Stop, gate
from letters.models import Delivery
from letters.models.delivery import due_at_and_deadline
from letters.notices import tell_of_hold
from letters.states import NotAllowed, Reason, State
from representatives.congress import lookup_day
from representatives.models import Snapshot, Term

log = logging.getLogger(__name__)

SEVERAL = 200


def hold_and_release() -> int:
    """Looks again at what waits for a later day and at what is held; returns how many moved.

    Rehearsal letters neither wait for a day nor are held for a fact.
    """
    if not settings.LIVE:
        return 0
    moved = _follow_the_day()
    ids = list(_may_have_changed().values_list("id", flat=True))
    for start in range(0, len(ids), SEVERAL):
        several = Delivery.objects.filter(id__in=ids[start : start + SEVERAL]).with_letters()
        briefing = brief(several)
        moved += sum(follow(delivery, gate(delivery, briefing)) for delivery in several)
    return moved


def _may_have_changed() -> QuerySet[Delivery]:
    """What is held, and what waits for its day beside something that is no longer as it was.

    On most looks none of the thousands that wait for the day is among them.
    """
    here, now = Delivery.objects.bound_for_here(), timezone.now()
    over = ~Q(letter__signatory__campaign__state=settings.DELIVERY_MODE) | Q(
        letter__signatory__campaign__closes_at__lte=now
    )
    waits = here.filter(state=State.WAITING, reason=Reason.ON_THE_DAY).filter(
        over
        | member_has_left()
        | Q(letter__appeal__in=_appeals_in_doubt())
        | Q(letter__frozen_facts__isnull=False)
        | Q(letter__prisoner__isnull=False)
        | Q(letter__named_prisoners__isnull=False)
    )
    held = here.filter(state=State.HELD, reason__in=[Reason.FACT_CHANGED, Reason.MEMBER_CHANGED])
    return Delivery.objects.filter(Q(id__in=waits.values("id")) | Q(id__in=held.values("id")))


def member_has_left() -> Exists:
    """Somebody else sits there, or nobody; not where the roster ends with the former Congress."""
    day = lookup_day()
    sits = Term.objects.sitting(day).filter(seat=OuterRef("seat"))
    roster = Snapshot.objects.current(Snapshot.Kind.ROSTER)
    if roster is not None and roster.covers(day):
        return ~Exists(sits.filter(member=OuterRef("member")))
    return Exists(sits.exclude(member=OuterRef("member")))


def _appeals_in_doubt() -> list[int]:
    """Appeals with a fact that nobody has reviewed, or that is over by its campaign's own day."""
    appeals = Appeal.objects.filter(campaign__state=settings.DELIVERY_MODE)
    return [
        appeal.id
        for appeal in appeals.select_related("campaign").prefetch_related("facts")
        if any(
            fact.reviewed_at is None or fact.is_expired(appeal.campaign.today)
            for fact in appeal.facts.all()
        )
    ]


def _follow_the_day() -> int:
    """What waits for a campaign's day goes on the day that the campaign has now."""
    moved = 0
    for campaign in Campaign.objects.filter(state=Campaign.State.LIVE):
        waits = Delivery.objects.filter(
            letter__signatory__campaign=campaign,
            letter__destination=settings.DELIVERY_MODE,
            state=State.WAITING,
            reason=Reason.ON_THE_DAY,
        )
        day = campaign.sends_at
        moved += (
            waits.exclude(due_at=day)
            .filter(due_at__gt=timezone.now())
            .update(**due_at_and_deadline(day))
        )
    return moved


def _stop(delivery: Delivery, stop: Stop) -> None:
    """Except what may have arrived: a worker that claims it leaves it to a person."""
    if not delivery.attempts.may_have_arrived().exists():
        with transaction.atomic():
            delivery.move(stop.state, reason=stop.reason)
            tell_of_hold(delivery)


def _hold_anew(delivery: Delivery, stop: Stop) -> None:
    """For today's reason. By the newest lines, too, it need not be looked at again."""
    before, delivery.reason = delivery.reason, stop.reason
    if before != stop.reason or before in Reason.follows_the_lines():
        rows = Delivery.objects.filter(id=delivery.id, state=State.HELD, reason=before)
        rows.update(reason=stop.reason, changed_at=timezone.now())
    if stop.reason == Reason.MEMBER_CHANGED:
        # Somebody may have come into a seat that was vacant.
        tell_of_hold(delivery)


def follow(delivery: Delivery, stop: Stop | None) -> bool:
    """Holds what waits, or lets go what is held, as that stop says; whether it moved."""
    before = delivery.state
    try:
        if before == State.WAITING and stop and stop.state in {State.HELD, State.FAILED}:
            _stop(delivery, stop)
        elif before == State.HELD and (stop is None or stop.reason == Reason.ON_THE_DAY):
            due_at = delivery.letter.signatory.campaign.sends_at
            delivery.move(State.WAITING, reason=Reason.ON_THE_DAY, **due_at_and_deadline(due_at))
        elif before == State.HELD and stop.state == State.HELD:
            _hold_anew(delivery, stop)
        elif before == State.HELD and stop.state == State.FAILED:
            delivery.move(State.FAILED, reason=stop.reason)
    except NotAllowed as error:
        log.info("%s", error)
    return delivery.state != before
