"""Fetch the newest roster, show what is different, and accept it or let it wait for a person."""

from datetime import date

from django.core.management.base import BaseCommand, CommandError

from representatives.fetching import is_address
from representatives.receiving import told
from representatives.roster.refreshing import refresh_roster
from representatives.tables import TableRefused


class Command(BaseCommand):
    help = "Bring the roster up to date; a failure keeps what is there."

    def add_arguments(self, parser):
        parser.add_argument(
            "source", nargs="?", default="", help="a YAML or JSON file, or URL; else the public one"
        )
        parser.add_argument(
            "--as-of",
            type=date.fromisoformat,
            help="the day that the source is of; a file needs it",
        )
        parser.add_argument("--dry-run", action="store_true", help="show it and change nothing")

    def handle(self, *, source, as_of, dry_run, **options):
        if as_of is None and source and not is_address(source):
            raise CommandError("Say with --as-of YYYY-MM-DD when this file was last true.")
        try:
            received = refresh_roster(source, as_of=as_of, dry_run=dry_run)
        except TableRefused as error:
            raise CommandError(str(error)) from error
        self.stdout.write("\n".join(told(received)))
        if dry_run:
            self.stdout.write("Nothing was changed: this was a dry run.")
