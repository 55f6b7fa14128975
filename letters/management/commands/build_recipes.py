"""Make `data/recipes.json` from the public recipes of contact forms."""

from dataclasses import replace
from datetime import date
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from letters.channels.webform.intake.building import build_table
from letters.channels.webform.intake.reporting import report
from letters.channels.webform.intake.sources import find_files
from letters.channels.webform.table import TABLE, TableRefused, embedded_table, write_table
from representatives.roster.table import NAME, read_roster
from representatives.tables import TableRefused as RosterRefused
from representatives.tables import read_table

PUBLISHED_AT = "https://github.com/unitedstates/contact-congress"


class Command(BaseCommand):
    help = "Make the project's table of contact forms from a set of public recipes."

    def add_arguments(self, parser):
        parser.add_argument(
            "source",
            nargs="?",
            default=settings.RECIPES_URL,
            help="a checkout's folder, an archive (.tar.gz, .zip), or an https address",
        )
        parser.add_argument("--revision", default="", help="the commit that it must be of")
        parser.add_argument(
            "--as-of", type=date.fromisoformat, help="the day that the source is of; else today"
        )

    def handle(self, *, source, revision, as_of, **options):
        if source == settings.RECIPES_URL:
            revision = revision or settings.RECIPES_REVISION
        try:
            found = find_files(source, revision=revision)
            found = replace(found, source=f"{PUBLISHED_AT} ({Path(source).name or 'archive'})")
            members = _senators()
            table = build_table(
                found, members=members, as_of=as_of or timezone.localdate(), before=_before()
            )
        except (TableRefused, RosterRefused) as error:
            raise CommandError(str(error)) from error
        text = write_table(table)
        TABLE.parent.mkdir(exist_ok=True)
        TABLE.write_text(text)
        embedded_table.cache_clear()
        self.stdout.write("\n".join(report(table, members=members)))
        left_out = len(found.files.keys() - members)
        self.stdout.write(f"{left_out:4} files of nobody in today's Senate are left out.")
        self.stdout.write(f"{len(text.encode()):,} bytes in {TABLE.name}; files {found.sha256}")


def _senators() -> set[str]:
    rows = read_roster(read_table(NAME)[0])
    return {row.bioguide for row in rows if row.seat.startswith("S") and row.bioguide}


def _before() -> int:
    """Of the table that is there: what has less than half of it is no set of recipes."""
    return len(embedded_table().recipes) if TABLE.exists() else 0
