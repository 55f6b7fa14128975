"""From the public list of legislators to our roster, with what is wrong in it put right by rule.

The source is unitedstates/congress-legislators (CC0), as YAML or JSON.
"""

import json
import re
from datetime import date
from urllib.parse import urlsplit

import yaml

from representatives.roster.table import RosterRow, check_roster
from representatives.seat_codes import every_seat, house_seat_code, senate_seat_code
from representatives.tables import TableRefused

# The year in which each Senate class ends, modulo the six years of a term.
CLASS_ENDS = {1: 2031 % 6, 2: 2027 % 6, 3: 2029 % 6}
OFFICIAL_HOSTS = (".house.gov", ".senate.gov")


def build_roster(content: bytes, *, as_of: date) -> list[RosterRow]:
    """One checked row a seat, from the source's content as it stood on `as_of`."""
    claims: dict[str, RosterRow] = {}
    for person in _parse(content):
        row = _row(person, as_of=as_of)
        claims[row.seat] = _settle(claims.get(row.seat), row, as_of=as_of)
    rows = [
        claims.pop(code, RosterRow(seat=code, state=state, number=number))
        for code, _, state, number in every_seat()
    ]
    # What is left claims a seat that does not exist: let the check say so.
    rows.extend(claims.values())
    check_roster(rows)
    return rows


def _parse(content: bytes) -> list[dict]:
    """JSON is read about 15 times faster; whatever is not JSON is taken for YAML."""
    try:
        people = json.loads(content)
    except ValueError:
        try:
            people = yaml.load(content, Loader=yaml.CSafeLoader)
        except yaml.YAMLError as error:
            raise TableRefused("The roster's source is neither JSON nor YAML.") from error
    if not isinstance(people, list):
        raise TableRefused("The roster's source is not a list of people.")
    return people


def _row(person: dict, *, as_of: date) -> RosterRow:
    try:
        name, term = person["name"], _term(person["terms"], as_of=as_of)
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
            term_end=_end(term),
            end_estimated=_end_is_estimated(term),
        )
    except (KeyError, TypeError, ValueError, AttributeError, IndexError) as error:
        raise TableRefused(f"A person in the roster's source cannot be read: {error!r}.") from error


def _term(terms: list[dict], *, as_of: date) -> dict:
    """The term that runs; before a first term begins, that one."""
    running = [
        term
        for term in terms
        if _day(term["start"]) <= as_of and (_end(term) > as_of or _end_is_estimated(term))
    ]
    return running[-1] if running else terms[-1]


def _settle(first: RosterRow | None, second: RosterRow, *, as_of: date) -> RosterRow:
    """Of two people with one seat, the one whose term has begun; the other is still pending."""
    if first is None:
        return second
    begun = [row for row in (first, second) if row.term_start <= as_of]
    if len(begun) != 1:
        raise TableRefused(
            f"The seat {first.seat} is claimed by {first.bioguide} and {second.bioguide}."
        )
    return begun[0]


def _end(term: dict) -> date:
    """Puerto Rico's commissioner serves four years, with the president; the source says two."""
    if term["type"] == "rep" and term["state"] == "PR":
        year = _day(term["start"]).year
        return date(year + 4 - (year - 1) % 4, 1, 3)
    return _day(term["end"])


def _end_is_estimated(term: dict) -> bool:
    """Who was appointed serves until a successor is sworn in, but never past the class's term."""
    if term["type"] != "sen":
        return False
    if term.get("end-type") == "special-election":
        return True
    end = _day(term["end"])
    ends_with_class = (end.month, end.day) == (1, 3) and end.year % 6 == CLASS_ENDS[term["class"]]
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
