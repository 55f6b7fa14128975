"""Noon of January 3, 2027: nobody is told what nobody knows, and what can go goes."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.utils import timezone

from letters import gate as gating
from letters.delivery import deliver_due
from letters.holding import hold_and_release
from letters.looking_ahead import look_ahead
from letters.models import Delivery, Notice
from letters.states import Reason, State
from letters.submission import ChosenSeat
from representatives.lookup import Lookup, Outcome, SeatFound
from representatives.lookup import Reason as Why
from representatives.models import Snapshot, StateMap, Term
from tests.factories import (
    make_campaign,
    make_delivery,
    make_identity,
    make_letter,
    make_roster,
    make_state_map,
    numbers,
)

pytestmark = pytest.mark.django_db
WRITTEN = datetime(2026, 12, 1, 17, tzinfo=UTC)
NEW_YEARS_EVE = datetime(2026, 12, 31, 17, tzinfo=UTC)
BEFORE_NOON = datetime(2027, 1, 3, 16, 59, tzinfo=UTC)
AFTER_NOON = datetime(2027, 1, 3, 17, 1, tzinfo=UTC)
MAY_21 = datetime(2027, 5, 21, 14, tzinfo=UTC)
# Wyoming's representative and its senator of class 2 are elected anew, its other senator is not.
HOUSE, CLASS_1, CLASS_2 = "HWY00", "SWY01", "SWY02"


@pytest.fixture
def letter(settings, channel):
    """Three letters of December 2026, due at once in a live campaign that ends in June."""
    settings.LIVE, settings.DELIVERY_MODE = True, "live"
    # No geocoder.
    settings.LOOKUP_PROVIDERS = {"zip_table": settings.LOOKUP_PROVIDERS["zip_table"]}
    with time_machine.travel(WRITTEN, tick=False):
        ends = datetime(2027, 6, 30, tzinfo=UTC)
        campaign = make_campaign(state="live", closes_at=ends, delivery_at=None)
        campaign.current_appeal.facts.update(reviewed_at=timezone.now())
        letter = make_letter(campaign=campaign)
    for seat in (HOUSE, CLASS_1, CLASS_2):
        make_delivery(letter=letter, seat=seat, due_at=WRITTEN, resolved_by="zip")
    return letter


def at(moment: datetime, *, roster: str = "old") -> None:
    """Everything that is due is delivered then, with a roster that was checked that day."""
    with time_machine.travel(moment, tick=False):
        if roster == "new":
            make_roster(congress=120, as_of=moment.date())
        if roster == "proposed":
            propose()
        Snapshot.objects.update(checked_at=moment)
        hold_and_release()
        look_ahead()
        deliver_due()


def propose() -> None:
    """A roster of the new Congress waits for a person."""
    Snapshot.objects.create(
        kind=Snapshot.Kind.ROSTER,
        status=Snapshot.Status.PROPOSED,
        as_of=AFTER_NOON.date(),
        covers_until=AFTER_NOON.date().replace(year=2029),
    )


def load_map(
    state: str, zips: dict[str, tuple[int, ...]], *, on: datetime, congress: int = 120
) -> StateMap:
    """Never at the moment of another test's, which is remembered."""
    with time_machine.travel(on + timedelta(seconds=next(numbers)), tick=False):
        return make_state_map(state, zips, congress=congress)


def states(letter) -> dict[str, str]:
    return {each.seat_id: each.reason or each.state for each in letter.deliveries.all()}


@pytest.mark.parametrize("moment", [NEW_YEARS_EVE, BEFORE_NOON])
@pytest.mark.parametrize("roster", ["old", "proposed"])
def test_until_noon_everything_goes(letter, moment, roster):
    at(moment, roster=roster)

    assert states(letter) == dict.fromkeys([HOUSE, CLASS_1, CLASS_2], State.ACCEPTED)


@pytest.mark.parametrize("moment", [AFTER_NOON, MAY_21])
@pytest.mark.parametrize("roster", ["old", "proposed"])
def test_from_noon_the_house_waits_for_a_roster_that_is_accepted(letter, moment, roster):
    at(moment, roster=roster)

    assert states(letter) == {
        HOUSE: Reason.NEW_CONGRESS,
        CLASS_1: State.ACCEPTED,
        CLASS_2: Reason.NEW_CONGRESS,
    }


