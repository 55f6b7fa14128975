"""What stops a letter at the last moment: the campaign, the map, the address."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import timezone

from letters import gate as gating
from letters.delivery import deliver_due
from letters.models import Delivery
from letters.states import Reason, State
from representatives.lookup import Lookup, Outcome, ResolvedBy, SeatFound
from representatives.lookup import Reason as LookupReason
from representatives.models import Snapshot
from tests.factories import make_campaign, make_delivery, make_state_map

pytestmark = pytest.mark.django_db
WYOMING = SeatFound("HWY00", "house", "WY-0", "WY", "", "")
SENATOR = SeatFound("SWY01", "senate", None, "WY", "", "")
COLORADO = SeatFound("HCO02", "house", "CO-2", "CO", "", "")


@pytest.fixture
def lookup(monkeypatch, channel):
    """A newer map has been loaded since; what the lookup now says, and how often it was asked."""
    Snapshot.objects.filter(kind=Snapshot.Kind.ZIP_MAP).update(
        loaded_at=timezone.now() + timedelta(seconds=5)
    )
    asked = []

    def answer(outcome, *seats, **more):
        found = Lookup(outcome, 119, timezone.localdate(), seats, **more)
        monkeypatch.setattr(gating, "find_seats", lambda address, **how: asked.append(how) or found)
        return asked

    return answer


def delivered(**changes) -> Delivery:
    delivery = make_delivery(**changes)
    deliver_due()
    return Delivery.objects.get(id=delivery.id)


def test_a_campaign_that_ended_by_its_date_sends_nothing_more(channel):
    delivery = make_delivery()
    make_campaign(closes_at=timezone.now() - timedelta(seconds=1))

    deliver_due()

    after = Delivery.objects.get(id=delivery.id)
    assert (after.state, after.reason) == (State.FAILED, Reason.CAMPAIGN_CLOSED)


def test_by_the_map_that_the_letter_was_written_with_nobody_looks_again(channel, monkeypatch):
    monkeypatch.setattr(gating, "find_seats", lambda address, **how: pytest.fail("asked"))

    assert delivered().state == State.ACCEPTED


def test_an_address_that_still_lies_in_the_seat_goes(lookup):
    asked = lookup(Outcome.EXACT, WYOMING)

    after = delivered()

    assert (after.state, len(asked)) == (State.ACCEPTED, 1)
    assert after.address_checked_at


def test_an_address_that_lies_elsewhere_by_a_newer_map_is_held(lookup):
    lookup(Outcome.EXACT, COLORADO)

    after = delivered()

    assert (after.state, after.reason) == (State.HELD, Reason.ADDRESS_ELSEWHERE)


def test_a_choice_among_candidates_still_counts_if_it_is_still_one(lookup):
    lookup(Outcome.CANDIDATES, WYOMING, COLORADO)

    assert delivered(resolved_by="choice").state == State.ACCEPTED


@pytest.mark.parametrize("resolved_by", ["zip", "address"])
def test_a_seat_that_is_only_one_of_several_now_has_to_be_chosen(lookup, resolved_by):
    lookup(Outcome.CANDIDATES, WYOMING, COLORADO, reason=LookupReason.STREET_NOT_FOUND)

    after = delivered(resolved_by=resolved_by)

    assert (after.state, after.reason) == (State.HELD, Reason.CHOOSE_AGAIN)


def test_a_seat_that_has_to_be_chosen_is_not_put_down_to_new_lines(lookup):
    """A better table of ZIP codes alone may have said so, of somebody who never chose."""
    lookup(Outcome.CANDIDATES, WYOMING, COLORADO, reason=LookupReason.SPLIT_ZIP)

    why = Reason(delivered(resolved_by="zip").reason).label

    assert "we cannot tell your district from your address alone" in why
    assert "lines" not in why and "again" not in why


def test_a_choice_that_is_no_candidate_any_more_is_held(lookup):
    lookup(Outcome.CANDIDATES, COLORADO, replace(COLORADO, seat="HCO03"))

    after = delivered(resolved_by="choice")

    assert (after.state, after.reason) == (State.HELD, Reason.ADDRESS_ELSEWHERE)


def test_a_choice_does_not_wait_for_a_geocoder_that_is_away(lookup):
    lookup(Outcome.CANDIDATES, WYOMING, COLORADO, reason=LookupReason.GEOCODER_DOWN)

    assert delivered(resolved_by="choice").state == State.ACCEPTED


def test_a_map_that_is_put_back_in_force_is_looked_at_again(channel, monkeypatch):
    asked = []
    found = Lookup(Outcome.EXACT, 119, timezone.localdate(), (WYOMING,))
    monkeypatch.setattr(gating, "find_seats", lambda address, **how: asked.append(how) or found)
    Snapshot.objects.filter(kind=Snapshot.Kind.ZIP_MAP).update(
        accepted_at=timezone.now() + timedelta(seconds=5)
    )

    delivered()

    assert len(asked) == 1


def test_another_states_newer_map_is_nothing_to_look_at(channel, monkeypatch):
    make_state_map("CO", {"80202": (1,)}, congress=119)
    Snapshot.objects.filter(sha256__startswith="map-").update(
        loaded_at=timezone.now() + timedelta(seconds=5)
    )
    monkeypatch.setattr(gating, "find_seats", lambda address, **how: pytest.fail("asked"))

    assert delivered().state == State.ACCEPTED


@pytest.mark.parametrize(
    ("outcome", "seats", "more"),
    [
        (Outcome.UNAVAILABLE, [], {}),
        (Outcome.STATE_ONLY, [SENATOR], {}),
        (Outcome.CANDIDATES, [WYOMING, COLORADO], {"reason": LookupReason.GEOCODER_DOWN}),
    ],
)
def test_a_lookup_that_says_nothing_lets_it_wait(lookup, outcome, seats, more):
    lookup(outcome, *seats, **more)

    after = delivered(resolved_by=ResolvedBy.ADDRESS)

    assert (after.state, after.reason) == (State.WAITING, Reason.ADDRESS_UNKNOWN)
    assert after.due_at > timezone.now() + timedelta(minutes=59)


def test_a_senator_needs_the_state_only(lookup):
    asked = lookup(Outcome.STATE_ONLY, SENATOR)

    assert delivered(seat="SWY01").state == State.ACCEPTED
    assert asked[0]["offline"]


def test_a_state_that_only_the_street_told_is_not_taken_back(lookup):
    lookup(Outcome.NOT_FOUND)

    assert delivered(seat="SWY01").state == State.ACCEPTED


def test_a_letter_to_a_senator_of_another_state_is_held(lookup):
    lookup(Outcome.EXACT, COLORADO)

    assert delivered(seat="SWY01").reason == Reason.ADDRESS_ELSEWHERE


class TestADayThatIsPutOff:
    @pytest.fixture(autouse=True)
    def live(self, settings):
        settings.LIVE, settings.DELIVERY_MODE = True, "live"
        self.day = timezone.now() + timedelta(days=10)
        campaign = make_campaign(
            state="live", delivery_at=self.day, closes_at=self.day + timedelta(days=9)
        )
        campaign.current_appeal.facts.update(reviewed_at=timezone.now())
        Snapshot.objects.accept_age(by="organizer")

    def test_what_was_due_on_the_former_day_waits_for_the_new_one(self, channel):
        after = delivered()

        assert (after.state, after.reason) == (State.WAITING, Reason.ON_THE_DAY)
        assert after.due_at == self.day
        assert (after.tries, channel.sent) == (0, [])
