"""How a lookup came to its answer, for an organizer who has to answer for it."""

from datetime import date

import pytest

from representatives.addresses import Address, parse_address
from representatives.districts import District
from representatives.lookup import Finder, Reason
from representatives.lookup.interface import Match, ProviderFailed
from representatives.models import Term
from tests.factories import make_correction, make_state_map

pytestmark = pytest.mark.django_db
STREET = "5 Elm St, Chicago, IL 60614"


class FakeGeocoder:
    """Finds what a test says."""

    needs_street = True
    found = (Match(District("IL", 5), "60614"), Match(District("IL", 13), "62701"))

    def basis(self, congress):
        return f"the map of Congress {congress}"

    def matches(self, address, *, congress):
        if isinstance(self.found, Exception):
            raise self.found
        return self.found


@pytest.fixture
def explain(settings, november):
    """The steps of a lookup with a geocoder, as lines."""
    fake = {"BACKEND": f"{__name__}.FakeGeocoder", "OPTIONS": {}}
    settings.LOOKUP_PROVIDERS = settings.LOOKUP_PROVIDERS | {"census": fake}

    def explain(text, on=november, **options):
        explanation = Finder(on=on, **options).explain(parse_address(text))
        return [f"{step.what}: {step.said}" for step in explanation.steps]

    return explain


def test_a_lookup_is_explained_from_the_day_to_the_member(explain):
    day, map_of_illinois, zip_table, census, rule, house, *senators = explain(STREET)

    assert day == "Day: 2026-11-23: Congress 119 sits"
    assert map_of_illinois.startswith("Map of IL: Congress 119: ZIP codes and districts of 20")
    assert zip_table == "zip_table: IL-3, IL-5, IL-7"
    assert census == (
        "census: the map of Congress 119: IL-5 in that ZIP code, IL-13 in another ZIP code"
    )
    assert rule.startswith("Rule: The street lies in one district") and rule.endswith("exact")
    assert house.startswith(
        "HIL05: Representative for Illinois 5: Mike Quigley (Q000023), 2025-01-03"
    )
    assert "roster of members of 2026-06-15 from https://" in house
    assert len(senators) == 2


def test_an_explanation_carries_the_same_lookup(november):
    finder = Finder(on=november, offline=True)

    assert finder.explain(Address("60614")).lookup == finder.find(Address("60614"))


def test_no_step_carries_the_address(explain):
    said = " ".join(explain(STREET))

    assert not [part for part in ("Elm", "Chicago", "60614") if part in said]


def test_a_failure_is_a_step(explain, monkeypatch):
    monkeypatch.setattr(FakeGeocoder, "found", ProviderFailed(Reason.GEOCODER_DOWN, "HTTP 503"))

    steps = explain(STREET)

    assert "census: the map of Congress 119: failed, geocoder_down: HTTP 503" in steps
    assert any(step.startswith("Rule: The geocoder did not answer") for step in steps)


def test_a_street_that_is_not_found_is_a_step(explain, monkeypatch):
    monkeypatch.setattr(FakeGeocoder, "found", ())

    assert "census: the map of Congress 119: found nothing" in explain(STREET)


def test_nobody_is_asked_in_vain(explain):
    assert not [step for step in explain("82001") if step.startswith("census")]


def test_a_map_is_named_by_its_own_congress(explain):
    make_state_map("TX", {"78701": (10,)})

    steps = explain("TX 78701", on=date(2027, 1, 3))

    assert any(step.startswith("Map of TX: Congress 120: ") for step in steps)


def test_a_vacancy_an_estimate_and_a_correction_say_so(explain):
    assert any(
        "HGA13: Representative for Georgia 13: vacant, by roster" in s for s in explain("30017")
    )
    assert any(", an estimate, by roster" in step for step in explain("43215"))

    correction = make_correction("HWY00")
    Term.objects.filter(seat="HWY00").update(correction=correction)

    assert any("by a correction of olga" in step for step in explain("82001"))


def test_a_seat_that_the_roster_does_not_reach_says_so(explain):
    steps = explain("82001", on=date(2027, 1, 3))

    assert (
        "HWY00: Representative for Wyoming at large: not known, the roster is of 2026-06-15 "
        "and reaches to 2027-01-03" in steps
    )
