"""Every fault on the other side of every channel: what it means, and that the deadline is kept.

A cell says which exception comes, for which reason, and whether `begin` was called: a letter for
which it was not called can never have arrived.
"""

import socket
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, replace
from functools import partial

import pytest

from letters.channels import keeping
from letters.channels.email import EmailChannel
from letters.channels.interface import (
    Channel,
    ChannelError,
    Envelope,
    NeedsSupporter,
    Rejected,
    Unavailable,
    Uncertain,
)
from letters.channels.webform import WebformChannel
from letters.channels.webform.recipe import MESSAGE, Form, Kind, Recipe, Step
from letters.states import Reason
from tests.faults.servers import (
    Act,
    HttpServer,
    LoopbackServer,
    MailServer,
    drip,
    flood,
    free_port,
    hang_up,
    http_answer,
    over_tls,
    reset,
    running,
    say,
    stay_silent,
    without_the_body,
)
from tests.faults.sinks import Forms
from tests.letters.channels.letter import ENVELOPE, cwc_channel

ENVELOPE_BY_MAIL = replace(ENVELOPE, office_email="staff@senate.example")
SECONDS = 0.7
# How much later than its deadline a call may end.
GRACE = 1


@dataclass(frozen=True)
class Cell:
    """What a fault means. `error` None: accepted."""

    error: type[ChannelError] | None
    reason: str
    begun: bool
    retry_after: float | None = None


TAKEN = Cell(None, Reason.NONE, begun=True)
AWAY = Cell(Unavailable, Reason.UNREACHABLE, begun=False)
ELSEWHERE = Cell(Unavailable, Reason.UNREACHABLE, begun=True)
BUSY_AT_ONCE = Cell(Unavailable, Reason.BUSY, begun=False)
BUSY = Cell(Unavailable, Reason.BUSY, begun=True)
BUSY_FOR_A_WHILE = Cell(Unavailable, Reason.BUSY, begun=True, retry_after=120)
KEY_AT_ONCE = Cell(Unavailable, Reason.KEY_REFUSED, begun=False)
KEY = Cell(Unavailable, Reason.KEY_REFUSED, begun=True)
NO_AT_ONCE = Cell(Rejected, Reason.REFUSED, begun=False)
NO = Cell(Rejected, Reason.REFUSED, begun=True)
WHO_KNOWS = Cell(Uncertain, Reason.NO_ANSWER, begun=True)
CHANGED = Cell(NeedsSupporter, Reason.FORM_CHANGED, begun=False)
UNCLEAR = Cell(Uncertain, Reason.FORM_UNCLEAR, begun=True)


def outcome(channel: Channel, letter: Envelope) -> Cell:
    """Sends the letter; fails if that takes longer than the deadline allows."""
    submission, begun = channel.compose(letter), []
    cell, started = TAKEN, time.monotonic()
    try:
        channel.send(submission, envelope=letter, begin=lambda **how: begun.append(1))
    except ChannelError as error:
        cell = Cell(type(error), error.reason, begun=False, retry_after=error.retry_after)
    assert time.monotonic() - started < SECONDS + GRACE
    assert len(begun) <= 1
    return Cell(cell.error, cell.reason, bool(begun), cell.retry_after)


# The gateways.

ERRORS = "<Errors><Error>First fault</Error></Errors>"
TAKING = b"HTTP/1.1 200 OK\r\nContent-Length: 90000000\r\n\r\n"
REFUSING = b"HTTP/1.1 400 No\r\nContent-Length: 90000000\r\n\r\n"
PAGE = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 90000000\r\n\r\n"
CLIENT_HELLO_ANSWER = b"\x16\x03\x03\x40\x00"


def answers(status: int, body: str = "", **headers: str) -> Act:
    return say(http_answer(status, body, **headers))


