"""What the commands that ask a public source have in common."""

from collections.abc import Callable
from datetime import date

from django.core.management.base import BaseCommand, CommandError

from representatives.fetching import is_address
from representatives.receiving import Received, told
from representatives.tables import TableRefused


class RefreshCommand(BaseCommand):
    """Fetches, shows what is different, and accepts it or lets it wait for a person."""

    refresh: Callable[..., Received]
    # Further options that `refresh` takes.
    choices: tuple[str, ...] = ()

    def add_arguments(self, parser):
        parser.add_argument(
            "source", nargs="?", default="", help="a file, or an address; else the public one"
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
            more = {name: options[name] for name in self.choices}
            received = self.refresh(source, as_of=as_of, dry_run=dry_run, **more)
        except TableRefused as error:
            raise CommandError(str(error)) from error
        self.stdout.write("\n".join(told(received)))
        if dry_run:
            self.stdout.write("Nothing was changed: this was a dry run.")
