"""What the Clerk of the House and the Senate say themselves about who holds which seat."""

import re
from collections.abc import Iterable, Mapping
from datetime import date

from django.conf import settings
from lxml import etree

from representatives.fetching import fetch
from representatives.roster.table import BIOGUIDE, RosterRow
from representatives.seat_codes import every_seat, house_seat_code, senate_seat_code
from representatives.tables import TableRefused

# Fewer seats than these are no list of a whole chamber.
LEAST = {"house": 400, "senate": 90}
CLASSES = {"Class I": 1, "Class II": 2, "Class III": 3}
# The Clerk's letters for American Samoa.
CLERKS_STATES = {"AQ": "AS"}


def cross_check(rows: Iterable[RosterRow], *, on: date) -> dict[str, str]:
    """Where a chamber's own list names somebody else on that day: a sentence by seat.

    A list that cannot be had or read is a sentence too, under the chamber's name, and stops
    nothing. Only where letters are live: a rehearsal asks nothing of Congress.
    """
    if not settings.LIVE:
        return {}
    holders = {row.seat: row.bioguide for row in rows if row.runs(on)}
    told = {}
    for chamber, read in (("house", read_clerk), ("senate", read_senate)):
        try:
            official = read(fetch(settings.SOURCES[chamber]))
        except TableRefused as error:
            told[chamber] = f"The {chamber.title()}'s own list was not compared: {error}"
            continue
        told |= _disagreements(holders, official)
    return told


def _disagreements(ours: Mapping[str, str], official: Mapping[str, str]) -> dict[str, str]:
    return {
        seat: f"{seat}: the roster has {ours.get(seat) or 'nobody'}, Congress {theirs or 'nobody'}"
        for seat, theirs in sorted(official.items())
        if ours.get(seat, "") != theirs
    }


def read_clerk(content: bytes) -> dict[str, str]:
    """Bioguide by seat, empty for a vacant one, from the Clerk's list of the House.

    Each `member` has a `statedistrict` like TX37 and a `bioguideID`. Raises TableRefused.
    """
    seats = {}
    for member in _members(content):
        place = re.fullmatch(r"([A-Z]{2})(\d\d)", _text(member, "statedistrict"))
        if place is None:
            raise TableRefused("it could not be read.")
        state = CLERKS_STATES.get(place[1], place[1])
        seats[house_seat_code(state, int(place[2]))] = _text(member, "bioguideID")
    return _checked(seats, chamber="house")


def read_senate(content: bytes) -> dict[str, str]:
    """Bioguide by seat from the Senate's list, which leaves out the vacant ones.

    Each `member` has a `state`, a `class` like Class II and a `bioguide_id`. Raises TableRefused.
    """
    seats = {}
    for member in _members(content):
        senate_class = CLASSES.get(_text(member, "class"))
        if senate_class is None:
            raise TableRefused("it could not be read.")
        seat = senate_seat_code(_text(member, "state"), senate_class)
        seats[seat] = _text(member, "bioguide_id")
    return _checked(seats, chamber="senate")


def _members(content: bytes) -> list[etree._Element]:
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise TableRefused("it could not be read.") from error
    return list(root.iter("member"))


def _text(member: etree._Element, name: str) -> str:
    found = next(member.iter(name), None)
    return "" if found is None or found.text is None else found.text.strip()


def _checked(seats: dict[str, str], *, chamber: str) -> dict[str, str]:
    """Only what is surely such a list is believed: another form would make everybody wrong."""
    known = {code for code, of, _, _ in every_seat() if of == chamber}
    people = [person for person in seats.values() if person]
    if (
        len(people) < LEAST[chamber]
        or not seats.keys() <= known
        or not all(BIOGUIDE.fullmatch(person) for person in people)
    ):
        raise TableRefused("it could not be read.")
    return seats
