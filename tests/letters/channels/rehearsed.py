"""The first campaign's own letter, for every office of the rehearsal that has a form."""

from dataclasses import dataclass, replace

from letters.channels.interface import ChannelError, Envelope, Office, Part
from letters.channels.webform.channel import WebformChannel
from letters.channels.webform.recipe import By, Form, Plan, Recipe
from letters.channels.webform.table import embedded_table
from letters.composing import Text, envelope_for
from letters.models import Arrival, ContactForm
from letters.rehearsal.forms.arriving import verdicts_in
from letters.rehearsal.forms.checking import Verdict
from letters.rehearsal.forms.describing import form_of
from representatives.congress import lookup_day
from representatives.models import Term
from tests.factories import make_campaign, make_identity
from tests.letters.channels.webform.letters import answered

RECIPES = embedded_table().recipes
OWN_WORDS = "My aunt Ніна lives in Škłoŭ, and I worry about her."
# Where nothing of ours fits into a form, its supporter writes what does.
BRIEF = "Ніна of Škłoŭ is in prison. Please speak up.\n\nThank you."
# Signs that forms, scripts and encodings are known to eat.
SIGNS = (
    """My aunt "Ніна" said: 'Don't & won't' – <b>50%</b> + a=b; #1 ~ [x] {y} \\ ^ `z` € ½ 漢 🕊"""
)
PHONE = "307-555-0123"


def members(by: By) -> list[str]:
    """Whose forms are filled in that way."""
    return sorted(name for name, recipe in RECIPES.items() if recipe.by == by)


def make_envelope(
    recipe: Recipe, *, charset: str = "", phone: str = PHONE, own_words: str = OWN_WORDS
) -> Envelope:
    """From a constituent who answers whatever the form asks; its page was seen in that charset."""
    term = Term.objects.sitting(lookup_day()).get(member_id=recipe.bioguide)
    form = Form(recipe, by=recipe.by, charset=charset)
    letter = envelope_for(
        appeal=make_campaign().appeals.get(),
        text=Text(own_words=own_words),
        person=make_identity(first_name="Ніна", last_name="Škłoŭ", phone=phone, zip4="1234"),
        seat=term.seat,
        member=term.member,
        delivery_key="A1b2" * 8,
        address_validated=True,
        on=lookup_day(),
        office=Office(seat_code=term.seat_id, chamber=term.seat.chamber, form=form),
    )
    return answered(recipe, letter, text=BRIEF)


@dataclass(frozen=True)
class Came:
    """What became of one letter."""

    letter: Envelope
    # The office as the preview shows what it will receive, and as it was told of what left.
    shown: tuple[Part, ...]
    left: Plan | None
    # Why it was not accepted; empty where it was.
    reason: str
    # The office's own word: its status (0: nothing came), and each field as it found it.
    status: int
    fields: tuple[Verdict, ...]

    @property
    def recipe(self) -> Recipe:
        return self.letter.form.recipe

    @property
    def message(self) -> str:
        """As the supporter's own lines."""
        (value,) = (each.value for each in self.fields if each.label == "Message")
        return value.replace("\r\n", "\n")

    def fields_for(self, *meanings: str) -> dict[str, str]:
        """Name → what came, of the fields that the recipe gives one of these variables."""
        asked = {each.name for each in form_of(self.recipe).fields if each.meaning in meanings}
        return {each.name: each.value or "" for each in self.fields if each.name in asked}


def send_by_form(congress: str, recipe: Recipe, **how) -> Came:
    """One letter through the channel to the office that the rehearsal at `congress` plays."""
    ContactForm.objects.update_or_create(
        member_id=recipe.bioguide, defaults={"recipe": recipe.as_json()}
    )
    channel = WebformChannel(name="webform", stand_in=f"{congress}/forms/")
    letter = make_envelope(recipe, **how)
    came = Came(letter, channel.parts(letter), None, "", 0, ())
    left = []
    try:
        text = channel.compose(letter)
        channel.send(text, envelope=letter, begin=lambda how, text: left.append(text))
    except ChannelError as error:
        came = replace(came, reason=error.reason)
    came = replace(came, left=Plan.from_text(left[0]) if left else None)
    arrival = Arrival.objects.order_by("id").last()
    Arrival.objects.all().delete()
    if arrival is None:
        return came
    return replace(came, status=arrival.status, fields=verdicts_in(arrival.body))
