"""The daily look at every public source; what one of them lacks stops none of the others."""

import logging

from django.conf import settings

from representatives.local_offices.refreshing import refresh_offices
from representatives.models import Snapshot
from representatives.roster.refreshing import refresh_roster
from representatives.tables import TableRefused
from representatives.zip_map.refreshing import refresh_zip_map

log = logging.getLogger(__name__)
# Members first: their offices are known by them.
REFRESHES = {
    Snapshot.Kind.ROSTER: refresh_roster,
    Snapshot.Kind.LOCAL_OFFICES: refresh_offices,
    Snapshot.Kind.ZIP_MAP: refresh_zip_map,
}


def refresh_daily() -> None:
    """For beat: where letters are live or on a server, never on a laptop; loud where it fails."""
    if settings.LAPTOP and not settings.LIVE:
        return
    for kind, refresh in REFRESHES.items():
        try:
            received = refresh()
        except TableRefused as error:
            log.error("%s: nothing new, what we have stays: %s", kind.label, error)
        else:
            log.info("%s: %s", kind.label, received.outcome.name.lower())
