"""What becomes of a delivery after a try: the outcome and its attempt, written together."""

import logging
import random
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from letters.channels import channels
from letters.channels.interface import (
    Backoff,
    Channel,
    ChannelError,
    NeedsSupporter,
    Rejected,
    Unavailable,
    Uncertain,
)
from letters.gate import Stop
from letters.models import Attempt, Delivery, Notice
from letters.models.delivery import due_at_and_deadline
from letters.notices import tell_of, tell_of_hold
from letters.persisting import until_written
from letters.states import Reason, State

log = logging.getLogger(__name__)

HAND_OFF = "hand_off"
ASK_AGAIN = timedelta(hours=1)
# Whatever a receiver asks for.
LONGEST_PAUSE = timedelta(days=1)
# Says nothing about the letter: no try of its own.
PATIENCE = {Reason.BUSY, Reason.KEY_REFUSED}
OUTCOMES = {
    Rejected: Attempt.Outcome.REJECTED,
    Unavailable: Attempt.Outcome.UNAVAILABLE,
    Uncertain: Attempt.Outcome.UNCERTAIN,
    NeedsSupporter: Attempt.Outcome.NEEDS_SUPPORTER,
}


def settle(
    delivery: Delivery, attempt: Attempt, *, error: ChannelError | None = None, reference: str = ""
) -> None:
    """Writes what came of an attempt. Raises NotAllowed where the lease was lost.

    In one transaction, or a kill in between would leave an outcome that no state knows of; and
    again and again while the database is away, or a letter that went well would end as uncertain.
    """

    token = delivery.lease_token

    def write() -> None:
        # As before a first time that the database did not take.
        delivery.state, delivery.lease_token = State.SENDING, token
        with transaction.atomic():
            if error is None:
                _end(attempt, Attempt.Outcome.ACCEPTED)
                delivery.move(State.ACCEPTED, reference=reference[:100])
            else:
                attempt.how = attempt.how or error.how
                _end(attempt, OUTCOMES[type(error)], error.evidence)
                _settle_refusal(delivery, error)

    until_written(write)


def _end(attempt: Attempt, outcome: str, evidence: str = "") -> None:
    """Its row exists since submission began; one that never began is written now."""
    attempt.outcome, attempt.ended_at, attempt.evidence = outcome, timezone.now(), evidence or None
    begun = attempt.submission_begun_at is not None
    attempt.save(update_fields=["outcome", "ended_at", "evidence"] if begun else None)


def _settle_refusal(delivery: Delivery, error: ChannelError) -> None:
    log.info("delivery %s over %s: %s", delivery.id, delivery.channel, error)
    # It may differ from the channel of the day on which the code was entered.
    Delivery.objects.filter(id=delivery.id).update(channel=delivery.channel)
    arrived_before = delivery.attempts.may_have_arrived().exists()
    if isinstance(error, Unavailable):
        try_later(delivery, error.reason, pause=error.retry_after)
    elif isinstance(error, Uncertain):
        settle_unknown(delivery, error.reason)
    elif arrived_before and not _channel(delivery).recognizes_repeats:
        # A repeat that is refused says nothing of the letter that may have arrived before.
        delivery.move(State.UNCERTAIN, reason=error.reason)
    elif isinstance(error, Rejected):
        delivery.move(State.FAILED, reason=error.reason)
    else:
        hand_to_supporter(delivery, error.reason)


def settle_stop(delivery: Delivery, stop: Stop) -> None:
    """What may have arrived is neither failed nor held back: only a person can tell."""
    if stop.state == State.WAITING:
        # It was no try, and what waits for us to learn something is not given up for that.
        when = due_at_and_deadline(stop.until or timezone.now() + ASK_AGAIN)
        tries = max(delivery.tries - 1, 0)
        delivery.move(stop.state, reason=stop.reason, tries=tries, **when)
    elif delivery.attempts.may_have_arrived().exists():
        delivery.move(State.UNCERTAIN, reason=stop.reason)
    else:
        with transaction.atomic():
            delivery.move(stop.state, reason=stop.reason)
            tell_of_hold(delivery)


def settle_bug(delivery: Delivery) -> None:
    """Our own mistake: what may have arrived rests as uncertain, the rest is tried a few times."""
    delivery.attempts.filter(outcome=Attempt.Outcome.OPEN).update(
        outcome=Attempt.Outcome.BROKEN, ended_at=timezone.now()
    )
    settle_unknown(delivery, Reason.OUR_MISTAKE)


def settle_unknown(delivery: Delivery, reason: str) -> None:
    """It may have arrived, or not: only a receiver that knows our key gets it once more."""
    arrived = delivery.attempts.may_have_arrived()
    channel = channels().get(delivery.channel)
    if not arrived.exists():
        try_later(delivery, reason)
    elif channel is None or not channel.keyed:
        delivery.move(State.UNCERTAIN, reason=reason)
    elif channel.recognizes_repeats:
        try_later(delivery, reason)
    elif arrived.filter(is_repeat=True).count() < channel.repeats:
        try_later(delivery, reason, pause=channel.pause_before_repeat.total_seconds())
    else:
        delivery.move(State.UNCERTAIN, reason=reason)


def try_later(delivery: Delivery, reason: str, *, pause: float | None = None) -> None:
    """Back to waiting with the same key; after the last try, or its deadline, it is given up."""
    arrived = delivery.attempts.may_have_arrived().exists()
    backoff = _channel(delivery).backoff
    due_at = _next_try(backoff, delivery.tries, pause)
    tries = delivery.tries - 1 if reason in PATIENCE else delivery.tries
    worn_out = tries >= backoff.tries and reason not in PATIENCE
    if worn_out or (delivery.give_up_at and due_at > delivery.give_up_at):
        given_up = reason if reason == Reason.OUR_MISTAKE else Reason.GAVE_UP
        delivery.move(State.UNCERTAIN if arrived else State.FAILED, reason=given_up)
        return
    # What certainly did not leave is composed anew, with the facts of its day.
    forgotten = {} if arrived else {"submitted_text": None}
    delivery.move(State.WAITING, reason=reason, due_at=due_at, tries=tries, **forgotten)


def _channel(delivery: Delivery) -> Channel:
    """One that has left the settings since says nothing of itself: what holds for all holds."""
    return channels().get(delivery.channel) or Channel(name=delivery.channel)


def _next_try(backoff: Backoff, tries: int, pause: float | None) -> datetime:
    """Twice as long after each try, with jitter, and never sooner than the receiver asks."""
    grown = min(backoff.first * 2 ** min(max(tries - 1, 0), 16), backoff.longest)
    asked = timedelta(seconds=min(pause or 0, LONGEST_PAUSE.total_seconds()))
    wait = max(grown * random.uniform(0.5, 1), asked)  # noqa: S311
    return timezone.now() + wait


def hand_to_supporter(delivery: Delivery, reason: str) -> None:
    """Only a person can finish it, and is told."""
    with transaction.atomic():
        delivery.move(State.NEEDS_SUPPORTER, reason=reason, channel=HAND_OFF, submitted_text=None)
        tell_of(delivery, Notice.Kind.NEEDS_SUPPORTER)
