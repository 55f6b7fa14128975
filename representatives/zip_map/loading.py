"""From our ZIP table to the database, in one transaction; the map it replaces goes with it."""

from django.db import transaction

from representatives.congress import record_congress
from representatives.models import Snapshot, ZipDistrict
from representatives.tables import Provenance
from representatives.zip_map.table import read_zip_map


def load_zip_map(text: str, provenance: Provenance, *, congress: int) -> bool:
    """Make the map of a Congress the given one; False where it already is.

    Raises TableRefused, and keeps what is there, where the table cannot be true.
    """
    if _is_loaded(provenance, congress=congress):
        return False
    zip_map = read_zip_map(text)
    with transaction.atomic():
        record_congress(congress)
        ZipDistrict.objects.filter(congress=congress).delete()
        snapshot = Snapshot.objects.create(
            kind=Snapshot.Kind.ZIP_MAP,
            source=provenance.source,
            as_of=provenance.as_of,
            licence=provenance.licence,
            sha256=provenance.table_sha256,
        )
        ZipDistrict.objects.bulk_create(
            ZipDistrict(
                congress_id=congress,
                snapshot=snapshot,
                zip=code,
                state=district.state,
                district=district.number,
            )
            for code, districts in zip_map.items()
            for district in districts
        )
    return True


def _is_loaded(provenance: Provenance, *, congress: int) -> bool:
    row = ZipDistrict.objects.filter(congress=congress).select_related("snapshot").first()
    return row is not None and row.snapshot.sha256 == provenance.table_sha256