GATEWAY_ANSWERS: dict[str, tuple[Act, Cell]] = {
    "200": (answers(200), TAKEN),
    "201": (answers(201), TAKEN),
    "500": (answers(500, "Broken"), WHO_KNOWS),
    "502": (answers(502), WHO_KNOWS),
    "503": (answers(503), BUSY),
    "503 + Retry-After": (answers(503, Retry_After="120"), BUSY_FOR_A_WHILE),
    "429": (answers(429), BUSY),
    "429 + Retry-After": (answers(429, Retry_After="120"), BUSY_FOR_A_WHILE),
    "400 with errors": (answers(400, ERRORS), NO),
    "422 with errors": (answers(422, ERRORS), NO),
    "401": (answers(401), KEY),
    "404": (answers(404), ELSEWHERE),
    "200 with an error page": (answers(200, "<html>Oops</html>"), WHO_KNOWS),
    "200 with errors": (answers(200, ERRORS), NO),
    "200, closed in the body": (say(TAKING + b"Taken"), TAKEN),
    "200 with errors, closed in the body": (say(TAKING + ERRORS[:-9].encode()), NO),
    "400, closed in the body": (say(REFUSING + b"No"), NO),
    "closed after the letter": (hang_up, WHO_KNOWS),
    "reset after the letter": (reset, WHO_KNOWS),
    "closed in the status line": (say(b"HTTP/1.1 2"), WHO_KNOWS),
    "closed in the headers": (say(b"HTTP/1.1 200 OK\r\nContent-"), WHO_KNOWS),
    "not HTTP": (say(b"220 mail.example ESMTP\r\n"), WHO_KNOWS),
    "silence": (stay_silent, WHO_KNOWS),
    "silence in the status line": (say(b"HTTP/1.1 200", then=stay_silent), WHO_KNOWS),
    "silence in the headers": (say(b"HTTP/1.1 200 OK\r\nX: y\r\n", then=stay_silent), WHO_KNOWS),
    "silence in the body of a 200": (say(TAKING, then=stay_silent), TAKEN),
    "silence in the body of a 400": (say(REFUSING, then=stay_silent), NO),
    "dripping status line": (drip(b"HTTP/1.1 200 ", then=b"O"), WHO_KNOWS),
    "dripping headers": (drip(b"HTTP/1.1 200 OK\r\n", then=b"X:y\r\n"), WHO_KNOWS),
    "dripping body of a 200": (drip(TAKING, then=b"x"), TAKEN),
    "dripping body of a 400": (drip(REFUSING, then=b"x"), NO),
    "10 MB of status line": (flood(b"HTTP/1.1 200 ", then=b"O"), WHO_KNOWS),
    "10 MB of headers": (flood(b"HTTP/1.1 200 OK\r\n", then=b"X: y\r\n"), WHO_KNOWS),
    "10 MB of body of a 200": (flood(TAKING, then=b"x"), TAKEN),
    "10 MB of error page": (flood(PAGE, then=b"x"), WHO_KNOWS),
    "10 MB of body of a 400": (flood(REFUSING, then=b"x"), NO),
    "go on without end": (flood(b"", then=b"HTTP/1.1 100 Go\r\n\r\n", size=10**10), WHO_KNOWS),
    "redirect without a target": (answers(302), ELSEWHERE),
    "redirect to nonsense": (answers(307, Location="http://[half"), ELSEWHERE),
    "redirect with 10 MB of body": (
        flood(b"HTTP/1.1 307 R\r\nLocation: /\r\nContent-Length: 90000000\r\n\r\n", then=b"x"),
        ELSEWHERE,
    ),
    "redirect with a dripping body": (
        drip(b"HTTP/1.1 307 R\r\nLocation: /\r\nContent-Length: 90000000\r\n\r\n", then=b"x"),
        ELSEWHERE,
    ),
}
# What goes wrong before a request is there: the server's act on an open connection.
GATEWAY_DOORS: dict[str, tuple[str, Act, Cell]] = {
    "closed at once": ("http", hang_up, WHO_KNOWS),
    "closed before the body is read": ("http", without_the_body(hang_up), WHO_KNOWS),
    "reset before the body is read": ("http", without_the_body(reset), WHO_KNOWS),
    "no TLS": ("https", say(b"HTTP/1.1 400 No\r\n\r\n"), AWAY),
    "closed in the TLS handshake": ("https", hang_up, AWAY),
    "reset in the TLS handshake": ("https", reset, AWAY),
    "a certificate of its own": ("https", over_tls(answers(200)), AWAY),
    "silence in the TLS handshake": ("https", stay_silent, AWAY),
    "dripping TLS handshake": ("https", drip(CLIENT_HELLO_ANSWER, then=b"x"), AWAY),
}
PROXY_DOORS: dict[str, tuple[Act, Cell]] = {
    "a proxy that wants a password": (answers(407), AWAY),
    "a proxy that hangs up": (hang_up, AWAY),
    "a silent proxy": (stay_silent, AWAY),
    "a proxy that drips": (drip(b"HTTP/1.1 200 OK\r\n", then=b"X:y\r\n"), AWAY),
    "silence in the TLS handshake behind a proxy": (
        say(b"HTTP/1.1 200 OK\r\n\r\n", then=stay_silent),
        AWAY,
    ),
}
BOTH_GATEWAYS = pytest.mark.parametrize("chamber", ["house", "senate"])


