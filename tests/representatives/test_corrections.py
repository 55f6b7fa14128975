"""What a person knows better than the roster, and what that makes of the terms."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from representatives.models import Snapshot, Term
from representatives.roster.correcting import correct, withdraw
from representatives.roster.loading import load_roster
from tests.factories import make_correction, make_roster

pytestmark = pytest.mark.django_db
DAY = date(2026, 7, 1)


def test_a_correction_says_who_sits_or_that_nobody_does():
    assert str(make_correction()) == "HWY00 N000001 from 2026-07-01"
    assert str(make_correction("HWY00", member=None, starts=date(2026, 8, 1))) == (
        "HWY00 vacant from 2026-08-01"
    )


def test_a_correction_ends_after_it_starts():
    with pytest.raises(IntegrityError), transaction.atomic():
        make_correction(starts=DAY, ends=DAY)


def test_a_seat_is_corrected_once_from_a_day():
    make_correction(starts=DAY)

    with pytest.raises(IntegrityError), transaction.atomic():
        make_correction(starts=DAY, member=None)


def test_a_withdrawn_correction_makes_room_for_another():
    make_correction(starts=DAY, withdrawn_by="olga", withdrawn_at=timezone.now())

    assert make_correction(starts=DAY)


def terms_of(seat):
    terms = Term.objects.filter(seat=seat).order_by("start")
    return [(term.member_id, term.start, term.end) for term in terms]


def made(*arguments, **changes):
    correction = make_correction(*arguments, **changes)
    load_roster(Snapshot.objects.current("roster"))
    return correction


BEGAN, ENDS = date(2025, 1, 3), date(2027, 1, 3)


def test_somebody_else_sits_there_from_that_day():
    made(starts=DAY)

    assert terms_of("HWY00") == [("H001096", BEGAN, DAY), ("N000001", DAY, ENDS)]


def test_nobody_sits_there_from_that_day():
    made(member=None, starts=DAY)

    assert terms_of("HWY00") == [("H001096", BEGAN, DAY)]


def test_a_vacant_seat_is_filled_by_a_correction():
    correction = made("HGA13", starts=DAY)

    assert terms_of("HGA13") == [("N000001", DAY, ENDS)]
    assert Term.objects.get(seat="HGA13").correction == correction


def test_who_sat_before_sits_again_after_the_last_day():
    august = date(2026, 8, 1)

    made(member=None, starts=DAY, ends=august)

    assert terms_of("HWY00") == [("H001096", BEGAN, DAY), ("H001096", august, ENDS)]


def test_an_appointed_senator_whom_a_correction_ends_serves_no_longer(november):
    made("SOH03", member=None, starts=date(2026, 11, 20))

    assert not Term.objects.sitting(november).filter(seat="SOH03").exists()


@pytest.mark.parametrize(
    ("seat", "ends"), [("SWY01", date(2031, 1, 3)), ("HPR00", date(2029, 1, 3))]
)
def test_a_correction_lasts_as_long_as_a_term_of_the_seat(seat, ends):
    made(seat, starts=DAY)

    assert terms_of(seat)[-1] == ("N000001", DAY, ends)


def test_one_correction_ends_the_one_before():
    made(starts=DAY)
    made(member=None, starts=date(2026, 8, 1))

    assert terms_of("HWY00")[-1] == ("N000001", DAY, date(2026, 8, 1))


def test_who_sat_by_a_correction_sits_again_after_a_shorter_one():
    august, middle = date(2026, 8, 1), date(2026, 8, 15)
    made(starts=DAY)
    made(member=None, starts=august, ends=middle)

    assert terms_of("HWY00")[1:] == [("N000001", DAY, august), ("N000001", middle, ENDS)]


def test_a_successor_in_the_roster_ends_a_correction():
    made("HGA13", starts=DAY)
    winner = {"bioguide": "W000001", "first_name": "Will", "last_name": "Win"}
    dates = {"term_start": date(2026, 11, 20), "term_end": ENDS}

    make_roster({"HGA13": winner | dates})

    assert [term[0] for term in terms_of("HGA13")] == ["N000001", "W000001"]
    assert terms_of("HGA13")[0][2] == date(2026, 11, 20)


def test_a_corrected_telephone_leaves_the_other_contacts():
    website = Term.objects.get(seat="HWY00").website

    made(member="H001096", starts=DAY, phone="202-555-0199")

    term = Term.objects.get(seat="HWY00", start=DAY)
    assert (term.member_id, term.phone, term.website) == ("H001096", "202-555-0199", website)


def test_a_correction_survives_three_rosters():
    made(starts=DAY)

    for phone in ("202-555-0101", "202-555-0102", "202-555-0103"):
        make_roster({"HWY00": {"phone": phone}})

    assert terms_of("HWY00")[-1] == ("N000001", DAY, ENDS)


def test_a_correction_counts_as_soon_as_it_is_made():
    correction = make_correction(starts=DAY)

    correct(correction)

    assert terms_of("HWY00")[-1][0] == "N000001"


def test_a_withdrawn_correction_leaves_the_seat_as_it_was():
    correction = made(starts=DAY)

    withdraw(correction, by="olga")

    assert terms_of("HWY00") == [("H001096", BEGAN, ENDS)]
    assert (correction.withdrawn_by, correction.withdrawn_at is None) == ("olga", False)
