"""Which tables are in force: proposed, accepted, refused, rolled back, each in one transaction."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.db.models.functions import Coalesce
from django.utils import timezone

from representatives.local_offices.loading import load_offices
from representatives.models import KeptTable, Snapshot
from representatives.roster.loading import load_roster
from representatives.tables import TableRefused, sha256
from representatives.zip_map.loading import load_zip_map, take_back_zip_map

Kind, Status = Snapshot.Kind, Snapshot.Status
# What makes the database say what a snapshot's kept table says, by kind.
LOADERS = {
    Kind.ROSTER: load_roster,
    Kind.LOCAL_OFFICES: load_offices,
    Kind.ZIP_MAP: load_zip_map,
}
# What was put in force last comes first.
LATEST = (Coalesce("accepted_at", "loaded_at").desc(), "-pk")
# So many texts of each kind are kept: as many steps back can be taken.
KEPT = 10


def propose(
    kind: Kind,
    *,
    table: str,
    source: str,
    as_of: date,
    licence: str,
    congress: int | None = None,
    changes: Iterable[str] = (),
    disagreements: Iterable[str] = (),
) -> Snapshot:
    """A table that is not gone by yet; it takes the place of the one proposed before."""
    with transaction.atomic():
        proposals(kind, congress=congress).delete()
        return Snapshot.objects.keep(
            kind,
            table=table,
            status=Status.PROPOSED,
            source=source[:300],
            as_of=as_of,
            licence=licence,
            sha256=sha256(table.encode()),
            congress_id=congress,
            changes=list(changes),
            disagreements=list(disagreements),
        )


def proposals(kind: Kind, *, congress: int | None = None):
    """What waits for a person: one at most of each kind, and of each Congress's maps."""
    return Snapshot.objects.filter(kind=kind, congress=congress, status=Status.PROPOSED)


def put_in_force(snapshot: Snapshot, *, by: str = "") -> None:
    """From now on we go by this table; `by` is the login of who said so, empty for the rule.

    Raises TableRefused, and changes nothing, where the table cannot be true.
    """
    with transaction.atomic():
        in_force = Snapshot.objects.filter(kind=snapshot.kind, status=Status.IN_FORCE)
        # Of two that come at once the second waits here, and replaces the first.
        list(in_force.select_for_update().values_list("pk"))
        if snapshot.kind != Kind.ZIP_MAP:
            in_force.exclude(pk=snapshot.pk).update(status=Status.REPLACED)
        _decide(snapshot, Status.IN_FORCE, by=by)
        LOADERS[snapshot.kind](snapshot)
        _forget_old_texts(snapshot)


def accept(snapshot: Snapshot, *, by: str) -> None:
    """A person puts in force what was proposed."""
    _demand(snapshot, Status.PROPOSED)
    put_in_force(snapshot, by=by)


def refuse(snapshot: Snapshot, *, by: str) -> None:
    """A person will not have what was proposed: it, and what it changes, needs a person again."""
    _demand(snapshot, Status.PROPOSED)
    _decide(snapshot, Status.REFUSED, by=by)


def roll_back(kind: Kind, *, by: str, congress: int | None = None) -> Snapshot:
    """Put the table before this one in force again, and refuse this one; the one now in force.

    A map goes back state by state. Raises TableRefused where there is no such table.
    """
    with transaction.atomic():
        current, before = _in_force(kind, congress).first(), former(kind, congress=congress)
        if before is None:
            raise TableRefused(f"There is no {Kind(kind).label} from before to go back to.")
        # First the one, then the other: two are never in force.
        _decide(current, Status.REFUSED, by=by)
        if kind == Kind.ZIP_MAP:
            take_back_zip_map(current)
        else:
            put_in_force(before, by=by)
    return before


def former(kind: Kind, *, congress: int | None = None) -> Snapshot | None:
    """The table to which one would go back; None where there is none whose text is kept.

    A map of some states stands beside the one before.
    """
    current = _in_force(kind, congress).first()
    stood = Snapshot.objects.filter(kind=kind, congress=congress).exclude(kept_table=None)
    before = stood.filter(status__in=[Status.REPLACED, Status.IN_FORCE]).order_by(*LATEST)
    return before.exclude(pk=current.pk).first() if current else None


def _in_force(kind: Kind, congress: int | None):
    ours = Snapshot.objects.filter(kind=kind, congress=congress, status=Status.IN_FORCE)
    return ours.order_by(*LATEST)


def _decide(snapshot: Snapshot, status: Status, *, by: str) -> None:
    snapshot.status = status
    snapshot.accepted_by, snapshot.accepted_at = by, timezone.now()
    snapshot.save(update_fields=["status", "accepted_by", "accepted_at"])


def _demand(snapshot: Snapshot, status: Status) -> None:
    snapshot.refresh_from_db(fields=["status"])
    if snapshot.status != status:
        raise TableRefused(f"The {snapshot} is {snapshot.get_status_display()}: decide on another.")


def _forget_old_texts(snapshot: Snapshot) -> None:
    kept = KeptTable.objects.filter(
        snapshot__kind=snapshot.kind, snapshot__congress=snapshot.congress_id
    ).exclude(snapshot__status=Status.IN_FORCE)
    newest = kept.order_by("-snapshot__loaded_at").values_list("pk", flat=True)[:KEPT]
    kept.exclude(pk__in=list(newest)).delete()