def test_nobody_is_mailed_at_noon(letter):
    make_campaign(delivery_at=MAY_21)
    letter.deliveries.update(reason=Reason.ON_THE_DAY, due_at=MAY_21)

    at(AFTER_NOON)

    assert set(states(letter).values()) == {Reason.ON_THE_DAY}
    assert not Notice.objects.filter(kind=Notice.Kind.HELD).exists()


def test_at_noon_not_one_of_the_letters_that_wait_is_opened(letter, monkeypatch):
    make_campaign(delivery_at=MAY_21)
    letter.deliveries.update(reason=Reason.ON_THE_DAY, due_at=MAY_21)
    monkeypatch.setattr("letters.holding.gate", lambda *args: pytest.fail("looked"))

    at(AFTER_NOON)

    assert set(states(letter).values()) == {Reason.ON_THE_DAY}


def test_waiting_for_a_roster_is_no_try_and_gives_nothing_up(letter):
    at(AFTER_NOON)
    weeks_later = AFTER_NOON + timedelta(days=13)
    at(weeks_later)

    waiting = Delivery.objects.get(letter=letter, seat=HOUSE)
    assert (waiting.tries, waiting.state) == (0, State.WAITING)
    assert waiting.give_up_at > weeks_later + timedelta(days=13)
    at(weeks_later + timedelta(days=13), roster="new")
    assert states(letter)[HOUSE] == State.ACCEPTED


def test_nobody_can_answer_for_a_roster_that_ends_with_the_congress(letter):
    with time_machine.travel(AFTER_NOON, tick=False):
        Snapshot.objects.accept_age(by="olga")
        deliver_due()

    assert states(letter) == {
        HOUSE: Reason.NEW_CONGRESS,
        CLASS_1: Reason.ROSTER_TOO_OLD,
        CLASS_2: Reason.NEW_CONGRESS,
    }


@pytest.mark.parametrize("moment", [AFTER_NOON, MAY_21])
def test_who_was_elected_again_gets_the_letter_once_the_roster_is_new(letter, moment):
    at(moment, roster="new")

    assert states(letter) == dict.fromkeys([HOUSE, CLASS_1, CLASS_2], State.ACCEPTED)


def test_who_was_not_elected_again_is_held_by_the_new_roster_alone(letter):
    at(AFTER_NOON)
    with time_machine.travel(AFTER_NOON, tick=False):
        make_roster({HOUSE: None}, congress=120, as_of=AFTER_NOON.date())

    at(AFTER_NOON + timedelta(hours=2))

    assert states(letter)[HOUSE] == Reason.MEMBER_CHANGED
    assert Notice.objects.filter(kind=Notice.Kind.HELD).count() == 1


def test_puerto_ricos_commissioner_waits_with_the_house(letter):
    at(AFTER_NOON)
    with time_machine.travel(AFTER_NOON, tick=False):
        make_delivery(letter=letter, seat="HPR00", due_at=WRITTEN, resolved_by="zip")

    at(AFTER_NOON)

    assert states(letter)["HPR00"] == Reason.NEW_CONGRESS


def test_a_letter_that_went_says_in_which_congress_its_address_was_found(letter):
    at(MAY_21, roster="new")

    assert {each.congress_id for each in letter.deliveries.all()} == {120}
    letter.signatory.refresh_from_db()
    assert (letter.signatory.congress_id, letter.signatory.district) == (120, "WY-0")


def test_once_found_an_address_is_not_looked_up_again(letter, monkeypatch):
    at(MAY_21, roster="new")
    letter.deliveries.update(state=State.WAITING)
    monkeypatch.setattr(gating, "find_seats", lambda *args, **how: pytest.fail("asked"))

    at(MAY_21 + timedelta(hours=1))

    assert set(states(letter).values()) == {State.ACCEPTED}


@pytest.fixture
def from_austin(letter):
    """Another one, whose writer has chosen among the districts of a ZIP code in Texas."""
    member = Term.objects.get(seat="HTX37").member_id
    person = make_identity(street="1100 Congress Ave", city="Austin", state="TX", zip="78701")
    with time_machine.travel(WRITTEN, tick=False):
        chosen = make_letter(
            campaign=letter.signatory.campaign,
            person=person,
            state="TX",
            district="TX-37",
            seats=(ChosenSeat("HTX37", member, "choice"),),
        )
    make_delivery(letter=chosen, seat="HTX37", due_at=WRITTEN)
    return chosen


