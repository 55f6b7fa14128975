"""Make `data/local-offices.csv` from the public list of local offices."""

from datetime import date
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from representatives.fetching import fetch
from representatives.legislators import LICENCE, PUBLISHED_AT
from representatives.local_offices.building import build_offices
from representatives.local_offices.table import NAME, write_offices
from representatives.roster import table as roster
from representatives.tables import TableRefused, read_table, write_table


class Command(BaseCommand):
    help = "Make the project's table of local offices, of the members in its own roster."

    def add_arguments(self, parser):
        parser.add_argument("source", help="a YAML or JSON file, or URL")
        parser.add_argument(
            "--as-of", type=date.fromisoformat, required=True, help="the day that the source is of"
        )

    def handle(self, *, source, as_of, **options):
        try:
            rows = roster.read_roster(read_table(roster.NAME)[0])
            members = {row.bioguide for row in rows if not row.is_vacant}
            content = fetch(source)
            offices = build_offices(content, members=members)
        except TableRefused as error:
            raise CommandError(str(error)) from error
        name = Path(source).name
        made = write_table(
            NAME,
            write_offices(offices),
            rows=len(offices),
            source=f"{PUBLISHED_AT}{name}",
            source_content=content,
            as_of=as_of,
            licence=LICENCE,
            command=f"manage.py build_local_offices {name} --as-of {as_of}",
        )
        self.stdout.write(f"{made.rows} local offices, as of {as_of}.")
