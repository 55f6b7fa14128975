"""Days, people and providers for the tests of this app."""

import json
from datetime import date

import pytest

from representatives.seat_codes import every_seat


@pytest.fixture
def november():
    """A day in the 119th Congress, after the estimated ends of the appointed senators."""
    return date(2026, 11, 23)


@pytest.fixture
def make_person():
    """A person as the public list writes one."""

    def make(bioguide="A000001", **term):
        term = {
            "type": "rep",
            "state": "WY",
            "district": 0,
            "party": "Independent",
            "start": "2025-01-03",
            "end": "2027-01-03",
        } | term
        return {
            "id": {"bioguide": bioguide},
            "name": {"first": "Ann", "last": "Lee"},
            "terms": [term],
        }

    return make


@pytest.fixture
def make_people(make_person):
    """A whole Congress of invented people, and then what a test changes in it."""

    def make(*, without=(), more=(), prefix="Z", **term):
        people = []
        for number, (code, chamber, state, place) in enumerate(every_seat()):
            if code in without:
                continue
            kind = (
                {"type": "rep", "district": place}
                if chamber == "house"
                else {"type": "sen", "class": place}
            )
            people.append(make_person(f"{prefix}{number:06}", state=state, **kind | term))
        return json.dumps([*people, *more]).encode()

    return make


@pytest.fixture
def make_next_people(make_people):
    """A Congress of other people, of whom every one begins on the January 3 of the 120th."""

    def make(**changes):
        return make_people(prefix="Y", start="2027-01-03", end="2029-01-03", **changes)

    return make
