"""The table of cases, cases.txt: what an address gets, on which day and from which tables."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pytest
import time_machine

from representatives.addresses import parse_address
from representatives.congress import EASTERN
from representatives.districts import District
from representatives.lookup import Finder, Holder, Reason
from representatives.lookup.interface import Match, ProviderFailed
from tests.factories import make_roster, make_state_map

pytestmark = pytest.mark.django_db
CASES = Path(__file__).with_name("cases.txt")
MARKS = {Holder.HELD: "", Holder.VACANT: "-", Holder.UNKNOWN: "?"}
NEW_LINES = {
    "TX": {"78701": (10,), "78702": (10, 37)},
    "UT": {"84101": (2,), "84060": (1, 3), "82930": (1,)},
}


@dataclass(frozen=True)
class Case:
    """One line: an address, what the geocoder finds for it, and what comes of both."""

    address: str
    found: str
    outcome: str
    seats: str


def read_cases() -> dict[str, list[Case]]:
    """The cases by the line above them: the moment and the tables."""
    cases: dict[str, list[Case]] = {}
    for line in CASES.read_text().splitlines():
        if line.startswith("== "):
            here = cases.setdefault(line.removeprefix("== "), [])
        elif line and not line.startswith("#"):
            here.append(Case(*(part.strip() for part in line.split("|"))))
    return cases


class CaseGeocoder:
    """Finds what the case says."""

    needs_street = True
    found = ""

    def basis(self, congress):
        return "the case"

    def matches(self, address, *, congress):
        if self.found == "failure":
            raise ProviderFailed(Reason.GEOCODER_DOWN)
        places = [] if self.found == "nothing" else self.found.split(", ")
        return tuple(
            Match(District.parse(district), zip_code)
            for district, zip_code in (place.split() for place in places)
        )


@pytest.fixture
def tables(settings):
    """Load what a heading says, and make the clock count."""
    settings.LIVE = True
    settings.LOOKUP_PROVIDERS = {
        "zip_table": settings.LOOKUP_PROVIDERS["zip_table"],
        "case": {"BACKEND": f"{__name__}.CaseGeocoder", "OPTIONS": {}},
    }

    def tables(roster, zip_map):
        if roster == "new roster":
            make_roster({"HGA13": None}, congress=120)
        if zip_map == "new map":
            for state, zips in NEW_LINES.items():
                make_state_map(state, zips)

    return tables


def answer(case: Case, monkeypatch) -> Case:
    """The same case as the lookup answers it."""
    monkeypatch.setattr(CaseGeocoder, "found", case.found)
    lookup = Finder(offline=not case.found).find(parse_address(case.address))
    outcome = f"{lookup.outcome} {lookup.reason}".strip()
    seats = " ".join(found.seat + MARKS[found.holder] for found in lookup.seats)
    return Case(case.address, case.found, outcome, seats)


@pytest.mark.parametrize(("heading", "cases"), read_cases().items(), ids=read_cases())
def test_every_address_has_the_answer_of_the_table(tables, monkeypatch, heading, cases):
    moment, roster, zip_map = heading.split(" | ")
    tables(roster, zip_map)

    with time_machine.travel(datetime.fromisoformat(moment).replace(tzinfo=EASTERN), tick=False):
        answers = [answer(case, monkeypatch) for case in cases]

    assert answers == cases


def test_the_table_has_every_outcome_and_at_least_150_cases():
    cases = [case for cases in read_cases().values() for case in cases]

    assert len(cases) >= 150
    assert {case.outcome.split()[0] for case in cases} == {
        "exact",
        "candidates",
        "state_only",
        "territory",
        "military",
        "not_represented",
        "not_found",
    }
