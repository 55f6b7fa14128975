"""The sitting Congress, by the clock, and the day that a lookup plays on."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import connection

from representatives.congress import (
    congress_on,
    lookup_day,
    sitting_day,
    starts_at,
)
from representatives.models import Congress
from tests.factories import make_letter

EASTERN = ZoneInfo("America/New_York")


@pytest.mark.parametrize(
    ("day", "congress"),
    [
        (date(2025, 1, 2), 118),
        (date(2025, 1, 3), 119),
        (date(2026, 11, 23), 119),
        (date(2027, 1, 2), 119),
        (date(2027, 1, 3), 120),
        (date(2027, 5, 21), 120),
        (date(2029, 1, 3), 121),
    ],
)
def test_a_congress_sits_for_two_years(day, congress):
    assert congress_on(day) == congress


@pytest.mark.parametrize(("minute", "congress"), [((11, 59), 119), ((12, 0), 120), ((12, 1), 120)])
def test_the_congress_changes_at_noon_eastern(minute, congress):
    moment = datetime(2027, 1, 3, *minute, tzinfo=EASTERN)

    assert congress_on(sitting_day(moment)) == congress


def test_the_119th_began_in_2025():
    assert starts_at(119) == datetime(2025, 1, 3, 12, tzinfo=EASTERN)


@pytest.mark.django_db
@pytest.mark.parametrize("number", [119, 120, 121, 130])
def test_the_congresses_to_come_are_there(number):
    congress = Congress.objects.get(number=number)

    assert (congress.starts, congress.ends) == (starts_at(number), starts_at(number + 1))


@pytest.mark.django_db
def test_a_letter_of_the_next_congress_needs_no_map_of_it():
    letter = make_letter(congress=120)

    connection.check_constraints()
    assert {delivery.congress_id for delivery in letter.deliveries.all()} == {120}


@time_machine.travel("2026-11-23 15:00Z")
@pytest.mark.django_db
def test_a_rehearsal_plays_today():
    assert lookup_day() == date(2026, 11, 23)


@pytest.mark.django_db
def test_a_rehearsal_plays_on_the_day_that_is_set(settings):
    settings.REHEARSAL_DATE = date(2026, 5, 21)

    assert lookup_day() == date(2026, 5, 21)


@time_machine.travel("2027-05-21 15:00Z")
@pytest.mark.django_db
def test_a_rehearsal_never_leaves_the_last_loaded_map():
    assert lookup_day() == date(2027, 1, 2)


@time_machine.travel("2027-05-21 15:00Z")
@pytest.mark.django_db
def test_live_is_always_today(settings):
    settings.LIVE = True
    settings.REHEARSAL_DATE = date(2026, 5, 21)

    assert lookup_day() == date(2027, 5, 21)
