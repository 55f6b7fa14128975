"""What each office will receive, by the way that reaches it."""

import pytest
from django.core.management import call_command

from letters.channels.interface import Ask
from letters.composing import Text
from letters.previewing import Preview, previews
from representatives.congress import lookup_day
from representatives.models import Term
from tests.factories import make_campaign, make_identity

pytestmark = pytest.mark.django_db


def preview_of(code: str, **options) -> Preview:
    term = Term.objects.sitting(lookup_day()).select_related("seat").get(seat=code)
    return previews(
        appeal=make_campaign().current_appeal,
        text=Text(),
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
