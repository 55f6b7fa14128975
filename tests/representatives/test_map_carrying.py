"""What a ZIP code touches in a Congress: each state by its own map, or one that still holds."""

from datetime import date

import pytest
import time_machine

from representatives.addresses import Address
from representatives.congress import lookup_day
from representatives.lookup.interface import ProviderFailed
from representatives.lookup.zip_table import ZipTable
from representatives.models import StateMap
from representatives.redistricting import REDRAWN, carries
from representatives.states import STATES
from tests.factories import make_state_map

pytestmark = pytest.mark.django_db


def touched(code, congress):
    """The districts of a ZIP code; in brackets where its state has no map of that Congress."""
    matches = ZipTable().matches(Address(code), congress=congress)
    return " ".join(
        str(match.district) if match.mapped else f"({match.district})" for match in matches
    )


@pytest.mark.parametrize(
    ("code", "congress", "districts"),
    [
        ("60614", 119, "IL-3 IL-5 IL-7"),
        ("60614", 120, "IL-3 IL-5 IL-7"),
        ("60614", 121, "(IL-?)"),
        ("78701", 119, "TX-37"),
        ("78701", 120, "(TX-?)"),
        ("30741", 119, "GA-14 TN-3"),
        ("30741", 120, "GA-14 (TN-?)"),
        ("82001", 121, "WY-0"),
        ("96910", 121, "GU-0"),
        ("09001", 120, "AE-?"),
        ("96941", 120, "FM-?"),
        ("60690", 120, "IL-?"),
        ("00000", 119, ""),
    ],
)
def test_a_zip_touches_the_districts_of_the_maps_that_hold(code, congress, districts):
    assert touched(code, congress) == districts


@pytest.mark.parametrize("state", ["AL", "CA", "FL", "LA", "MO", "NC", "OH", "TN", "TX", "UT"])
def test_ten_states_have_new_lines_in_the_120th_congress(state):
    assert state in REDRAWN[120] and len(REDRAWN[120]) == 10
    assert not carries(state, 120)


def test_a_redrawn_state_is_known_from_its_own_map_on():
    make_state_map("TN", {"30741": (4,)})

    assert touched("30741", 120) == "GA-14 TN-4"
    assert touched("30741", 119) == "GA-14 TN-3"


def test_a_map_of_its_own_goes_before_the_one_that_still_holds():
    make_state_map("IL", {"60614": (5,)})

    assert touched("60614", 120) == "IL-5"


def test_a_map_of_a_later_congress_says_nothing_of_an_earlier_one():
    with pytest.raises(ProviderFailed, match="no_map"):
        ZipTable().matches(Address("82001"), congress=118)


def test_a_process_reads_a_map_once(django_assert_num_queries):
    touched("60614", 119)

    with django_assert_num_queries(1):
        touched("60614", 119)


@pytest.fixture
def redrawn_mapped():
    for state in REDRAWN[120]:
        make_state_map(state, {"99998": tuple(STATES[state].numbers)})


@time_machine.travel("2030-05-21 15:00Z")
def test_a_rehearsal_goes_on_to_the_congress_of_which_every_state_has_a_map(redrawn_mapped):
    assert lookup_day() == date(2029, 1, 2)


@time_machine.travel("2030-05-21 15:00Z")
def test_a_rehearsal_stops_where_one_state_has_no_map(redrawn_mapped):
    StateMap.objects.filter(congress=120, state="UT").delete()

    assert lookup_day() == date(2027, 1, 2)
