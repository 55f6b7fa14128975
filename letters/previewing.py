"""What each office will receive, exactly, before anything is sent."""

from dataclasses import dataclass, replace

from campaign.models import Appeal, Identity
from letters.channels.interface import Part
from letters.composing import Text, envelope_for
from letters.models.delivery import make_delivery_key
from letters.routing import Way, form_page, ways_to
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
    ways, campaign = ways_to([seat for seat, _member in seats]), appeal.campaign
    # By whether a machine sends it: a form is filled in today.
    days = {True: campaign.sending_day, False: campaign.today}
    return [
        _preview(appeal, text, person, seat, member, ways[seat.code], validated, days)
        for seat, member in seats
    ]


def _preview(appeal, text, person, seat, member, way: Way, validated: bool, days) -> Preview:
    envelope = envelope_for(
        appeal=appeal,
        text=text,
        person=person,
        seat=seat,
        member=member,
        delivery_key=make_delivery_key(),
        address_validated=validated,
        on=days[way.channel.automatic],
    )
    if not way.channel.automatic:
        envelope = replace(envelope, text_limit=form_page(seat).text_limit)
    return Preview(seat, member, way, envelope.subject, way.channel.parts(envelope))
