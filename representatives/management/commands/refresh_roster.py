"""Fetch the newest roster, show what is different, and accept it or let it wait for a person."""

from representatives.management.refreshing import RefreshCommand
from representatives.roster.refreshing import refresh_roster


class Command(RefreshCommand):
    help = "Bring the roster up to date; a failure keeps what is there."
    refresh = staticmethod(refresh_roster)
