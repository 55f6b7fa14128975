"""Make the tables of ZIP codes in `data/`: what the post says, and districts from a public one."""

from datetime import date
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from representatives.fetching import fetch
from representatives.tables import TableRefused, write_table
from representatives.zip_map import post, post_table
from representatives.zip_map.building import build_zip_map
from representatives.zip_map.sources import LICENCE
from representatives.zip_map.table import check_whole_map, name_of, write_zip_map

PUBLIC = (
    "https://raw.githubusercontent.com/OpenSourceActivismTech/us-zipcodes-congress/master/zccd.csv"
)


class Command(BaseCommand):
    help = "Make the project's tables of ZIP codes, from the post and from a public one."

    def add_arguments(self, parser):
        parser.add_argument(
            "source", nargs="?", default=PUBLIC, help="a CSV or Census file, or URL"
        )
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
        command = (
            f"manage.py build_zip_map {Path(source).name} --congress {congress} --as-of {as_of}"
        )
        try:
            known, content = post.every_zip(), fetch(source)
            post_table.check_post(known)
            zip_map = build_zip_map(content, post=known, congress=congress)
            check_whole_map(zip_map)
            known_as_of = post.published()
        except TableRefused as error:
            raise CommandError(str(error)) from error
        public = source if source.startswith("https://") else PUBLIC
        self._write_map(zip_map, content, public, congress=congress, as_of=as_of, command=command)
        self._write_post(known, as_of=known_as_of, command=command)

    def _write_map(self, zip_map, content, source, *, congress, as_of, command):
        made = write_table(
            name_of(congress),
            write_zip_map(zip_map),
            rows=len(zip_map),
            source=source,
            source_content=content,
            as_of=as_of,
            licence=LICENCE,
            command=command,
            made_with=post.PACKAGE,
        )
        self.stdout.write(f"{made.rows} ZIP codes on the map of Congress {congress}.")

    def _write_post(self, known, *, as_of, command):
        made = write_table(
            post_table.NAME,
            post_table.write_post(known),
            rows=len(known),
            source=post.SOURCE,
            source_content=post.content(),
            as_of=as_of,
            licence=post.LICENCE,
            command=command,
        )
        self.stdout.write(f"{made.rows} ZIP codes of the post.")
