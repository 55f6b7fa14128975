"""When the next letter may go to a gateway or an office, over all workers."""

import time
from datetime import timedelta
from itertools import pairwise

import pytest
from django.utils import timezone

from letters import pacing
from letters.channels import channels as listed_channels
from letters.channels.interface import Office, Rejected, Unavailable, Uncertain
from letters.delivery import deliver_due
from letters.models import Delivery, Destination
from letters.pacing import BREAKS_AFTER, resting_channels, take_turn
from letters.states import Reason, State
from tests.factories import make_delivery, make_letter

pytestmark = pytest.mark.django_db
OFFICE = Office("HWY00", "house")


@pytest.fixture
def sleeps(monkeypatch):
    """How long a worker slept for its turns, without sleeping."""
    slept = []
    monkeypatch.setattr(pacing.time, "sleep", slept.append)
    return slept


def now_is(delivery: Delivery) -> Delivery:
    return Delivery.objects.get(id=delivery.id)


def make_due(*deliveries: Delivery) -> None:
    ids = [delivery.id for delivery in deliveries]
    Delivery.objects.filter(id__in=ids).update(due_at=timezone.now())


def turn(channel):
    """As a worker asks that has just looked at the destination."""
    known = Destination.objects.filter(name=channel.name).first()
    return take_turn(channel, office=OFFICE, known=known, has_turn=False)


def rest_is_over() -> None:
    Destination.objects.update(rests_until=timezone.now() - timedelta(seconds=1))


def three_letters(**changes) -> list[Delivery]:
    letter = make_letter()
    return [
        make_delivery(letter=letter, seat=seat, **changes) for seat in ("HWY00", "SWY01", "SWY02")
    ]


class TestPace:
    def test_five_letters_a_second_have_five_turns(self, channel, sleeps):
        channel.per_second = 5

        for _ in range(5):
            assert turn(channel) is None

        assert sleeps == pytest.approx([0, 0.2, 0.4, 0.6, 0.8], abs=0.1)

    def test_a_turn_that_nobody_took_is_not_saved_up(self, channel, sleeps):
        channel.per_second = 5
        turn(channel)
        Destination.objects.update(turn_at=timezone.now() - timedelta(hours=1))

        turn(channel)

        assert sleeps[-1] == 0

    def test_without_a_limit_nobody_sleeps_and_nothing_is_written(self, channel, sleeps):
        for _ in range(3):
            turn(channel)

        assert sleeps == []
        assert not Destination.objects.exists()

    def test_an_office_gets_its_letters_over_the_hour(self, channel):
        channel.per_hour = 60
        letters = [make_delivery(letter=make_letter()) for _ in range(4)]

        deliver_due()

        assert len(channel.sent) == 1
        waiting = [now_is(each) for each in letters if now_is(each).state == State.WAITING]
        assert {each.reason for each in waiting} == {Reason.PACED}
        gaps = sorted(each.due_at for each in waiting)
        assert all(late - early >= timedelta(minutes=1) for early, late in pairwise(gaps))
        assert gaps[-1] < timezone.now() + timedelta(minutes=4)

    def test_at_its_turn_it_goes_without_asking_for_another(self, channel):
        channel.per_hour = 60
        letters = [make_delivery(letter=make_letter()) for _ in range(2)]
        deliver_due()

        make_due(*[each for each in letters if now_is(each).reason == Reason.PACED])
        deliver_due()

        assert len(channel.sent) == 2

    def test_a_turn_that_was_missed_for_long_is_lost(self, channel):
        channel.per_hour = 60
        late = make_delivery(reason=Reason.PACED, due_at=timezone.now() - timedelta(hours=1))
        make_delivery(letter=make_letter())
        Destination.objects.create(
            name="fake HWY00", turn_at=timezone.now() + timedelta(minutes=10)
        )

        deliver_due()

        assert now_is(late).due_at > timezone.now() + timedelta(minutes=9)

    def test_waiting_for_a_turn_is_no_try(self, channel):
        channel.per_hour = 60
        letters = [make_delivery(letter=make_letter()) for _ in range(2)]

        deliver_due()

        assert sorted(now_is(each).tries for each in letters) == [0, 1]

    def test_offices_do_not_wait_for_each_other(self, channel):
        channel.per_hour = 60
        three_letters()

        deliver_due()

        assert len(channel.sent) == 3


class TestHours:
    def test_a_closed_gateways_letters_wait_untouched(self, channel, monkeypatch):
        delivery = make_delivery(channel="fake")
        opens = timezone.now() + timedelta(hours=2)
        monkeypatch.setattr(channel, "opens_at", lambda moment: opens)

        assert deliver_due() == 0

        assert (now_is(delivery).state, now_is(delivery).tries) == (State.WAITING, 0)

    def test_it_closes_between_claim_and_turn(self, channel, monkeypatch):
        opens = timezone.now() + timedelta(hours=2)
        monkeypatch.setattr(channel, "opens_at", lambda moment: opens)

        assert turn(channel).until >= opens


