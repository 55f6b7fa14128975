"""The newest map of ZIP codes: fetched, built, compared; small changes are loaded by rule."""

from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum

from django.db import transaction
from django.utils import timezone

from representatives.fetching import fetch
from representatives.models import KeptTable, Snapshot
from representatives.tables import read_table, sha256
from representatives.zip_map import post_table
from representatives.zip_map.building import build_zip_map
from representatives.zip_map.differing import Difference, difference, map_in_force
from representatives.zip_map.loading import load_zip_map
from representatives.zip_map.sources import LICENCE, published_at
from representatives.zip_map.table import write_zip_map

Status = Snapshot.Status


class Outcome(StrEnum):
    """What became of a map, in words."""

    UNCHANGED = "The source says what we have: it is as old as today."
    ACCEPTED = "The change is small: it is in force."
    PROPOSED = "It waits for a person; what we have stays in force until then."
    REFUSED_BEFORE = "A person has refused just this map: what we have stays in force."


@dataclass(frozen=True)
class Refreshed:
    """How a map differs from what we go by, and what became of it."""

    difference: Difference
    outcome: Outcome


def refresh_zip_map(
    source: str = "", *, congress: int, as_of: date | None = None, dry_run: bool = False
) -> Refreshed:
    """From the Census Bureau's file, or another source; TableRefused where it cannot be true.

    `as_of` is the day that the source is of; today where it is empty. What was refused
    changes nothing; nor does a `dry_run`.
    """
    source, as_of = source or published_at(congress), as_of or timezone.localdate()
    post = post_table.read_post(read_table(post_table.NAME)[0])
    zip_map = build_zip_map(fetch(source), post=post, congress=congress)
    table = write_zip_map(zip_map)
    with transaction.atomic():
        found = difference(map_in_force(congress), zip_map)
        same = Snapshot.objects.filter(
            kind=Snapshot.Kind.ZIP_MAP, congress=congress, sha256=sha256(table.encode())
        )
        done = Refreshed(found, _judge(same, found))
        if dry_run:
            return done
        if done.outcome == Outcome.UNCHANGED:
            same.filter(status=Status.IN_FORCE).update(checked_at=_noon_of(as_of))
        elif done.outcome != Outcome.REFUSED_BEFORE:
            _keep(done, table, congress=congress, source=source, as_of=as_of)
    return done


def _keep(done: Refreshed, table: str, *, congress: int, source: str, as_of: date) -> None:
    """In place of what waited before."""
    maps = Snapshot.objects.filter(kind=Snapshot.Kind.ZIP_MAP, congress=congress)
    maps.filter(status=Status.PROPOSED).delete()
    is_accepted = done.outcome == Outcome.ACCEPTED
    snapshot = Snapshot.objects.create(
        kind=Snapshot.Kind.ZIP_MAP,
        congress_id=congress,
        status=Status.IN_FORCE if is_accepted else Status.PROPOSED,
        source=source[:300],
        as_of=as_of,
        licence=LICENCE,
        sha256=sha256(table.encode()),
        changes=list(done.difference.sentences),
    )
    KeptTable.objects.create(snapshot=snapshot, text=table)
    if is_accepted:
        load_zip_map(snapshot)


def _noon_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(12)))


def _judge(same, found: Difference) -> Outcome:
    if same.filter(status=Status.IN_FORCE).exists():
        return Outcome.UNCHANGED
    if same.filter(status=Status.REFUSED).exists():
        return Outcome.REFUSED_BEFORE
    return Outcome.PROPOSED if found.too_large else Outcome.ACCEPTED
