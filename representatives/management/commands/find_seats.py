"""Look an address up: `find_seats 'ADDRESS'`, or `-` for one address a line."""

import io
import json
import sys
from datetime import date

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from representatives.addresses import AddressNotUnderstood, parse_address
from representatives.lookup import Finder, Lookup, Outcome, SeatFound


class Command(BaseCommand):
    help = "Find the seats of an address. With -, one address a line is read and answered in JSON."

    def add_arguments(self, parser):
        parser.add_argument("address", help="an address that ends in [ST] ZIP, or - for many")
        parser.add_argument("--offline", action="store_true", help="ask no geocoder")
        parser.add_argument("--json", action="store_true", help="answer one JSON object")
        parser.add_argument(
            "--on",
            metavar="DATE",
            type=date.fromisoformat,
            help="another day than today, like 2027-01-03: from noon on, if Congress changes on it",
        )

    def handle(self, *, address, offline, on, **options):
        try:
            self._answer(address, Finder(on=on, offline=offline), as_json=options["json"])
        except DatabaseError as error:
            raise CommandError("The tables are not loaded yet: `make run` does it.") from error

    def _answer(self, address: str, finder: Finder, *, as_json: bool) -> None:
        if address == "-":
            for line in _lines():
                self._write_json(line, _find(finder, line))
            return
        lookup = _find(finder, address)
        if as_json:
            self._write_json(address, lookup)
        else:
            self.stdout.write(_in_words(lookup))

    def _write_json(self, text: str, lookup: Lookup) -> None:
        self.stdout.write(json.dumps(_as_json(text, lookup)))
        # Whoever asks line by line waits for each answer.
        self.stdout.flush()


def _lines():
    """The lines of standard input, whatever bytes they are made of."""
    source = io.TextIOWrapper(sys.stdin.buffer, "utf-8", errors="replace", newline="\n")
    for line in source:
        yield line.rstrip("\r\n")


def _find(finder: Finder, text: str) -> Lookup:
    try:
        address = parse_address(text)
    except AddressNotUnderstood:
        return Lookup(Outcome.NOT_FOUND, finder.congress, finder.on)
    return finder.find(address)


def _as_json(text: str, lookup: Lookup) -> dict:
    return {
        "input": text,
        "outcome": lookup.outcome,
        "seats": [
            {
                "chamber": found.chamber,
                "district": found.district,
                "seat": found.seat,
                "member": found.member,
            }
            for found in lookup.seats
        ],
        "provider": lookup.provider,
        "congress": lookup.congress,
    }


def _in_words(lookup: Lookup) -> str:
    why = f" ({lookup.reason})" if lookup.reason else ""
    lines = [f"{lookup.outcome}{why} · {lookup.provider or 'nobody'} · Congress {lookup.congress}"]
    for found in lookup.seats:
        lines.append(f"{found.seat}  {found.label}: {_who(found)}")
    return "\n".join(lines)


def _who(found: SeatFound) -> str:
    if found.is_held:
        return f"{found.member_name} ({found.party})"
    return "vacant" if found.is_vacant else "not known yet"
