"""Put the table before the one in force in force again."""

from django.core.management.base import BaseCommand, CommandError

from representatives.accepting import LOADERS, roll_back
from representatives.models import Snapshot
from representatives.tables import TableRefused


class Command(BaseCommand):
    help = "Go back to the table before; the one now in force is refused from then on."

    def add_arguments(self, parser):
        parser.add_argument("kind", choices=[*LOADERS])
        parser.add_argument("--congress", type=int, help="of a map: whose it is")
        parser.add_argument("--by", required=True, help="the login of who decides")

    def handle(self, *, kind, congress, by, **options):
        try:
            former = roll_back(Snapshot.Kind(kind), congress=congress, by=by)
        except TableRefused as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"In force again: {former}, from {former.source}.")
