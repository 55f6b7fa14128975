"""The supporter's own choice among candidates, and "I don't know"."""

import pytest

from representatives.addresses import parse_address
from representatives.lookup import (
    AmbiguousState,
    NotACandidate,
    choose_district,
    find_seats,
    leave_district_open,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def find(november):
    return lambda text: find_seats(parse_address(text), on=november, offline=True)


def codes(lookup):
    return " ".join(found.seat for found in lookup.seats)


def test_a_chosen_candidate_comes_with_the_senators_of_its_state(find):
    lookup = choose_district(find("57255"), district="SD-0")

    assert codes(lookup) == "HSD00 SSD02 SSD03"
    assert (lookup.outcome, lookup.resolved_by) == ("exact", "choice")


@pytest.mark.parametrize("district", ["IL-4", "", "nonsense", "TX-37"])
def test_only_a_candidate_can_be_chosen(find, district):
    with pytest.raises(NotACandidate):
        choose_district(find("60614"), district=district)


def test_there_is_nothing_to_choose_where_the_seat_is_known(find):
    with pytest.raises(NotACandidate):
        choose_district(find("82001"), district="WY-0")


def test_who_does_not_know_writes_to_the_senators(find):
    lookup = leave_district_open(find("60614"))

    assert (lookup.outcome, lookup.reason, codes(lookup)) == (
        "state_only",
        "left_open",
        "SIL02 SIL03",
    )


def test_across_a_state_line_the_state_is_asked_for(find):
    with pytest.raises(AmbiguousState):
        leave_district_open(find("57255"))

    assert codes(leave_district_open(find("57255"), state="ND")) == "SND01 SND03"


def test_a_state_that_the_zip_does_not_touch_is_refused(find):
    with pytest.raises(AmbiguousState):
        leave_district_open(find("60614"), state="WI")


def test_there_is_nothing_to_leave_open_where_nobody_was_found(find):
    with pytest.raises(NotACandidate):
        leave_district_open(find("00000"))
