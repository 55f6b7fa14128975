"""What a street that a geocoder finds makes of a ZIP code that leaves it open."""

import pytest

from representatives.addresses import parse_address
from representatives.districts import District
from representatives.lookup import Reason, find_seats
from representatives.lookup.interface import Match, ProviderFailed

pytestmark = pytest.mark.django_db


class FakeGeocoder:
    """Finds what a test says: districts, or a failure."""

    needs_street = True
    found = ()
    asked = 0

    def matches(self, address, *, congress):
        FakeGeocoder.asked += 1
        if isinstance(self.found, Exception):
            raise self.found
        return self.found


@pytest.fixture
def find(settings, monkeypatch, november):
    """Look up with a geocoder that finds the districts given, each with its place's ZIP."""
    backend = f"{__name__}.FakeGeocoder"
    settings.LOOKUP_PROVIDERS = {
        "zip_table": settings.LOOKUP_PROVIDERS["zip_table"],
        "fake": {"BACKEND": backend, "OPTIONS": {}},
    }
    monkeypatch.setattr(FakeGeocoder, "asked", 0)

    def find(text, *found, offline=False):
        if not isinstance(found[0] if found else None, Exception):
            found = tuple(
                Match(District.parse(name), zip_code)
                for name, _, zip_code in (each.partition(" ") for each in found)
            )
            monkeypatch.setattr(FakeGeocoder, "found", found)
        else:
            monkeypatch.setattr(FakeGeocoder, "found", found[0])
        return find_seats(parse_address(text), on=november, offline=offline)

    return find


def test_a_street_settles_a_split_zip(find):
    lookup = find("5 Elm St, Chicago, IL 60614", "IL-5")

    assert (lookup.outcome, lookup.provider, lookup.resolved_by) == ("exact", "fake", "address")
    assert [found.seat for found in lookup.seats] == ["HIL05", "SIL02", "SIL03"]


def test_a_street_settles_a_zip_of_which_only_the_state_is_known(find):
    assert find("5 Elm St, Antonito, CO 81120", "CO-3").house[0].seat == "HCO03"


def test_two_places_in_one_district_are_one_answer(find):
    assert find("5 Elm St, Chicago, IL 60614", "IL-5", "IL-5").outcome == "exact"


def test_two_districts_are_a_question(find):
    lookup = find("5 Elm St, Chicago, IL 60614", "IL-5", "IL-7")

    assert (lookup.outcome, lookup.reason) == ("candidates", "street_ambiguous")
    assert len(lookup.house) == 3


def test_a_street_outside_the_zips_districts_wins_in_the_state_that_was_written(find):
    assert find("5 Elm St, Chicago, IL 60614", "IL-13").house[0].seat == "HIL13"


def test_a_street_in_another_state_than_written_is_not_believed(find):
    lookup = find("5 Elm St, Chicago, IL 60614", "WI-4")

    assert (lookup.outcome, lookup.reason) == ("candidates", "street_elsewhere")


def test_without_a_written_state_the_place_has_to_lie_in_that_zip(find):
    assert find("5 Elm St 60614", "WI-4 53202").outcome == "candidates"
    assert find("5 Elm St 60614", "WI-4 60614").house[0].seat == "HWI04"
    assert find("5 Elm St 60614", "IL-9 60645").house[0].seat == "HIL09"


def test_a_street_settles_a_state_and_a_zip_that_disagree(find):
    assert find("5 Elm St, Kenosha, WI 60614", "WI-1").outcome == "exact"
    assert find("5 Elm St, Kenosha, WI 60614", "IL-5").outcome == "not_found"
    assert find("5 Elm St, Kenosha, WI 60614").reason == "state_mismatch"


def test_a_district_that_does_not_exist_is_not_believed(find):
    lookup = find("5 Elm St, Chicago, IL 60614", "IL-18")

    assert (lookup.outcome, lookup.reason) == ("candidates", "street_not_found")


def test_a_street_that_is_not_found_leaves_the_candidates(find):
    lookup = find("5 Elm St, Chicago, IL 60614")

    assert (lookup.outcome, lookup.reason, lookup.provider) == (
        "candidates",
        "street_not_found",
        "zip_table",
    )


def test_a_geocoder_that_fails_leaves_the_candidates(find):
    lookup = find("5 Elm St, Chicago, IL 60614", ProviderFailed(Reason.GEOCODER_DOWN))

    assert (lookup.outcome, lookup.reason) == ("candidates", "geocoder_down")
    assert len(lookup.seats) == 5


@pytest.mark.parametrize(
    "text",
    ["60614", "5 Elm St, Cheyenne, WY 82001", "PO Box 5, Chicago, IL 60614", "5 Elm St 00000"]
    + ["PSC 1, APO, AE 09001", "5 Elm St, Hagatna, GU 96910"],
)
def test_the_geocoder_is_asked_only_where_a_street_can_settle_it(find, text):
    find(text, "IL-5")

    assert FakeGeocoder.asked == 0


def test_offline_the_geocoder_is_not_asked(find):
    assert find("5 Elm St, Chicago, IL 60614", "IL-5", offline=True).outcome == "candidates"
    assert FakeGeocoder.asked == 0
