"""Letters on paper, read back from the PDF."""

import io

import pytest
from pypdf import PdfReader

from letters.composing import Text
from letters.models import Delivery, Letter
from letters.printing import copy_pdf, letter_pdf, letters_pdf
from letters.states import State
from representatives.models import Term
from tests.factories import make_delivery, make_identity, make_letter

pytestmark = pytest.mark.django_db


def pages_of(pdf: bytes) -> list[str]:
    return [page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages]


def delivery_with(own_words: str = "", seat: str = "HWY00"):
    letter = make_letter(
        text=Text(own_words=own_words), person=make_identity(email="alena@example.org", zip4="1234")
    )
    return make_delivery(letter=letter, seat=seat, state=State.NEEDS_SUPPORTER)


def test_who_writes_stands_above_the_letter_and_their_name_under_it():
    lines = "".join(pages_of(letter_pdf(delivery_with()))).splitlines()

    assert lines[:4] == [
        "Alena Škłoŭ",
        "2020 Carey Ave",
        "Cheyenne, WY 82001-1234",
        "alena@example.org",
    ]
    assert lines[-1] == "Alena Škłoŭ"


def test_it_is_addressed_to_the_office(monkeypatch):
    text = pages_of(letter_pdf(delivery_with(seat="SWY02")))[0]

    assert (
        "The Honorable Cynthia M. Lummis\nUnited States Senate\n"
        "127A Russell Senate Office Building\nWashington, DC 20510\n"
    ) in text


def test_an_office_whose_room_nobody_knows_has_its_chambers_address():
    Term.objects.filter(seat="HWY00").update(office_address="")

    text = pages_of(letter_pdf(delivery_with()))[0]

    assert "U.S. House of Representatives\nWashington, DC 20515\n" in text


def test_names_are_printed_as_they_are_written():
    text = pages_of(letter_pdf(delivery_with("I fear for Ніна and “Škłoŭ”.")))[0]

    assert "I fear for Ніна and “Škłoŭ”." in text


def test_a_long_letter_goes_on_to_the_next_page():
    pages = pages_of(letter_pdf(delivery_with("I worry about her every day. " * 150)))

    assert len(pages) > len(pages_of(letter_pdf(delivery_with())))
    assert "\n".join(pages).replace("\n", " ").count("I worry about her every day.") == 150


def test_each_letter_begins_on_a_page_of_its_own():
    pages = pages_of(letters_pdf([delivery_with(), delivery_with(seat="SWY01")]))

    assert [page.splitlines()[0] for page in pages if "Dear" in page] == ["Alena Škłoŭ"] * 2


def test_the_file_itself_names_nobody():
    about = PdfReader(io.BytesIO(letter_pdf(delivery_with()))).metadata

    assert not {"/Title", "/Author", "/Subject"} & set(about)


def test_a_sign_that_the_font_does_not_have_is_named_and_not_left_out():
    text = pages_of(letter_pdf(delivery_with("Peace 🕊 and 漢 to Ніна.")))[0]

    assert "Peace [dove of peace] and [cjk unified ideograph-6f22] to Ніна." in text


def test_nobody_signs_on_a_page_of_its_own():
    for lines in range(8, 20):
        last = pages_of(letter_pdf(delivery_with("word\n" * lines)))[-1]
        assert last.endswith("Sincerely,\nAlena Škłoŭ")


def test_a_copy_has_every_office_on_a_page_of_its_own():
    delivery = delivery_with("I fear for Ніна.")
    make_delivery(letter=delivery.letter, seat="SWY01")
    withdrawn = make_delivery(letter=delivery.letter, seat="SWY02", state=State.WITHDRAWN)

    pages = pages_of(copy_pdf(delivery.letter))

    begin = [page for page in pages if "Dear " in page]
    assert [page.splitlines()[0] for page in begin] == ["Harriet M. Hageman", "John Barrasso"]
    assert all("I fear for Ніна." in page for page in begin)
    assert withdrawn.member.last_name not in "".join(pages)


def test_a_copy_says_what_left_and_not_what_would_leave_today():
    delivery = delivery_with()
    sent = "Dear Representative Hageman, this is what left."
    Delivery.objects.filter(id=delivery.id).update(channel="hand_off")
    delivery = Delivery.objects.get(id=delivery.id)
    delivery.submitted_text = sent
    delivery.save()

    assert sent in pages_of(copy_pdf(delivery.letter))[0]


def test_of_an_erased_text_there_is_no_copy():
    letter = delivery_with().letter
    Letter.objects.filter(id=letter.id).update(text_erased_at=letter.created_at)

    assert copy_pdf(Letter.objects.get(id=letter.id)) == b""
