"""Look whether the official forms are still where we lead supporters."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from letters.form_checking import check_form_addresses


class Command(BaseCommand):
    help = "Open every official form's address once, one a second, and say which ones are wrong."

    def add_arguments(self, parser):
        parser.add_argument(
            "--for-real", action="store_true", help="in a rehearsal, too: ask the real offices"
        )

    def handle(self, *, for_real, **options):
        if not settings.LIVE and not for_real:
            raise CommandError(
                "This is a rehearsal, and nothing of it reaches a real office. "
                "With --for-real every office's page is opened once, and nothing is sent."
            )
        looked = wrong = 0
        for each in check_form_addresses():
            looked += 1
            wrong += bool(each.trouble)
            if each.trouble:
                source = "" if each.is_ours else " (the roster's; enter the right one at the desk)"
                self.stdout.write(f"{each.seat} {each.member}: {each.url}{source}: {each.trouble}")
        self.stdout.write(f"{looked} addresses, {wrong} wrong.")
        if wrong:
            raise CommandError("Supporters would be led astray.")
