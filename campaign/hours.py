"""Hours in US Eastern at which nobody is there, as settings write them.

"daily 00:00-06:00", "sun 00:00-06:00, wed 05:00-07:00", or "never".
"""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

EASTERN = ZoneInfo("America/New_York")
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
WINDOW = re.compile(rf"(daily|{'|'.join(DAYS)}) (\d\d):(\d\d)-(\d\d):(\d\d)")


@dataclass(frozen=True)
class Window:
    """The same hours on some days of the week (0 is Monday), by the clock on the wall."""

    days: frozenset[int]
    start: time
    end: time

    def end_if_inside(self, moment: datetime) -> datetime | None:
        """When the window that this moment lies in is over; None outside."""
        day = moment.astimezone(EASTERN).date()
        if day.weekday() not in self.days:
            return None
        start, end = _on(day, self.start), _on(day, self.end)
        # As points in time: on two days of the year the wall clock skips or repeats an hour.
        return end if start <= moment.astimezone(UTC) < end else None


@dataclass(frozen=True)
class ClosedHours:
    windows: tuple[Window, ...] = ()

    def opens_at(self, moment: datetime) -> datetime | None:
        """When it opens again; None where it is open at that moment."""
        opens = None
        # Windows may touch: each of them can put it off once.
        for _ in self.windows:
            ends = [end for w in self.windows if (end := w.end_if_inside(opens or moment))]
            opens = max(ends, default=opens)
        return opens


def read_closed_hours(text: str) -> ClosedHours:
    """Raises ValueError, in a sentence, for what is not written as above."""
    if text == "never":
        return ClosedHours()
    return ClosedHours(tuple(_window(part.strip()) for part in text.split(",") if part.strip()))


def _window(text: str) -> Window:
    found = WINDOW.fullmatch(text)
    if found is None:
        raise ValueError(f"{text!r} is not written as “daily 00:00-06:00” or “sun 00:00-06:00”.")
    day, *numbers = found.groups()
    hour, minute, end_hour, end_minute = map(int, numbers)
    days = range(len(DAYS)) if day == "daily" else [DAYS.index(day)]
    start, end = time(hour, minute), time(end_hour, end_minute)
    if start >= end:
        raise ValueError(f"{text!r} ends before it begins.")
    return Window(days=frozenset(days), start=start, end=end)


def _on(day: date, wall_clock: time) -> datetime:
    """That hour of the wall clock as a point in time."""
    return datetime.combine(day, wall_clock, EASTERN).astimezone(UTC)
