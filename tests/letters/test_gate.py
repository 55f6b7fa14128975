"""What stops a letter at the last moment: the campaign, the map, the address."""

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
from tests.factories import make_campaign, make_delivery

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
        monkeypatch.setattr(
            gating, "find_seats", lambda address, on: asked.append(address) or found
        )
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
    monkeypatch.setattr(gating, "find_seats", lambda address, on: pytest.fail("asked"))

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
    lookup(Outcome.STATE_ONLY, SENATOR)

    assert delivered(seat="SWY01").state == State.ACCEPTED


class TestADayThatIsPutOff:
    @pytest.fixture(autouse=True)
    def live(self, settings):
        settings.LIVE, settings.DELIVERY_MODE = True, "live"
        self.day = timezone.now() + timedelta(days=10)
        campaign = make_campaign(
            state="live", delivery_at=self.day, closes_at=self.day + timedelta(days=9)
        )
        campaign.current_appeal.facts.update(reviewed_at=timezone.now())
        Snapshot.objects.update(age_accepted_by="organizer")

    def test_what_was_due_on_the_former_day_waits_for_the_new_one(self, channel):
        after = delivered()

        assert (after.state, after.reason) == (State.WAITING, Reason.ON_THE_DAY)
        assert after.due_at == self.day
        assert (after.tries, channel.sent) == (0, [])
