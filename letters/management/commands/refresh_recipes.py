"""Fetch the newest recipes of contact forms, show what is different, and load them."""

from django.core.management.base import BaseCommand, CommandError

from letters.channels.webform.intake.loading import senators
from letters.channels.webform.intake.refreshing import refresh_recipes
from letters.channels.webform.intake.reporting import report, told
from letters.channels.webform.table import TableRefused


class Command(BaseCommand):
    help = "Load the newest recipes of contact forms; a failure keeps what is there."

    def add_arguments(self, parser):
        parser.add_argument(
            "source",
            nargs="?",
            default="",
            help="a folder, an archive or an https address; else the public repository",
        )
        parser.add_argument("--revision", default="", help="the commit that it must be of")
        parser.add_argument("--dry-run", action="store_true", help="show it and load nothing")

    def handle(self, *, source, revision, dry_run, **options):
        try:
            refreshed = refresh_recipes(source, revision=revision, dry_run=dry_run)
        except TableRefused as error:
            raise CommandError(str(error)) from error
        self.stdout.write("\n".join(report(refreshed.table, members=senators())))
        self.stdout.write("\n".join(told(refreshed.changes)))
        if dry_run:
            self.stdout.write("Nothing was loaded: this was a dry run.")
