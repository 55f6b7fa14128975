"""Make the table of Senate offices that take part in the rehearsal, from an offices list."""

from datetime import date
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from letters.channels.cwc.offices import NoList, read_offices
from letters.rehearsal.offices import DATA, SENATE_OFFICES
from representatives.tables import write_table


class Command(BaseCommand):
    help = "Make the rehearsal's table of Senate offices from an answer of the Senate's gateway."

    def add_arguments(self, parser):
        parser.add_argument("source", help="a JSON file: the gateway's active_offices")
        parser.add_argument("--as-of", type=date.fromisoformat, required=True)

    def handle(self, *, source, as_of, **options):
        path = Path(source)
        try:
            content = path.read_bytes()
            codes = read_offices(content.decode(), chamber="senate")
        except (OSError, NoList) as error:
            raise CommandError(f"{path.name} is no offices list: {error}") from error
        made = write_table(
            SENATE_OFFICES,
            "\n".join(codes) + "\n",
            rows=len(codes),
            source=f"https://soapbox.senate.gov/api/active_offices ({path.name})",
            source_content=content,
            as_of=as_of,
            licence="facts: codes of public offices",
            command=f"manage.py build_senate_offices {path.name} --as-of {as_of}",
            folder=DATA,
        )
        self.stdout.write(f"{made.rows} Senate offices, as of {as_of}.")
