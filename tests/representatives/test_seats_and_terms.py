"""Seats, who sits in them on a day, and how a seat is called."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from representatives.models import Chamber, Member, Seat, Snapshot, Term
from tests.factories import make_roster

pytestmark = pytest.mark.django_db


@pytest.fixture
def make_term():
    def make(seat, start, end, bioguide="N000001", **changes):
        Member.objects.get_or_create(
            bioguide=bioguide, first_name="Ann", last_name="Lee", official_name="Ann Lee"
        )
        return Term.objects.create(
            seat_id=seat,
            member_id=bioguide,
            snapshot=Snapshot.objects.current("roster"),
            start=start,
            end=end,
            party="Independent",
            **changes,
        )

    return make


def test_the_seats_come_with_their_members_in_two_queries(november, django_assert_num_queries):
    with django_assert_num_queries(2):
        seats = list(Seat.objects.with_members(november))
        held = [seat for seat in seats if seat.sitting_term and seat.sitting_term.member]

    assert (len(seats), len(held)) == (541, 537)


def test_an_appointed_senator_serves_past_an_estimated_end(november):
    term = Seat.objects.get(pk="SOH03").term_on(november)

    assert term.end < november
    assert term.member_id == "H001104"


@pytest.mark.parametrize(("day", "sits"), [(date(2029, 1, 2), True), (date(2029, 1, 3), False)])
def test_an_estimated_term_never_outlasts_that_of_its_class(day, sits):
    Snapshot.objects.filter(kind="roster").update(covers_until=date(2031, 1, 3))

    assert bool(Seat.objects.get(pk="SOH03").term_on(day)) == sits


@pytest.mark.parametrize(("day", "sits"), [(date(2027, 1, 2), True), (date(2027, 1, 3), False)])
def test_an_estimate_that_has_passed_is_good_for_the_congress_of_its_roster(day, sits):
    assert bool(Seat.objects.get(pk="SFL03").term_on(day)) == sits


def test_a_later_roster_can_say_that_an_estimate_has_passed_and_nobody_succeeded():
    make_roster(congress=120)

    assert Seat.objects.get(pk="SFL03").term_on(date(2027, 1, 3)).member_id == "M001244"


def test_a_successor_ends_an_estimated_term(november, make_term):
    make_term("SOH03", date(2026, 11, 20), date(2029, 1, 3))

    assert Seat.objects.get(pk="SOH03").term_on(november).member_id == "N000001"


def test_a_term_that_starts_later_is_pending(november, make_term):
    make_term("SOH03", date(2026, 12, 1), date(2029, 1, 3))

    assert Seat.objects.get(pk="SOH03").term_on(november).member_id == "H001104"
    assert Term.objects.pending(november).get().seat_id == "SOH03"


def test_a_pending_member_does_not_fill_a_vacant_seat(november, make_term):
    make_term("HGA13", date(2026, 12, 1), date(2027, 1, 3))

    assert Seat.objects.get(pk="HGA13").term_on(november) is None


def test_a_term_is_over_on_the_day_it_ends():
    wyoming = Seat.objects.get(pk="HWY00")

    assert wyoming.term_on(date(2027, 1, 2)) is not None
    assert wyoming.term_on(date(2027, 1, 3)) is None


def test_vacancies_are_derived(november):
    vacant = Seat.objects.vacant(november).values_list("code", flat=True)

    assert set(vacant) == {"HCA14", "HFL20", "HGA13", "HTX23"}


@pytest.mark.parametrize(
    ("code", "district", "role", "label"),
    [
        ("HTX37", "TX-37", "Representative", "Representative for Texas 37"),
        ("HWY00", "WY-0", "Representative", "Representative for Wyoming at large"),
        ("SWY01", None, "Senator", "Senator for Wyoming, class 1"),
        ("HGU00", "GU-0", "Delegate", "Delegate for Guam"),
        ("HAS00", "AS-0", "Delegate", "Delegate for American Samoa"),
        ("HPR00", "PR-0", "Resident Commissioner", "Resident Commissioner for Puerto Rico"),
    ],
)
def test_a_seat_says_what_it_is(code, district, role, label):
    seat = Seat.objects.get(pk=code)

    assert (seat.district, seat.role, seat.label) == (district, role, label)


def test_two_terms_in_a_seat_never_start_together(make_term):
    with pytest.raises(IntegrityError), transaction.atomic():
        make_term("HWY00", date(2025, 1, 3), date(2027, 1, 3))


def test_a_term_ends_after_it_starts(make_term):
    with pytest.raises(IntegrityError), transaction.atomic():
        make_term("HGA13", date(2026, 7, 1), date(2026, 7, 1))


def test_a_senate_class_is_1_to_3():
    with pytest.raises(IntegrityError), transaction.atomic():
        Seat.objects.create(code="SWY04", chamber=Chamber.SENATE, state="WY", number=4)
