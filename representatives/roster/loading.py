"""From our roster table to the database: members and terms, in one transaction."""

from datetime import timedelta

from django.db import transaction

from representatives.models import Member, Snapshot, Term
from representatives.roster.table import RosterRow, covers_until, read_roster
from representatives.tables import Provenance

CONTACTS = ("party", "phone", "office_address", "website", "contact_form")


def load_roster(text: str, provenance: Provenance) -> bool:
    """Make the database say what a roster table says; False where it already does.

    Raises TableRefused, and keeps what is there, where the table cannot be true.
    """
    current = Snapshot.objects.current(Snapshot.Kind.ROSTER)
    if current and current.sha256 == provenance.table_sha256:
        return False
    rows = read_roster(text)
    with transaction.atomic():
        snapshot = Snapshot.objects.record(
            Snapshot.Kind.ROSTER,
            table=text,
            source=provenance.source,
            as_of=provenance.as_of,
            licence=provenance.licence,
            sha256=provenance.table_sha256,
            covers_until=covers_until(rows),
        )
        held = [row for row in rows if not row.is_vacant]
        _load_members(held)
        _load_terms(held, snapshot)
        _end_other_terms(held, snapshot)
    return True


def _load_members(held: list[RosterRow]) -> None:
    names = ["first_name", "last_name", "official_name"]
    Member.objects.bulk_create(
        [
            Member(bioguide=row.bioguide, **{name: getattr(row, name) for name in names})
            for row in held
        ],
        update_conflicts=True,
        unique_fields=["bioguide"],
        update_fields=names,
    )


def _load_terms(held: list[RosterRow], snapshot: Snapshot) -> None:
    Term.objects.bulk_create(
        [
            Term(
                member_id=row.bioguide,
                seat_id=row.seat,
                snapshot=snapshot,
                start=row.term_start,
                end=row.term_end,
                end_estimated=row.end_estimated,
                **{contact: getattr(row, contact) for contact in CONTACTS},
            )
            for row in held
        ],
        update_conflicts=True,
        unique_fields=["seat", "start"],
        update_fields=["member", "snapshot", "end", "end_estimated", *CONTACTS],
    )


def _end_other_terms(held: list[RosterRow], snapshot: Snapshot) -> None:
    """Who held a seat by an earlier roster and does not by this one has left.

    The day is not known: it is the roster's, or that of a successor who came before.
    """
    starts = {row.seat: row.term_start for row in held}
    for term in Term.objects.running(snapshot.as_of).exclude(snapshot=snapshot):
        left = min(snapshot.as_of, starts.get(term.seat_id, snapshot.as_of))
        term.end = max(left, term.start + timedelta(days=1))
        term.end_estimated = False
        term.save(update_fields=["end", "end_estimated"])
