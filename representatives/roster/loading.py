"""From the roster in force and its corrections to the database: members, and every term anew."""

from collections.abc import Iterable

from representatives.models import Correction, KeptTable, Member, Snapshot, Term
from representatives.roster.projecting import CorrectedTerm, corrected
from representatives.roster.table import CONTACTS, RosterRow, covers_until, read_roster

NAMES = ["first_name", "last_name", "official_name"]


def load_roster(snapshot: Snapshot) -> None:
    """Make the terms those of a snapshot's table, with all corrections made.

    Within the caller's transaction. Raises TableRefused where its table cannot be true, or is not
    kept: then what is there must stay.
    """
    rows = read_roster(snapshot.table)
    snapshot.covers_until = covers_until(rows)
    snapshot.save(update_fields=["covers_until"])
    _load_members(row for row in rows if not row.is_vacant)
    corrections = Correction.objects.filter(withdrawn_at=None)
    Term.objects.all().delete()
    Term.objects.bulk_create(_term(each, snapshot) for each in corrected(rows, corrections))


def rows_in_force() -> list[RosterRow]:
    """Those of the roster that we go by; none where there is none, or its table is not kept."""
    kept = KeptTable.objects.filter(snapshot=Snapshot.objects.current(Snapshot.Kind.ROSTER)).first()
    return read_roster(kept.text) if kept else []


def _load_members(held: Iterable[RosterRow]) -> None:
    people = {row.bioguide: row for row in held}
    Member.objects.bulk_create(
        [
            Member(bioguide=bioguide, **{name: getattr(row, name) for name in NAMES})
            for bioguide, row in people.items()
        ],
        update_conflicts=True,
        unique_fields=["bioguide"],
        update_fields=NAMES,
    )


def _term(term: CorrectedTerm, snapshot: Snapshot) -> Term:
    row = term.row
    return Term(
        member_id=row.bioguide,
        seat_id=row.seat,
        snapshot=snapshot,
        correction=term.correction,
        start=row.term_start,
        end=row.term_end,
        end_estimated=row.end_estimated,
        **{contact: getattr(row, contact) for contact in CONTACTS},
    )