@pytest.fixture
def start():
    """Runs a server until the test is over."""
    with ExitStack() as servers:
        yield lambda server: servers.enter_context(running(server))


@pytest.fixture
def by_gateway(chamber) -> Callable[..., Cell]:
    def by_gateway(url: str, **options) -> Cell:
        return outcome(cwc_channel(chamber, send_url=url, seconds=SECONDS, **options), ENVELOPE)

    return by_gateway


@BOTH_GATEWAYS
@pytest.mark.parametrize("fault", GATEWAY_ANSWERS)
def test_a_gateways_answer_means_what_the_table_says(by_gateway, start, fault):
    answer, cell = GATEWAY_ANSWERS[fault]
    server = start(HttpServer(answer))

    assert by_gateway(server.url) == cell
    assert len(server.requests) == 1


@BOTH_GATEWAYS
@pytest.mark.parametrize("fault", GATEWAY_DOORS)
def test_trouble_on_the_way_in_means_what_the_table_says(by_gateway, start, fault):
    scheme, act, cell = GATEWAY_DOORS[fault]
    server = start(LoopbackServer(act))

    assert by_gateway(server.url.replace("http", scheme, 1)) == cell


@BOTH_GATEWAYS
@pytest.mark.parametrize("fault", PROXY_DOORS)
def test_trouble_at_a_proxy_means_what_the_table_says(by_gateway, start, fault):
    act, cell = PROXY_DOORS[fault]
    proxy = start(HttpServer(act))

    assert (
        by_gateway("https://gateway.example/send", proxy=f"http://127.0.0.1:{proxy.port}") == cell
    )


@BOTH_GATEWAYS
def test_an_unknown_host_is_unavailable(by_gateway):
    assert by_gateway("http://gateway.invalid/send") == AWAY


@BOTH_GATEWAYS
def test_a_refused_connection_is_unavailable(by_gateway):
    assert by_gateway(f"http://127.0.0.1:{free_port()}/send") == AWAY


@BOTH_GATEWAYS
def test_a_redirect_loop_is_entered_once(by_gateway, start):
    server = start(HttpServer(hang_up, keep_alive=50))
    server.answer = answers(307, Location=server.url)

    assert by_gateway(server.url) == ELSEWHERE
    assert len(server.requests) == 1


@BOTH_GATEWAYS
@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_a_redirect_to_another_host_takes_nothing_there(by_gateway, start, status):
    elsewhere = start(HttpServer(answers(200)))
    server = start(HttpServer(answers(status, Location=elsewhere.url)))

    assert by_gateway(server.url) == ELSEWHERE
    assert elsewhere.connections == 0


@pytest.mark.parametrize(("chamber", "cell"), [("senate", TAKEN), ("house", WHO_KNOWS)])
def test_409_says_at_the_senate_that_it_had_landed_and_at_the_house_nothing(
    by_gateway, start, cell
):
    assert by_gateway(start(HttpServer(answers(409))).url) == cell


# The mail server. A column for each verb, in the order in which they are said.

