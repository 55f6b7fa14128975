"""What was sent, as the supporter reads it again."""

import pytest

from letters.composing import Text
from letters.reading import texts_by_office
from letters.states import State
from tests.factories import make_delivery, make_letter

pytestmark = pytest.mark.django_db


def text_by(channel: str) -> str:
    letter = make_letter(text=Text(own_words="I vote here."))
    letter.deliveries.all().delete()
    make_delivery(letter=letter, seat="HWY00", channel=channel, state=State.WAITING)
    ((_delivery, text),) = texts_by_office(letter)
    return text


def test_what_an_office_gets_in_two_parts_is_read_under_their_names():
    text = text_by("house_cwc")

    assert text.startswith("Organization Statement:\nDear Representative Hageman,\n\nBelarusian")
    assert "\n\nConstituent Message:\nDear Representative Hageman,\n\nI vote here." in text


def test_a_letter_in_one_part_is_read_without_any_name_for_it():
    assert text_by("hand_off").startswith("Dear Representative Hageman,\n\nI am your constituent")
