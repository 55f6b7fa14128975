"""What a street that a geocoder finds makes of a ZIP code that leaves it open."""

import pytest

from representatives.addresses import parse_address
from representatives.districts import District
from representatives.lookup import Reason, find_seats
from representatives.lookup.interface import Match, ProviderFailed
from representatives.models import StateMap

pytestmark = pytest.mark.django_db


class FakeGeocoder:
    """Finds what a test says: districts, or a failure."""

    needs_street = True
    found = ()
    asked = 0

    def basis(self, congress):
        return f"the map of Congress {congress}"

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


def districts(lookup):
    return " ".join(found.district for found in lookup.house)


def test_a_street_settles_a_split_zip(find):
    lookup = find("5 Elm St, Chicago, IL 60614", "IL-5")

    assert (lookup.outcome, lookup.provider, lookup.resolved_by) == ("exact", "fake", "address")
    assert [found.seat for found in lookup.seats] == ["HIL05", "SIL02", "SIL03"]


def test_a_street_settles_a_zip_of_which_only_the_state_is_known(find):
    assert find("5 Elm St, Antonito, CO 81120", "CO-3").house[0].seat == "HCO03"


def test_two_places_in_one_district_are_one_answer(find):
    assert find("5 Elm St, Chicago, IL 60614", "IL-5", "IL-5").outcome == "exact"


def test_two_districts_are_a_question_between_these_two(find):
    lookup = find("5 Elm St, Chicago, IL 60614", "IL-5 60614", "IL-7 60614")

    assert (lookup.outcome, lookup.reason) == ("candidates", "street_ambiguous")
    assert districts(lookup) == "IL-5 IL-7"


def test_two_districts_are_a_question_where_the_zip_tells_the_state_alone(find):
    lookup = find("5 Elm St, Denver, CO 81120", "CO-3", "CO-4")

    assert (lookup.outcome, districts(lookup)) == ("candidates", "CO-3 CO-4")
    assert [found.seat for found in lookup.senators] == ["SCO02", "SCO03"]


def test_a_street_outside_the_zips_districts_wins_in_that_very_zip(find):
    assert find("5 Elm St, Chicago, IL 60614", "IL-13 60614").house[0].seat == "HIL13"
    assert find("5 Elm St 60614", "WI-4 60614").house[0].seat == "HWI04"


@pytest.mark.parametrize("text", ["5 Elm St, Chicago, IL 60614", "5 Elm St 60614"])
@pytest.mark.parametrize("place", ["IL-13 62701", "IL-13"])
def test_a_street_in_another_zip_is_one_more_candidate(find, text, place):
    lookup = find(text, place)

    assert (lookup.outcome, lookup.reason) == ("candidates", "street_elsewhere")
    assert districts(lookup) == "IL-3 IL-5 IL-7 IL-13"


def test_a_street_in_another_zip_settles_it_within_the_zips_districts(find):
    assert find("5 Elm St, Chicago, IL 60614", "IL-5 60657").house[0].seat == "HIL05"


def test_a_place_in_the_zip_wins_over_one_elsewhere(find):
    lookup = find("5 Elm St, Chicago, IL 60614", "IL-13 62701", "IL-5 60614")

    assert lookup.house[0].seat == "HIL05"


def test_nobody_has_to_choose_among_more_than_six(find):
    lookup = find("5 Elm St, Palmdale, CA 93563", "CA-1 96001")

    assert (len(lookup.house), lookup.reason) == (6, "street_elsewhere")


def test_a_street_near_a_zip_without_streets_is_believed(find):
    assert find("5 Elm St, Chicago, IL 60690", "IL-5 60614").house[0].seat == "HIL05"

    far = find("5 Elm St, Chicago, IL 60690", "IL-13 62701")

    assert (far.outcome, far.reason) == ("state_only", "street_elsewhere")


@pytest.mark.parametrize(
    ("text", "found", "outcome"),
    [
        ("5 Elm St, Chicago, IL 60614", ["IL-5 60614"], "exact"),
        ("5 Elm St 60614", ["IL-5 60614"], "exact"),
        ("5 Elm St 60614", ["IL-5 60657"], "unavailable"),
        ("5 Elm St, Chicago, IL 60614", [], "unavailable"),
    ],
)
def test_without_any_map_a_street_still_settles_it(find, text, found, outcome):
    StateMap.objects.all().delete()

    assert find(text, *found).outcome == outcome


@pytest.mark.parametrize("text", ["5 Elm St, Chicago, IL 60614", "5 Elm St 60614"])
def test_a_street_in_another_state_is_not_believed(find, text):
    lookup = find(text, "WI-4 53202")

    assert (lookup.outcome, lookup.reason) == ("candidates", "street_elsewhere")
    assert lookup.states == ("IL",)


def test_a_street_and_a_state_that_agree_against_the_zip_are_believed(find):
    assert find("5 Elm St, Kenosha, WI 60614", "WI-1 53140").house[0].seat == "HWI01"
    assert districts(find("5 Elm St, Kenosha, WI 60614", "WI-1", "WI-4")) == "WI-1 WI-4"


@pytest.mark.parametrize("found", [["IL-5 60614"], []])
def test_a_state_that_nothing_agrees_with_has_to_be_checked(find, found):
    lookup = find("5 Elm St, Kenosha, WI 60614", *found)

    assert (lookup.outcome, lookup.reason) == ("not_found", "state_mismatch")


def test_a_state_that_no_geocoder_could_confirm_is_not_called_wrong(find):
    lookup = find("5 Elm St, Kenosha, WI 60614", ProviderFailed(Reason.GEOCODER_DOWN))

    assert (lookup.outcome, lookup.reason) == ("not_found", "state_unconfirmed")


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
