"""Load the tables of ZIP codes into the database; a second run does nothing."""

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from representatives.tables import Provenance, TableRefused, read_table
from representatives.zip_map import post_table
from representatives.zip_map.loading import load_shipped_map, load_zip_cities
from representatives.zip_map.table import name_of


class Command(BaseCommand):
    help = "Load the project's tables of ZIP codes, their districts and cities, into the database."

    def add_arguments(self, parser):
        parser.add_argument("--congress", type=int, default=119, help="whose map to load")

    def handle(self, *, congress, **options):
        try:
            zip_map, map_provenance = read_table(name_of(congress))
            cities, cities_provenance = read_table(post_table.NAME)
            with transaction.atomic():
                map_changed = load_shipped_map(zip_map, map_provenance, congress=congress)
                cities_changed = load_zip_cities(cities, cities_provenance)
        except TableRefused as error:
            raise CommandError(str(error)) from error
        self._tell(f"Map of Congress {congress}", map_provenance, changed=map_changed)
        self._tell("Cities", cities_provenance, changed=cities_changed)

    def _tell(self, what: str, provenance: Provenance, *, changed: bool) -> None:
        done = "loaded" if changed else "already loaded"
        self.stdout.write(f"{what} ({provenance.as_of}): {provenance.rows} ZIP codes {done}.")
