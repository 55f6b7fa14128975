"""The small question of the state: the ZIP code's table has errors, and so have ZIP codes."""

from dataclasses import replace

import pytest

from letters.models import Delivery
from representatives.addresses import Address
from representatives.districts import District
from representatives.lookup import Lookup, Outcome, Reason, find_seats
from representatives.lookup.interface import Match, ProviderFailed
from tests.letters.journey.conftest import text_of

# 30741 touches Georgia and Tennessee.
ROSSVILLE = {"street": "5 Elm St", "city": "Rossville", "zip": "30741"}
STATE_LINK = '/may-21/find/state/"'


class FakeGeocoder:
    """Finds what a test says, in the state that it is asked for, and remembers that state."""

    needs_street = True
    found: tuple | Exception = ()
    asked_in: list[str] = []

    def basis(self, congress):
        return "a test's map"

    def matches(self, address, *, congress):
        self.asked_in.append(address.state)
        if isinstance(self.found, Exception):
            raise self.found
        return self.found


@pytest.fixture
def geocoder(settings, monkeypatch):
    """Finds these places from now on: "TN-3 37421"."""
    fake = {"BACKEND": f"{__name__}.FakeGeocoder", "OPTIONS": {}}
    settings.LOOKUP_PROVIDERS = settings.LOOKUP_PROVIDERS | {"fake": fake}
    monkeypatch.setattr(FakeGeocoder, "asked_in", [])

    def find(*found):
        places = [each.split() for each in found if isinstance(each, str)]
        matches = tuple(Match(District.parse(name), code) for name, code in places)
        failure = next((each for each in found if isinstance(each, Exception)), None)
        monkeypatch.setattr(FakeGeocoder, "found", failure or matches)

    find()
    return find


def seats_of(answer) -> list[str]:
    return [card.seat.seat for card in answer.context["cards"]]


def test_on_a_state_line_each_state_is_a_button_of_its_own(supporter):
    supporter.find(**ROSSVILLE)

    text = text_of(supporter.get("find/offices/"))

    assert "My address is in Georgia" in text and "My address is in Tennessee" in text


def test_within_one_state_no_state_is_asked_for(supporter):
    supporter.find(street="2400 N Lincoln Ave", city="Chicago", zip="60614")

    assert "My address is in Illinois" not in text_of(supporter.get("find/offices/"))


def test_the_state_that_was_said_leaves_its_own_offices(supporter):
    supporter.find(**ROSSVILLE)

    assert supporter.post("find/state/", {"state": "TN"}).url == supporter.url("find/offices/")

    assert seats_of(supporter.get("find/offices/")) == ["HTN03", "STN01", "STN02"]


def test_the_street_is_looked_up_in_the_state_that_was_said(supporter, geocoder):
    supporter.find(street="2400 N Lincoln Ave", city="Chicago", zip="60614")
    geocoder("IL-5 60614")

    supporter.post("find/state/", {"state": "IL"})

    assert FakeGeocoder.asked_in == ["", "IL"]
    assert seats_of(supporter.get("find/offices/"))[0] == "HIL05"


def test_the_state_that_was_said_stands_in_the_address_from_now_on(supporter):
    supporter.find(**ROSSVILLE)
    supporter.post("find/state/", {"state": "TN"})

    assert supporter.get("find/").context["form"]["state"].value() == "TN"
    assert "Rossville, TN 30741" in text_of(supporter.get("find/offices/"))


def test_a_street_that_is_found_in_another_state_is_believed_against_the_zip_code(
    supporter, geocoder
):
    supporter.find()
    geocoder("CO-2 80521")

    supporter.post("find/state/", {"state": "CO"})
    supporter.tick(["HCO02", "SCO02"])
    supporter.write()
    supporter.sign()

    assert dict(Delivery.objects.values_list("seat_id", "resolved_by")) == {
        "HCO02": "address",
        "SCO02": "address",
    }
    assert supporter.letter.signatory.person.state == "CO"


@pytest.mark.parametrize(
    ("found", "says"),
    [
        ([], "check ZIP code, street and state"),
        (["WY-0 82001"], "check ZIP code, street and state"),
        ([ProviderFailed(Reason.GEOCODER_DOWN)], "try again in a few minutes"),
    ],
)
def test_a_state_that_no_street_confirms_changes_nothing_and_says_what_to_do(
    supporter, geocoder, found, says
):
    supporter.find()
    geocoder(*found)

    page = supporter.post("find/state/", {"state": "CO"})

    assert says in page.context["form"].errors["state"][0]
    assert "Ask us" in text_of(page) and "Change my address" in text_of(page)
    assert seats_of(supporter.get("find/offices/")) == ["HWY00", "SWY01", "SWY02"]


