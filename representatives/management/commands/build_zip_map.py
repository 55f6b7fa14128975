"""Make `data/zip-districts-119.txt` from the public table of ZIP codes and districts."""

from datetime import date
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from representatives.fetching import fetch
from representatives.tables import TableRefused, write_table
from representatives.zip_map.building import build_zip_map
from representatives.zip_map.post import PACKAGE, every_zip
from representatives.zip_map.table import name_of, write_zip_map

PUBLIC = (
    "https://raw.githubusercontent.com/OpenSourceActivismTech/us-zipcodes-congress/master/zccd.csv"
)


class Command(BaseCommand):
    help = "Make the project's table of ZIP codes and districts from the public one."

    def add_arguments(self, parser):
        parser.add_argument("source", nargs="?", default=PUBLIC, help="a CSV file, or URL")
        parser.add_argument("--congress", type=int, default=119, help="whose map it is")
        parser.add_argument(
            "--as-of",
            type=date.fromisoformat,
            help="the day that the source is of; a file needs it",
        )

    def handle(self, *, source, congress, as_of, **options):
        if as_of is None and source != PUBLIC:
            raise CommandError("Say with --as-of YYYY-MM-DD when this source was last true.")
        as_of = as_of or timezone.localdate()
        try:
            content = fetch(source)
            zip_map = build_zip_map(content, post=every_zip())
        except TableRefused as error:
            raise CommandError(str(error)) from error
        made = write_table(
            name_of(congress),
            write_zip_map(zip_map),
            rows=len(zip_map),
            source=PUBLIC,
            source_content=content,
            as_of=as_of,
            licence="public domain (Census-derived)",
            command=f"manage.py build_zip_map {Path(source).name} --as-of {as_of}",
            made_with=PACKAGE,
        )
        self.stdout.write(f"{made.rows} ZIP codes on the map of Congress {congress}.")
