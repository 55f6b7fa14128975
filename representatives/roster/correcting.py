"""What a person knows better than the roster, put into it and taken out of it again."""

from django.db import transaction
from django.utils import timezone

from representatives.models import Correction, Snapshot
from representatives.roster.loading import load_roster


def correct(correction: Correction) -> None:
    """Record a new correction, or its new words, and make the seat's terms say so."""
    with transaction.atomic():
        correction.save()
        _load_anew()


def withdraw(correction: Correction, *, by: str) -> None:
    """From now on the seat is again as the roster has it; the row stays to be read."""
    with transaction.atomic():
        correction.withdrawn_by, correction.withdrawn_at = by, timezone.now()
        correction.save(update_fields=["withdrawn_by", "withdrawn_at"])
        _load_anew()


def _load_anew() -> None:
    roster = Snapshot.objects.current(Snapshot.Kind.ROSTER)
    if roster is not None:
        load_roster(roster)
