"""A clock that jumps: nothing goes early, nothing is stuck."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.conf import settings

from letters import pacing
from letters.channels import channels
from letters.channels.interface import Unavailable, Uncertain
from letters.delivery import claim, deliver_due, recover
from letters.models import Attempt, Delivery, Destination
from letters.notices import mail_due
from letters.states import Reason, State
from letters.sweeping import bring_near
from tests.factories import make_campaign, make_delivery, make_letter

pytestmark = pytest.mark.django_db
DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)
NOON = datetime(2026, 11, 25, 17, tzinfo=UTC)
CHANGES_OF_THE_CLOCK = [
    datetime(2026, 11, 1, 5, 59, tzinfo=UTC),
    datetime(2026, 11, 1, 6, 59, tzinfo=UTC),
    datetime(2026, 3, 8, 6, 59, tzinfo=UTC),
]


def state_of(delivery: Delivery) -> str:
    return Delivery.objects.get(id=delivery.id).state


def sweep() -> None:
    recover()
    bring_near()
    deliver_due()


def test_a_lease_from_a_day_ahead_is_over(channel):
    with time_machine.travel(NOON + DAY):
        delivery = make_delivery()
        claim()

    with time_machine.travel(NOON):
        sweep()
        assert state_of(delivery) == State.WAITING
    with time_machine.travel(NOON + 5 * MINUTE):
        sweep()
        assert state_of(delivery) == State.ACCEPTED


def test_a_worker_whose_clock_is_put_back_while_it_sends_does_not_double(channel):
    with time_machine.travel(NOON + DAY):
        delivery = make_delivery()
        claim()
        Attempt.objects.create(
            delivery=delivery, number=1, channel="fake", submission_begun_at=NOON + DAY
        )

    with time_machine.travel(NOON):
        sweep()

    assert (state_of(delivery), channel.sent) == (State.UNCERTAIN, [])


def test_a_pause_from_a_day_ahead_does_not_last_a_day(channel):
    channel.refuses_before_leaving = [Unavailable(Reason.UNREACHABLE)]
    with time_machine.travel(NOON + 2 * DAY):
        delivery = make_delivery()
        deliver_due()

    with time_machine.travel(NOON):
        sweep()

    assert state_of(delivery) == State.ACCEPTED


def test_a_repeat_that_is_hours_away_stays_there(channel):
    channel.keyed = True
    channel.refuses = [Uncertain(Reason.NO_ANSWER)]
    with time_machine.travel(NOON):
        delivery = make_delivery()
        deliver_due()
        sweep()

    assert len(channel.sent) == 1
    assert state_of(delivery) == State.WAITING


def test_what_waits_for_the_campaigns_day_is_not_brought_near(channel):
    with time_machine.travel(NOON):
        delivery = make_delivery(due_at=NOON + 30 * DAY, reason=Reason.ON_THE_DAY)
        sweep()
        assert state_of(delivery) == State.WAITING
    with time_machine.travel(NOON + 30 * DAY - MINUTE):
        sweep()
        assert state_of(delivery) == State.WAITING
    with time_machine.travel(NOON + 30 * DAY):
        make_campaign(closes_at=None)
        sweep()

    assert channel.sent


@pytest.mark.parametrize("change", CHANGES_OF_THE_CLOCK)
def test_a_change_of_the_clock_delays_and_hastens_nothing(channel, change):
    with time_machine.travel(change):
        delivery = make_delivery(due_at=change + 2 * MINUTE)
        sweep()
        assert state_of(delivery) == State.WAITING
    with time_machine.travel(change + 2 * MINUTE):
        sweep()

    assert channel.sent


def test_turns_and_rests_from_a_day_ahead_keep_nobody(channel, monkeypatch):
    slept = []
    monkeypatch.setattr(pacing.time, "sleep", slept.append)
    channel.per_second, channel.one_at_a_time = 5, True
    ahead = NOON + 3 * DAY
    Destination.objects.create(
        name="fake", turn_at=ahead, taken_until=ahead, rests_until=ahead, failures=1
    )
    with time_machine.travel(NOON, tick=False):
        make_delivery(channel="fake")
        sweep()

    assert channel.sent
    assert slept == [0]


def test_a_mail_from_a_day_ahead_is_sent_today(channel, mailoutbox):
    with time_machine.travel(NOON + 2 * DAY):
        make_letter()

    with time_machine.travel(NOON):
        bring_near()
        mail_due()

    assert len(mailoutbox) == 1


def test_the_lease_is_longer_than_any_two_sends():
    longest = max(channel.seconds for channel in channels().values())

    assert timedelta(seconds=2 * longest) < settings.DELIVERY_LEASE
