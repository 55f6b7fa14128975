"""From a waiting row to an outcome, in seven steps.

1 claim: a handful of due rows, ours for the time of a lease
2 gate: what must be true today
3 compose: the letter as of today, the way that it takes, the very text that will leave
4 turn: the destination's hours, pace, rest
5 begin: text, attempt and the moment of submission are stored, in one transaction
6 send: the outside world
7 outcome: state and attempt, in one transaction

Kill it anywhere: up to 5 nothing has left; from then on the attempt's row says that it may have,
and `recover` decides by it.
"""

import logging
import time
from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

from django.conf import settings
from django.db import InterfaceError, OperationalError, transaction
from django.utils import timezone

from campaign.encryption import SealBroken
from letters.briefing import Briefing, brief
from letters.channels import channels
from letters.channels.interface import (
    Channel,
    ChannelError,
    Envelope,
    NeedsSupporter,
    Office,
    Unavailable,
)
from letters.channels.webform.recipe import Form
from letters.composing import envelope_of
from letters.gate import address_gate, gate
from letters.models import Attempt, Delivery
from letters.pacing import Wait, report, resting_channels, take_turn
from letters.persisting import until_written
from letters.routing import way_for
from letters.settling import (
    hand_to_supporter,
    settle,
    settle_bug,
    settle_stop,
    settle_unknown,
)
from letters.standing import obstacle_now
from letters.states import NotAllowed, Reason, State

log = logging.getLogger(__name__)

# Claimed at once: one transaction and one briefing for all of them.
HANDFUL = 20
# After so long in one worker's hands, what is left goes back to whoever is free.
HANDFUL_SECONDS = 1
# A turn that was missed by so much is lost.
TURN_GOOD_FOR = timedelta(minutes=5)
# The worker with a form's first letter was lost: the others ask again until a sweep has found it.
BEHIND_A_FIRST_LETTER_SECONDS = 30


def deliver_due() -> int:
    """Delivers until nothing is due; returns how many deliveries were taken in hand."""
    taken = 0
    while handful := claim():
        taken += deliver_handful(handful)
    return taken


def claim() -> list[Delivery]:
    """The longest-waiting due deliveries, ours for the time of a lease; empty if nothing is due."""
    token = uuid4()
    with transaction.atomic():
        due = Delivery.objects.due().exclude(channel__in=resting_channels())
        locked = due.select_for_update(skip_locked=True, of=("self",)).only("id")
        ids = [delivery.id for delivery in locked[:HANDFUL]]
        if not ids:
            return []
        Delivery.objects.start_sending(ids=ids, token=token, lease=settings.DELIVERY_LEASE)
    return list(Delivery.objects.in_hand(token))


def deliver_handful(handful: list[Delivery]) -> int:
    """Each in turn; returns how many were taken in hand before they took too long together."""
    token, left = handful[0].lease_token, list(handful)
    started = time.monotonic()
    try:
        briefing = brief(handful)
        briefing.warn_of_age()
        while left and (len(left) == len(handful) or time.monotonic() - started < HANDFUL_SECONDS):
            try:
                deliver(left.pop(0), briefing)
            except NotAllowed as error:
                # The lease was over and somebody else has settled it: theirs stands.
                log.warning("%s", error)
    finally:
        # Also where one of them has stopped this worker: the others did nothing.
        if left:
            ids = [delivery.id for delivery in left]
            until_written(lambda: Delivery.objects.put_back(token=token, ids=ids))
    return len(handful) - len(left)


def deliver(delivery: Delivery, briefing: Briefing) -> None:
    """Sends one claimed delivery, or says why not. Raises NotAllowed if the lease was lost."""
    try:
        stop = gate(delivery, briefing) or address_gate(delivery, briefing)
        if stop:
            settle_stop(delivery, stop)
            return
        office = briefing.offices[delivery.seat_id]
        today = briefing.today_of(delivery.letter.signatory.campaign)
        envelope = envelope_of(delivery, on=today, office=office)
        channel = _channel_for(delivery, office, envelope)
        if channel:
            _send(delivery, channel, office, envelope, briefing)
    except (NotAllowed, OperationalError, InterfaceError):
        # Lost to another worker, or a database that is away: not this letter's fault. Its lease
        # runs out, and the sweeper finds it.
        raise
    except SealBroken:
        # A wrong key, or a record that was changed: this worker stops, others may open it.
        settle_bug(delivery)
        raise
    except Exception as error:  # noqa: BLE001  a bug, whichever: loud, and the letter stays safe
        log.exception("delivery %s broke: %s", delivery.id, type(error).__name__)
        settle_bug(delivery)


