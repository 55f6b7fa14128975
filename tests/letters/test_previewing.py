"""What each office will receive, by the way that reaches it."""

from dataclasses import replace

import pytest
from django.core.management import call_command

from letters.channels.interface import Ask, Part, length_in_form
from letters.channels.webform.recipe import MESSAGE, Kind, Step
from letters.composing import Text
from letters.models import Route
from letters.previewing import Preview, previews
from representatives.congress import lookup_day
from representatives.models import Term
from tests.factories import (
    make_campaign,
    make_contact_form,
    make_identity,
    make_offices_known,
    make_recipe,
)

pytestmark = pytest.mark.django_db


def preview_of(code: str, text: Text | None = None, **options) -> Preview:
    term = Term.objects.sitting(lookup_day()).select_related("seat").get(seat=code)
    return previews(
        appeal=make_campaign().current_appeal,
        text=text or Text(),
        person=make_identity(),
        seats=[(term.seat, term.member)],
        validated=False,
        **options,
    )[0]


@pytest.mark.parametrize("seat", ["STX01", "STX02"])
def test_an_offices_own_form_is_shown_and_asks_for_a_phone(seat):
    call_command("load_recipes", verbosity=0)

    preview = preview_of(seat)

    assert preview.way.channel.name == "contact_form"
    assert Ask.PHONE in {question.ask for question in preview.questions}
    assert "Message" in {part.label for part in preview.parts}


def test_without_a_phone_number_that_letter_is_the_supporters():
    call_command("load_recipes", verbosity=0)

    assert preview_of("STX01", has_answered=True).way.channel.name == "hand_off"


def by_form(*fields: Step, limit: int | None = None, charset: str = "utf-8", code="SWY01"):
    """That office has a form with these fields and a message, and no gateway knows it."""
    recipe = make_recipe(code)
    message = Step(Kind.FILL, "#text", MESSAGE, required=True, max_length=limit)
    steps = (recipe.steps[0], *fields, message, recipe.steps[-1])
    make_contact_form(code, recipe=replace(recipe, steps=steps), charset=charset)


def message_of(preview: Preview) -> str:
    return next(part.text for part in preview.parts if part.label == "Message")


def exactly(preview: Preview) -> tuple[Part, ...]:
    """What really leaves, as the channel composes it."""
    channel = preview.way.channel
    return channel.parts_of(channel.compose(preview.envelope))


def test_a_form_that_takes_no_cyrillic_is_previewed_in_latin_letters():
    by_form(charset="iso-8859-1")

    preview = preview_of("SWY01", Text(own_words="I fear for Ніна."))

    assert "I fear for Nina." in message_of(preview)
    assert preview.parts == exactly(preview)


def test_a_form_with_little_room_is_previewed_with_the_short_text():
    by_form(limit=1000)

    preview = preview_of("SWY01", Text(own_words="I fear for them."))

    assert "to keep up the political and economic pressure" in message_of(preview)
    assert "Belarusian American organizations urge you" not in message_of(preview)
    assert preview.parts == exactly(preview)
    assert preview.too_long_by == 0


def test_what_a_form_cannot_take_at_all_is_said_in_characters():
    by_form(limit=1000)

    preview = preview_of("SWY01", Text(own_words="a" * 1000))

    assert preview.too_long_by == length_in_form(message_of(preview)) - 1000 > 0


def test_a_form_without_a_subject_is_previewed_without_one():
    by_form()

    assert preview_of("SWY01").subject == ""


def test_a_forms_subject_is_shown_once_as_it_will_stand_there():
    by_form(Step(Kind.FILL, "#subject", "$SUBJECT"), charset="iso-8859-1")

    preview = preview_of("SWY01", Text(subject="Free Ніна and all"))

    assert preview.subject == ""
    assert Part("Subject", "Free Nina and all") in preview.parts


def test_the_gateways_preview_is_what_leaves():
    make_offices_known()

    preview = preview_of("SWY01", Text(own_words="I fear for Ніна."))

    assert preview.way.channel.name == "senate_cwc"
    assert preview.subject == "Honor the Day of Political Prisoners of Belarus on May 21"
    assert preview.parts == exactly(preview)


ORGANIZATIONS, CONSTITUENT = "Organization Statement", "Constituent Message"


@pytest.fixture
def by_gateway():
    """Label → text of what the gateway's office gets."""
    make_offices_known()

    def parts(**text) -> dict[str, str]:
        preview = preview_of("SWY01", Text(own_words="I fear for Ніна.", **text))
        return {part.label: part.text for part in preview.parts}

    return parts


def test_a_gateway_gets_the_untouched_statement_and_the_own_words_apart(by_gateway):
    parts = by_gateway()

    assert list(parts) == [ORGANIZATIONS, CONSTITUENT]
    assert "Belarusian American organizations urge you" in parts[ORGANIZATIONS]
    assert "I fear" not in parts[ORGANIZATIONS]
    assert parts[CONSTITUENT] == "Dear Senator Barrasso,\n\nI fear for Ніна."


def test_a_gateway_gets_an_edited_statement_with_the_own_words(by_gateway):
    parts = by_gateway(statement="Please help them.", frozen_on=lookup_day())

    assert parts == {CONSTITUENT: "Dear Senator Barrasso,\n\nI fear for Ніна.\n\nPlease help them."}


def test_a_gateways_texts_name_neither_the_writer_nor_their_street(by_gateway):
    said = " ".join(by_gateway().values())

    person = make_identity()
    for own in (person.first_name, person.last_name, person.street, person.zip, person.email):
        assert own not in said


def test_a_mails_preview_is_what_leaves():
    Route.objects.create(seat_id="SWY01", way=Route.Way.EMAIL, email="desk@example.org")

    preview = preview_of("SWY01", Text(own_words="I fear for Ніна."))

    assert preview.way.channel.name == "email"
    whole = "\n\n".join(part.text for part in preview.parts)
    assert whole == preview.way.channel.compose(preview.envelope)


@pytest.mark.parametrize("more", [0, 1])
def test_own_words_that_fill_the_room_of_a_form_fit_and_one_more_does_not(more):
    by_form(limit=1000)
    room = preview_of("SWY01").room

    assert preview_of("SWY01", Text(own_words="a" * (room + more))).too_long_by == more


@pytest.mark.parametrize("more", [0, 1])
def test_own_words_that_fill_the_room_of_a_hand_off_fit_and_one_more_does_not(more):
    url = "https://www.barrasso.senate.gov/contact"
    Route.objects.create(seat_id="SWY01", way=Route.Way.FORM, form_url=url, text_limit=1000)
    room = preview_of("SWY01").room

    assert preview_of("SWY01", Text(own_words="a" * (room + more))).too_long_by == more


def test_where_no_limit_is_known_there_is_room_for_everything():
    assert preview_of("SWY01").room is None
