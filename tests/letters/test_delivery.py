"""From a waiting row to an outcome, whatever the channel says."""

from datetime import timedelta

import pytest
from django.utils import timezone

from campaign.encryption import SealBroken
from letters import delivery as delivering
from letters.briefing import brief
from letters.channels.interface import Backoff, NeedsSupporter, Rejected, Unavailable, Uncertain
from letters.composing import envelope_of
from letters.delivery import claim, deliver, deliver_due, recover
from letters.models import Attempt, Delivery, Notice
from letters.states import NotAllowed, Reason, State
from representatives.congress import lookup_day
from representatives.models import Snapshot, Term
from tests.factories import make_campaign, make_delivery

pytestmark = pytest.mark.django_db
TRIES = Backoff().tries


def now_is(delivery: Delivery) -> Delivery:
    return Delivery.objects.get(id=delivery.id)


def due_again(delivery: Delivery) -> None:
    Delivery.objects.filter(id=delivery.id).update(due_at=timezone.now())


def lose_the_worker(delivery: Delivery) -> None:
    Delivery.objects.filter(id=delivery.id).update(lease_until=timezone.now() - timedelta(1))


def test_an_accepted_letter_keeps_its_reference_and_what_was_sent(channel):
    delivery = make_delivery()

    assert deliver_due() == 1
    after = now_is(delivery)
    assert (after.state, after.reference) == (State.ACCEPTED, "reference of HWY00")
    assert after.submitted_text == channel.sent[0][1]
    assert after.attempts.get().outcome == Attempt.Outcome.ACCEPTED


def test_nothing_due_is_nothing_done(channel):
    make_delivery(due_at=timezone.now() + timedelta(minutes=1))

    assert deliver_due() == 0
    assert channel.sent == []


def test_two_workers_never_hold_the_same_delivery(channel):
    delivery = make_delivery()

    assert claim() == [delivery]
    assert claim() == []


def test_a_refused_letter_has_failed_and_is_not_tried_again(channel):
    delivery = make_delivery()
    channel.refuses = [Rejected(Reason.REFUSED, evidence="<Error>no</Error>")]

    deliver_due()

    after = now_is(delivery)
    assert (after.state, after.reason) == (State.FAILED, Reason.REFUSED)
    assert after.attempts.get().evidence == "<Error>no</Error>"


def test_what_did_not_leave_waits_and_leaves_later_with_the_same_key(channel):
    delivery = make_delivery()
    channel.refuses_before_leaving = [Unavailable(Reason.UNREACHABLE)]
    deliver_due()
    waiting = now_is(delivery)
    assert (waiting.state, waiting.reason) == (State.WAITING, Reason.UNREACHABLE)
    assert waiting.due_at > timezone.now()

    due_again(delivery)
    deliver_due()

    assert now_is(delivery).state == State.ACCEPTED
    assert [key for key, _ in channel.sent] == [delivery.delivery_key]


def test_a_receiver_that_asks_for_time_gets_it(channel):
    delivery = make_delivery()
    channel.refuses_before_leaving = [Unavailable(Reason.BUSY, retry_after=3600)]

    deliver_due()

    assert now_is(delivery).due_at > timezone.now() + timedelta(minutes=59)


def test_a_closed_gateway_wears_no_letter_out(channel):
    delivery = make_delivery(tries=TRIES + 40)
    channel.refuses_before_leaving = [Unavailable(Reason.BUSY)]

    deliver_due()

    assert now_is(delivery).state == State.WAITING


def test_without_a_key_what_may_have_arrived_is_never_sent_again(channel):
    delivery = make_delivery()
    channel.refuses = [Uncertain(Reason.NO_ANSWER)]
    deliver_due()

    due_again(delivery)
    deliver_due()

    assert now_is(delivery).state == State.UNCERTAIN
    assert len(channel.sent) == 1


def test_with_a_key_the_very_same_text_goes_again(channel):
    delivery = make_delivery()
    channel.keyed = True
    channel.refuses = [Uncertain(Reason.NO_ANSWER)]
    deliver_due()
    assert now_is(delivery).state == State.WAITING

    due_again(delivery)
    deliver_due()

    assert now_is(delivery).state == State.ACCEPTED
    assert len(channel.sent) == 2
    assert channel.sent[0] == channel.sent[1]


