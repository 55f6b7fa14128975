"""The database does not answer: 503, and what was typed is kept."""

import sqlite3

import psycopg2
import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.db import IntegrityError, InterfaceError, OperationalError
from django.test import Client

from campaign.outage import Typed, is_outage
from letters.views import find
from tests.factories import make_campaign
from tests.letters.journey.conftest import ADDRESS

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(campaign):
    """One that gets the page instead of the exception."""
    return Client(raise_request_exception=False)


@pytest.fixture
def campaign(db):
    return make_campaign()


@pytest.fixture
def out(monkeypatch):
    """Every lookup of an address finds the database gone."""

    def refuse(address):
        raise OperationalError("server closed the connection")

    monkeypatch.setattr(find, "find_seats", refuse)


def caused(error: Exception, cause: Exception) -> Exception:
    error.__cause__ = cause
    return error


def sqlite_error(name: str) -> sqlite3.OperationalError:
    error = sqlite3.OperationalError("of SQLite")
    error.sqlite_errorname = name
    return error


def test_a_post_gets_a_form_with_what_was_typed(client, out):
    answer = client.post("/may-21/find/", ADDRESS | {"street": '1 <Main> "Street"'})

    page = answer.content.decode()
    assert answer.status_code == 503
    assert '<form method="post" action="/may-21/find/">' in page
    assert '<input type="hidden" name="zip" value="82001">' in page
    assert 'value="1 &lt;Main&gt; &quot;Street&quot;"' in page
    assert "Send again" in page


def test_a_long_text_stands_where_it_can_be_seen(client, out):
    page = client.post("/may-21/find/", ADDRESS | {"own_words": "\nOne.\n\nTwo."}).content.decode()

    assert ">Your own words</label>" in page
    assert "\n\nOne.\n\nTwo.</textarea>" in page


def test_each_of_several_ticks_is_kept(client, out):
    page = client.post("/may-21/find/", ADDRESS | {"seats": ["SWY01", "SWY02"]}).content.decode()

    assert page.count('name="seats"') == 2


def test_the_button_that_was_pressed_is_kept(client, out):
    assert 'name="back"' in client.post("/may-21/find/", ADDRESS | {"back": "1"}).content.decode()


def test_it_says_when_to_come_again_and_is_kept_by_no_cache(client, out):
    answer = client.post("/may-21/find/", ADDRESS)

    assert answer["Retry-After"] == "10"
    assert "no-store" in answer["Cache-Control"]


def test_the_form_carries_the_proof_that_it_is_ours(campaign, out):
    strict = Client(enforce_csrf_checks=True, raise_request_exception=False)
    token = strict.get("/may-21/find/").context["csrf_token"]
    answer = strict.post("/may-21/find/", ADDRESS | {"csrfmiddlewaretoken": str(token)})

    page = answer.content.decode()
    again = page.partition('name="csrfmiddlewaretoken" value="')[2].partition('"')[0]
    assert page.count("csrfmiddlewaretoken") == 1
    again = strict.post("/may-21/find/", ADDRESS | {"csrfmiddlewaretoken": again})
    assert again.status_code == 503


def test_a_password_is_not_repeated(client, monkeypatch):
    def refuse(*args, **kwargs):
        raise OperationalError

    monkeypatch.setattr("django.contrib.auth.forms.authenticate", refuse)
    answer = client.post("/organizations/login/", {"username": "olga", "password": "secret-word"})

    assert answer.status_code == 503
    assert "secret-word" not in answer.content.decode()
    assert "Load again" in answer.content.decode()


def test_a_page_that_was_only_asked_for_is_loaded_again(client, monkeypatch):
    def refuse(campaign):
        raise InterfaceError("connection already closed")

    monkeypatch.setattr("letters.views.campaign_page.count", refuse)
    answer = client.get("/may-21/?see=friends")

    assert answer.status_code == 503
    assert 'href="/may-21/?see=friends"' in answer.content.decode()


def test_a_session_that_cannot_be_saved_is_an_outage_too(client, monkeypatch):
    """Django would call it a session that was ended elsewhere, and answer 400."""
    client.get("/may-21/find/")

    def refuse(self, *args, **kwargs):
        raise OperationalError("database is locked")

    monkeypatch.setattr(SessionStore.get_model_class(), "save", refuse)
    answer = client.post("/may-21/find/", ADDRESS)

    assert answer.status_code == 503
    assert 'value="82001"' in answer.content.decode()


def test_what_broke_otherwise_is_our_own_mistake(client, monkeypatch):
    def refuse(address):
        raise ZeroDivisionError

    monkeypatch.setattr(find, "find_seats", refuse)
    answer = client.post("/may-21/find/", ADDRESS)

    assert answer.status_code == 500
    assert "Our mistake" in answer.content.decode()


@pytest.mark.parametrize(
    ("error", "is_one"),
    [
        (caused(OperationalError(), sqlite_error("SQLITE_BUSY")), True),
        (caused(OperationalError(), sqlite_error("SQLITE_ERROR")), False),
        (caused(OperationalError(), psycopg2.errors.AdminShutdown()), True),
        (caused(RuntimeError(), InterfaceError()), True),
        (IntegrityError(), False),
        (None, False),
    ],
)
def test_only_a_database_that_may_come_back_is_an_outage(error, is_one):
    assert is_outage(error) is is_one


def test_own_words_are_shown_however_short_they_are():
    typed = Typed("own_words", "My aunt lives in Hrodna.")

    assert typed.is_shown
    assert not Typed("own_words", "").is_shown
    assert not Typed("zip", "82001").is_shown
