"""Load `data/recipes.json` into the database; a second run does nothing."""

from django.core.management.base import BaseCommand, CommandError

from letters.channels.webform.intake.loading import is_loaded, load_recipes, senators
from letters.channels.webform.intake.reporting import report, told
from letters.channels.webform.table import TableRefused, embedded_table


class Command(BaseCommand):
    help = "Load the project's table of contact forms into the database, and report on it."

    def handle(self, *, verbosity, **options):
        try:
            table = embedded_table()
            changes = None if is_loaded(table) else load_recipes(table)
        except TableRefused as error:
            raise CommandError(str(error)) from error
        if verbosity:
            self.stdout.write("\n".join(report(table, members=senators())))
            done = told(changes) if changes else ["These, or younger ones, are already loaded."]
            self.stdout.write("\n".join(done))
