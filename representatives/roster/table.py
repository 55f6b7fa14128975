"""The roster as our own table: one line a seat, also for the vacant ones."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields
from datetime import date

from representatives.seat_codes import every_seat
from representatives.tables import TableRefused

NAME = "roster.csv"
BIOGUIDE = re.compile(r"[A-Z]\d{6}")
# Fewer sitting members than these is a broken source, not a season of vacancies.
LEAST_IN_HOUSE = 425
LEAST_IN_SENATE = 98
# So many terms in the House end together only when its Congress ends.
MOST_OF_THE_HOUSE = 400


@dataclass(frozen=True)
class RosterRow:
    """A seat and who holds it; in a vacant seat's row everything about a person is empty."""

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
    known = {code for code, _, _, _ in every_seat()}
    given = Counter(row.seat for row in rows)
    held = [row for row in rows if not row.is_vacant]
    people = Counter(row.bioguide for row in held)
    for seat, times in given.items():
        if seat not in known:
            raise TableRefused(f"The roster names {seat}, which is not a seat.")
        if times > 1:
            raise TableRefused(f"The roster has {times} rows for the seat {seat}.")
    if missing := known - given.keys():
        raise TableRefused(f"The roster has no row for {', '.join(sorted(missing)[:5])}.")
    for bioguide, times in people.items():
        if not BIOGUIDE.fullmatch(bioguide):
            raise TableRefused(f"The roster has the malformed bioguide id {bioguide!r}.")
        if times > 1:
            raise TableRefused(f"The roster gives {bioguide} {times} seats.")
    _check_terms(held)
    _check_numbers(held)


def _check_terms(held: list[RosterRow]) -> None:
    for row in held:
        if not row.term_start or not row.term_end or row.term_start >= row.term_end:
            raise TableRefused(f"The term in the seat {row.seat} does not end after it starts.")


def _check_numbers(held: list[RosterRow]) -> None:
    house = sum(row.seat.startswith("H") for row in held)
    senate = len(held) - house
    if house < LEAST_IN_HOUSE or senate < LEAST_IN_SENATE:
        raise TableRefused(
            f"The roster has {house} House and {senate} Senate members; at least "
            f"{LEAST_IN_HOUSE} and {LEAST_IN_SENATE} are expected. Nothing was changed."
        )
