"""What a source says now: small changes are accepted by rule, large ones wait for a person."""

import logging
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum

from django.db import transaction
from django.utils import timezone

from representatives.accepting import proposals, propose, put_in_force
from representatives.models import Snapshot
from representatives.tables import TableRefused, sha256

log = logging.getLogger(__name__)
Status = Snapshot.Status


class Outcome(StrEnum):
    """What became of a table, in words."""

    UNCHANGED = "The source still says just what we have."
    ACCEPTED = "The change is small: it is in force."
    PROPOSED = "It waits for a person; what we have stays in force until then."
    REFUSED_BEFORE = "A person has refused just this table: what we have stays in force."


@dataclass(frozen=True)
class Arrival:
    """A table that a source gave us, and how it differs from the one in force."""

    kind: Snapshot.Kind
    table: str
    source: str
    # The day on which the source said so.
    as_of: date
    licence: str
    congress: int | None = None
    changes: tuple[str, ...] = ()
    # What another source says otherwise: of anything, and of what changes here.
    disagreements: tuple[str, ...] = ()
    # Why a person must look; empty: small enough for the rule.
    too_large: str = ""
    doubts: tuple[str, ...] = ()

    @property
    def sha256(self) -> str:
        return sha256(self.table.encode())


@dataclass(frozen=True)
class Received:
    """What came, what became of it, and why a person must look, where one must."""

    arrival: Arrival
    outcome: Outcome
    why: tuple[str, ...] = ()


def receive(arrival: Arrival, *, dry_run: bool = False) -> Received:
    """Accepts, proposes or only dates what came; with `dry_run` it writes nothing.

    Raises TableRefused, and changes nothing, where the table cannot be true or is the older one.
    """
    with transaction.atomic():
        ours = Snapshot.objects.filter(kind=arrival.kind, congress=arrival.congress)
        current = ours.filter(status=Status.IN_FORCE).order_by("-pk").first()
        if current is not None and arrival.as_of < current.last_true:
            raise TableRefused(f"What we have is younger: it was true on {current.last_true}.")
        received = _judge(arrival, current, ours.filter(status=Status.REFUSED))
        if not dry_run:
            # Loud when something begins to wait: after that the desk shows it every day.
            waits = proposals(arrival.kind, congress=arrival.congress).exists()
            _carry_out(received, current)
    if received.why and not dry_run:
        why = "; ".join(received.why)
        level = logging.INFO if waits else logging.ERROR
        log.log(level, "%s waits for a person: %s.", arrival.kind.label, why)
    return received


def _judge(arrival: Arrival, current: Snapshot | None, refused) -> Received:
    if current is None and arrival.congress is None:
        # There is nothing that it could spoil; a map may still hold from the Congress before.
        return Received(arrival, Outcome.ACCEPTED)
    if current is not None and current.sha256 == arrival.sha256:
        return Received(arrival, Outcome.UNCHANGED)
    if refused.filter(sha256=arrival.sha256).exists():
        return Received(arrival, Outcome.REFUSED_BEFORE)
    why = [arrival.too_large] if arrival.too_large else []
    why += arrival.doubts
    again = {each for changes in refused.values_list("changes", flat=True) for each in changes}
    if again := again & set(arrival.changes):
        why.append(f"{len(again)} of the changes were refused before")
    return Received(arrival, Outcome.PROPOSED if why else Outcome.ACCEPTED, tuple(why))


def _carry_out(received: Received, current: Snapshot | None) -> None:
    arrival = received.arrival
    if received.outcome in {Outcome.UNCHANGED, Outcome.REFUSED_BEFORE}:
        # The source no longer says what waited.
        proposals(arrival.kind, congress=arrival.congress).delete()
        if received.outcome == Outcome.UNCHANGED:
            _date(current, arrival)
        return
    waiting = proposals(arrival.kind, congress=arrival.congress).filter(sha256=arrival.sha256)
    if received.outcome == Outcome.PROPOSED and (proposal := waiting.first()):
        _date(proposal, arrival)
        return
    snapshot = propose(
        arrival.kind,
        table=arrival.table,
        source=arrival.source,
        as_of=arrival.as_of,
        licence=arrival.licence,
        congress=arrival.congress,
        changes=arrival.changes,
        disagreements=arrival.disagreements,
    )
    if received.outcome == Outcome.ACCEPTED:
        put_in_force(snapshot)


def _date(snapshot: Snapshot, arrival: Arrival) -> None:
    """Its source was asked and says just this, on that day."""
    now = timezone.now()
    if arrival.as_of < timezone.localdate():
        now = timezone.make_aware(datetime.combine(arrival.as_of, time(12)))
    snapshot.checked_at, snapshot.disagreements = now, list(arrival.disagreements)
    snapshot.save(update_fields=["checked_at", "disagreements"])


def told(received: Received) -> list[str]:
    """What a person reads of it."""
    lines = [*received.arrival.changes]
    lines += [f"Another source disagrees: {each}" for each in received.arrival.disagreements]
    return [*lines, *(f"A person must look: {why}." for why in received.why), received.outcome]
