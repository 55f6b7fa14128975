"""A letter that is too long for a form is shortened by its writer, on the page, and kept so."""

import re

import pytest

from letters.models import Delivery, Route
from letters.states import State
from tests.letters.journey.conftest import text_of


@pytest.fixture
def page(supporter) -> str:
    """The path of the hand-off whose form takes a hundred characters."""
    receipt = supporter.confirm()
    Delivery.objects.update(state=State.NEEDS_SUPPORTER, channel="hand_off")
    Route.objects.create(
        seat_id="HWY00",
        way=Route.Way.FORM,
        form_url="https://hageman.house.gov/contact",
        text_limit=100,
    )
    return f"{receipt}offices/{Delivery.objects.get(seat='HWY00').id}/"


def kept() -> Delivery:
    return Delivery.objects.get(seat="HWY00")


def test_the_page_says_by_how_much_it_is_too_long(client, page):
    text = text_of(client.get(page))

    assert "takes at most 100 characters" in text
    assert "characters too many" in text


@pytest.mark.parametrize(
    ("limit", "characters"), [(101, "101 символа"), (102, "102 символов"), (100, "100 символов")]
)
def test_a_limit_and_its_noun_agree(client, page, limit, characters):
    Route.objects.update(text_limit=limit)
    client.post("/language/", {"language": "ru", "next": page})

    answer = client.get(page)

    assert f"принимает не больше {characters}, а ваше письмо длиннее" in text_of(answer)
    noun = characters.split()[1]
    assert f'data-words="{{count}} из {{limit}} {noun}"' in answer.content.decode()


def test_a_shortened_letter_is_counted_again_without_a_script(client, page):
    long = client.post(page, {"text": "x" * 104 + "\r\n"})
    assert long.url == page
    assert "6 characters too many" in text_of(client.get(page))

    client.post(page, {"text": "Dear Harriet,\r\nplease act."})

    answer = client.get(page)
    assert "It fits." in text_of(answer)
    assert "Dear Harriet,\r\nplease act.</textarea>" in answer.content.decode()
    assert kept().state == State.NEEDS_SUPPORTER


def test_what_they_sent_is_what_stood_there(client, page):
    client.post(page + "sent/", {"text": "Dear Harriet,\r\nplease act."})

    assert kept().state == State.SELF_REPORTED
    assert kept().submitted_text == "Dear Harriet,\nplease act."


@pytest.mark.parametrize(
    ("text", "error"),
    [("", "The field is empty."), (" \n", "The field is empty."), ("x" * 20_001, "20000")],
)
@pytest.mark.parametrize("button", ["", "sent/"])
def test_no_text_at_all_is_refused_at_its_field(client, page, button, text, error):
    answer = client.post(page + button, {"text": text})
    assert answer.url == page

    shown = client.get(page)
    html = shown.content.decode()
    assert text_of(shown).count(error) == 2
    assert 'href="#copy-message"' in html
    assert re.search(r'id="copy-message"[^>]*aria-invalid="true"[^>]*"refused counted"', html)
    assert "<title>Error: " in html
    assert "It fits." not in html
    assert kept().state == State.NEEDS_SUPPORTER
    assert "refused" not in client.get(page).content.decode()


def test_a_letter_that_fits_is_not_edited_here(client, page):
    Route.objects.update(text_limit=None)

    assert 'name="text"' not in client.get(page).content.decode()
