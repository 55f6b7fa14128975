"""The roster as our own table: a line for each vacant seat, and for each term in another.

A term that is still to come stands beside the one that runs: every table is complete by itself.
"""

import csv
import io
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields
from datetime import date
from itertools import pairwise

from representatives.seat_codes import class_end, every_seat
from representatives.tables import TableRefused

NAME = "roster.csv"
CONTACTS = ("party", "phone", "office_address", "website", "contact_form")
BIOGUIDE = re.compile(r"[A-Z]\d{6}")
# Fewer sitting members than these is a broken source, not a season of vacancies.
LEAST_IN_HOUSE = 425
LEAST_IN_SENATE = 98
# So many terms in the House end together only when its Congress ends.
MOST_OF_THE_HOUSE = 400


@dataclass(frozen=True)
class RosterRow:
    """A seat and a term in it; in a vacant seat's row everything about a person is empty."""

    seat: str
    bioguide: str = ""
    first_name: str = ""
    last_name: str = ""
    official_name: str = ""
    party: str = ""
    state: str = ""
    number: int = 0
    phone: str = ""
    office_address: str = ""
    website: str = ""
    contact_form: str = ""
    term_start: date | None = None
    term_end: date | None = None
    end_estimated: bool = False

    @property
    def is_vacant(self) -> bool:
        return not self.bioguide

    @property
    def over(self) -> date | None:
        """The day on which the term is over at the latest, where nobody succeeds before."""
        if self.end_estimated:
            return class_end(self.number, after=self.term_start)
        return self.term_end

    def runs(self, on: date) -> bool:
        return not self.is_vacant and self.term_start <= on < self.over

    def overlaps(self, later: "RosterRow") -> bool:
        """Whether a term that starts later, or with it, begins before this one is over.

        After an estimated end nobody is in the way: a successor is what ends it.
        """
        if self.term_start == later.term_start:
            return True
        return not self.end_estimated and self.term_end > later.term_start


def write_roster(rows: Iterable[RosterRow]) -> str:
    """The rows as CSV, days as YYYY-MM-DD, yes for an estimated end."""
    text = io.StringIO()
    writer = csv.DictWriter(text, [field.name for field in fields(RosterRow)], lineterminator="\n")
    writer.writeheader()
    for row in rows:
        writer.writerow(asdict(row) | {"end_estimated": "yes" if row.end_estimated else ""})
    return text.getvalue()


def read_roster(text: str) -> list[RosterRow]:
    """The rows of a written roster, checked."""
    try:
        rows = [_row(line) for line in csv.DictReader(io.StringIO(text))]
    except (KeyError, TypeError, ValueError) as error:
        raise TableRefused(f"The roster table cannot be read: {error}.") from error
    check_roster(rows)
    return rows


def _row(line: dict[str, str]) -> RosterRow:
    return RosterRow(
        **line
        | {
            "number": int(line["number"]),
            "term_start": _day(line["term_start"]),
            "term_end": _day(line["term_end"]),
            "end_estimated": line["end_estimated"] == "yes",
        }
    )


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def covers_until(rows: Iterable[RosterRow]) -> date | None:
    """The day that most of the House's terms reach: from then on the roster knows nothing of it."""
    ends = sorted(row.term_end for row in rows if row.seat.startswith("H") and row.term_end)
    return ends[-MOST_OF_THE_HOUSE] if len(ends) >= MOST_OF_THE_HOUSE else None


def check_roster(rows: list[RosterRow]) -> None:
    """Refuse a roster that cannot be true: seats that do not exist, people twice, half a House."""
    by_seat = _grouped(rows, by="seat")
    _check_seats(by_seat)
    held = [row for row in rows if not row.is_vacant]
    _check_terms(held)
    for seat, lines in by_seat.items():
        if _overlapping(lines):
            people = " and ".join(line.bioguide for line in lines)
            raise TableRefused(f"The seat {seat} is claimed by {people} at once.")
    for bioguide, lines in _grouped(held, by="bioguide").items():
        if not BIOGUIDE.fullmatch(bioguide):
            raise TableRefused(f"The roster has the malformed bioguide id {bioguide!r}.")
        if _overlapping(lines):
            seats = " and ".join(line.seat for line in lines)
            raise TableRefused(f"The roster gives {bioguide} {seats} at once.")
    _check_numbers(held)


def _grouped(rows: list[RosterRow], *, by: str) -> dict[str, list[RosterRow]]:
    groups = defaultdict(list)
    for row in rows:
        groups[getattr(row, by)].append(row)
    return groups


def _check_seats(by_seat: dict[str, list[RosterRow]]) -> None:
    known = {code for code, _, _, _ in every_seat()}
    for seat, lines in by_seat.items():
        if seat not in known:
            raise TableRefused(f"The roster names {seat}, which is not a seat.")
        if len(lines) > 1 and any(line.is_vacant for line in lines):
            raise TableRefused(f"The roster calls the seat {seat} vacant and held.")
    if missing := known - by_seat.keys():
        raise TableRefused(f"The roster has no row for {', '.join(sorted(missing)[:5])}.")


def _check_terms(held: list[RosterRow]) -> None:
    for row in held:
        if not row.term_start or not row.term_end or row.term_start >= row.term_end:
            raise TableRefused(f"The term in the seat {row.seat} does not end after it starts.")
        if row.end_estimated and not row.seat.startswith("S"):
            raise TableRefused(f"The term in the seat {row.seat} has an end to the day.")


def _overlapping(lines: list[RosterRow]) -> bool:
    if len(lines) == 1:
        return False
    lines = sorted(lines, key=lambda line: line.term_start)
    return any(earlier.overlaps(later) for earlier, later in pairwise(lines))


def _check_numbers(held: list[RosterRow]) -> None:
    """On one day at least, today's or that of a new Congress, almost everybody is there."""
    most = max(
        (_counted(held, on=day) for day in {row.term_start for row in held}),
        key=sum,
        default=(0, 0),
    )
    if most[0] < LEAST_IN_HOUSE or most[1] < LEAST_IN_SENATE:
        raise TableRefused(
            f"The roster has {most[0]} House and {most[1]} Senate members; at least "
            f"{LEAST_IN_HOUSE} and {LEAST_IN_SENATE} are expected. Nothing was changed."
        )


def _counted(held: list[RosterRow], *, on: date) -> tuple[int, int]:
    seats = {row.seat for row in held if row.runs(on)}
    house = sum(seat.startswith("H") for seat in seats)
    return house, len(seats) - house
