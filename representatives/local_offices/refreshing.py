"""The newest local offices: fetched, built, compared and received; a failure keeps what we have."""

from collections.abc import Iterable
from datetime import date

from django.conf import settings
from django.utils import timezone

from representatives.fetching import fetch
from representatives.legislators import LICENCE
from representatives.local_offices.building import build_offices
from representatives.local_offices.loading import known_members, offices_in_force
from representatives.local_offices.table import OfficeRow, write_offices
from representatives.models import Snapshot
from representatives.receiving import Arrival, Received, receive

# A larger part of all offices than this changes only with a new Congress, or by mistake.
MOST_CHANGED = 0.25


def refresh_offices(
    source: str = "", *, as_of: date | None = None, dry_run: bool = False
) -> Received:
    """From the public list, or another source; raises TableRefused and changes nothing."""
    source = source or settings.SOURCES["local_offices"]
    before = offices_in_force()
    rows = build_offices(fetch(source), members=known_members())
    changes = difference(before, rows)
    large = len(changes) > MOST_CHANGED * len(before)
    return receive(
        Arrival(
            kind=Snapshot.Kind.LOCAL_OFFICES,
            table=write_offices(rows),
            source=source,
            as_of=as_of or timezone.localdate(),
            licence=LICENCE,
            changes=changes,
            too_large=f"{len(changes)} of {len(before)} offices change" if large else "",
        ),
        dry_run=dry_run,
    )


def difference(before: Iterable[OfficeRow], after: Iterable[OfficeRow]) -> tuple[str, ...]:
    """A few words for each office that is new, gone or told otherwise."""
    old, new = ({row.key: row for row in rows} for rows in (before, after))
    words = {key: "new" for key in new.keys() - old.keys()}
    words |= {key: "gone" for key in old.keys() - new.keys()}
    for key in old.keys() & new.keys():
        if other := [name for name, told in vars(new[key]).items() if vars(old[key])[name] != told]:
            words[key] = f"other {', '.join(other)}"
    return tuple(f"{key}: {word}" for key, word in sorted(words.items()))
