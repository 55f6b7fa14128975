"""Load `data/roster.csv` and the local offices into the database; a second run does nothing."""

from django.core.management.base import BaseCommand, CommandError

from representatives.local_offices import table as offices
from representatives.models import Snapshot
from representatives.roster import table as roster
from representatives.shipping import load_shipped
from representatives.tables import TableRefused, read_table

TABLES = {
    # What is called how: the members first, their offices then.
    "Roster": (Snapshot.Kind.ROSTER, roster.NAME, "seats"),
    "Local offices": (Snapshot.Kind.LOCAL_OFFICES, offices.NAME, "offices"),
}


class Command(BaseCommand):
    help = "Load the project's tables of members and their local offices into the database."

    def handle(self, **options):
        for label, (kind, name, rows) in TABLES.items():
            try:
                text, provenance = read_table(name)
                changed = load_shipped(kind, text, provenance)
            except TableRefused as error:
                raise CommandError(str(error)) from error
            done = "loaded" if changed else "or younger ones already loaded"
            self.stdout.write(f"{label} of {provenance.as_of}: {provenance.rows} {rows} {done}.")
