"""From a waiting row to an outcome: claim → gate → compose → send → outcome.

Kill it anywhere: the attempt's row says whether submission had begun, and `recover` decides by it.
"""

import logging
import random
from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

from django.db import transaction
from django.utils import timezone

from campaign.encryption import SealBroken
from letters.channels import channels
from letters.channels.interface import (
    Channel,
    ChannelError,
    Envelope,
    NeedsSupporter,
    Rejected,
    Unavailable,
    Uncertain,
)
from letters.composing import envelope_of
from letters.gate import ASK_AGAIN, Stop, gate
from letters.models import Attempt, Delivery, Notice
from letters.notices import order_notice
from letters.routing import way_to
from letters.states import NotAllowed, Reason, State

log = logging.getLogger(__name__)

HAND_OFF = "hand_off"
# Longer than any channel may take, so that a lease is over only when its worker is gone.
LEASE = timedelta(minutes=3)
TRIES = 12
FIRST_PAUSE = timedelta(seconds=20)
LONGEST_PAUSE = timedelta(hours=2)
# Says nothing about the letter: it waits as long as the campaign lasts.
PATIENCE = {Reason.BUSY, Reason.KEY_REFUSED}

OUTCOMES = {
    Rejected: Attempt.Outcome.REJECTED,
    Unavailable: Attempt.Outcome.UNAVAILABLE,
    Uncertain: Attempt.Outcome.UNCERTAIN,
    NeedsSupporter: Attempt.Outcome.NEEDS_SUPPORTER,
}


def deliver_due() -> int:
    """Delivers until nothing is due; returns how many deliveries were taken in hand."""
    taken = 0
    while delivery := claim():
        taken += 1
        try:
            deliver(delivery)
        except NotAllowed as error:
            # The lease was over and somebody else has settled it: theirs stands.
            log.warning("%s", error)
    return taken


def claim() -> Delivery | None:
    """The longest-waiting due delivery, ours for the time of a lease; None if nothing is due."""
    with transaction.atomic():
        due = Delivery.objects.due().select_for_update(skip_locked=True, of=("self",))
        delivery = due.first()
        if delivery is None:
            return None
        delivery.move(
            State.SENDING,
            reason=delivery.reason,
            lease_token=uuid4(),
            lease_until=timezone.now() + LEASE,
            tries=delivery.tries + 1,
        )
        return delivery


def deliver(delivery: Delivery) -> None:
    """Sends one claimed delivery, or says why not. Raises NotAllowed if the lease was lost."""
    try:
        stop = gate(delivery)
        if stop:
            _stop(delivery, stop)
            return
        channel = _channel_for(delivery)
        if channel:
            _send(delivery, channel)
    except (NotAllowed, SealBroken):
        # Lost to another worker, or a wrong key: not this letter's fault. The sweeper finds it.
        raise
    except Exception as error:  # noqa: BLE001  a bug, whichever: loud, and the letter stays safe
        log.exception("delivery %s broke: %s", delivery.id, type(error).__name__)
        delivery.attempts.filter(outcome=Attempt.Outcome.OPEN).update(
            outcome=Attempt.Outcome.BROKEN, ended_at=timezone.now()
        )
        _settle_unknown(delivery, Reason.OUR_MISTAKE)


def _send(delivery: Delivery, channel: Channel) -> None:
    attempt = Attempt.objects.create(
        delivery=delivery, number=delivery.attempts.count() + 1, channel=channel.name
    )
    try:
        envelope = envelope_of(delivery, on=delivery.letter.signatory.campaign.today)
        submission = _submission(delivery, channel, envelope)
        begin = _marker(delivery, attempt)
        reference = channel.send(submission, envelope=envelope, begin=begin)
    except ChannelError as error:
        # Together, or a kill in between would leave an outcome that no state knows of.
        with transaction.atomic():
            _end_attempt(attempt, OUTCOMES[type(error)], error.evidence)
            _settle_refusal(delivery, error)
    else:
        with transaction.atomic():
            _end_attempt(attempt, Attempt.Outcome.ACCEPTED)
            delivery.move(State.ACCEPTED, reference=reference[:100])


def _stop(delivery: Delivery, stop: Stop) -> None:
    """What may have arrived has not failed: only a person can tell."""
    if stop.state == State.FAILED and delivery.attempts.may_have_arrived().exists():
        delivery.move(State.UNCERTAIN, reason=stop.reason)
    elif stop.state == State.WAITING:
        delivery.move(stop.state, reason=stop.reason, due_at=timezone.now() + ASK_AGAIN)
    else:
        delivery.move(stop.state, reason=stop.reason)


