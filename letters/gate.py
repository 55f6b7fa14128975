"""What must be true at the moment of sending, whatever was true when the letter was written."""

from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from letters.composing import letter_text, named_facts, stands_in
from letters.models import Delivery
from letters.states import Reason, State
from representatives.congress import congress_on, lookup_day
from representatives.models import Snapshot, Term

ASK_AGAIN = timedelta(hours=1)


@dataclass(frozen=True)
class Stop:
    """What a delivery becomes instead of being sent."""

    state: str
    reason: str


def gate(delivery: Delivery) -> Stop | None:
    """None: it may go. For rehearsal letters facts and the roster's age never stop anything."""
    signatory = delivery.letter.signatory
    if signatory.campaign.state != delivery.letter.destination:
        return Stop(State.FAILED, Reason.CAMPAIGN_CLOSED)
    if signatory.erasure_asked_at or delivery.letter.text_erased_at:
        return Stop(State.FAILED, Reason.TAKEN_BACK)
    if not _member_still_sits(delivery):
        return Stop(State.HELD, Reason.MEMBER_CHANGED)
    if settings.LIVE and not _roster_is_good():
        return Stop(State.WAITING, Reason.ROSTER_TOO_OLD)
    if settings.LIVE and not _facts_still_hold(delivery):
        return Stop(State.HELD, Reason.FACT_CHANGED)
    return None


def _member_still_sits(delivery: Delivery) -> bool:
    """In the seat, and in the Congress for which the address was looked up."""
    day = lookup_day()
    if congress_on(day) != delivery.congress_id:
        return False
    return (
        Term.objects.sitting(day).filter(seat=delivery.seat_id, member=delivery.member_id).exists()
    )


def _roster_is_good() -> bool:
    roster = Snapshot.objects.current(Snapshot.Kind.ROSTER)
    return roster is not None and roster.is_good(timezone.localdate())


def _facts_still_hold(delivery: Delivery) -> bool:
    """Reviewed and not expired today, and, where the words are frozen, still the same words."""
    letter = delivery.letter
    today = letter.signatory.campaign.today
    text = letter_text(letter)
    frozen = list(letter.frozen_facts.all())
    for fact in [*frozen, *named_facts(appeal=letter.appeal, text=text)]:
        if fact.reviewed_at is None or fact.is_expired(today):
            return False
    changed = [f for f in frozen if not stands_in(f.words(text.frozen_on), text.statement or "")]
    told = text.prisoner is None or text.prisoner.may_be_named_on(today)
    return told and not changed
