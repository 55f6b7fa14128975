"""Maintenance hours by US Eastern's wall clock, through both changes of the clock."""

from datetime import UTC, datetime

import pytest

from campaign.hours import EASTERN, read_closed_hours

HOUSE = read_closed_hours("daily 00:00-06:00")
SENATE = read_closed_hours("sun 00:00-06:00, wed 05:00-07:00")


def eastern(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=EASTERN)


@pytest.mark.parametrize(
    ("moment", "opens"),
    [
        (eastern(2027, 5, 21, 0, 0), eastern(2027, 5, 21, 6, 0)),
        (eastern(2027, 5, 21, 5, 59, 59), eastern(2027, 5, 21, 6, 0)),
        (eastern(2027, 5, 21, 6, 0), None),
        (eastern(2027, 5, 20, 23, 59, 59), None),
    ],
)
def test_the_house_is_closed_every_night(moment, opens):
    assert HOUSE.opens_at(moment) == opens


@pytest.mark.parametrize(
    ("moment", "opens"),
    [
        (eastern(2027, 5, 23, 3, 0), eastern(2027, 5, 23, 6, 0)),
        (eastern(2027, 5, 26, 5, 0), eastern(2027, 5, 26, 7, 0)),
        (eastern(2027, 5, 26, 4, 59), None),
        (eastern(2027, 5, 24, 3, 0), None),
    ],
)
def test_the_senate_is_closed_on_sunday_and_wednesday(moment, opens):
    assert SENATE.opens_at(moment) == opens


def test_the_hours_are_eastern_whatever_the_moment_is_written_in():
    assert HOUSE.opens_at(datetime(2027, 5, 21, 4, 0, tzinfo=UTC)) == eastern(2027, 5, 21, 6)
    assert HOUSE.opens_at(datetime(2027, 5, 21, 10, 0, tzinfo=UTC)) is None


@pytest.mark.parametrize(
    ("midnight", "hours"),
    [((2027, 3, 14), 5), ((2027, 11, 7), 7), ((2027, 5, 21), 6)],
    ids=["an hour is skipped", "an hour is repeated", "an ordinary night"],
)
def test_a_night_in_which_the_clock_changes_ends_at_six_all_the_same(midnight, hours):
    start = eastern(*midnight).astimezone(UTC)

    opens = HOUSE.opens_at(start)

    assert opens.astimezone(EASTERN).hour == 6
    assert (opens - start).total_seconds() == hours * 3600


def test_the_repeated_hour_is_closed_both_times():
    first = datetime(2027, 11, 7, 5, 30, tzinfo=UTC)
    second = datetime(2027, 11, 7, 6, 30, tzinfo=UTC)

    assert first.astimezone(EASTERN).hour == second.astimezone(EASTERN).hour == 1
    assert HOUSE.opens_at(first) == HOUSE.opens_at(second) == eastern(2027, 11, 7, 6)


def test_windows_that_touch_are_one():
    night = read_closed_hours("daily 00:00-03:00, daily 03:00-06:00")

    assert night.opens_at(eastern(2027, 5, 21, 1)) == eastern(2027, 5, 21, 6)


def test_never_is_never():
    assert read_closed_hours("never").opens_at(eastern(2027, 5, 21, 1)) is None


@pytest.mark.parametrize(
    "text", ["at night", "daily 0:00-6:00", "sun 06:00-06:00", "sun 25:00-26:00"]
)
def test_other_words_are_refused(text):
    with pytest.raises(ValueError):
        read_closed_hours(text)
