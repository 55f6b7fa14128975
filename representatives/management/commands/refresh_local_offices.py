"""Fetch the newest local offices, show what is different, and accept them or let them wait."""

from representatives.local_offices.refreshing import refresh_offices
from representatives.management.refreshing import RefreshCommand


class Command(RefreshCommand):
    help = "Bring the members' local offices up to date; a failure keeps what is there."
    refresh = staticmethod(refresh_offices)