def _channel_for(delivery: Delivery, office: Office, envelope: Envelope) -> Channel | None:
    """The channel of the last uncertain try, else today's; None: it now needs the supporter.

    A letter that may have arrived goes to the receiver who knows its key, and to no other.
    """
    if delivery.is_repeat:
        channel = channels().get(delivery.arrived_over)
        if channel is None:
            delivery.move(State.UNCERTAIN, reason=Reason.NO_ANSWER)
        return channel
    way = way_for(delivery.seat, office=office, envelope=envelope)
    if way.channel.automatic:
        return way.channel
    hand_to_supporter(delivery, way.reason)
    return None


def _send(
    delivery: Delivery, channel: Channel, office: Office, envelope: Envelope, briefing: Briefing
) -> None:
    known = briefing.destinations.get(channel.destination(office))
    attempt = Attempt(
        delivery=delivery,
        number=delivery.last_attempt + 1,
        channel=channel.name,
        is_repeat=delivery.is_repeat,
    )
    delivery.channel = channel.name
    try:
        # The very text of the last uncertain try, or one of today.
        same = delivery.submitted_text if delivery.is_repeat else None
        text = channel.compose(envelope) if same is None else same
        wait = take_turn(channel, office=office, known=known, has_turn=_has_turn(delivery))
        if wait:
            _wait(delivery, wait)
            return
        begin = _marker(delivery, attempt, text, office)
        reference = channel.send(text, envelope=envelope, begin=begin)
    except ChannelError as error:
        settle(delivery, attempt, error=error)
        briefing.learn(report(channel, office=office, known=known, error=error))
    else:
        settle(delivery, attempt, reference=reference)
        briefing.learn(report(channel, office=office, known=known, error=None))


def _marker(
    delivery: Delivery, attempt: Attempt, composed: str, office: Office
) -> Callable[..., None]:
    """Called right before the first byte leaves: from then on it may have arrived."""

    def begin(*, how: str = "", text: str = composed) -> None:
        with transaction.atomic():
            if how and office.form:
                _look_once_more(office.form)
            until = timezone.now() + settings.DELIVERY_LEASE
            delivery.renew_lease(until, channel=attempt.channel, submitted_text=text)
            attempt.how, attempt.submission_begun_at = how, timezone.now()
            attempt.save(force_insert=True)

    return begin


def _look_once_more(form: Form) -> None:
    """Raises NeedsSupporter where a letter before has just shown that the form is broken, and
    Unavailable where what it shows is not known yet."""
    reason = obstacle_now(form)
    if reason == Reason.BUSY:
        evidence = "the form's first letter is still on its way"
        raise Unavailable(reason, evidence=evidence, retry_after=BEHIND_A_FIRST_LETTER_SECONDS)
    if reason:
        raise NeedsSupporter(reason)


def _has_turn(delivery: Delivery) -> bool:
    """It was put back for just this moment."""
    fresh = delivery.due_at > timezone.now() - TURN_GOOD_FOR
    return delivery.reason == Reason.PACED and fresh


def _wait(delivery: Delivery, wait: Wait) -> None:
    """It was no try."""
    delivery.move(
        State.WAITING, reason=wait.reason, due_at=wait.until, tries=max(delivery.tries - 1, 0)
    )


def recover() -> int:
    """Settles what a lost worker left in `sending`; returns how many."""
    settled = 0
    for delivery in Delivery.objects.lease_over():
        # From here on the lost worker, should it come back, is not the owner any more, and neither
        # is another sweeper.
        ours = {"lease_token": uuid4(), "lease_until": timezone.now() + settings.DELIVERY_LEASE}
        if not Delivery.objects.lease_over().filter(id=delivery.id).update(**ours):
            continue
        delivery.lease_token = ours["lease_token"]
        log.warning("delivery %s lost its worker", delivery.id)
        try:
            with transaction.atomic():
                left = delivery.attempts.lost(on=timezone.now())
                settle_unknown(delivery, Reason.NO_ANSWER if left else Reason.WORKER_LOST)
        except NotAllowed as error:
            log.warning("%s", error)
            continue
        settled += 1
    return settled
