"""From an address to seats without any network: the ZIP table alone."""

from datetime import date

import pytest

from representatives.addresses import Address, parse_address
from representatives.lookup import Finder, Holder, SeatFound, find_seats
from representatives.models import Seat, Snapshot, StateMap, Term
from tests.factories import make_roster, make_state_map

pytestmark = pytest.mark.django_db


@pytest.fixture
def find(november):
    def find(text, on=november):
        return find_seats(parse_address(text), on=on, offline=True)

    return find


def codes(lookup):
    return " ".join(found.seat for found in lookup.seats)


def holders(lookup):
    return " ".join(found.holder for found in lookup.seats)


@pytest.mark.parametrize(
    ("text", "outcome", "seats"),
    [
        ("82001", "exact", "HWY00 SWY01 SWY02"),
        ("1100 Congress Ave, Austin, TX 78701", "exact", "HTX37 STX01 STX02"),
        ("60614", "candidates", "HIL03 HIL05 HIL07 SIL02 SIL03"),
        ("57255", "candidates", "HND00 HSD00 SND01 SND03 SSD02 SSD03"),
        ("60690", "state_only", "SIL02 SIL03"),
        ("81120", "state_only", "SCO02 SCO03"),
        ("20001", "territory", "HDC00"),
        ("00901", "territory", "HPR00"),
        ("96910", "territory", "HGU00"),
        ("96799", "territory", "HAS00"),
        ("00802", "territory", "HVI00"),
        ("96950", "territory", "HMP00"),
        ("09001", "military", ""),
        ("PSC 1 Box 2, APO, AE 09001", "military", ""),
        ("CMR 4 APO 09180", "military", ""),
        ("CMR 4, APO, NY 10001", "military", ""),
        ("AE 10001", "military", ""),
        ("NY 09001", "military", ""),
        ("96941", "not_represented", ""),
        ("MH 96960", "not_represented", ""),
        ("Koror, PW 96940", "not_represented", ""),
        ("FM 00000", "not_represented", ""),
        ("00000", "not_found", ""),
        ("WI 60614", "not_found", ""),
    ],
)
def test_an_address_has_an_outcome_and_its_seats(find, text, outcome, seats):
    lookup = find(text)

    assert (lookup.outcome, codes(lookup)) == (outcome, seats)


@pytest.mark.parametrize(
    ("text", "outcome", "seats"),
    [
        ("WY 82082", "exact", "HWY00 SWY01 SWY02"),
        ("CO 82082", "candidates", "HCO04 HCO08 SCO02 SCO03"),
        ("NM 81120", "exact", "HNM03 SNM01 SNM02"),
        ("CO 81120", "state_only", "SCO02 SCO03"),
    ],
)
def test_the_state_that_is_written_narrows_the_zip(find, text, outcome, seats):
    lookup = find(text)

    assert (lookup.outcome, codes(lookup)) == (outcome, seats)


@pytest.mark.parametrize(
    ("text", "outcome", "seats", "reason"),
    [
        ("PO Box 1, Austin, TX 78701", "state_only", "STX01 STX02", "po_box"),
        ("PO Box 1, Cheyenne, WY 82001", "exact", "HWY00 SWY01 SWY02", ""),
        ("PO Box 1, Hagatna, GU 96932", "territory", "HGU00", ""),
        (
            "PO Box 1, 30741",
            "candidates",
            "HGA14 HTN03 SGA02 SGA03 STN01 STN02",
            "po_box",
        ),
        ("PO Box 1, 57255", "candidates", "HND00 HSD00 SND01 SND03 SSD02 SSD03", "po_box"),
    ],
)
def test_a_po_box_tells_no_more_than_its_state(find, text, outcome, seats, reason):
    lookup = find(text)

    assert (lookup.outcome, codes(lookup), lookup.reason) == (outcome, seats, reason)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("60614", "split_zip"),
        ("60690", "district_unknown"),
        ("00000", "zip_unknown"),
        ("WI 60614", "state_mismatch"),
        ("82001", ""),
    ],
)
def test_a_lookup_says_why(find, text, reason):
    assert find(text).reason == reason


def test_a_settled_zip_says_how_it_is_known(find):
    lookup = find("82001")

    assert (lookup.provider, lookup.resolved_by, lookup.congress) == ("zip_table", "zip", 119)


