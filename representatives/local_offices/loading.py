"""From the table of local offices to the database."""

from representatives.local_offices.table import OfficeRow, read_offices
from representatives.models import KeptTable, LocalOffice, Member, Snapshot
from representatives.tables import TableRefused


def load_offices(snapshot: Snapshot) -> None:
    """Make the local offices those of a snapshot's table, within the caller's transaction.

    Raises TableRefused where its table cannot be true, or is not kept.
    """
    rows = read_offices(snapshot.table)
    unknown = {row.bioguide for row in rows} - known_members()
    if unknown:
        raise TableRefused(f"Local offices of nobody that we know: {sorted(unknown)[:5]}.")
    LocalOffice.objects.all().delete()
    LocalOffice.objects.bulk_create(
        LocalOffice(member_id=row.bioguide, snapshot=snapshot, **vars(row)) for row in rows
    )


def offices_in_force() -> list[OfficeRow]:
    """Those of the table that we go by; none where there is none, or its text is not kept."""
    current = Snapshot.objects.current(Snapshot.Kind.LOCAL_OFFICES)
    kept = KeptTable.objects.filter(snapshot=current).first()
    return read_offices(kept.text) if kept else []


def known_members() -> set[str]:
    return set(Member.objects.values_list("bioguide", flat=True))
