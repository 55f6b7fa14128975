"""What becomes of a delivery after a try, above all after one that may have arrived."""

from datetime import timedelta

import pytest
from django.db import InterfaceError, OperationalError
from django.utils import timezone

from campaign.encryption import SealBroken
from letters import delivery as delivering
from letters import persisting, settling
from letters.channels.interface import Backoff, NeedsSupporter, Rejected, Unavailable, Uncertain
from letters.delivery import deliver_due
from letters.models import Attempt, Delivery, Destination, Notice
from letters.states import Reason, State
from tests.factories import make_delivery, make_letter

pytestmark = pytest.mark.django_db


def now_is(delivery: Delivery) -> Delivery:
    return Delivery.objects.get(id=delivery.id)


def try_again(delivery: Delivery) -> Delivery:
    """At once, whatever it or its destination waits for."""
    Destination.objects.all().delete()
    Delivery.objects.filter(id=delivery.id).update(due_at=timezone.now())
    deliver_due()
    return now_is(delivery)


class TestAReceiverThatKnowsOurKeyAndDoesNotSaySo:
    """The House: what it answers to a repeat is not publicly known."""

    @pytest.fixture(autouse=True)
    def uncertain(self, channel):
        channel.keyed = True
        channel.refuses = [Uncertain(Reason.NO_ANSWER)] * 10
        self.delivery = make_delivery()
        deliver_due()

    def test_a_repeat_is_hours_away(self):
        assert now_is(self.delivery).due_at > timezone.now() + timedelta(hours=5)

    def test_it_is_repeated_twice_and_then_left_to_a_person(self, channel):
        for _ in range(5):
            after = try_again(self.delivery)

        assert after.state == State.UNCERTAIN
        assert len(channel.sent) == 3
        assert len(set(channel.sent)) == 1

    def test_its_attempts_say_which_were_repeats(self):
        try_again(self.delivery)

        marks = self.delivery.attempts.values_list("is_repeat", flat=True)
        assert list(marks) == [False, True]

    def test_a_repeat_that_did_not_leave_does_not_count(self, channel):
        channel.refuses_before_leaving = [Unavailable(Reason.UNREACHABLE)] * 2

        for _ in range(6):
            after = try_again(self.delivery)

        assert len(channel.sent) == 3
        assert after.state == State.UNCERTAIN

    @pytest.mark.parametrize("refusal", [Rejected, NeedsSupporter])
    def test_a_refused_repeat_says_nothing_of_the_first(self, channel, refusal):
        channel.refuses = [refusal(Reason.REFUSED)]

        after = try_again(self.delivery)

        assert (after.state, after.reason) == (State.UNCERTAIN, Reason.REFUSED)

    def test_an_accepted_repeat_is_accepted(self, channel):
        channel.refuses = []

        assert try_again(self.delivery).state == State.ACCEPTED


class TestAReceiverThatSaysThatItHasALetter:
    """The Senate, with its 409."""

    @pytest.fixture(autouse=True)
    def uncertain(self, channel):
        channel.keyed = channel.recognizes_repeats = True
        channel.refuses = [Uncertain(Reason.NO_ANSWER)] * 4
        self.delivery = make_delivery()
        deliver_due()

    def test_it_is_asked_again_soon_and_more_than_twice(self, channel):
        assert now_is(self.delivery).due_at < timezone.now() + timedelta(minutes=1)

        for _ in range(4):
            after = try_again(self.delivery)

        assert after.state == State.ACCEPTED
        assert len(channel.sent) == 5

    def test_its_refusal_means_that_it_never_had_it(self, channel):
        channel.refuses = [Rejected(Reason.REFUSED)]

        assert try_again(self.delivery).state == State.FAILED


def test_each_channel_has_a_patience_of_its_own(channel):
    channel.backoff = Backoff(first=timedelta(hours=1), longest=timedelta(hours=1), tries=2)
    channel.refuses_before_leaving = [Unavailable(Reason.UNREACHABLE)] * 3
    delivery = make_delivery()
    deliver_due()
    assert now_is(delivery).due_at > timezone.now() + timedelta(minutes=29)

    after = try_again(delivery)

    assert (after.state, after.reason) == (State.FAILED, Reason.GAVE_UP)


def test_the_pause_doubles_up_to_its_longest():
    backoff = Backoff(first=timedelta(seconds=10), longest=timedelta(seconds=60))
    waits = [settling._next_try(backoff, tries, None) - timezone.now() for tries in range(1, 40)]

    for wait, most in zip(waits, [10, 20, 40] + [60] * 36, strict=True):
        assert most / 2 - 1 < wait.total_seconds() <= most


def test_a_pause_of_years_that_a_receiver_asks_for_is_a_day(channel):
    delivery = make_delivery()
    channel.refuses_before_leaving = [Unavailable(Reason.BUSY, retry_after=10.0**20)]

    deliver_due()

    assert now_is(delivery).due_at < timezone.now() + timedelta(days=1, minutes=1)


