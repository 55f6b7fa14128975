"""The newest roster: fetched, built, compared and received; a failure keeps what we have."""

from datetime import date

from django.conf import settings
from django.utils import timezone

from representatives.congress import sitting_day
from representatives.fetching import fetch
from representatives.legislators import LICENCE
from representatives.models import Snapshot
from representatives.receiving import Arrival, Received, receive
from representatives.roster.building import build_roster
from representatives.roster.cross_checking import cross_check
from representatives.roster.differing import difference
from representatives.roster.loading import rows_in_force
from representatives.roster.table import write_roster


def refresh_roster(
    source: str = "", *, as_of: date | None = None, dry_run: bool = False
) -> Received:
    """From the public list, or another source; raises TableRefused and changes nothing.

    `as_of` is the day that the source is of: today, where it is asked now.
    """
    source = source or settings.SOURCES["roster"]
    # Until noon of the change the old terms still run.
    day = as_of or sitting_day(timezone.now())
    before = rows_in_force()
    rows = build_roster(fetch(source), as_of=day, before=before)
    changes = difference(before, rows, on=day)
    disagreements = cross_check(rows, on=day)
    return receive(
        Arrival(
            kind=Snapshot.Kind.ROSTER,
            table=write_roster(rows),
            source=source,
            as_of=day,
            licence=LICENCE,
            changes=changes.sentences,
            disagreements=tuple(disagreements.values()),
            too_large=changes.too_large,
            # A change that Congress itself does not confirm is no small one.
            doubts=tuple(disagreements[seat] for seat in changes.people if seat in disagreements),
        ),
        dry_run=dry_run,
    )
