"""The moment the code is entered: each office's letter is on its way, or its supporter's to finish.

No worker is needed for a hand-off: what only a person can finish is found here, by composing it.
"""

import logging
from dataclasses import replace
from datetime import date

from django.db import InterfaceError, OperationalError
from django.utils import timezone

from campaign.encryption import SealBroken
from letters.channels import channels
from letters.channels.interface import NeedsSupporter, Office
from letters.composing import envelope_of
from letters.models import Delivery, Letter
from letters.models.delivery import due_at_and_deadline
from letters.routing import Way, offices_of, way_for
from letters.settling import HAND_OFF
from letters.states import Reason, State

log = logging.getLogger(__name__)


def set_off(letter: Letter) -> None:
    """Its deliveries become waiting, or need the supporter."""
    deliveries = list(letter.deliveries.filter(state=State.AWAITING_CODE).with_letters())
    offices = offices_of(delivery.seat for delivery in deliveries)
    when, day = _when(letter), letter.signatory.campaign.sending_day
    for delivery in deliveries:
        way = _way_as_far_as_known(delivery, offices[delivery.seat_id], day)
        if way.channel.automatic:
            delivery.move(State.WAITING, channel=way.channel.name, **when)
        else:
            delivery.move(State.NEEDS_SUPPORTER, channel=way.channel.name, reason=way.reason)


def set_off_again(delivery: Delivery, *, by: str, **changes) -> None:
    """What was held goes as if its code were entered now, written anew with these changes.

    Raises NotAllowed where it is no longer held.
    """
    letter = delivery.letter
    delivery.move(State.WAITING, by=by, tries=0, submitted_text=None, **_when(letter), **changes)
    fresh = Delivery.objects.with_letters().get(id=delivery.id)
    office = offices_of([fresh.seat])[fresh.seat_id]
    way = _way_as_far_as_known(fresh, office, letter.signatory.campaign.sending_day)
    delivery.channel = way.channel.name
    if way.channel.automatic:
        Delivery.objects.filter(id=delivery.id).update(channel=way.channel.name)
    else:
        delivery.move(State.NEEDS_SUPPORTER, by=by, channel=way.channel.name, reason=way.reason)


def _when(letter: Letter) -> dict:
    """When its deliveries leave, and what they wait for until then."""
    due_at = letter.signatory.campaign.sends_at
    reason = Reason.ON_THE_DAY if due_at > timezone.now() else Reason.NONE
    return {**due_at_and_deadline(due_at), "reason": reason}


def _way_as_far_as_known(delivery: Delivery, office: Office, day: date) -> Way:
    """What is wrong with the letter on our side must not keep its supporter from confirming it."""
    try:
        return _way(delivery, office, day)
    except (OperationalError, InterfaceError, SealBroken):
        raise
    except Exception as error:  # noqa: BLE001  whichever: loud, and a worker meets it again
        log.exception("delivery %s cannot be composed: %s", delivery.id, type(error).__name__)
        return way_for(delivery.seat, office=office)


def _way(delivery: Delivery, office: Office, day: date) -> Way:
    """As of today, for the very letter that would leave on that day."""
    envelope = envelope_of(delivery, on=day, office=office)
    way = way_for(delivery.seat, office=office, envelope=envelope)
    if not way.channel.automatic:
        return way
    try:
        way.channel.compose(envelope)
    except NeedsSupporter as error:
        return replace(way, channel=channels()[HAND_OFF], told=error.reason)
    return way
