"""A supporter walks in their own language; what goes to Congress and the desk stays English."""

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import translation

from letters.composing import envelope_of
from letters.models import Delivery, Letter
from letters.notices import mail_due
from letters.receipt import mail_copy
from tests.letters.journey.conftest import text_of

pytestmark = pytest.mark.django_db


CHICAGO = {"street": "2400 N Lincoln Ave", "city": "Chicago", "zip": "60614"}


def in_language(supporter, code: str):
    return supporter.client.post("/language/", {"language": code, "next": supporter.url("")})


def test_the_browsers_language_is_spoken_and_english_to_all_others(supporter):
    for asked, spoken in [("be,en;q=0.5", "be"), ("ru-RU", "ru"), ("de", "en"), ("", "en")]:
        page = supporter.get("", headers={"accept-language": asked})

        assert f'<html lang="{spoken}">' in page.content.decode()


def test_a_chosen_language_is_spoken_whatever_the_browser_says(supporter):
    answer = in_language(supporter, "be")

    assert answer.url == supporter.url("")
    page = supporter.get("find/", headers={"accept-language": "ru"})
    assert '<html lang="be">' in page.content.decode()
    assert "Дзе вы жывяце" in page.content.decode()


def test_no_address_leads_elsewhere_by_way_of_the_language(supporter):
    answer = supporter.client.post(
        "/language/", {"language": "be", "next": "https://elsewhere.example"}
    )

    assert "elsewhere" not in answer.url


def test_what_is_typed_stays_when_the_language_changes(supporter):
    supporter.walk_to("letter")
    typed = {
        "own_words": "I was born in Hrodna.",
        "language": "ru",
        "next": supporter.url("letter/"),
    }

    answer = supporter.client.post(supporter.url("letter/"), typed)

    assert answer.url == supporter.url("letter/")
    page = supporter.get("letter/").content.decode()
    assert "I was born in Hrodna." in page and '<html lang="ru">' in page


def test_the_letter_remembers_its_language_and_its_mails_speak_it(supporter):
    in_language(supporter, "be")
    supporter.confirm()
    mail_due()

    assert Letter.objects.get().signatory.language == "be"
    with translation.override("be"):
        subjects = {translation.gettext("Your code"), translation.gettext("Your private link")}
    assert {each.subject for each in mail.outbox} == subjects
    assert "Your code" not in subjects


@pytest.mark.parametrize("code", ["be", "ru"])
def test_congress_reads_the_same_letter_whatever_language_its_writer_reads(supporter, code):
    supporter.confirm()
    delivery = Delivery.objects.first()
    day = delivery.letter.signatory.campaign.today
    english = envelope_of(delivery, on=day)

    with translation.override(code):
        assert envelope_of(delivery, on=day) == english


def test_states_and_parties_are_read_in_the_supporters_language(supporter):
    in_language(supporter, "be")
    supporter.find(**CHICAGO)
    districts = text_of(supporter.get("find/offices/"))
    supporter.post("find/offices/", {"seat": "IL-5"})
    offices = text_of(supporter.get("find/offices/"))

    for page in (districts, offices):
        assert "ад штата Ілінойс, акруга 5 · Дэмакратычная партыя" in page
        assert "Democrat" not in page and "Illinois" not in page
    assert "Мой штат — Ілінойс" in districts
    assert "Сенатар ад штата Ілінойс · Дэмакратычная партыя" in offices


def test_the_states_to_choose_from_are_named_in_the_supporters_language(supporter):
    in_language(supporter, "ru")
    supporter.find()

    for screen in ("find/", "find/state/"):
        page = supporter.get(screen).content.decode()

        assert '<option value="WY">Вайоминг</option>' in page


def test_the_way_of_a_letter_begins_its_line_on_the_receipt(supporter):
    in_language(supporter, "ru")

    receipt = text_of(supporter.client.get(supporter.confirm()))

    assert "Через официальную систему Палаты представителей (CWC) ·" in receipt


def test_the_mails_name_the_offices_in_the_letters_language(supporter):
    in_language(supporter, "ru")
    supporter.confirm()
    mail_copy(letter=supporter.letter)
    mail_due()

    assert "Сенатор от штата Вайоминг: Cynthia M. Lummis" in mail.outbox[-1].body


@pytest.mark.parametrize("code", ["be", "ru"])
def test_an_untouched_statement_stays_a_template_in_every_language(supporter, code):
    in_language(supporter, code)

    supporter.confirm()

    assert Letter.objects.get().statement is None


def test_the_desk_speaks_english_to_a_russian_browser(admin_client):
    page = admin_client.get("/admin/", headers={"accept-language": "ru"})

    assert 'lang="en"' in page.content.decode()


def test_the_desk_names_states_and_parties_in_english_to_a_russian_browser(admin_client, campaign):
    pages = [
        admin_client.get(address, headers={"accept-language": "ru"}).content.decode()
        for address in (
            reverse("admin:send_counts", args=[campaign.slug]),
            reverse("admin:seat_routes"),
            reverse("admin:representatives_seat_changelist"),
        )
    ]

    assert "Wyoming" in pages[0] and "Republican" in pages[1] and "Republican" in pages[2]
    assert not any("Вайоминг" in page or "Республиканская" in page for page in pages)


def test_who_reads_no_english_is_told_what_the_letter_says(supporter):
    in_language(supporter, "be")

    assert supporter.campaign.account_be.split("\n")[0] in supporter.get("").content.decode()
    in_language(supporter, "en")
    assert "What the letter says" not in supporter.get("").content.decode()


def test_a_mails_link_speaks_the_letters_language_in_a_browser_that_chose_none(supporter):
    in_language(supporter, "be")
    confirm_link = supporter.walk_to("confirm").mailed_link()
    receipt = supporter.enter(supporter.mailed_code()).url

    for path in (receipt, f"{receipt}code/", f"{confirm_link}not-mine/"):
        page = Client().get(path, headers={"accept-language": "en"}).content.decode()
        assert '<html lang="be">' in page


def test_a_language_that_was_chosen_holds_for_the_receipt_as_well(supporter):
    in_language(supporter, "be")
    receipt = supporter.confirm()
    in_language(supporter, "ru")

    assert '<html lang="ru">' in supporter.client.get(receipt).content.decode()


def test_each_language_is_called_by_its_own_name(supporter):
    in_language(supporter, "be")

    page = supporter.get("").content.decode()

    assert all(f"> {name}</span>" in page for name in ("беларуская", "Русский", "English"))
