"""The newest map of ZIP codes: fetched, built, compared and received; a failure keeps ours."""

from datetime import date

from django.utils import timezone

from representatives.congress import congress_on, sitting_day
from representatives.fetching import fetch
from representatives.models import Snapshot
from representatives.receiving import Arrival, Received, receive
from representatives.tables import read_table
from representatives.zip_map import post_table
from representatives.zip_map.building import build_zip_map
from representatives.zip_map.differing import difference, map_in_force
from representatives.zip_map.sources import LICENCE, published_at
from representatives.zip_map.table import write_zip_map


def refresh_zip_map(
    source: str = "",
    *,
    congress: int | None = None,
    as_of: date | None = None,
    dry_run: bool = False,
) -> Received:
    """From the Census Bureau's file, or another source; TableRefused where it cannot be true.

    `as_of` is the day that the source is of, else today; `congress` is whose map it is, else the
    sitting one's.
    """
    congress = congress or congress_on(sitting_day(timezone.now()))
    source = source or published_at(congress)
    post = post_table.read_post(read_table(post_table.NAME)[0])
    zip_map = build_zip_map(fetch(source), post=post, congress=congress)
    found = difference(map_in_force(congress), zip_map)
    return receive(
        Arrival(
            kind=Snapshot.Kind.ZIP_MAP,
            table=write_zip_map(zip_map),
            source=source,
            as_of=as_of or timezone.localdate(),
            licence=LICENCE,
            congress=congress,
            changes=found.sentences,
            too_large=found.too_large,
        ),
        dry_run=dry_run,
    )
