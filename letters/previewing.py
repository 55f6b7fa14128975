"""What each office will receive, exactly, before anything is sent."""

from dataclasses import dataclass

from campaign.models import Appeal, Identity
from letters.channels.interface import Part
from letters.composing import Text, envelope_for
from letters.models.delivery import make_delivery_key
from letters.routing import Way, way_to
from representatives.models import Member, Seat


@dataclass(frozen=True)
class Preview:
    """One office, how the letter travels there, and what will be read there."""

    seat: Seat
    member: Member
    way: Way
    subject: str
    parts: tuple[Part, ...]


def previews(
    *,
    appeal: Appeal,
    text: Text,
    person: Identity,
    seats: list[tuple[Seat, Member]],
    validated: bool,
) -> list[Preview]:
    """In the order of `seats`. A `person` without a title yet is shown the gateway's way."""
    return [
        _preview(appeal, text, person, seat, member, validated=validated) for seat, member in seats
    ]


def _preview(appeal, text, person, seat, member, *, validated: bool) -> Preview:
    way = way_to(seat)
    envelope = envelope_for(
        appeal=appeal,
        text=text,
        person=person,
        seat=seat,
        member=member,
        delivery_key=make_delivery_key(),
        address_validated=validated,
        on=appeal.campaign.sending_day if way.channel.automatic else appeal.campaign.today,
    )
    return Preview(seat, member, way, envelope.subject, way.channel.parts(envelope))