@pytest.mark.parametrize(
    ("touched", "becomes"),
    [
        ((37,), State.ACCEPTED),
        ((10,), Reason.ADDRESS_ELSEWHERE),
        ((10, 37), Reason.CHOOSE_AGAIN),
        ((10, 21), Reason.ADDRESS_ELSEWHERE),
        (None, Reason.ADDRESS_UNKNOWN),
    ],
)
def test_new_lines_say_anew_where_an_address_lies(from_austin, touched, becomes):
    if touched:
        load_map("TX", {"78701": touched}, on=AFTER_NOON)

    at(MAY_21, roster="new")

    assert states(from_austin) == {"HTX37": becomes}


def test_a_map_of_the_next_congress_changes_nothing_before_it_begins(from_austin):
    load_map("TX", {"78701": (10,)}, on=NEW_YEARS_EVE)

    at(BEFORE_NOON)

    assert states(from_austin) == {"HTX37": State.ACCEPTED}


@pytest.mark.parametrize(
    ("resolved_by", "becomes"),
    [("choice", State.ACCEPTED), ("zip", Reason.CHOOSE_AGAIN), ("address", State.ACCEPTED)],
)
def test_what_was_chosen_on_lines_that_hold_is_not_asked_again(
    letter, monkeypatch, resolved_by, becomes
):
    either = [SeatFound(code, "house", code, "WY", "", "") for code in (HOUSE, "HCO02")]
    lookup = Lookup(Outcome.CANDIDATES, 120, MAY_21.date(), tuple(either), reason=Why.SPLIT_ZIP)
    monkeypatch.setattr(gating, "find_seats", lambda address, **how: lookup)
    letter.deliveries.filter(seat=HOUSE).update(resolved_by=resolved_by)

    at(MAY_21, roster="new")

    assert states(letter)[HOUSE] == becomes


@pytest.mark.parametrize(
    ("reason", "becomes"),
    [
        (Why.SPLIT_ZIP, State.ACCEPTED),
        (Why.STREET_NOT_FOUND, State.ACCEPTED),
        (Why.STREET_AMBIGUOUS, Reason.CHOOSE_AGAIN),
        (Why.STREET_ELSEWHERE, Reason.CHOOSE_AGAIN),
        (Why.GEOCODER_DOWN, Reason.ADDRESS_UNKNOWN),
    ],
)
def test_what_a_street_told_stays_told_on_lines_that_hold(letter, monkeypatch, reason, becomes):
    either = [SeatFound(code, "house", code, "WY", "", "") for code in (HOUSE, "HCO02")]
    found = Lookup(Outcome.CANDIDATES, 120, MAY_21.date(), tuple(either), reason=reason)
    monkeypatch.setattr(gating, "find_seats", lambda address, **how: found)
    letter.deliveries.filter(seat=HOUSE).update(resolved_by="address")

    at(MAY_21, roster="new")

    assert states(letter)[HOUSE] == becomes


def test_a_choice_on_former_lines_is_asked_again_also_where_streets_tell_the_new_ones(
    from_austin, monkeypatch
):
    either = [SeatFound(code, "house", code, "TX", "", "") for code in ("HTX37", "HTX10")]
    found = Lookup(Outcome.CANDIDATES, 120, MAY_21.date(), tuple(either))
    monkeypatch.setattr(gating, "find_seats", lambda address, **how: found)

    at(MAY_21, roster="new")

    assert states(from_austin) == {"HTX37": Reason.CHOOSE_AGAIN}


def test_a_letter_held_by_new_lines_goes_when_better_lines_are_loaded(from_austin):
    load_map("TX", {"78701": (10,)}, on=AFTER_NOON)
    at(MAY_21, roster="new")
    load_map("TX", {"78701": (37,)}, on=MAY_21 + timedelta(hours=1))

    at(MAY_21 + timedelta(hours=2))

    assert states(from_austin) == {"HTX37": State.ACCEPTED}


def test_a_letter_held_by_new_lines_is_looked_at_once_for_each_map(from_austin, monkeypatch):
    load_map("TX", {"78701": (10,)}, on=AFTER_NOON)
    at(MAY_21, roster="new")
    load_map("TX", {"78701": (10, 37)}, on=MAY_21 + timedelta(hours=1))

    at(MAY_21 + timedelta(hours=2))

    assert states(from_austin) == {"HTX37": Reason.CHOOSE_AGAIN}
    monkeypatch.setattr("letters.looking_ahead.gate", lambda *args: pytest.fail("looked"))
    at(MAY_21 + timedelta(hours=3))
    assert Notice.objects.filter(kind=Notice.Kind.HELD).count() == 1
