"""Manners towards gateways and offices: when the next letter may go there, over all workers.

A destination's row serves the hours, the pace, the rest that it asked for, and the breaker: after
some failures in a row it rests, and then one letter at a time tries whether it is well again.
"""

import logging
import random
import time
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from letters.channels import channels
from letters.channels.interface import Channel, ChannelError, Office, Unavailable
from letters.models import Destination
from letters.states import Reason

log = logging.getLogger(__name__)

HOUR = timedelta(hours=1)
# A worker sleeps so long for its turn; for a later one it puts the letter back.
A_MOMENT = timedelta(seconds=1)
# Of all workers, each with one turn.
LONGEST_QUEUE = timedelta(minutes=1)
# The longest that anything here may ask for: a later moment was written by a wrong clock.
A_DAY = timedelta(days=1)
BREAKS_AFTER = 3
FIRST_REST = timedelta(seconds=30)
LONGEST_REST = timedelta(minutes=30)
# Somebody else is just sending to a destination that takes one letter at a time.
ASK_AGAIN_SECONDS = (1, 8)
# No answer, or one that is no verdict on the letter: the destination is ill.
SIGNS_OF_ILLNESS = {Reason.UNREACHABLE, Reason.NO_ANSWER, Reason.KEY_REFUSED}


@dataclass(frozen=True)
class Wait:
    """Not now: when to ask again, and why."""

    until: datetime
    reason: str


def resting_channels() -> list[str]:
    """Channels whose one destination rests or is closed: their letters need not be claimed."""
    now = timezone.now()
    known = channels()
    rows = Destination.objects.filter(name__in=known)
    resting = {row.name for row in rows if _rests_until(row, now)}
    return [name for name, channel in known.items() if name in resting or channel.opens_at(now)]


def take_turn(
    channel: Channel, *, office: Office, known: Destination | None, has_turn: bool
) -> Wait | None:
    """None: go now, after a sleep of at most a moment. `has_turn`: it waited for this moment.

    `known` is the destination's row as it was some seconds ago: of one that is well, has no pace
    and takes several letters at once, nothing more is asked.
    """
    now = timezone.now()
    opens = channel.opens_at(now)
    if opens:
        return Wait(opens + _jitter(timedelta(minutes=1)), Reason.BUSY)
    if channel.per_hour and not has_turn:
        gap = HOUR / channel.per_hour * random.uniform(1, 1.2)  # noqa: S311
        turn = _reserve(f"{channel.name} {office.seat_code}", gap=gap)
        if turn > now + A_MOMENT:
            return Wait(turn, Reason.PACED)
    if channel.per_second or channel.one_at_a_time or _needs_care(known):
        return _enter(channel, channel.destination(office))
    return None


def _reserve(name: str, *, gap: timedelta) -> datetime:
    """The next free moment, now or later, and nobody else's from here on."""
    with transaction.atomic():
        row, now = Destination.objects.locked(name), timezone.now()
        # A long queue to one office may last for days.
        far = now + settings.GIVE_UP_AFTER
        turn = row.turn_at if row.turn_at and now < row.turn_at < far else now
        Destination.objects.filter(name=name).update(turn_at=turn + gap)
    return turn


def _enter(channel: Channel, name: str) -> Wait | None:
    with transaction.atomic():
        row, now = Destination.objects.locked(name), timezone.now()
        rests_until = _rests_until(row, now) or row.paused_until_later(now)
        if rests_until:
            # An organizer's pause may be long, and may end before its time.
            return Wait(min(rests_until + _jitter(FIRST_REST), now + HOUR), Reason.BUSY)
        if channel.one_at_a_time or row.failures:
            if row.taken_until and now < row.taken_until < now + A_DAY:
                later = timedelta(seconds=random.uniform(*ASK_AGAIN_SECONDS))  # noqa: S311
                return Wait(now + later, Reason.NONE)
            row.taken_until = now + timedelta(seconds=2 * channel.seconds)
        turn = _turn(row, now)
        if channel.per_second:
            row.turn_at = turn + timedelta(seconds=1 / channel.per_second)
        row.save(update_fields=["taken_until", "turn_at"])
    time.sleep((turn - now).total_seconds())
    return None


def _turn(row: Destination, now: datetime) -> datetime:
    """Never far ahead: a worker reserves one turn and sleeps for it."""
    near = row.turn_at and now < row.turn_at < now + LONGEST_QUEUE
    return row.turn_at if near else now


def _needs_care(row: Destination | None) -> bool:
    return row is not None and bool(row.failures or row.rests_until or row.paused_until)


def report(
    channel: Channel, *, office: Office, known: Destination | None, error: ChannelError | None
) -> Destination | None:
    """What a try has shown of the destination: well, ill, or asking for a rest. Its row, if new."""
    name = channel.destination(office)
    if isinstance(error, Unavailable) and error.reason == Reason.BUSY:
        return _let_rest(name, error.retry_after or channel.rest_when_busy)
    if error is not None and error.reason in SIGNS_OF_ILLNESS:
        return _count_failure(name)
    if channel.one_at_a_time or _needs_care(known):
        ill_or_taken = Destination.objects.filter(name=name).exclude(failures=0, taken_until=None)
        ill_or_taken.update(failures=0, taken_until=None)
    return None


def _let_rest(name: str, seconds: float) -> Destination:
    with transaction.atomic():
        row, now = Destination.objects.locked(name), timezone.now()
        row.taken_until = None
        if seconds:
            asked = now + timedelta(seconds=min(seconds, A_DAY.total_seconds()))
            row.rests_until = max(asked, _rests_until(row, now) or asked)
        row.save(update_fields=["rests_until", "taken_until"])
    return row


def _count_failure(name: str) -> Destination:
    with transaction.atomic():
        row, now = Destination.objects.locked(name), timezone.now()
        row.failures, row.taken_until = row.failures + 1, None
        excess = row.failures - BREAKS_AFTER
        if excess >= 0:
            row.rests_until = now + min(FIRST_REST * 2 ** min(excess, 16), LONGEST_REST)
            log.error("%s: %d failures in a row, it rests", name, row.failures)
        row.save(update_fields=["rests_until", "failures", "taken_until"])
    return row


def _rests_until(row: Destination, now: datetime) -> datetime | None:
    return row.rests_until if row.rests_until and now < row.rests_until <= now + A_DAY else None


def _jitter(most: timedelta) -> timedelta:
    """So that what waited together does not come back together."""
    return most * random.random()  # noqa: S311