VERBS = ("greeting", "EHLO", "STARTTLS", "AUTH", "MAIL", "RCPT", "DATA", "dot", "QUIT")
BEFORE_THE_CONTENT = 7
LATER = (BUSY_AT_ONCE,) * BEFORE_THE_CONTENT + (BUSY, TAKEN)
LOST = (AWAY,) * BEFORE_THE_CONTENT + (WHO_KNOWS, TAKEN)
MAIL_FAULTS: dict[str, tuple[Act, tuple[Cell, ...]]] = {
    "421": (say(b"421 closing\r\n", then=hang_up), LATER),
    "4xx": (say(b"451 later\r\n"), LATER),
    "5xx": (
        say(b"554 no\r\n"),
        (AWAY, AWAY, AWAY, KEY_AT_ONCE, NO_AT_ONCE, NO_AT_ONCE, NO_AT_ONCE, NO, TAKEN),
    ),
    "530": (
        say(b"530 who are you\r\n"),
        (KEY_AT_ONCE,) * BEFORE_THE_CONTENT + (NO, TAKEN),
    ),
    "drop": (hang_up, LOST),
    "reset": (reset, LOST),
    "silence": (stay_silent, LOST),
    "silence in the reply": (say(b"250-so far\r\n25", then=stay_silent), LOST),
    "drip": (drip(b"", then=b"250-more\r\n"), LOST),
    "10 MB of lines": (flood(b"", then=b"250-more\r\n"), LOST),
    "10 MB in a line": (flood(b"250 ", then=b"x"), LOST),
    "nonsense": (say(b"HTTP/1.1 400 Bad Request\r\n"), LOST),
}
MAIL_CELLS = {
    (fault, verb): (act, cell)
    for fault, (act, row) in MAIL_FAULTS.items()
    for verb, cell in zip(VERBS, row, strict=True)
}


@pytest.fixture
def by_mail(settings) -> Callable[[], Cell]:
    """Sends the letter over the server at that port, in TLS or with a password if told so."""

    def by_mail(port: int, *, host: str = "127.0.0.1", verb: str = "") -> Cell:
        settings.EMAIL_HOST, settings.EMAIL_PORT = host, port
        settings.EMAIL_USE_TLS = verb == "STARTTLS"
        settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = "me" if verb == "AUTH" else ""
        mailer = "letters.channels.smtp.SmtpMailer"
        channel = EmailChannel(name="email", mailer=mailer, seconds=SECONDS)
        send = partial(outcome, channel, ENVELOPE_BY_MAIL)
        if verb == "QUIT":
            # Said on the old connection as the next mail opens its own.
            assert send() == TAKEN
        return send()

    return by_mail


@pytest.mark.parametrize(("fault", "verb"), MAIL_CELLS)
def test_trouble_at_a_verb_means_what_the_table_says(by_mail, start, monkeypatch, fault, verb):
    act, cell = MAIL_CELLS[fault, verb]
    monkeypatch.setattr(keeping, "IDLE_SECONDS", 0)
    # An old server may not know EHLO: HELO is the same verb.
    verbs = ("EHLO", "HELO") if verb == "EHLO" else (verb,)
    server = start(MailServer(**dict.fromkeys(verbs, act)))

    assert by_mail(server.port, verb=verb) == cell
    assert verb in server.verbs
    assert len(server.mails) == {"dot": 1, "QUIT": 2}.get(verb, 0)


@pytest.mark.parametrize(
    "act",
    [
        over_tls(hang_up),
        say(b"not TLS at all, not TLS at all"),
        hang_up,
        stay_silent,
        drip(CLIENT_HELLO_ANSWER, then=b"x"),
    ],
    ids=["a certificate of its own", "no TLS", "closed", "silence", "drip"],
)
def test_bad_tls_after_starttls_is_unavailable(by_mail, start, act):
    def begin_tls(conn):
        say(b"220 go on\r\n")(conn)
        conn.recv(65536) if act is hang_up else act(conn)
        hang_up(conn)

    server = start(MailServer(STARTTLS=begin_tls))

    assert by_mail(server.port, verb="STARTTLS") == AWAY


def test_a_mail_server_that_nobody_knows_is_unavailable(by_mail):
    assert by_mail(25, host="mail.invalid") == AWAY


def test_a_mail_server_that_refuses_connections_is_unavailable(by_mail):
    assert by_mail(free_port()) == AWAY


# The contact form, by plain requests: at its page nothing has left, at the letter nothing is sure.