def test_a_seat_comes_with_what_a_card_shows(find):
    house = find("82001").house[0]

    assert (house.member, house.member_name, house.party) == (
        "H001096",
        "Harriet M. Hageman",
        "Republican",
    )
    assert house.phone == "202-225-2311"
    assert house.website == "https://hageman.house.gov"


def test_a_vacant_seat_is_shown_as_vacant_and_the_others_work(find):
    house, *senators = find("30017").seats

    assert (house.seat, house.member, house.is_vacant) == ("HGA13", None, True)
    assert all(found.member for found in senators)


@pytest.mark.parametrize(
    ("changes", "holder", "vacant"),
    [
        ({"member": "A000001"}, Holder.HELD, False),
        ({}, Holder.VACANT, True),
        ({"roster_knows": False}, Holder.UNKNOWN, False),
    ],
)
def test_a_seat_that_the_roster_does_not_know_of_is_not_vacant(changes, holder, vacant):
    found = SeatFound("HWY00", "house", "WY-0", "WY", "", "", **changes)

    assert (found.holder, found.is_vacant) == (holder, vacant)


def test_a_seat_is_vacant_only_as_far_as_the_roster_reaches(find):
    make_roster({"SWY01": None})

    assert holders(find("82001", on=date(2027, 1, 2))) == "held vacant held"
    assert holders(find("82001", on=date(2027, 1, 3))) == "unknown unknown unknown"


def test_a_seat_is_vacant_no_earlier_than_the_day_of_the_roster(find):
    make_roster({"SWY01": None}, as_of=date(2026, 7, 1))

    assert holders(find("82001", on=date(2026, 6, 30))) == "held unknown held"
    assert holders(find("82001", on=date(2026, 7, 1))) == "held vacant held"


def test_a_special_election_leaves_the_next_congress_to_the_next_roster(find):
    assert holders(find("FL 32501", on=date(2027, 1, 2))) == "held held held"
    assert holders(find("FL 32501", on=date(2027, 1, 3))) == "held unknown"


def test_a_roster_of_the_new_congress_knows_again(find):
    make_roster({"SWY01": None}, congress=120)

    assert holders(find("82001", on=date(2027, 1, 3))) == "held vacant held"


def test_without_any_roster_nobody_is_known(find):
    Term.objects.all().delete()
    Snapshot.objects.filter(kind="roster").update(status="replaced")

    assert holders(find("82001")) == "unknown unknown unknown"


def test_an_appointed_senator_past_the_estimated_end_is_found(find):
    assert "H001104" in [found.member for found in find("43215").seats]


def test_no_map_at_all_is_unavailable(find):
    StateMap.objects.all().delete()

    lookup = find("82001")

    assert (lookup.outcome, lookup.reason, lookup.seats) == ("unavailable", "no_map", ())


def test_military_post_needs_no_map(find):
    StateMap.objects.all().delete()

    assert find("CMR 4, APO, AE 09180").outcome == "military"


def test_no_roster_is_unavailable(find):
    Term.objects.all().delete()
    Seat.objects.filter(code="SWY01").delete()

    lookup = find("82001")

    assert (lookup.outcome, lookup.reason, lookup.seats) == ("unavailable", "no_roster", ())


@pytest.mark.parametrize(
    ("text", "outcome", "seats"),
    [
        ("78701", "state_only", "STX01 STX02"),
        ("82001", "exact", "HWY00 SWY01 SWY02"),
        ("60614", "candidates", "HIL03 HIL05 HIL07 SIL02 SIL03"),
        ("NE 82082", "exact", "HNE03 SNE01 SNE02"),
    ],
)
def test_the_old_map_tells_no_redrawn_district_of_the_next_congress(find, text, outcome, seats):
    lookup = find(text, on=date(2027, 1, 3))

    assert (lookup.congress, lookup.outcome, codes(lookup)) == (120, outcome, seats)


def test_a_map_that_is_loaded_later_is_noticed(find):
    assert codes(find("60614")).startswith("HIL03 HIL05")

    make_state_map("IL", {"60614": (5,)}, congress=119)

    assert codes(find("60614")).startswith("HIL05 SIL02")


def test_one_finder_asks_the_database_once_for_a_zip(november, django_assert_num_queries):
    finder = Finder(on=november, offline=True)
    finder.find(Address("82001"))

    with django_assert_num_queries(0):
        finder.find(Address("82001"))
