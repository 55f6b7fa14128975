"""Whether the forms are still there: a real server on loopback, and never a real office."""

import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from letters import form_checking
from letters.form_checking import check_form_addresses, has_form, trouble_at
from letters.models import Route
from representatives.models import Term

FORM = b"<form><input name='first'><textarea name='message'></textarea></form>"
SEARCH = b"<form role='search'><input type='text' name='q'></form>"
PAGES = {
    "/contact": (200, FORM),
    "/about": (200, SEARCH),
    "/gone": (404, b""),
    "/": (200, FORM),
    "/moved": (301, b"/contact"),
    "/home": (302, b"/"),
    "/round": (302, b"/round"),
    "/away": (302, b"https://example.org/contact"),
}


class Office(BaseHTTPRequestHandler):
    asked: list[str] = []

    def do_GET(self):
        self.asked.append(self.path)
        status, said = PAGES[self.path]
        self.send_response(status)
        if status in {301, 302}:
            self.send_header("Location", said.decode())
        self.end_headers()
        self.wfile.write(said)

    def log_message(self, *_):
        pass


@pytest.fixture(scope="module")
def office():
    server = HTTPServer(("127.0.0.1", 0), Office)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


def is_here(url: str) -> str:
    return "" if url.startswith("http://127.0.0.1:") else "It is elsewhere."


@pytest.mark.parametrize(
    ("path", "trouble"),
    [
        ("/contact", ""),
        ("/moved", ""),
        ("/gone", "It answers 404."),
        ("/about", "No form stands there."),
        ("/home", "It leads to the home page."),
        ("/round", "It leads from one address to the next."),
        ("/away", "It leads to https://example.org/contact. It is elsewhere."),
    ],
)
def test_an_address_is_looked_at(office, path, trouble):
    assert trouble_at(office + path, refuse=is_here) == trouble


def test_an_office_that_does_not_answer_is_told():
    told = trouble_at("http://127.0.0.1:9/contact", refuse=is_here)

    assert told == "It could not be reached (ConnectionError)."


def test_nobody_but_an_office_is_asked(office):
    Office.asked.clear()

    assert trouble_at(f"{office}/contact") == "It does not begin with https://."
    assert not Office.asked


@pytest.mark.parametrize(
    ("page", "is_there"),
    [
        (FORM, True),
        (b"<form><input name='zip5'></form>", True),
        (b"<iframe src='/forms/write'></iframe>", True),
        (b"<iframe src='https://forms.house.gov/write'></iframe>", True),
        (b"<iframe src='https://video.example.org/1'></iframe>", False),
        (b"<form><input type='hidden' name='token'><button>Go</button></form>", False),
        (SEARCH, False),
        (b"", False),
    ],
)
def test_a_form_is_something_to_write_into(page, is_there):
    assert has_form(page) is is_there


@pytest.fixture
def route(db):
    """The only address that supporters would be led to."""
    Term.objects.update(contact_form="")
    return Route.objects.create(
        seat_id="HWY00",
        way=Route.Way.FORM,
        form_url="https://hageman.house.gov/contact",
        trouble="It answers 500.",
        checked_by="Anna",
    )


@pytest.mark.parametrize("found", ["", "It answers 404."])
def test_what_is_found_stands_at_the_desk(route, found):
    (looked,) = check_form_addresses(look=lambda url: found, pause=0)

    route.refresh_from_db()
    assert (looked.seat, looked.trouble, looked.is_ours) == ("HWY00", found, True)
    assert (route.trouble, route.checked_by) == (found, "check_form_addresses")
    assert route.checked_at == timezone.localdate()


def test_an_address_that_is_changed_meanwhile_is_not_judged(route):
    def look(url):
        Route.objects.update(form_url="https://hageman.house.gov/write")
        return "It answers 404."

    list(check_form_addresses(look=look, pause=0))

    route.refresh_from_db()
    assert (route.trouble, route.checked_by) == ("It answers 500.", "Anna")


def test_the_rosters_own_addresses_are_looked_at_too(route):
    Term.objects.filter(seat="SWY02").update(contact_form="https://www.lummis.senate.gov/contact")

    looked = list(check_form_addresses(look=lambda url: "", pause=0))

    assert [(each.seat, each.is_ours) for each in looked] == [("HWY00", True), ("SWY02", False)]


def test_a_former_members_address_is_not_looked_at(route):
    route.member_id = Term.objects.get(seat="HTX37").member_id
    route.save()

    assert not list(check_form_addresses(look=lambda url: "", pause=0))


def test_a_rehearsal_asks_no_office(route, monkeypatch):
    monkeypatch.setattr(form_checking, "trouble_at", lambda url: pytest.fail("asked"))

    with pytest.raises(CommandError, match="--for-real"):
        call_command("check_form_addresses")


@pytest.fixture
def found(monkeypatch):
    """Lets every look, at once, find that."""

    def found(trouble: str) -> None:
        monkeypatch.setattr(form_checking, "trouble_at", lambda url: trouble)
        monkeypatch.setattr(form_checking.time, "sleep", lambda seconds: None)

    return found


def test_the_command_ends_well_if_every_address_is_right(route, found, capsys):
    found("")

    call_command("check_form_addresses", for_real=True)

    assert capsys.readouterr().out == "1 addresses, 0 wrong.\n"


def test_the_command_says_which_address_is_wrong_and_fails(route, found, capsys):
    found("It answers 404.")

    with pytest.raises(CommandError, match="led astray"):
        call_command("check_form_addresses", for_real=True)

    assert f"HWY00 Harriet M. Hageman: {route.form_url}: It answers 404." in capsys.readouterr().out


def test_a_live_installation_asks_without_more_words(route, found, settings):
    settings.LIVE = True
    found("")

    call_command("check_form_addresses")