def test_no_state_is_said_beside_the_field(supporter):
    supporter.find()

    page = supporter.post("find/state/", {"state": ""})

    assert "Choose the state where you live" in page.context["form"].errors["state"][0]


def test_without_an_address_there_is_no_state_to_ask_for(supporter):
    assert supporter.get("find/state/").url == supporter.url("find/")


def test_a_lookup_that_fails_meanwhile_is_no_dead_end(supporter, monkeypatch):
    supporter.find()
    nothing = Lookup(Outcome.UNAVAILABLE, 119, None, reason=Reason.NO_MAP)
    monkeypatch.setattr("letters.views.state.find_seats", lambda address: nothing)

    page = supporter.post("find/state/", {"state": "CO"})

    assert "try again in a few minutes" in text_of(page)


# Every pair of outcome and reason that a lookup can end with, and a ZIP code of such seats.
ENDS = [
    (Outcome.EXACT, Reason.NONE, "82001"),
    (Outcome.TERRITORY, Reason.NONE, "96910"),
    (Outcome.MILITARY, Reason.NONE, ""),
    (Outcome.NOT_REPRESENTED, Reason.NONE, ""),
    (Outcome.NOT_FOUND, Reason.ZIP_UNKNOWN, ""),
    (Outcome.NOT_FOUND, Reason.STATE_MISMATCH, ""),
    (Outcome.NOT_FOUND, Reason.STATE_UNCONFIRMED, ""),
    (Outcome.UNAVAILABLE, Reason.NO_MAP, ""),
    (Outcome.UNAVAILABLE, Reason.NO_ROSTER, ""),
    *(
        (Outcome.CANDIDATES, reason, zip)
        for zip in ("60614", "30741")
        for reason in (
            Reason.SPLIT_ZIP,
            Reason.PO_BOX,
            Reason.STREET_NOT_FOUND,
            Reason.STREET_AMBIGUOUS,
            Reason.STREET_ELSEWHERE,
            Reason.GEOCODER_DOWN,
        )
    ),
    *(
        (Outcome.STATE_ONLY, reason, "81137")
        for reason in (
            Reason.DISTRICT_UNKNOWN,
            Reason.NO_MAP,
            Reason.PO_BOX,
            Reason.STREET_NOT_FOUND,
            Reason.STREET_AMBIGUOUS,
            Reason.STREET_ELSEWHERE,
            Reason.GEOCODER_DOWN,
            Reason.LEFT_OPEN,
        )
    ),
    *(
        (Outcome.STATE_ONLY, reason, "30741")
        for reason in (
            Reason.SEVERAL_STATES,
            Reason.DISTRICT_UNKNOWN,
            Reason.PO_BOX,
            Reason.STREET_NOT_FOUND,
            Reason.STREET_AMBIGUOUS,
            Reason.STREET_ELSEWHERE,
            Reason.GEOCODER_DOWN,
        )
    ),
]
NEEDS_NO_WORDS = {Outcome.EXACT, Outcome.TERRITORY}


def test_every_outcome_and_every_reason_is_among_the_ends_that_are_tried():
    assert {outcome for outcome, _, _ in ENDS} == set(Outcome)
    assert {reason for _, reason, _ in ENDS} == set(Reason)


def end(outcome: Outcome, reason: Reason, zip: str) -> Lookup:
    found = find_seats(Address(zip=zip))
    seats = found.senators if outcome == Outcome.STATE_ONLY else found.seats
    return replace(found, outcome=outcome, reason=reason, seats=seats)


@pytest.mark.parametrize(("outcome", "reason", "zip"), ENDS)
def test_no_end_of_a_lookup_is_a_dead_end(supporter, monkeypatch, outcome, reason, zip):
    lookup = end(outcome, reason, zip)
    monkeypatch.setattr("letters.views.find.find_seats", lambda address: lookup)

    answer = supporter.find()

    if answer.status_code == 200:
        assert sum(answer.context["form"].errors.values(), []), "an error says what to do"
        return
    page = supporter.get("find/offices/")
    assert page.context["why"] or outcome in NEEDS_NO_WORDS
    assert STATE_LINK in page.content.decode() and "Change my address" in text_of(page)
    assert "Continue" in text_of(page)
