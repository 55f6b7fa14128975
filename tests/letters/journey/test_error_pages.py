"""Where something went wrong, words say what to do."""

from django.template.loader import render_to_string
from django.test import Client

from tests.letters.journey.conftest import ADDRESS, text_of


def test_a_form_without_its_cookie_is_asked_for_once_more(campaign):
    answer = Client(enforce_csrf_checks=True).post("/may-21/find/", ADDRESS)

    assert answer.status_code == 403
    assert "Please send that once more" in text_of(answer)


def test_a_page_that_is_not_there_leads_to_the_first_one(client, db):
    answer = client.get("/nothing/here/at/all/")

    assert answer.status_code == 404
    assert 'href="/"' in answer.content.decode()


def test_our_own_mistake_can_be_told_without_anything_that_may_be_broken():
    assert "Our mistake" in render_to_string("500.html")
