"""Load `data/roster.csv` into the database; a second run does nothing."""

from django.core.management.base import BaseCommand, CommandError

from representatives.roster.loading import load_roster
from representatives.roster.table import NAME
from representatives.tables import TableRefused, read_table


class Command(BaseCommand):
    help = "Load the project's table of seats and members into the database."

    def handle(self, **options):
        try:
            text, provenance = read_table(NAME)
            changed = load_roster(text, provenance)
        except TableRefused as error:
            raise CommandError(str(error)) from error
        done = "loaded" if changed else "already loaded"
        self.stdout.write(f"Roster of {provenance.as_of}: {provenance.rows} seats {done}.")