def test_what_may_have_arrived_goes_by_no_other_channel(channel):
    delivery = make_delivery()
    channel.keyed = True
    channel.refuses = [Uncertain(Reason.NO_ANSWER)]
    deliver_due()
    channel.hinders = Reason.OFFICE_NOT_LISTED

    due_again(delivery)
    deliver_due()

    assert now_is(delivery).state == State.ACCEPTED
    assert len(channel.sent) == 2


def test_only_a_person_can_finish_it_and_is_told(channel):
    delivery = make_delivery()
    channel.refuses_before_leaving = [NeedsSupporter(Reason.TOO_LONG)]

    deliver_due()

    after = now_is(delivery)
    assert (after.state, after.reason) == (State.NEEDS_SUPPORTER, Reason.TOO_LONG)
    assert delivery.letter.notices.filter(kind=Notice.Kind.NEEDS_SUPPORTER).count() == 1


def test_a_channel_that_closed_since_hands_the_letter_to_the_supporter(channel):
    delivery = make_delivery()
    channel.hinders = Reason.OFFICE_NOT_LISTED

    deliver_due()

    after = now_is(delivery)
    assert (after.state, after.channel) == (State.NEEDS_SUPPORTER, "hand_off")
    assert after.reason == Reason.OFFICE_NOT_LISTED


def test_a_bug_before_leaving_is_loud_and_tried_a_bounded_number_of_times(channel, caplog):
    delivery = make_delivery()
    channel.refuses_before_leaving = [ZeroDivisionError("bug")] * (TRIES + 5)

    for _ in range(TRIES + 3):
        due_again(delivery)
        deliver_due()

    after = now_is(delivery)
    assert (after.state, after.tries) == (State.FAILED, TRIES)
    assert "ZeroDivisionError" in caplog.text


def test_a_bug_after_leaving_rests_in_uncertain(channel):
    delivery = make_delivery()
    channel.refuses = [ZeroDivisionError("bug")]

    deliver_due()

    assert now_is(delivery).state == State.UNCERTAIN


def test_a_wrong_key_stops_the_worker_and_loses_nothing(channel, monkeypatch):
    delivery = make_delivery()

    def broken(delivery, **kwargs):
        raise SealBroken("wrong key")

    monkeypatch.setattr(delivering, "envelope_of", broken)
    with pytest.raises(SealBroken):
        deliver_due()

    lose_the_worker(delivery)
    recover()
    assert now_is(delivery).state == State.WAITING


def test_a_worker_lost_before_leaving_is_no_loss(channel):
    delivery = make_delivery()
    claim()
    lose_the_worker(delivery)

    assert recover() == 1
    assert now_is(delivery).state == State.WAITING


def test_a_worker_lost_after_leaving_leaves_it_uncertain(channel):
    delivery = make_delivery()
    claim()
    Attempt.objects.create(
        delivery=delivery, number=1, channel="fake", submission_begun_at=timezone.now()
    )
    lose_the_worker(delivery)

    recover()

    assert now_is(delivery).state == State.UNCERTAIN


def test_a_worker_that_comes_back_too_late_cannot_send(channel):
    delivery = make_delivery()
    [late] = claim()
    lose_the_worker(delivery)
    recover()

    with pytest.raises(NotAllowed):
        deliver(late, brief([late]))
    assert channel.sent == []


def test_a_living_worker_keeps_its_lease(channel):
    make_delivery()
    claim()

    assert recover() == 0


def test_a_letter_for_somebody_who_left_the_seat_is_held(channel):
    delivery = make_delivery()
    Term.objects.filter(seat="HWY00").delete()

    deliver_due()

    assert (now_is(delivery).state, channel.sent) == (State.HELD, [])
    assert now_is(delivery).reason == Reason.MEMBER_CHANGED


def test_a_closed_campaign_sends_nothing_more(channel):
    delivery = make_delivery()
    make_campaign(state="closed")

    deliver_due()

    assert (now_is(delivery).state, channel.sent) == (State.FAILED, [])


