"""What one roster changes in another, a sentence a seat."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from representatives.roster.table import CONTACTS, RosterRow

# More than these is a new Congress or a broken source: a person must look.
MOST_PEOPLE = 10
MOST_CONTACTS = 100


@dataclass(frozen=True)
class Difference:
    """Seats that other people hold or will hold; and what else is told of those who stay."""

    people: dict[str, str]
    contacts: tuple[str, ...] = ()

    @property
    def sentences(self) -> tuple[str, ...]:
        return (*self.people.values(), *self.contacts)

    @property
    def too_large(self) -> str:
        """Why a person must look at it; empty where it is small."""
        if len(self.people) > MOST_PEOPLE or len(self.contacts) > MOST_CONTACTS:
            return (
                f"{len(self.people)} seats change hands and {len(self.contacts)} terms their "
                f"details; at most {MOST_PEOPLE} and {MOST_CONTACTS} pass by themselves"
            )
        return ""


def difference(before: Iterable[RosterRow], after: Iterable[RosterRow], *, on: date) -> Difference:
    """From one table's rows to the other's; terms that are over by that day are forgotten."""
    old, new = _by_seat(before, on=on), _by_seat(after, on=on)
    people, contacts = {}, []
    for seat in sorted(old.keys() | new.keys()):
        was, becomes = old[seat], new[seat]
        if [row.bioguide for row in was] != [row.bioguide for row in becomes]:
            people[seat] = f"{seat}: {_names(was)} → {_names(becomes, dated=True)}"
            continue
        for former, row in zip(was, becomes, strict=True):
            if told := _other_details(former, row):
                contacts.append(f"{seat}: {row.official_name}: {', '.join(told)}")
    return Difference(people, tuple(contacts))


def _by_seat(rows: Iterable[RosterRow], *, on: date) -> defaultdict[str, list[RosterRow]]:
    seats = defaultdict(list)
    for row in sorted(rows, key=lambda row: row.term_start or date.min):
        if not row.is_vacant and row.over > on:
            seats[row.seat].append(row)
    return seats


def _names(rows: list[RosterRow], *, dated: bool = False) -> str:
    names = [
        f"{row.official_name} ({row.bioguide})" + f" from {row.term_start}" * dated for row in rows
    ]
    return ", then ".join(names) or "vacant"


def _other_details(former: RosterRow, row: RosterRow) -> list[str]:
    names = ("official_name", *CONTACTS, "term_start", "term_end", "end_estimated")
    values = [(name, getattr(former, name), getattr(row, name)) for name in names]
    return [
        f"{name.replace('_', ' ')} {old or 'none'} → {new or 'none'}"
        for name, old, new in values
        if old != new
    ]