def test_at_its_deadline_a_letter_is_given_up_however_patient_we_are(channel):
    delivery = make_delivery(give_up_at=timezone.now() + timedelta(seconds=5))
    channel.refuses_before_leaving = [Unavailable(Reason.BUSY)]

    deliver_due()

    after = now_is(delivery)
    assert (after.state, after.reason) == (State.FAILED, Reason.GAVE_UP)


def test_after_its_deadline_a_letter_does_not_leave(channel):
    delivery = make_delivery(give_up_at=timezone.now() - timedelta(seconds=5))

    deliver_due()

    assert (now_is(delivery).state, channel.sent) == (State.FAILED, [])


def test_a_letter_that_breaks_our_software_is_parked_with_that_reason(channel):
    channel.backoff = Backoff(tries=2)
    channel.refuses_before_leaving = [ZeroDivisionError("poison")] * 2
    delivery = make_delivery()
    deliver_due()

    after = try_again(delivery)

    assert (after.state, after.reason) == (State.FAILED, Reason.OUR_MISTAKE)


@pytest.mark.parametrize("away", [OperationalError, InterfaceError])
def test_an_outcome_is_written_as_soon_as_the_database_is_back(channel, monkeypatch, away):
    delivery, move, refused = make_delivery(), Delivery.move, []

    def away_at_first(self, after, **changes):
        if after == State.ACCEPTED and len(refused) < 3:
            refused.append(after)
            raise away("the database system is shutting down")
        move(self, after, **changes)

    monkeypatch.setattr(Delivery, "move", away_at_first)
    monkeypatch.setattr(persisting.time, "sleep", lambda seconds: None)
    monkeypatch.setattr(persisting.connection, "close", lambda: None)

    deliver_due()

    assert (now_is(delivery).state, len(refused)) == (State.ACCEPTED, 3)
    assert delivery.attempts.get().outcome == Attempt.Outcome.ACCEPTED


def test_a_database_that_stays_away_is_nobodys_mistake(channel, monkeypatch):
    delivery = make_delivery()
    monkeypatch.setattr(settling, "_end", lambda *args: (_ for _ in ()).throw(OperationalError()))
    monkeypatch.setattr(persisting.connection, "close", lambda: None)
    monkeypatch.setattr(persisting.time, "sleep", lambda seconds: None)
    monkeypatch.setattr(persisting.settings, "DELIVERY_LEASE", timedelta(0))

    with pytest.raises(OperationalError):
        deliver_due()

    assert now_is(delivery).state == State.SENDING


def test_who_is_held_is_told_once(channel):
    delivery = make_delivery()
    delivery.member.terms.all().delete()

    deliver_due()
    try_again(delivery)

    assert now_is(delivery).state == State.HELD
    assert delivery.letter.notices.filter(kind=Notice.Kind.HELD).count() == 1


def test_waiting_for_a_gateway_that_is_closed_uses_no_try_up(channel):
    delivery = make_delivery()
    channel.refuses_before_leaving = [Unavailable(Reason.BUSY)] * 15
    for _ in range(15):
        try_again(delivery)
    assert now_is(delivery).tries == 0

    channel.refuses_before_leaving = [Unavailable(Reason.UNREACHABLE)]

    assert try_again(delivery).state == State.WAITING


def test_what_may_have_arrived_is_not_held_back_and_not_called_unsent(channel):
    channel.keyed = channel.recognizes_repeats = True
    channel.refuses = [Uncertain(Reason.NO_ANSWER)]
    delivery = make_delivery()
    deliver_due()
    delivery.member.terms.all().delete()

    after = try_again(delivery)

    assert (after.state, after.reason) == (State.UNCERTAIN, Reason.MEMBER_CHANGED)
    assert not delivery.letter.notices.filter(kind=Notice.Kind.HELD).exists()


def test_a_repeat_goes_to_whom_it_may_have_reached_whatever_was_tried_since(channel):
    channel.keyed = channel.recognizes_repeats = True
    delivery = make_delivery(channel="hand_off")
    Attempt.objects.create(
        delivery=delivery, number=1, channel="fake", submission_begun_at=timezone.now()
    )

    after = try_again(delivery)

    assert (after.state, after.channel) == (State.ACCEPTED, "fake")


def test_a_record_that_does_not_open_keeps_the_others_only_once(channel, monkeypatch):
    bad = make_delivery()
    good = [make_delivery(letter=make_letter()) for _ in range(3)]
    open_it = delivering.envelope_of

    def broken(delivery, **options):
        if delivery.id == bad.id:
            raise SealBroken("it does not open")
        return open_it(delivery, **options)

    monkeypatch.setattr(delivering, "envelope_of", broken)
    with pytest.raises(SealBroken):
        deliver_due()
    assert {now_is(each).state for each in [bad, *good]} == {State.WAITING}

    deliver_due()

    assert {now_is(each).state for each in good} == {State.ACCEPTED}
    assert now_is(bad).reason == Reason.OUR_MISTAKE
