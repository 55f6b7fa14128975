"""Noon of January 3, 2027: nobody is told what nobody knows, and what can go goes."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.utils import timezone

from letters.delivery import deliver_due
from letters.holding import hold_and_release
from letters.models import Delivery, Notice
from letters.states import Reason, State
from representatives.models import Snapshot
from tests.factories import make_campaign, make_delivery, make_letter, make_roster

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
        answer_for_its_age()
        letter = make_letter(campaign=campaign)
    for seat in (HOUSE, CLASS_1, CLASS_2):
        make_delivery(letter=letter, seat=seat, due_at=WRITTEN, resolved_by="zip")
    return letter


def answer_for_its_age() -> None:
    Snapshot.objects.accept_age(by="olga")


def at(moment: datetime, *, roster: str = "old") -> None:
    """Everything that is due is delivered then, with the roster of that time."""
    with time_machine.travel(moment, tick=False):
        if roster == "new":
            make_roster(congress=120, as_of=moment.date())
        if roster == "proposed":
            propose()
        answer_for_its_age()
        hold_and_release()
        deliver_due()


def propose() -> None:
    """A roster of the new Congress waits for a person."""
    Snapshot.objects.create(
        kind=Snapshot.Kind.ROSTER,
        status=Snapshot.Status.PROPOSED,
        as_of=AFTER_NOON.date(),
        covers_until=AFTER_NOON.date().replace(year=2029),
    )


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
