"""The page with the offices' numbers and what to say."""

import re

import pytest

from campaign.models import Appeal, Campaign
from letters.models import Letter
from tests.letters.journey.conftest import text_of


@pytest.fixture
def receipt(supporter) -> str:
    return supporter.confirm()


def test_the_receipt_leads_to_what_to_say_and_to_whom(client, receipt):
    assert f'href="{receipt}call/"' in client.get(receipt).content.decode()

    page = text_of(client.get(receipt + "call/"))

    assert "I am calling about the political prisoners of Belarus." in page
    assert "Senator Lummis" in page


def test_without_a_script_no_call_is_offered(client, receipt):
    Appeal.objects.update(call_script="")

    assert "call/" not in client.get(receipt).content.decode()
    assert client.get(receipt + "call/").url == receipt


def test_a_rehearsal_asks_not_to_call_and_dials_nothing(client, receipt):
    page = client.get(receipt + "call/")

    assert "please do not call" in text_of(page)
    assert "tel:" not in page.content.decode()
    assert "202-22" in page.content.decode()


def test_live_each_number_can_be_tapped(client, receipt):
    Letter.objects.update(destination="live")

    page = client.get(receipt + "call/")

    assert re.findall(r'href="(tel:\+1-202-22\d-\d{4})"', page.content.decode())
    assert "rehearsal: please do not call" not in text_of(page)


def test_the_english_is_marked_as_english_and_explained(client, receipt):
    client.cookies["django_language"] = "be"

    page = client.get(receipt + "call/").content.decode()

    assert re.search(r'<span lang="en">\s*I am calling about the political prisoners', page)
    assert "Я тэлефаную наконт палітычных зняволеных Беларусі." in page


def test_nothing_about_the_supporter_stands_on_it(client, receipt):
    client.cookies.clear()

    page = client.get(receipt + "call/").content.decode()

    for told in ("Alena", "Capitol Ave", "82001", "alena@example.org"):
        assert told not in page


def test_the_script_is_that_of_the_newest_text(client, receipt):
    newest = Campaign.objects.get().current_appeal
    facts = list(newest.facts.all())
    newest.pk, newest.version, newest.call_script = None, 2, "Something new."
    newest.save()
    for fact in facts:
        fact.pk, fact.appeal = None, newest
        fact.save()

    assert "Something new." in text_of(client.get(receipt + "call/"))