class TestRest:
    def test_what_asks_for_time_gets_it_for_all_its_letters(self, channel):
        letters = three_letters(channel="fake")
        channel.refuses_before_leaving = [Unavailable(Reason.BUSY, retry_after=3600)]

        deliver_due()

        assert channel.sent == []
        assert resting_channels() == ["fake"]
        row = Destination.objects.get(name="fake")
        assert row.rests_until > timezone.now() + timedelta(minutes=59)
        make_due(*letters)
        assert deliver_due() == 0

    def test_a_busy_mailbox_stops_nobody_else(self, channel):
        three_letters()
        channel.refuses_before_leaving = [Unavailable(Reason.BUSY)]

        deliver_due()

        assert len(channel.sent) == 2

    def test_after_its_rest_it_is_asked_again(self, channel):
        letters = three_letters(channel="fake")
        channel.refuses_before_leaving = [Unavailable(Reason.BUSY, retry_after=3600)]
        deliver_due()

        rest_is_over()
        make_due(*letters)
        deliver_due()

        assert len(channel.sent) == 3

    def test_a_rest_of_years_is_a_day(self, channel):
        make_delivery()
        channel.refuses_before_leaving = [Unavailable(Reason.BUSY, retry_after=10.0**20)]

        deliver_due()

        assert Destination.objects.get().rests_until <= timezone.now() + timedelta(days=1)

    def test_a_pause_by_an_organizer_holds_back_a_repeat(self, channel):
        channel.keyed = True
        delivery = make_delivery()
        channel.refuses = [Uncertain(Reason.NO_ANSWER)]
        deliver_due()
        Destination.objects.filter(name="fake").update(
            paused_until=timezone.now() + timedelta(hours=1)
        )

        make_due(delivery)
        deliver_due()

        assert len(channel.sent) == 1
        assert now_is(delivery).due_at > timezone.now() + timedelta(minutes=59)


class TestBreaker:
    @pytest.fixture
    def broken(self, channel):
        """A channel whose receiver has not answered a few times in a row."""
        letters = [make_delivery(letter=make_letter(), channel="fake") for _ in range(6)]
        channel.refuses_before_leaving = [Unavailable(Reason.UNREACHABLE)] * 30
        deliver_due()
        return letters

    def test_after_some_failures_in_a_row_nobody_asks(self, channel, broken):
        assert len(channel.refuses_before_leaving) == 30 - BREAKS_AFTER
        assert resting_channels() == ["fake"]

    def test_after_the_rest_one_letter_tries_and_others_wait_for_it(self, channel, broken):
        rest_is_over()

        assert turn(channel) is None
        assert turn(channel).until > timezone.now()

    def test_another_failure_makes_the_rest_longer(self, channel, broken):
        rest_is_over()
        make_due(*broken)
        before = len(channel.refuses_before_leaving)
        deliver_due()

        assert len(channel.refuses_before_leaving) == before - 1
        row = Destination.objects.get(name="fake")
        assert row.rests_until > timezone.now() + 1.9 * pacing.FIRST_REST

    def test_one_success_opens_it_for_all(self, channel, broken):
        rest_is_over()
        make_due(*broken)
        channel.refuses_before_leaving = []

        deliver_due()

        assert len(channel.sent) == 6
        assert Destination.objects.get(name="fake").failures == 0

    def test_a_refusal_of_one_letter_is_a_sign_of_life(self, channel, broken):
        rest_is_over()
        make_due(broken[0])
        channel.refuses_before_leaving = [Rejected(Reason.REFUSED)]

        deliver_due()

        assert Destination.objects.get(name="fake").failures == 0


class TestOneAtATime:
    def test_a_second_worker_goes_elsewhere(self, channel):
        channel.one_at_a_time = True
        assert turn(channel) is None

        wait = turn(channel)

        assert timezone.now() < wait.until < timezone.now() + timedelta(seconds=10)

    def test_after_the_outcome_the_next_one_goes(self, channel):
        channel.one_at_a_time = True
        three_letters()

        deliver_due()

        assert len(channel.sent) == 3

    def test_a_worker_that_was_lost_does_not_keep_it_for_ever(self, channel):
        channel.one_at_a_time = True
        turn(channel)
        Destination.objects.update(taken_until=timezone.now() - timedelta(seconds=1))

        assert turn(channel) is None


def test_a_slow_letter_gives_the_others_back_to_whoever_is_free(channel, monkeypatch):
    letters = three_letters()
    clock = iter(range(0, 1000, 2))
    monkeypatch.setattr(time, "monotonic", lambda: next(clock))

    assert deliver_due() == 3

    assert {now_is(each).tries for each in letters} == {1}
    assert len(channel.sent) == 3


def test_a_queue_to_one_office_may_last_for_days(channel):
    channel.per_hour = 1
    turns = []
    for _ in range(40):
        wait = turn(channel)
        turns.append(wait.until if wait else timezone.now())

    assert all(late - early > timedelta(minutes=59) for early, late in pairwise(turns))


def test_mail_that_an_organizer_pauses_takes_another_way():
    mail = listed_channels()["email"]
    office = Office("HWY00", "house", email="staff@house.example", resting=frozenset({"email"}))

    assert mail.obstacle(office) == Reason.PAUSED
