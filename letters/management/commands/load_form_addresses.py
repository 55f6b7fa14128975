"""Enter the addresses of many official forms at once."""

from collections import Counter
from datetime import date
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from letters.form_addresses import ListRefused, changes, enter, read_list


class Command(BaseCommand):
    help = (
        "Enter the official forms' addresses from a CSV file with the columns seat or bioguide, "
        "url, limit (characters that the message may have) and zip4 (yes or no). A file with a "
        "wrong line is not taken."
    )

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)
        parser.add_argument("--by", required=True, help="who has checked the addresses")
        parser.add_argument("--on", type=date.fromisoformat, help="the day of it; default: today")
        parser.add_argument("--dry-run", action="store_true", help="only say what would change")

    def handle(self, *, file, by, on, dry_run, **options):
        try:
            addresses = read_list(file.read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError) as error:
            raise CommandError(f"{file.name} could not be read: {error}") from error
        except ListRefused as error:
            raise CommandError("\n".join([*error.errors, "Nothing was entered."])) from error
        counted = Counter()
        for address, change in changes(addresses):
            counted[change] += 1
            if dry_run and change != "the same":
                self.stdout.write(f"{address.seat}: {change}: {address.url}")
        if not dry_run:
            enter(addresses, by=by, on=on or timezone.localdate())
        said = ", ".join(f"{counted[what]} {what}" for what in ("new", "changed", "the same"))
        self.stdout.write(f"{said}. {'Nothing was entered.' if dry_run else 'Entered.'}")
