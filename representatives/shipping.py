"""The tables that the project ships, into the database that has nothing younger."""

from django.db import transaction

from representatives.accepting import propose, put_in_force
from representatives.models import Snapshot
from representatives.tables import Provenance


def load_shipped(kind: Snapshot.Kind, text: str, provenance: Provenance) -> bool:
    """Puts a shipped table in force; False where that, or a younger one, already is.

    Nor does it come back where a person has gone back to the one before. Raises TableRefused, and
    keeps what is there, where the table cannot be true.
    """
    current = Snapshot.objects.current(kind)
    if current is not None and current.last_true >= provenance.as_of:
        return False
    known = Snapshot.objects.filter(kind=kind, sha256=provenance.table_sha256)
    if known.filter(status__in=[Snapshot.Status.IN_FORCE, Snapshot.Status.REFUSED]).exists():
        return False
    with transaction.atomic():
        snapshot = propose(
            kind,
            table=text,
            source=provenance.source,
            as_of=provenance.as_of,
            licence=provenance.licence,
        )
        put_in_force(snapshot)
    return True
