"""Ask the gateways which offices take part."""

from django.core.management.base import BaseCommand, CommandError

from letters.offices import refresh_offices


class Command(BaseCommand):
    help = "Ask every gateway which offices take part; a failure keeps the list before."

    def add_arguments(self, parser):
        parser.add_argument("--only-old", action="store_true", help="only lists older than a day")

    def handle(self, *, only_old, **options):
        asked = refresh_offices(only_old=only_old)
        for each in asked:
            self.stdout.write(f"{each.name}: {each.trouble or f'{each.offices} offices'}")
        if any(each.trouble for each in asked):
            raise CommandError("At least one gateway gave no list.")
