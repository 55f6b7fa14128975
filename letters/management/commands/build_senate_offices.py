"""Make the table of Senate offices that take part in the rehearsal, from an offices list."""

import hashlib
from datetime import date
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from letters.channels.cwc.offices import NoList, read_offices
from letters.rehearsal.offices import SENATE_OFFICES

PUBLISHED_AT = "https://soapbox.senate.gov/api/active_offices"


class Command(BaseCommand):
    help = "Make the rehearsal's table of Senate offices from an answer of the Senate's gateway."

    def add_arguments(self, parser):
        parser.add_argument("source", type=Path, help="a JSON file: the gateway's active_offices")
        parser.add_argument("--as-of", type=date.fromisoformat, required=True)

    def handle(self, *, source, as_of, **options):
        try:
            content = source.read_bytes()
            codes = read_offices(content.decode(), chamber="senate")
        except (OSError, NoList) as error:
            raise CommandError(f"{source.name} is no offices list: {error}") from error
        record = [
            f"# Source: {PUBLISHED_AT}, kept as {source.name}",
            f"# As of: {as_of}",
            "# Licence: facts (codes of public offices)",
            f"# SHA-256 of the source: {hashlib.sha256(content).hexdigest()}",
            f"# Made by: manage.py build_senate_offices {source.name} --as-of {as_of}",
        ]
        SENATE_OFFICES.write_text("\n".join([*record, *codes]) + "\n")
        self.stdout.write(f"{len(codes)} Senate offices, as of {as_of}.")
