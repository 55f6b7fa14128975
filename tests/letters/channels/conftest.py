"""A letter to one office, both gateways' channels, and real HTTP servers on loopback."""

import socket
import socketserver
import threading
from dataclasses import replace
from datetime import date
from wsgiref.simple_server import WSGIRequestHandler, make_server

import pytest
from django.conf import settings as project
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import DEFAULT_DB_ALIAS, close_old_connections, connections

from campaign.models import Identity
from letters.channels.cwc import CwcChannel
from letters.channels.interface import Envelope, SendingOrganization

PERSON = Identity(
    first_name="Ніна",
    last_name="O'Škłoŭ",
    email="nina@example.org",
    street="1 Main Street, Apt 2",
    city="Cheyenne",
    state="WY",
    zip="82001",
    prefix="Ms.",
)
ENVELOPE = Envelope(
    delivery_key="A1b2" * 8,
    campaign_id="0123456789abcdef",
    day=date(2027, 5, 21),
    seat_code="SWY01",
    chamber="senate",
    salutation="Dear Senator Barrasso,",
    person=PERSON,
    address_validated=True,
    subject="Honor May 21",
    opening="I am your constituent.",
    own_words="",
    statement="We urge you to act.",
    statement_is_untouched=True,
    closing="First Organization\nSecond Organization",
    topic="International Affairs",
    organization=SendingOrganization(
        name="First Organization",
        about="Belarusians in America.",
        contact_name="Jane Doe",
        contact_email="office@example.org",
        contact_phone="202-555-0101",
    ),
)


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
    def make(chamber: str = "senate", **changes) -> CwcChannel:
        options = {
            "name": f"{chamber}_cwc",
            "label": "Gateway",
            "chamber": chamber,
            "key": project.REHEARSAL_KEY,
            "send_url": "http://127.0.0.1:9/send",
            "offices_url": "http://127.0.0.1:9/offices",
            "agent": project.CWC_AGENT,
            "schema": project.CWC_SCHEMA,
        }
        return CwcChannel(**options | changes)

    return make


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


class OddServer(socketserver.ThreadingTCPServer):
    """Reads a whole request, then does what `act(connection)` does; keeps what it read."""

    daemon_threads = True

    def __init__(self, act):
        super().__init__(("127.0.0.1", 0), _OddHandler)
        self.act = act
        self.requests: list[bytes] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/send"


class _OddHandler(socketserver.BaseRequestHandler):
    def handle(self):
        self.server.requests.append(_whole_request(self.request))
        self.server.act(self.request)


def _whole_request(conn: socket.socket) -> bytes:
    read = conn.recv(65536)
    # A TLS greeting (0x16) is no HTTP: there is nothing more to wait for.
    while b"\r\n\r\n" not in read and not read.startswith(b"\x16"):
        read += conn.recv(65536)
    head, _, body = read.partition(b"\r\n\r\n")
    length = 0
    for line in head.split(b"\r\n"):
        if line.lower().startswith(b"content-length:"):
            length = int(line.split(b":")[1])
    while len(body) < length:
        body += conn.recv(65536)
    return head + b"\r\n\r\n" + body


@pytest.fixture
def odd_server():
    """Starts servers that misbehave: `odd_server(act)`."""
    started = []

    def start(act) -> OddServer:
        server = OddServer(act)
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        started.append(server)
        return server

    yield start
    for server in started:
        server.shutdown()
        server.server_close()


@pytest.fixture
def answering(odd_server):
    """A server that answers every request with this status, body and headers."""

    def start(status: int, body: str = "", **headers) -> OddServer:
        lines = [f"HTTP/1.1 {status} Whatever", f"Content-Length: {len(body.encode())}"]
        lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
        lines += ["Connection: close", "", body]
        return odd_server(lambda conn: conn.sendall("\r\n".join(lines).encode()))

    return start


@pytest.fixture
def send(make_channel, envelope):
    """Sends the letter to a URL; the channel's answer."""

    def send(url: str, *, chamber: str = "senate", begin=lambda: None, **options) -> str:
        channel = make_channel(chamber, send_url=url, **options)
        return channel.send(channel.compose(envelope), envelope=envelope, begin=begin)

    return send
