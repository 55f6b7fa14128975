"""From an appeal, its facts and the supporter's own words to what one office receives."""

import hashlib
import re
from dataclasses import dataclass
from datetime import date
from functools import partial

from django.utils.formats import date_format
from django.utils.translation import override

from campaign.models import Appeal, Fact, Identity, Prisoner
from campaign.models.appeal import PLACEHOLDER
from letters.channels.interface import Envelope, Office, SendingOrganization
from letters.models import Delivery, Letter
from letters.routing import offices_of
from representatives.models import Member, Seat


class UnknownFact(Exception):
    """The text names a fact that the appeal does not have: an organizer must add it."""


@dataclass(frozen=True)
class Text:
    """A supporter's letter as they wrote it. None: untouched, still the appeal's template."""

    own_words: str = ""
    subject: str | None = None
    statement: str | None = None
    frozen_on: date | None = None
    prisoner: Prisoner | None = None


def letter_text(letter: Letter) -> Text:
    """The letter's text as its supporter wrote it."""
    return Text(
        own_words=letter.own_words or "",
        subject=letter.subject,
        statement=letter.statement,
        frozen_on=letter.statement_frozen_on,
        prisoner=letter.prisoner,
    )


def fill(template: str, *, appeal: Appeal, on: date) -> str:
    """The template with each {fact} in the words of that day; raises UnknownFact."""
    facts = {fact.key: fact for fact in appeal.facts.all()}

    def words(match: re.Match) -> str:
        if match[1] not in facts:
            raise UnknownFact(f"{{{match[1]}}} is no fact of {appeal}")
        return facts[match[1]].words(on)

    return PLACEHOLDER.sub(words, template)


def named_facts(*, appeal: Appeal, text: Text) -> list[Fact]:
    """The facts that are filled in at sending: those that the untouched parts name."""
    templates = [appeal.opening]
    templates += [appeal.subject] if text.subject is None else []
    # A form that caps the message gets the short one instead.
    templates += [appeal.statement, appeal.short_statement] if text.statement is None else []
    named = set(PLACEHOLDER.findall("".join(templates)))
    return [fact for fact in appeal.facts.all() if fact.key in named]


def remaining_facts(*, appeal: Appeal, text: Text) -> list[Fact]:
    """The facts whose words, as of the day it was frozen, remain in an edited statement."""
    if text.statement is None:
        return []
    facts = appeal.facts.all()
    return [fact for fact in facts if stands_in(fact.words(text.frozen_on), text.statement)]


def stands_in(words: str, written: str) -> bool:
    """As words of their own: the age 50 does not stand in 1,500."""
    return re.search(rf"(?<![\w,.]){re.escape(words)}(?![\w]|[,.]\d)", written) is not None


def salutation(*, seat: Seat, member: Member) -> str:
    return f"Dear {seat.role} {member.last_name},"


def envelope_for(
    *,
    appeal: Appeal,
    text: Text,
    person: Identity,
    seat: Seat,
    member: Member,
    delivery_key: str,
    address_validated: bool,
    on: date,
    office: Office,
) -> Envelope:
    """All that a channel may know of one delivery, as of the day on which it is sent.

    Congress reads English, whatever language the supporter's browser speaks.
    """
    untouched, words = text.statement is None, partial(fill, appeal=appeal, on=on)
    with override("en"):
        return Envelope(
            delivery_key=delivery_key,
            campaign_id=campaign_id(appeal),
            day=on,
            seat_code=seat.code,
            chamber=seat.chamber,
            salutation=salutation(seat=seat, member=member),
            person=person,
            address_validated=address_validated,
            subject=text.subject or words(appeal.subject),
            opening=words(appeal.opening),
            own_words=text.own_words,
            story=text.prisoner.story if text.prisoner else "",
            statement=words(appeal.statement) if untouched else _with_its_date(text, appeal=appeal),
            statement_is_untouched=untouched,
            closing=_closing(appeal) if untouched else "",
            topic=appeal.topic,
            organization=_sending_organization(appeal),
            office_email=office.email,
            form=office.form,
            short_statement=words(appeal.short_statement) if untouched else "",
        )


def envelope_of(delivery: Delivery, *, on: date, office: Office | None = None) -> Envelope:
    """The envelope of a delivery as it leaves on that day; without `office` it is looked up."""
    letter, seat = delivery.letter, delivery.seat
    return envelope_for(
        appeal=letter.appeal,
        text=letter_text(letter),
        person=letter.signatory.person,
        seat=seat,
        member=delivery.member,
        delivery_key=delivery.delivery_key,
        # By its street, not only by its ZIP code or the supporter's own choice.
        address_validated=delivery.resolved_by == "address",
        on=on,
        office=office or offices_of([seat])[seat.code],
    )


def campaign_id(appeal: Appeal) -> str:
    """Stable per campaign and stance: staff group by it."""
    return hashlib.sha256(appeal.campaign.slug.encode()).hexdigest()[:32]


def _with_its_date(text: Text, *, appeal: Appeal) -> str:
    """An edited statement is frozen, and says of which day its figures are."""
    facts = remaining_facts(appeal=appeal, text=text)
    if not facts:
        return text.statement
    day = date_format(min(fact.as_of for fact in facts), "F j, Y")
    if any(fact.rule == Fact.Rule.DAYS_SINCE for fact in facts):
        day += f"; days counted to {date_format(text.frozen_on, 'F j, Y')}"
    return f"{text.statement}\n\n(Figures as of {day}.)"


def _closing(appeal: Appeal) -> str:
    return "\n".join(organization.name for organization in appeal.campaign.signing_organizations)


def _sending_organization(appeal: Appeal) -> SendingOrganization:
    organization = appeal.campaign.responsible
    return SendingOrganization(
        name=organization.name,
        about=organization.about,
        contact_name=organization.contact_name,
        contact_email=organization.contact_email,
        contact_phone=organization.contact_phone,
    )
