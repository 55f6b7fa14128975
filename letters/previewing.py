"""What each office will receive, exactly, and what must be asked before it can go."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property, partial

from django.utils.functional import SimpleLazyObject

from campaign.models import Appeal, Identity
from letters.channels.interface import (
    Channel,
    Envelope,
    Office,
    Part,
    Question,
    length_in_form,
)
from letters.composing import Text, envelope_for
from letters.models.delivery import make_delivery_key
from letters.routing import Way, form_page, offices_of, way_for
from representatives.models import Member, Seat

# Stands for the own words while their room is measured: every form takes these letters.
PROBE = "(own words)"


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
        """Empty where it is among the parts, or the office's form has no place for it."""
        return "" if self.way.channel.subject_is_a_part else self.envelope.subject

    @property
    def parts(self) -> tuple[Part, ...]:
        return self.way.channel.parts(self.envelope)

    @cached_property
    def limit(self) -> int | None:
        """Characters that the office's form takes of the message; None: of that we know nothing."""
        of_all_offices = self.way.channel.text_limit
        return None if of_all_offices else self.way.channel.limit(self.envelope)

    @property
    def too_long_by(self) -> int:
        """How much more than the form takes, though nothing shorter is left."""
        longest = max((length_in_form(part.text) for part in self.parts), default=0)
        return max(0, longest - self.limit) if self.limit else 0

    @property
    def room(self) -> int | None:
        """Characters of own words that the office takes, and the organizations' text besides."""
        limit = self.way.channel.limit(self.envelope)
        if limit is None:
            return None
        measure = length_in_form if self.limit else len
        short = self.envelope.short_statement if self.limit else ""
        bare = replace(self.envelope, own_words=PROBE)
        if short:
            bare = replace(bare, statement=short, closing="")
        around = [part.text for part in self.way.channel.parts(bare) if PROBE in part.text]
        return max(0, limit - measure("".join(around)) + len(PROBE))

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