FIELDS = {"#first": "$NAME_FIRST", "#last": "$NAME_LAST", "#email": "$EMAIL", "#text": MESSAGE}
RECIPE = Recipe(
    bioguide="X000000",
    steps=(
        Step(Kind.VISIT, value="https://www.office.senate.gov/contact"),
        *(Step(Kind.FILL, selector, value) for selector, value in FIELDS.items()),
        Step(Kind.CLICK, "#send"),
    ),
    success="Thank you",
)
ENVELOPE_BY_FORM = replace(ENVELOPE, form=Form(RECIPE))
FORM_PAGE = answers(200, Forms.page)
HTML = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
# What each means at the page; at the letter every one of them leaves it unclear.
FORM_FAULTS: dict[str, tuple[Act, Cell]] = {
    "500": (answers(500), AWAY),
    "500 with thanks": (answers(500, Forms.thanks), AWAY),
    "429": (answers(429), BUSY_AT_ONCE),
    "503 + Retry-After": (answers(503, Retry_After="120"), replace(BUSY_FOR_A_WHILE, begun=False)),
    "404": (answers(404), CHANGED),
    "another page": (answers(200, "<h1>Welcome</h1>"), CHANGED),
    "redirect to another host": (answers(302, Location="http://other.example/"), CHANGED),
    "closed": (hang_up, AWAY),
    "reset": (reset, AWAY),
    "not HTTP": (say(b"220 mail.example ESMTP\r\n"), AWAY),
    "silence": (stay_silent, AWAY),
    "silence in the page": (say(HTML + b"Content-Length: 99\r\n\r\n", then=stay_silent), AWAY),
    "dripping headers": (drip(HTML, then=b"X:y\r\n"), AWAY),
    "10 MB of page": (flood(HTML + b"\r\n", then=b"x"), AWAY),
}


class FormOffice(HttpServer):
    """Plays `at_page` where its page is asked for, and `at_letter` where a letter comes."""

    def __init__(self, *, at_page: Act = FORM_PAGE, at_letter: Act):
        super().__init__(self._play)
        self._at_page, self._at_letter = at_page, at_letter

    def _play(self, conn: socket.socket) -> None:
        is_letter = self.requests[-1].startswith(b"POST ")
        act = self._at_letter if is_letter else self._at_page
        act(conn)


@pytest.fixture
def form_at(monkeypatch) -> Callable[[int], WebformChannel]:
    """The channel to the form at that port, without a browser to fall back on."""
    monkeypatch.setattr("letters.channels.webform.channel.available", lambda: False)

    def form_at(port: int) -> WebformChannel:
        stand_in = f"http://127.0.0.1:{port}/"
        return WebformChannel(name="contact_form", stand_in=stand_in, seconds=SECONDS)

    return form_at


@pytest.fixture
def by_form(form_at) -> Callable[[int], Cell]:
    return lambda port: outcome(form_at(port), ENVELOPE_BY_FORM)


def test_a_form_that_gives_thanks_has_taken_the_letter(by_form, start):
    assert by_form(start(FormOffice(at_letter=answers(200, Forms.thanks))).port) == TAKEN


@pytest.mark.parametrize("fault", FORM_FAULTS)
def test_trouble_at_a_forms_page_means_what_the_table_says(by_form, start, fault):
    act, cell = FORM_FAULTS[fault]
    office = start(FormOffice(at_page=act, at_letter=reset))

    assert by_form(office.port) == cell
    assert len(office.requests) == 1


@pytest.mark.parametrize("fault", FORM_FAULTS)
def test_after_any_trouble_at_a_letter_it_is_unclear_whether_a_form_has_it(by_form, start, fault):
    act, _ = FORM_FAULTS[fault]
    office = start(FormOffice(at_letter=act))

    assert by_form(office.port) == UNCLEAR
    assert len(office.requests) == 2


def test_a_form_that_refuses_connections_is_unavailable(by_form):
    assert by_form(free_port()) == AWAY


def send_by_form(channel: WebformChannel, begin: Callable[..., None]) -> ChannelError:
    """What comes of a letter that does not go."""
    with pytest.raises(ChannelError) as caught:
        channel.send(channel.compose(ENVELOPE_BY_FORM), envelope=ENVELOPE_BY_FORM, begin=begin)
    return caught.value


@pytest.mark.parametrize("status", [404, 500])
def test_trouble_at_a_forms_page_says_who_was_filling_it_in(form_at, start, status):
    office = start(FormOffice(at_page=answers(status), at_letter=reset))

    assert send_by_form(form_at(office.port), begin=print).how == "plain"


def test_a_letter_that_must_not_begin_says_nothing_of_the_form(form_at, start):
    def refuse(**how) -> None:
        raise NeedsSupporter(Reason.FORM_RESTS)

    office = start(FormOffice(at_letter=reset))

    assert send_by_form(form_at(office.port), begin=refuse).how == ""
    assert len(office.requests) == 1
