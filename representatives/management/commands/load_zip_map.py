"""Load `data/zip-districts-119.txt` into the database; a second run does nothing."""

from django.core.management.base import BaseCommand, CommandError

from representatives.tables import TableRefused, read_table
from representatives.zip_map.loading import load_zip_map
from representatives.zip_map.table import name_of


class Command(BaseCommand):
    help = "Load the project's table of ZIP codes and districts into the database."

    def add_arguments(self, parser):
        parser.add_argument("--congress", type=int, default=119, help="whose map to load")

    def handle(self, *, congress, **options):
        try:
            text, provenance = read_table(name_of(congress))
            changed = load_zip_map(text, provenance, congress=congress)
        except TableRefused as error:
            raise CommandError(str(error)) from error
        done = "loaded" if changed else "already loaded"
        self.stdout.write(
            f"Map of Congress {congress} ({provenance.as_of}): {provenance.rows} ZIP codes {done}."
        )
