"""A letter to one office, both gateways' channels, and real HTTP servers on loopback."""

import threading
from contextlib import ExitStack
from dataclasses import replace
from wsgiref.simple_server import WSGIRequestHandler, make_server

import pytest
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import DEFAULT_DB_ALIAS, close_old_connections, connections

from letters.channels.interface import Envelope
from tests.faults.servers import Act, HttpServer, MailServer, http_answer, running, say
from tests.letters.channels.letter import ENVELOPE, PERSON, cwc_channel


@pytest.fixture
def envelope():
    return ENVELOPE


@pytest.fixture
def write():
    """The letter with some things otherwise; `person` fields by `who`."""

    def write(*, who: dict | None = None, **changes) -> Envelope:
        person = replace(PERSON, **(who or {}))
        return replace(ENVELOPE, person=person, **changes)

    return write


@pytest.fixture
def make_channel():
    return cwc_channel


class _Quiet(WSGIRequestHandler):
    def log_message(self, *args):
        pass


@pytest.fixture
def rehearsal(db, settings):
    """The rehearsal Congress on a real port, in this test's own transaction; its base URL."""
    settings.ROOT_URLCONF = "letters.rehearsal.urls"
    server = make_server("127.0.0.1", 0, get_wsgi_application(), handler_class=_Quiet)
    shared = connections[DEFAULT_DB_ALIAS]
    shared.inc_thread_sharing()
    # A request's end would close the connection, and with it the test's transaction.
    for moment in (request_started, request_finished):
        moment.disconnect(close_old_connections)

    def serve():
        connections[DEFAULT_DB_ALIAS] = shared
        server.serve_forever(poll_interval=0.01)

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()
    shared.dec_thread_sharing()
    for moment in (request_started, request_finished):
        moment.connect(close_old_connections)


@pytest.fixture
def start():
    """Runs a server until the test is over."""
    with ExitStack() as servers:
        yield lambda server: servers.enter_context(running(server))


@pytest.fixture
def odd_server(start):
    """Starts servers that misbehave: `odd_server(answer)`."""

    def odd(answer: Act, **options) -> HttpServer:
        return start(HttpServer(answer, **options))

    return odd


@pytest.fixture
def answering(odd_server):
    """A server that answers every request with this status, body and headers."""

    def answering(status: int, body: str = "", *, keep_alive: int = 1, **headers) -> HttpServer:
        return odd_server(say(http_answer(status, body, **headers)), keep_alive=keep_alive)

    return answering


@pytest.fixture
def mail_server(start, settings):
    """Starts a mail server with these faults and points Django's SMTP at it."""

    def mail_server(*, only: int | None = None, **faults: Act) -> MailServer:
        server = start(MailServer(only=only, **faults))
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
        settings.EMAIL_USE_TLS = False
        settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
        return server

    return mail_server


@pytest.fixture
def send(make_channel, envelope):
    """Sends the letter to a URL; the channel's answer."""

    def send(url: str, *, chamber: str = "senate", begin=lambda: None, **options) -> str:
        channel = make_channel(chamber, send_url=url, **options)
        return channel.send(channel.compose(envelope), envelope=envelope, begin=begin)

    return send
