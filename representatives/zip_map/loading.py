"""From our ZIP tables to the database, state by state; what a table replaces goes with it."""

from collections.abc import Collection

from django.db import transaction

from representatives.models import Snapshot, StateMap, ZipCity, ZipDistrict
from representatives.tables import Provenance
from representatives.zip_map.post_table import read_post
from representatives.zip_map.table import ZipMap, check_whole_map, read_zip_map, states_of

Kind, Status = Snapshot.Kind, Snapshot.Status


def load_zip_map(snapshot: Snapshot) -> None:
    """Make the maps of the states that a snapshot's kept table names those of that table.

    Within the caller's transaction. Raises TableRefused, and keeps what is there, where the table
    cannot be true or is not kept any more.
    """
    zip_map = read_zip_map(snapshot.table)
    _swap(zip_map, snapshot, states=states_of(zip_map))


def take_back_zip_map(snapshot: Snapshot) -> None:
    """Give the states that read this snapshot the map of that Congress that they had before it.

    A state that had none has none again. Within the caller's transaction.
    """
    left = set(snapshot.state_maps.values_list("state", flat=True))
    former = Snapshot.objects.filter(
        kind=Kind.ZIP_MAP, congress=snapshot.congress_id, pk__lt=snapshot.pk
    )
    _forget(snapshot.congress_id, left)
    kept = former.filter(status__in=[Status.IN_FORCE, Status.REPLACED]).exclude(kept_table=None)
    for before in kept.order_by("-pk"):
        zip_map = read_zip_map(before.table)
        if again := left & states_of(zip_map):
            _swap(zip_map, before, states=again)
            before.status = Status.IN_FORCE
            before.save(update_fields=["status"])
            left -= again
    Snapshot.objects.replace_unread_maps()


def load_shipped_map(text: str, provenance: Provenance, *, congress: int) -> bool:
    """Load a shipped map for the states that have none so young; False where that is none of them.

    Nor does it come back where a person has gone back to the one before. Raises TableRefused, and
    keeps what is there, where the table cannot be true.
    """
    ours = Snapshot.objects.filter(kind=Kind.ZIP_MAP, congress=congress)
    if ours.filter(sha256=provenance.table_sha256, status=Status.REFUSED).exists():
        return False
    zip_map = read_zip_map(text)
    check_whole_map(zip_map)
    states = states_of(zip_map) - _as_young(provenance, congress=congress)
    if not states:
        return False
    with transaction.atomic():
        snapshot = _record(Kind.ZIP_MAP, provenance, table=text, congress_id=congress)
        _swap(zip_map, snapshot, states=states)
    return True


def load_zip_cities(text: str, provenance: Provenance) -> bool:
    """Make the cities of all ZIP codes the given ones; False where they already are.

    Raises TableRefused, and keeps what is there, where the table cannot be true.
    """
    current = Snapshot.objects.current(Kind.ZIP_CITIES)
    if current is not None and current.sha256 == provenance.table_sha256:
        return False
    post = read_post(text)
    with transaction.atomic():
        ZipCity.objects.all().delete()
        _record(Kind.ZIP_CITIES, provenance)
        ZipCity.objects.bulk_create(ZipCity(zip=each.zip, city=each.city) for each in post)
    return True


def _as_young(provenance: Provenance, *, congress: int) -> set[str]:
    """The states whose map is this one, or was true on a later day."""
    maps = StateMap.objects.filter(congress=congress).select_related("snapshot")
    return {
        each.state
        for each in maps
        if each.snapshot.sha256 == provenance.table_sha256
        or each.snapshot.age_in_days(provenance.as_of) < 0
    }


def _swap(zip_map: ZipMap, snapshot: Snapshot, *, states: Collection[str]) -> None:
    """The maps of these states, and of no others, are this snapshot's from now on."""
    congress = snapshot.congress_id
    _forget(congress, states)
    ZipDistrict.objects.bulk_create(
        ZipDistrict(
            congress_id=congress,
            snapshot_id=snapshot.pk,
            zip=code,
            state=district.state,
            district=district.number,
        )
        for code, districts in zip_map.items()
        for district in districts
        if district.state in states
    )
    StateMap.objects.bulk_create(
        StateMap(congress_id=congress, state=state, snapshot=snapshot) for state in sorted(states)
    )
    Snapshot.objects.replace_unread_maps()


def _forget(congress: int, states: Collection[str]) -> None:
    for rows in (ZipDistrict, StateMap):
        rows.objects.filter(congress=congress, state__in=states).delete()


def _record(kind: Kind, provenance: Provenance, **more) -> Snapshot:
    return Snapshot.objects.record(
        kind,
        source=provenance.source,
        as_of=provenance.as_of,
        licence=provenance.licence,
        sha256=provenance.table_sha256,
        **more,
    )
