"""Put in force what waits for a person, or refuse it."""

from django.core.management.base import BaseCommand, CommandError

from representatives.accepting import LOADERS, accept, proposals, refuse
from representatives.tables import TableRefused


class Command(BaseCommand):
    help = "Show the table that waits for a person, and with --by accept or refuse it."

    def add_arguments(self, parser):
        parser.add_argument("kind", choices=[*LOADERS])
        parser.add_argument("--congress", type=int, help="of a map: whose it is")
        parser.add_argument("--by", default="", help="the login of who decides")
        parser.add_argument("--refuse", action="store_true", help="it is wrong")

    def handle(self, *, kind, congress, by, **options):
        snapshot = proposals(kind, congress=congress).first()
        if snapshot is None:
            raise CommandError("Nothing of this kind waits for a person.")
        self.stdout.write(f"{snapshot} from {snapshot.source}")
        self.stdout.write("\n".join([*snapshot.changes, *snapshot.disagreements]))
        if not by:
            self.stdout.write("Nothing was decided: say with --by who does.")
            return
        try:
            (refuse if options["refuse"] else accept)(snapshot, by=by)
        except TableRefused as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"It is {snapshot.get_status_display()}.")
