"""Looks at members' contact forms before the day, without submitting anything."""

import logging
from collections.abc import Iterator
from dataclasses import dataclass, replace

from django.utils import timezone

from campaign.models import Appeal, Identity
from letters.channels import channels
from letters.channels.interface import Envelope, Office, SendingOrganization, Unavailable
from letters.channels.webform.channel import WebformChannel
from letters.channels.webform.recipe import Recipe
from letters.models import ContactForm
from letters.routing import offices_of
from letters.states import Reason
from representatives.congress import lookup_day
from representatives.models import Term

log = logging.getLogger(__name__)

NOBODY = SendingOrganization(
    name="Example", about="", contact_name="", contact_email="", contact_phone=""
)


@dataclass(frozen=True)
class Looked:
    """What one form's page has shown. `trouble`: a sentence a line; empty where all fits."""

    member: str
    seat: str
    trouble: str = ""
    # There was no page to look at; the form stands as it stood.
    unreachable: str = ""


def look_at_forms(*, members: list[str] | None = None) -> Iterator[Looked]:
    """One form after the other, those that a machine can fill in; what was found is kept.

    A form whose page no longer fits takes no letter until a later look, a new recipe or a person
    says otherwise. In a rehearsal these are the rehearsal's pages.
    """
    channel = next((c for c in channels().values() if isinstance(c, WebformChannel)), None)
    terms = Term.objects.sitting(lookup_day()).filter(member__contact_form__recipe__isnull=False)
    if members is not None:
        terms = terms.filter(member__in=members)
    for term in terms.select_related("seat", "member__contact_form").order_by("seat"):
        row = term.member.contact_form
        recipe = Recipe.from_json(row.recipe)
        if channel is not None and not recipe.needs_a_person:
            yield _look(channel, row, recipe, term)


def _look(channel: WebformChannel, row: ContactForm, recipe: Recipe, term: Term) -> Looked:
    office = offices_of([term.seat])[term.seat_id]
    if channel.obstacle(office) == Reason.NO_BROWSER:
        return Looked(term.member_id, term.seat_id, unreachable="it needs a browser")
    try:
        look = channel.look(recipe, _answered(channel, _sample(term, office)))
    except Unavailable as error:
        log.warning("form of %s: no page to look at: %s", term.member_id, error)
        return Looked(term.member_id, term.seat_id, unreachable=error.evidence or str(error))
    trouble = "\n".join(look.troubles)
    ContactForm.objects.filter(pk=row.pk).update(
        looked_at=timezone.now(), charset=look.charset, trouble=trouble
    )
    if trouble:
        log.error("form of %s no longer fits its recipe", term.member_id)
    return Looked(term.member_id, term.seat_id, trouble=trouble)


def _answered(channel: WebformChannel, letter: Envelope) -> Envelope:
    """The same with an answer to each of the form's questions."""
    answers = {
        question.name: question.choices[0] if question.choices else "Example"
        for question in channel.questions(letter)
    }
    return replace(letter, person=replace(letter.person, answers=answers))


def _sample(term: Term, office: Office) -> Envelope:
    """A letter of nobody: it only says which fields and menu entries count."""
    newest = Appeal.objects.order_by("-pk").first()
    person = Identity(
        first_name="Example",
        last_name="Example",
        email="nobody@example.org",
        street="1 Example Street",
        city="Example",
        state=term.seat.state,
        zip="00000",
        prefix="Ms.",
        phone="202-555-0100",
    )
    return Envelope(
        delivery_key="0" * 32,
        campaign_id="0" * 32,
        day=timezone.localdate(),
        seat_code=term.seat_id,
        chamber=term.seat.chamber,
        salutation="Dear Office,",
        person=person,
        address_validated=False,
        subject="Example",
        opening="Example",
        own_words="",
        statement="",
        statement_is_untouched=False,
        closing="",
        topic=newest.topic if newest else "",
        organization=NOBODY,
        form=office.form,
    )
