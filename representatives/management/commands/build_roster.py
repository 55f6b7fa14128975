"""Make `data/roster.csv` from the public list of legislators."""

from datetime import date
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from representatives.fetching import fetch
from representatives.legislators import LICENCE, PUBLISHED_AT
from representatives.roster.building import build_roster
from representatives.roster.table import NAME, write_roster
from representatives.tables import TableRefused, write_table

PUBLIC = f"{PUBLISHED_AT}legislators-current.json"


class Command(BaseCommand):
    help = "Make the project's table of seats and members from the public list of legislators."

    def add_arguments(self, parser):
        parser.add_argument("source", nargs="?", default=PUBLIC, help="a YAML or JSON file, or URL")
        parser.add_argument(
            "--as-of",
            type=date.fromisoformat,
            help="the day that the source is of; a file needs it",
        )

    def handle(self, *, source, as_of, **options):
        if as_of is None and source != PUBLIC:
            raise CommandError("Say with --as-of YYYY-MM-DD when this source was last true.")
        as_of = as_of or timezone.localdate()
        name = Path(source).name
        try:
            content = fetch(source)
            rows = build_roster(content, as_of=as_of)
        except TableRefused as error:
            raise CommandError(str(error)) from error
        made = write_table(
            NAME,
            write_roster(rows),
            rows=len(rows),
            source=f"{PUBLISHED_AT}{name}",
            source_content=content,
            as_of=as_of,
            licence=LICENCE,
            command=f"manage.py build_roster {name} --as-of {as_of}",
        )
        vacant = sum(row.is_vacant for row in rows)
        self.stdout.write(f"{made.rows} seats, {vacant} of them vacant, as of {as_of}.")
