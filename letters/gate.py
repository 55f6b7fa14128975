"""What must be true at the moment of sending, whatever was true when the letter was written."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.utils import timezone

from campaign.models import Signatory
from letters.briefing import Briefing
from letters.composing import letter_text, named_facts, stands_in
from letters.models import Delivery
from letters.states import Reason, State
from representatives.addresses import Address
from representatives.lookup import Lookup, Outcome, ResolvedBy, find_seats
from representatives.lookup import Reason as LookupReason
from representatives.redistricting import holds


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
    if stop := _holder_gate(delivery, briefing):
        return stop
    if settings.LIVE and not _facts_still_hold(delivery, briefing):
        return Stop(State.HELD, Reason.FACT_CHANGED)
    if settings.LIVE and campaign.delivery_at and campaign.delivery_at > timezone.now():
        # The day was put off after the code was entered.
        return Stop(State.WAITING, Reason.ON_THE_DAY, until=campaign.delivery_at)
    return None


def _holder_gate(delivery: Delivery, briefing: Briefing) -> Stop | None:
    """None: whom it is to still holds the seat, by a roster that is good for today."""
    if not briefing.knows_holder_of(delivery.seat):
        return Stop(State.WAITING, Reason.NEW_CONGRESS)
    if (delivery.seat_id, delivery.member_id) not in briefing.sitting:
        return Stop(State.HELD, Reason.MEMBER_CHANGED)
    if settings.LIVE and not briefing.roster_is_good:
        return Stop(State.WAITING, Reason.ROSTER_TOO_OLD)
    return None


def address_gate(delivery: Delivery, briefing: Briefing) -> Stop | None:
    """None: the address lies in the seat, by the map and in the Congress of today.

    Looks it up again, which may ask the network, only where one of them is newer than the last
    look.
    """
    if not is_to_be_found_again(delivery, briefing):
        return None
    stops = _stops_in_house if delivery.seat.district else _stops_in_senate
    stop = stops(delivery, briefing)
    if stop is None:
        found_in_seat(delivery, congress=briefing.congress)
    return stop


def is_to_be_found_again(delivery: Delivery, briefing: Briefing) -> bool:
    """The state's lines, or the Congress, are newer than what is known of the address."""
    return _map_is_newer(delivery, briefing) or delivery.congress_id != briefing.congress


def _map_is_newer(delivery: Delivery, briefing: Briefing) -> bool:
    looked_at = delivery.address_checked_at or delivery.letter.created_at
    mapped_at = briefing.mapped_at.get(delivery.seat.state)
    return mapped_at is not None and mapped_at > looked_at


def address_of(delivery: Delivery) -> Address:
    return delivery.letter.signatory.person.address


def found_in_seat(delivery: Delivery, *, congress: int) -> None:
    """It was looked up in that Congress, and the seat is right: nobody looks again for now."""
    delivery.address_checked_at, delivery.congress_id = timezone.now(), congress
    Delivery.objects.filter(id=delivery.id).update(
        address_checked_at=delivery.address_checked_at, congress=congress
    )
    if delivery.seat.district:
        Signatory.objects.filter(id=delivery.letter.signatory_id).update(
            congress=congress, district=delivery.seat.district
        )


def _stops_in_senate(delivery: Delivery, briefing: Briefing) -> Stop | None:
    """No Congress moves a state's border: the ZIP code is enough, and only a repaired table can
    put it elsewhere. What a street alone has told stays told."""
    lookup = find_seats(address_of(delivery), on=briefing.day, offline=True)
    if lookup.outcome == Outcome.UNAVAILABLE:
        return Stop(State.WAITING, Reason.ADDRESS_UNKNOWN)
    if lookup.states and delivery.seat.state not in lookup.states:
        return Stop(State.HELD, Reason.ADDRESS_ELSEWHERE)
    return None


def _stops_in_house(delivery: Delivery, briefing: Briefing) -> Stop | None:
    """One district, and it is this one; or a choice that the same lines still leave open."""
    lookup = find_seats(address_of(delivery), on=briefing.day)
    is_among = delivery.seat_id in {found.seat for found in lookup.house}
    if lookup.is_settled:
        return None if is_among else Stop(State.HELD, Reason.ADDRESS_ELSEWHERE)
    if is_among and _lines_hold(delivery, briefing):
        chosen = delivery.resolved_by == ResolvedBy.CHOICE
        if chosen or _stays_told(delivery, briefing, lookup):
            return None
    if says_nothing(lookup):
        return Stop(State.WAITING, Reason.ADDRESS_UNKNOWN)
    return Stop(State.HELD, Reason.CHOOSE_AGAIN if is_among else Reason.ADDRESS_ELSEWHERE)


def _stays_told(delivery: Delivery, briefing: Briefing, lookup: Lookup) -> bool:
    """By its street, on the very map of today, where nothing is said of that street any more."""
    by_street = delivery.resolved_by == ResolvedBy.ADDRESS
    is_silent = lookup.reason in {LookupReason.SPLIT_ZIP, LookupReason.STREET_NOT_FOUND}
    return by_street and is_silent and not _map_is_newer(delivery, briefing)


def says_nothing(lookup: Lookup) -> bool:
    """Of the district: there is none to choose from, or a street could still tell it."""
    return not lookup.house or lookup.reason == LookupReason.GEOCODER_DOWN


def _lines_hold(delivery: Delivery, briefing: Briefing) -> bool:
    """The state has the lines that it had in the Congress in which the district was chosen."""
    made_for, congress = delivery.congress_id, briefing.congress
    return holds(delivery.seat.state, made_for=made_for, congress=congress)


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
    told = [text.prisoner] if text.prisoner else []
    named = [*told, *letter.named_prisoners.all()]
    return not changed and all(each.may_be_named_on(today) for each in named)