def test_what_may_have_arrived_is_not_called_failed_when_the_campaign_closes(channel):
    delivery = make_delivery()
    channel.keyed = True
    channel.refuses = [Uncertain(Reason.NO_ANSWER)]
    deliver_due()
    make_campaign(state="closed")

    due_again(delivery)
    deliver_due()

    after = now_is(delivery)
    assert (after.state, after.reason) == (State.UNCERTAIN, Reason.CAMPAIGN_CLOSED)


def test_an_attempt_is_never_accepted_while_its_delivery_is_not(channel, monkeypatch):
    delivery = make_delivery()
    move = Delivery.move

    def stop_before_accepted(self, after, **changes):
        if after == State.ACCEPTED:
            raise ZeroDivisionError("killed here")
        move(self, after, **changes)

    monkeypatch.setattr(Delivery, "move", stop_before_accepted)
    deliver_due()

    assert delivery.attempts.get().outcome == Attempt.Outcome.BROKEN
    assert now_is(delivery).state == State.UNCERTAIN


@pytest.mark.parametrize(
    ("resolved_by", "validated"), [("address", True), ("zip", False), ("choice", False)]
)
def test_only_a_street_that_was_found_counts_as_validated(channel, resolved_by, validated):
    delivery = make_delivery(resolved_by=resolved_by)

    assert envelope_of(delivery, on=lookup_day()).address_validated == validated


def test_a_rehearsal_letter_is_never_sent_by_a_live_installation(channel, settings):
    delivery = make_delivery()
    settings.LIVE, settings.DELIVERY_MODE = True, "live"

    assert deliver_due() == 0
    assert now_is(delivery).state == State.WAITING


class TestLive:
    @pytest.fixture(autouse=True)
    def live(self, settings):
        settings.LIVE, settings.DELIVERY_MODE = True, "live"
        self.campaign = make_campaign(
            state="live", closes_at=timezone.now() + timedelta(days=30), delivery_at=None
        )
        self.appeal = self.campaign.current_appeal
        self.appeal.facts.update(reviewed_at=timezone.now())
        Snapshot.objects.accept_age(by="organizer")

    def test_a_live_letter_goes(self, channel):
        delivery = make_delivery()

        deliver_due()

        assert now_is(delivery).state == State.ACCEPTED

    def test_an_expired_fact_holds_the_letter_that_states_it(self, channel):
        delivery = make_delivery()
        self.appeal.facts.filter(key="prisoners").update(expires_at=timezone.localdate())

        deliver_due()

        assert (now_is(delivery).reason, channel.sent) == (Reason.FACT_CHANGED, [])

    def test_a_roster_too_old_lets_the_letter_wait(self, channel):
        delivery = make_delivery()
        Snapshot.objects.update(age_accepted_at=None)

        deliver_due()

        after = now_is(delivery)
        assert (after.state, after.reason) == (State.WAITING, Reason.ROSTER_TOO_OLD)
        assert channel.sent == []

    @pytest.mark.parametrize(
        ("days", "state", "warned"),
        [
            (7, State.ACCEPTED, False),
            (8, State.ACCEPTED, True),
            (30, State.ACCEPTED, True),
            (31, State.WAITING, True),
        ],
    )
    def test_a_roster_warns_after_a_week_and_stops_after_a_month(
        self, channel, caplog, days, state, warned
    ):
        delivery = make_delivery()
        roster_is_old(days=days)

        deliver_due()

        assert now_is(delivery).state == state
        assert (f"the roster is {days} days old" in caplog.text) is warned

    def test_a_word_for_an_old_roster_ends(self, channel):
        delivery = make_delivery()
        Snapshot.objects.update(age_accepted_at=timezone.now() - timedelta(days=8))

        deliver_due()

        assert now_is(delivery).reason == Reason.ROSTER_TOO_OLD


def roster_is_old(*, days: int) -> None:
    today = timezone.localdate()
    Snapshot.objects.update(as_of=today - timedelta(days=days), age_accepted_at=None)


def test_an_old_roster_only_warns_in_a_rehearsal(channel, caplog):
    delivery = make_delivery()
    roster_is_old(days=400)

    deliver_due()

    assert now_is(delivery).state == State.ACCEPTED
    assert "the roster is 400 days old" in caplog.text