def _channel_for(delivery: Delivery) -> Channel | None:
    """The channel of the last uncertain try, else today's; None: it now needs the supporter.

    A letter that may have arrived goes to the receiver who knows its key, and to no other.
    """
    if delivery.attempts.may_have_arrived().exists():
        if delivery.channel in channels():
            return channels()[delivery.channel]
        delivery.move(State.UNCERTAIN, reason=Reason.NO_ANSWER)
        return None
    way = way_to(delivery.seat, person=delivery.letter.signatory.person)
    if way.channel.automatic:
        return way.channel
    _hand_to_supporter(delivery, way.reason)
    return None


def _submission(delivery: Delivery, channel: Channel, envelope: Envelope) -> str:
    """The very text of the last uncertain try; else composed now, and stored before it leaves."""
    if delivery.submitted_text is None:
        text = channel.compose(envelope)
        delivery.renew_lease(timezone.now() + LEASE, channel=channel.name, submitted_text=text)
    return delivery.submitted_text


def _marker(delivery: Delivery, attempt: Attempt) -> Callable[[], None]:
    """Called right before the first byte leaves: from then on it may have arrived."""

    def begin() -> None:
        delivery.renew_lease(timezone.now() + LEASE)
        attempt.submission_begun_at = timezone.now()
        attempt.save(update_fields=["submission_begun_at"])

    return begin


def _end_attempt(attempt: Attempt, outcome: str, evidence: str = "") -> None:
    attempt.outcome = outcome
    attempt.ended_at = timezone.now()
    attempt.evidence = evidence or None
    attempt.save(update_fields=["outcome", "ended_at", "evidence"])


def _settle_refusal(delivery: Delivery, error: ChannelError) -> None:
    log.info("delivery %s over %s: %s", delivery.id, delivery.channel, error)
    if isinstance(error, Rejected):
        delivery.move(State.FAILED, reason=error.reason)
    elif isinstance(error, NeedsSupporter):
        _hand_to_supporter(delivery, error.reason)
    elif isinstance(error, Unavailable):
        _try_later(delivery, error.reason, pause=error.retry_after)
    else:
        _settle_unknown(delivery, error.reason)


def _settle_unknown(delivery: Delivery, reason: str) -> None:
    """It may have arrived, or not: only a receiver that knows our key gets it once more."""
    channel = channels().get(delivery.channel)
    keyed = channel is not None and channel.keyed
    if keyed or not delivery.attempts.may_have_arrived().exists():
        _try_later(delivery, reason)
    else:
        delivery.move(State.UNCERTAIN, reason=reason)


def _try_later(delivery: Delivery, reason: str, *, pause: float | None = None) -> None:
    """Back to waiting with the same key; after the last try it is given up, for a person."""
    uncertain = delivery.attempts.may_have_arrived().exists()
    if delivery.tries >= TRIES and reason not in PATIENCE:
        delivery.move(State.UNCERTAIN if uncertain else State.FAILED, reason=Reason.GAVE_UP)
        return
    # What certainly did not leave is composed anew, with the facts of its day.
    forgotten = {} if uncertain else {"submitted_text": None}
    due_at = _next_try(delivery.tries, pause)
    delivery.move(State.WAITING, reason=reason, due_at=due_at, **forgotten)


def _next_try(tries: int, pause: float | None):
    """Twice as long after each try, with jitter, and never sooner than the receiver asks."""
    grown = min(FIRST_PAUSE * 2 ** min(tries - 1, TRIES), LONGEST_PAUSE)
    wait = max(grown * random.uniform(0.5, 1), timedelta(seconds=pause or 0))  # noqa: S311
    return timezone.now() + wait


def _hand_to_supporter(delivery: Delivery, reason: str) -> None:
    with transaction.atomic():
        delivery.move(State.NEEDS_SUPPORTER, reason=reason, channel=HAND_OFF, submitted_text=None)
        order_notice(
            letter=delivery.letter, kind=Notice.Kind.NEEDS_SUPPORTER, occasion=delivery.seat_id
        )


def recover() -> int:
    """Settles what a lost worker left in `sending`; returns how many."""
    settled = 0
    for delivery in Delivery.objects.lease_over():
        token = uuid4()
        # From here on the lost worker, should it come back, is not the owner any more.
        if not Delivery.objects.lease_over().filter(id=delivery.id).update(lease_token=token):
            continue
        delivery.lease_token = token
        log.warning("delivery %s lost its worker", delivery.id)
        _settle_unknown(delivery, Reason.NO_ANSWER)
        settled += 1
    return settled
