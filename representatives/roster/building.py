"""From the public list of legislators to our roster, with what is wrong in it put right by rule.

The source is unitedstates/congress-legislators (CC0), as YAML or JSON.
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from urllib.parse import urlsplit

from representatives.congress import congress_on, starts_at
from representatives.legislators import read_people
from representatives.roster.table import MOST_OF_THE_HOUSE, RosterRow, check_roster
from representatives.seat_codes import (
    CLASS_ENDS,
    class_end,
    commissioner_end,
    every_seat,
    house_seat_code,
    senate_seat_code,
)
from representatives.tables import TableRefused

OFFICIAL_HOSTS = (".house.gov", ".senate.gov")
# The source has gone over to a new Congress up to two days before its noon.
EARLY = timedelta(days=7)


def build_roster(
    content: bytes, *, as_of: date, before: Iterable[RosterRow] = ()
) -> list[RosterRow]:
    """The checked rows of every seat, from the source's content as it stood on `as_of`.

    `before` are the rows that were in force: a source that goes over to the next Congress early
    drops members who still sit, and they keep their seats to the end of their terms.
    """
    claims: dict[str, list[RosterRow]] = defaultdict(list)
    for person in read_people(content):
        for row in _rows(person, as_of=as_of):
            claims[row.seat].append(row)
    _keep_who_still_sits(claims, before, as_of=as_of)
    rows: list[RosterRow] = []
    for code, _, state, number in every_seat():
        lines = _settle(claims.pop(code, []), as_of=as_of)
        rows.extend(lines or [RosterRow(seat=code, state=state, number=number)])
    # What is left claims a seat that does not exist: let the check say so.
    rows.extend(row for lines in claims.values() for row in lines)
    check_roster(rows)
    return rows


def _rows(person: dict, *, as_of: date) -> list[RosterRow]:
    """A person's term that runs, if any, and those to come."""
    try:
        terms = person["terms"]
        if _day(terms[-1]["start"]) >= _day(terms[-1]["end"]):
            raise TableRefused(
                f"The last term of {person['id']['bioguide']} does not end after it starts."
            )
        begun = [term for term in terms if _day(term["start"]) <= as_of < _over(term)]
        pending = [term for term in terms if _day(term["start"]) > as_of]
        return [_row(person, term) for term in (*begun[-1:], *pending)]
    except TableRefused:
        raise
    except (KeyError, TypeError, ValueError, AttributeError, IndexError) as error:
        raise TableRefused(f"A person in the roster's source cannot be read: {error!r}.") from error


def _row(person: dict, term: dict) -> RosterRow:
    name = person["name"]
    is_senator = term["type"] == "sen"
    number = int(term["class"] if is_senator else term["district"])
    code = (senate_seat_code if is_senator else house_seat_code)(term["state"], number)
    return RosterRow(
        seat=code,
        bioguide=person["id"]["bioguide"],
        first_name=name["first"],
        last_name=name["last"],
        official_name=name.get("official_full") or f"{name['first']} {name['last']}",
        party=term["party"],
        state=term["state"],
        number=number,
        phone=term.get("phone", ""),
        office_address=term.get("address", ""),
        website=official_page(term.get("url", "")),
        contact_form=official_page(term.get("contact_form", "")),
        term_start=_day(term["start"]),
        term_end=min(_end(term), _over(term)),
        end_estimated=_end_is_estimated(term),
    )


def _keep_who_still_sits(
    claims: dict[str, list[RosterRow]], before: Iterable[RosterRow], *, as_of: date
) -> None:
    """Just before a new Congress, whoever sits until then, where the source speaks of it alone."""
    change = starts_at(congress_on(as_of) + 1).date()
    if as_of < change - EARLY:
        return
    begins = {seat for seat, rows in claims.items() if any(r.term_start == change for r in rows)}
    gone_over = sum(seat.startswith("H") for seat in begins) >= MOST_OF_THE_HOUSE
    for row in before:
        followed = row.seat in begins or (gone_over and row.over == change)
        reaches = row.runs(as_of) and row.over >= change
        if followed and reaches and not any(each.runs(as_of) for each in claims[row.seat]):
            claims[row.seat].append(row)


def _settle(lines: list[RosterRow], *, as_of: date) -> list[RosterRow]:
    """The terms in one seat, one after the other: a successor ends what was to last longer."""
    settled: list[RosterRow] = []
    for row in sorted(lines, key=lambda line: line.term_start):
        former = settled[-1] if settled else None
        if former and former.overlaps(row):
            if former.term_start == row.term_start or row.term_start <= as_of:
                raise TableRefused(
                    f"The seat {row.seat} is claimed by {former.bioguide} and {row.bioguide}."
                )
            settled[-1] = replace(former, term_end=row.term_start)
        settled.append(row)
    return settled


def _end(term: dict) -> date:
    """The term's own end; of Puerto Rico's the source says that it is two years."""
    if term["type"] == "rep" and term["state"] == "PR":
        return commissioner_end(_day(term["start"]))
    return _day(term["end"])


def _over(term: dict) -> date:
    """The day from which the term runs no more, whatever the source estimates."""
    if _end_is_estimated(term):
        return class_end(int(term["class"]), after=_day(term["start"]))
    return _end(term)


def _end_is_estimated(term: dict) -> bool:
    """Who was appointed serves until a successor is sworn in, but never past the class's term."""
    if term["type"] != "sen":
        return False
    if term.get("end-type") == "special-election":
        return True
    end = _day(term["end"])
    ends_with_class = (end.month, end.day) == (1, 3) and end.year % 6 == CLASS_ENDS[
        int(term["class"])
    ]
    return term.get("how") == "appointment" and not ends_with_class


def _day(text: str | date) -> date:
    return text if isinstance(text, date) else date.fromisoformat(text)


def official_page(url: str) -> str:
    """The address where it lies in house.gov or senate.gov, else nothing.

    A scheme that is no scheme (`hhttps`) becomes https: the host shows what was meant.
    """
    try:
        repaired = re.sub(r"^(?!https?://)\w*://", "https://", url.strip())
        host = urlsplit(repaired).hostname or ""
    except ValueError:
        return ""
    return repaired if repaired.startswith("http") and host.endswith(OFFICIAL_HOSTS) else ""
