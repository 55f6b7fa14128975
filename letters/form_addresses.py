"""The organizers' table of official forms: what an address must be, and how a list is entered."""

import csv
import io
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from django.db import transaction

from letters.models import Route
from representatives.congress import lookup_day
from representatives.models import Term

OFFICIAL = ("house.gov", "senate.gov")
COLUMNS = ("seat", "bioguide", "url", "limit", "zip4")
YES_AND_NO = {"yes": True, "y": True, "1": True, "true": True}
YES_AND_NO |= {"no": False, "n": False, "0": False, "false": False, "": False}


@dataclass(frozen=True)
class FormAddress:
    """One line of the list: the form of the member who sits in that seat."""

    seat: str
    member: str
    url: str
    text_limit: int | None
    asks_zip4: bool


class ListRefused(Exception):
    """The list is not taken, not even in part. `errors` has a sentence for each wrong line."""

    def __init__(self, errors: list[str]):
        super().__init__(f"{len(errors)} lines are wrong")
        self.errors = errors


class _WrongLine(Exception):
    """What is wrong with a line, as a sentence."""


def trouble_of_address(url: str) -> str:
    """Why a supporter must not be led there, in a sentence; empty: it may be an office's form."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return "It is no address."
    host = (parts.hostname or "").lower()
    if parts.scheme != "https":
        return "It does not begin with https://."
    if not any(host == each or host.endswith(f".{each}") for each in OFFICIAL):
        return "Its host is neither within house.gov nor within senate.gov."
    return ""


def read_list(text: str) -> list[FormAddress]:
    """A CSV with the columns seat or bioguide (or both), url, limit, zip4. Raises ListRefused."""
    lines = csv.DictReader(io.StringIO(text.removeprefix("\ufeff")))
    unknown = set(lines.fieldnames or ()) - set(COLUMNS)
    if unknown or "url" not in (lines.fieldnames or ()):
        raise ListRefused([f"The first line must name the columns: {', '.join(COLUMNS)}."])
    terms = list(Term.objects.sitting(lookup_day()))
    by_seat, by_member = ({getattr(t, key): t for t in terms} for key in ("seat_id", "member_id"))
    read, errors, seen = [], [], Counter()
    for cells in lines:
        try:
            address = _address(cells, by_seat, by_member)
            seen[address.seat] += 1
            if seen[address.seat] > 1:
                raise _WrongLine(f"{address.seat} stands there twice.")
            read.append(address)
        except _WrongLine as error:
            errors.append(f"Line {lines.line_num}: {error}")
    if errors:
        raise ListRefused(errors)
    return read


def _address(cells: dict, by_seat: dict[str, Term], by_member: dict[str, Term]) -> FormAddress:
    said = {name: (cells.get(name) or "").strip() for name in COLUMNS}
    if None in cells:
        raise _WrongLine("It has more cells than the first line.")
    term = _term(said["seat"].upper(), said["bioguide"].upper(), by_seat, by_member)
    if trouble := trouble_of_address(said["url"]):
        raise _WrongLine(f"{said['url'] or 'No address.'} {trouble}")
    if said["limit"] and not (said["limit"].isdecimal() and int(said["limit"])):
        raise _WrongLine(f"{said['limit']} is no number of characters.")
    if said["zip4"].lower() not in YES_AND_NO:
        raise _WrongLine(f"zip4 is yes or no, not {said['zip4']}.")
    return FormAddress(
        seat=term.seat_id,
        member=term.member_id,
        url=said["url"],
        text_limit=int(said["limit"]) if said["limit"] else None,
        asks_zip4=YES_AND_NO[said["zip4"].lower()],
    )


def _term(seat: str, member: str, by_seat: dict[str, Term], by_member: dict[str, Term]) -> Term:
    """Who is meant; a line that names both must name the one who sits there today."""
    term = by_seat.get(seat) if seat else by_member.get(member)
    if term is None:
        raise _WrongLine(f"Nobody sits in {seat or member} today, or there is no such seat.")
    if member and term.member_id != member:
        raise _WrongLine(f"{member} does not sit in {seat} today.")
    return term


def changes(addresses: list[FormAddress]) -> Iterator[tuple[FormAddress, str]]:
    """Each line with what it does to the table: `new`, `changed` or `the same`."""
    rows = {row.seat_id: row for row in Route.objects.filter(way=Route.Way.FORM)}
    for each in addresses:
        row = rows.get(each.seat)
        if row is None:
            yield each, "new"
        else:
            kept = (row.member_id, row.form_url, row.text_limit, row.asks_zip4)
            wanted = (each.member, each.url, each.text_limit, each.asks_zip4)
            yield each, "the same" if kept == wanted else "changed"


def enter(addresses: list[FormAddress], *, by: str, on: date) -> None:
    """All of them, checked by that person on that day."""
    with transaction.atomic():
        for each in addresses:
            facts = {
                "member_id": each.member,
                "form_url": each.url,
                "text_limit": each.text_limit,
                "asks_zip4": each.asks_zip4,
                "checked_by": by,
                "checked_at": on,
                "trouble": "",
            }
            Route.objects.update_or_create(seat_id=each.seat, way=Route.Way.FORM, defaults=facts)
