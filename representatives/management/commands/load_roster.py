"""Load `data/roster.csv` into the database; a second run does nothing."""

from django.core.management.base import BaseCommand, CommandError

from representatives.models import Snapshot
from representatives.roster.table import NAME
from representatives.shipping import load_shipped
from representatives.tables import TableRefused, read_table


class Command(BaseCommand):
    help = "Load the project's table of seats and members into the database."

    def handle(self, **options):
        try:
            text, provenance = read_table(NAME)
            changed = load_shipped(Snapshot.Kind.ROSTER, text, provenance)
        except TableRefused as error:
            raise CommandError(str(error)) from error
        done = "loaded" if changed else "or younger ones already loaded"
        self.stdout.write(f"Roster of {provenance.as_of}: {provenance.rows} seats {done}.")
