"""From our ZIP tables to the database, one transaction each; what a table replaces goes with it."""

from django.db import transaction

from representatives.models import Snapshot, StateMap, ZipCity, ZipDistrict
from representatives.tables import Provenance
from representatives.zip_map.city_table import read_cities
from representatives.zip_map.table import read_zip_map


def load_zip_map(text: str, provenance: Provenance, *, congress: int) -> bool:
    """Make the map of a Congress the given one; False where it already is.

    Raises TableRefused, and keeps what is there, where the table cannot be true.
    """
    if _is_map_loaded(provenance, congress=congress):
        return False
    zip_map = read_zip_map(text)
    with transaction.atomic():
        ZipDistrict.objects.filter(congress=congress).delete()
        StateMap.objects.filter(congress=congress).delete()
        snapshot = _record(Snapshot.Kind.ZIP_MAP, provenance, table=text, congress_id=congress)
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
        )
        states = {district.state for districts in zip_map.values() for district in districts}
        StateMap.objects.bulk_create(
            StateMap(congress_id=congress, state=state, snapshot=snapshot)
            for state in sorted(states)
        )
        Snapshot.objects.replace_unread_maps()
    return True


def load_zip_cities(text: str, provenance: Provenance) -> bool:
    """Make the cities of all ZIP codes the given ones; False where they already are.

    Raises TableRefused, and keeps what is there, where the table cannot be true.
    """
    current = Snapshot.objects.current(Snapshot.Kind.ZIP_CITIES)
    if current is not None and current.sha256 == provenance.table_sha256:
        return False
    cities = read_cities(text)
    with transaction.atomic():
        ZipCity.objects.all().delete()
        _record(Snapshot.Kind.ZIP_CITIES, provenance)
        ZipCity.objects.bulk_create(ZipCity(zip=code, city=city) for code, city in cities.items())
    return True


def _is_map_loaded(provenance: Provenance, *, congress: int) -> bool:
    row = ZipDistrict.objects.filter(congress=congress).select_related("snapshot").first()
    return row is not None and row.snapshot.sha256 == provenance.table_sha256


def _record(kind: Snapshot.Kind, provenance: Provenance, **more) -> Snapshot:
    return Snapshot.objects.record(
        kind,
        source=provenance.source,
        as_of=provenance.as_of,
        licence=provenance.licence,
        sha256=provenance.table_sha256,
        **more,
    )
