"""Fetch a map of ZIP codes, show what is different, and load it or let it wait for a person."""

from datetime import date

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from representatives.congress import congress_on, sitting_day
from representatives.tables import TableRefused
from representatives.zip_map.refreshing import refresh_zip_map


class Command(BaseCommand):
    help = "Bring the ZIP codes' districts up to date; a failure keeps what is there."

    def add_arguments(self, parser):
        parser.add_argument(
            "source",
            nargs="?",
            default="",
            help="a CSV or Census file, or URL; else the Census Bureau's of that Congress",
        )
        parser.add_argument("--congress", type=int, help="whose map it is; else the sitting one's")
        parser.add_argument(
            "--as-of",
            type=date.fromisoformat,
            help="the day that the source is of; a file needs it",
        )
        parser.add_argument("--dry-run", action="store_true", help="show it and change nothing")

    def handle(self, *, source, congress, as_of, dry_run, **options):
        if as_of is None and source and not source.startswith(("https://", "http://")):
            raise CommandError("Say with --as-of YYYY-MM-DD when this file was last true.")
        congress = congress or congress_on(sitting_day(timezone.now()))
        try:
            done = refresh_zip_map(source, congress=congress, as_of=as_of, dry_run=dry_run)
        except TableRefused as error:
            raise CommandError(str(error)) from error
        for line in done.difference.sentences:
            self.stdout.write(line)
        if done.difference.too_large:
            self.stdout.write(f"A person must look: {done.difference.too_large}.")
        self.stdout.write(done.outcome)
        if dry_run:
            self.stdout.write("Nothing was changed: this was a dry run.")
