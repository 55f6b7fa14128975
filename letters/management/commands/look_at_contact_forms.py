"""The canary: do the recipes still fit the live pages? For the night before the day."""

from django.core.management.base import BaseCommand, CommandError

from letters.canary import look_at_forms


class Command(BaseCommand):
    help = (
        "Look at every contact form that a machine can fill in, without submitting anything: are "
        "its fields there, do its menus still match? In live mode these are the offices' pages."
    )

    def add_arguments(self, parser):
        parser.add_argument("members", nargs="*", help="bioguide ids; all of them if none is named")

    def handle(self, *, members, **options):
        fit = changed = away = 0
        for each in look_at_forms(members=members or None):
            name = f"{each.seat} {each.member}"
            if each.unreachable:
                away += 1
                self.stdout.write(f"{name}: not looked at: {each.unreachable}")
            elif each.trouble:
                changed += 1
                self.stdout.write(f"{name}: no longer fits; its letters become hand-offs:")
                for sentence in each.trouble.splitlines():
                    self.stdout.write(f"    {sentence}")
            else:
                fit += 1
        self.stdout.write(f"{fit} fit, {changed} have changed, {away} could not be looked at.")
        if changed or away:
            raise CommandError("Some forms need a person: see above.")
