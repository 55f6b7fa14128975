"""Fetch a map of ZIP codes, show what is different, and load it or let it wait for a person."""

from representatives.management.refreshing import RefreshCommand
from representatives.zip_map.refreshing import refresh_zip_map


class Command(RefreshCommand):
    help = "Bring the ZIP codes' districts up to date; a failure keeps what is there."
    refresh = staticmethod(refresh_zip_map)
    choices = ("congress",)

    def add_arguments(self, parser):
        super().add_arguments(parser)
        parser.add_argument("--congress", type=int, help="whose map it is; else the sitting one's")
