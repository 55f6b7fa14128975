"""What each office will receive, exactly, and what must be asked before it can go."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property, partial

from django.utils.functional import SimpleLazyObject

from campaign.models import Appeal, Identity
from letters.channels.interface import Channel, Envelope, Office, Part, Question
from letters.composing import Text, envelope_for
from letters.models.delivery import make_delivery_key
from letters.routing import Way, form_page, offices_of, way_for
from representatives.models import Member, Seat


@dataclass(frozen=True)
class Preview:
    """One office, how the letter travels there, and what will be read there."""

    seat: Seat
    member: Member
    way: Way
    write: Callable[[Channel], Envelope]

    @cached_property
    def envelope(self) -> Envelope:
        return self.write(self.way.channel)

    @property
    def subject(self) -> str:
        return self.envelope.subject

    @property
    def parts(self) -> tuple[Part, ...]:
        return self.way.channel.parts(self.envelope)

    @property
    def questions(self) -> tuple[Question, ...]:
        """The letter is written out only for a channel that looks into it."""
        return self.way.channel.questions(SimpleLazyObject(lambda: self.envelope))


def previews(
    *,
    appeal: Appeal,
    text: Text,
    person: Identity,
    seats: list[tuple[Seat, Member]],
    validated: bool,
    has_answered: bool = False,
) -> list[Preview]:
    """In the order of `seats`. Who has not answered yet is shown the way that may ask them."""
    offices = offices_of(seat for seat, _member in seats)
    write = partial(_write, appeal, text, person, validated)
    return [
        _preview(write, seat, member, offices[seat.code], has_answered) for seat, member in seats
    ]


def _preview(write, seat: Seat, member: Member, office: Office, has_answered: bool) -> Preview:
    write = partial(write, seat, member, office)
    way = way_for(seat, office=office)
    if has_answered:
        way = way_for(seat, office=office, envelope=write(way.channel))
    return Preview(seat, member, way, write)


def _write(appeal, text, person, validated, seat, member, office: Office, channel) -> Envelope:
    campaign = appeal.campaign
    envelope = envelope_for(
        appeal=appeal,
        text=text,
        person=person,
        seat=seat,
        member=member,
        delivery_key=make_delivery_key(),
        address_validated=validated,
        # A form is filled in today.
        on=campaign.sending_day if channel.automatic else campaign.today,
        office=office,
    )
    if channel.automatic:
        return envelope
    return replace(envelope, text_limit=form_page(seat).text_limit)
