"""What must be true at the moment of sending, whatever was true when the letter was written."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.utils import timezone

from letters.briefing import Briefing
from letters.composing import letter_text, named_facts, stands_in
from letters.models import Delivery
from letters.states import Reason, State
from representatives.addresses import Address
from representatives.lookup import Lookup, Outcome, ResolvedBy, find_seats
from representatives.lookup import Reason as LookupReason


@dataclass(frozen=True)
class Stop:
    """What a delivery becomes instead of being sent."""

    state: str
    reason: str
    # When to ask again, if it is to wait for a moment that is known.
    until: datetime | None = None


def gate(delivery: Delivery, briefing: Briefing) -> Stop | None:
    """None: it may go. For rehearsal letters facts and the roster's age never stop anything."""
    signatory = delivery.letter.signatory
    campaign = signatory.campaign
    if campaign.state != delivery.letter.destination or campaign.is_over:
        return Stop(State.FAILED, Reason.CAMPAIGN_CLOSED)
    if signatory.erasure_asked_at or delivery.letter.text_erased_at:
        return Stop(State.FAILED, Reason.TAKEN_BACK)
    if delivery.give_up_at and delivery.give_up_at <= timezone.now():
        return Stop(State.FAILED, Reason.GAVE_UP)
    if not briefing.knows_holder_of(delivery.seat):
        return Stop(State.WAITING, Reason.NEW_CONGRESS)
    if (delivery.seat_id, delivery.member_id) not in briefing.sitting:
        return Stop(State.HELD, Reason.MEMBER_CHANGED)
    if settings.LIVE and not briefing.roster_is_good:
        return Stop(State.WAITING, Reason.ROSTER_TOO_OLD)
    if settings.LIVE and not _facts_still_hold(delivery, briefing):
        return Stop(State.HELD, Reason.FACT_CHANGED)
    if settings.LIVE and campaign.delivery_at and campaign.delivery_at > timezone.now():
        # The day was put off after the code was entered.
        return Stop(State.WAITING, Reason.ON_THE_DAY, until=campaign.delivery_at)
    return None


def address_gate(delivery: Delivery, briefing: Briefing) -> Stop | None:
    """None: the address lies in the seat by the map that is loaded now.

    Looks it up again, which may ask the network, only where the map is newer than the last look.
    """
    looked_at = delivery.address_checked_at or delivery.letter.created_at
    if briefing.map_loaded_at is None or briefing.map_loaded_at <= looked_at:
        return None
    lookup = find_seats(_address(delivery), on=briefing.day)
    if _says_nothing(lookup, delivery):
        return Stop(State.WAITING, Reason.ADDRESS_UNKNOWN)
    if delivery.seat_id not in {found.seat for found in lookup.seats}:
        return Stop(State.HELD, Reason.ADDRESS_ELSEWHERE)
    Delivery.objects.filter(id=delivery.id).update(address_checked_at=timezone.now())
    return None


def _says_nothing(lookup: Lookup, delivery: Delivery) -> bool:
    """Of this seat: what a street has told before, only a street can tell again."""
    if lookup.outcome == Outcome.UNAVAILABLE:
        return True
    if delivery.seat.district is None:
        return False
    asked_in_vain = lookup.reason == LookupReason.GEOCODER_DOWN
    return not lookup.house or (asked_in_vain and delivery.resolved_by == ResolvedBy.ADDRESS)


def _address(delivery: Delivery) -> Address:
    person = delivery.letter.signatory.person
    return Address(
        street=person.street, city=person.city, state=person.state, zip=person.zip, zip4=person.zip4
    )


def _facts_still_hold(delivery: Delivery, briefing: Briefing) -> bool:
    """Reviewed and not expired today, and, where the words are frozen, still the same words."""
    letter = delivery.letter
    today = briefing.today_of(letter.signatory.campaign)
    text = letter_text(letter)
    # An untouched statement freezes nothing.
    frozen = [] if text.statement is None else list(letter.frozen_facts.all())
    for fact in [*frozen, *named_facts(appeal=letter.appeal, text=text)]:
        if fact.reviewed_at is None or fact.is_expired(today):
            return False
    changed = [f for f in frozen if not stands_in(f.words(text.frozen_on), text.statement or "")]
    told = text.prisoner is None or text.prisoner.may_be_named_on(today)
    return told and not changed
