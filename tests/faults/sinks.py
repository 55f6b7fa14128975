"""Congress as the fault suite plays it: gateways, mailboxes, forms. They log before they answer.

Threads of the test's own process: no kill of a worker reaches them.
"""

import asyncio
import email
import email.policy
import json
import threading
import time
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Self
from urllib.parse import parse_qsl

from aiosmtpd.controller import Controller
from lxml import etree

from tests.faults.arrivals import ArrivalLog
from tests.faults.moods import WELL, Act, Mood, Temper
from tests.faults.ways import members
from tests.installation import free_port


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    # Who calls while all threads are busy is kept waiting, not turned away.
    request_queue_size = 128

    def handle_error(self, request, client_address) -> None:
        """A caller that was killed in the middle is what the suite is for."""


class HttpSink:
    """Takes letters by POST; a subclass says what stands in one and what it answers."""

    def __init__(self, log: ArrivalLog, *, mood: Mood = WELL, seed: int = 0):
        self.log, self.temper = log, Temper(mood, seed=seed)
        self.stopping = threading.Event()
        handler = type("Handler", (_Handler,), {"sink": self})
        self._server = _Server(("127.0.0.1", 0), handler)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,))

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *error) -> None:
        self.stopping.set()
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    # The page that says that a letter was taken; gateways say so by the status alone.
    thanks = ""

    def take(self, path: str, body: bytes) -> int:
        """Logs the arrival of a whole letter; returns the status of the answer."""
        raise NotImplementedError

    def show(self, path: str) -> tuple[int, str]:
        """Status and body of the answer to a GET."""
        raise NotImplementedError


class _Handler(BaseHTTPRequestHandler):
    sink: HttpSink
    # Who wants to may keep the connection for the next letter.
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self._answer(*self.sink.show(self.path))

    def do_POST(self) -> None:
        length = int(self.headers["Content-Length"])
        body = self.rfile.read(length)
        if len(body) < length:
            # Whoever sent it was killed on the way: half a letter is none.
            self.close_connection = True
            return
        act, pause = self.sink.temper.draw()
        status = 500 if act == Act.REFUSE else self.sink.take(self.path, body)
        time.sleep(pause)
        if act == Act.TAKE_AND_HANG_UP:
            self.close_connection = True
            return
        taken = status < 300 and act == Act.TAKE
        self._answer(500 if act == Act.TAKE_AND_FAIL else status, self.sink.thanks * taken)

    def _answer(self, status: int, body: str = "") -> None:
        with suppress(BrokenPipeError, ConnectionResetError):
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body.encode())

    def log_message(self, *args) -> None:
        pass


class Gateways(HttpSink):
    """House and Senate. The House answers 200 to everything, the Senate takes a DeliveryId once."""

    def __init__(self, log: ArrivalLog, *, offices: tuple[str, ...], **options):
        super().__init__(log, **options)
        self._offices = offices
        self._taken: set[str] = set()
        self._lock = threading.Lock()

    def take(self, path: str, body: bytes) -> int:
        root = etree.fromstring(body)
        key, office = root.findtext("Delivery/DeliveryId"), root.findtext("Recipient/MemberOffice")
        if path.startswith("/senate"):
            with self._lock:
                if key in self._taken:
                    return 409
                self._taken.add(key)
        senate = path.startswith("/senate")
        route = "senate_cwc" if senate else "house_cwc"
        self.log.write(route=route, key=key, office=office, text=body.decode())
        return 201 if senate else 200

    def show(self, path: str) -> tuple[int, str]:
        initial = "S" if path.startswith("/senate") else "H"
        return 200, json.dumps([code for code in self._offices if code[0] == initial])


class Forms(HttpSink):
    """Contact forms, each under its member's own address. They are told no key: what tells one
    letter from another is who is named as its sender.

    Pages come at once or fail, letters are taken as the mood is. The `hanging` office accepts
    whoever comes, and never says a word.
    """

    page = """<!doctype html><meta charset=utf-8><title>Contact</title>
<form method=post><input id=first name=first required><input id=last name=last required>
<input id=email name=email type=email required><textarea id=text name=text required></textarea>
<button id=send>Send</button></form>"""
    thanks = "<!doctype html><title>Contact</title><h1>Thank you</h1>"

    def __init__(self, log: ArrivalLog, *, offices: tuple[str, ...], hanging: str = "", **options):
        super().__init__(log, **options)
        sitting = members()
        self._office_at = {f"/{sitting[office]}/": office for office in offices}
        self._hanging = hanging

    def show(self, path: str) -> tuple[int, str]:
        if self._office_at[path] == self._hanging:
            self.stopping.wait()
        act, _ = self.temper.draw()
        return (200, self.page) if act == Act.TAKE else (500, "")

    def take(self, path: str, body: bytes) -> int:
        fields = dict(parse_qsl(body.decode()))
        self.log.write(
            route="contact_form",
            office=self._office_at[path],
            text=fields["text"],
            email=fields["email"],
        )
        return 200


class Mailboxes:
    """The offices' mail server: the seat is the mailbox, the delivery key the Message-ID."""

    def __init__(self, log: ArrivalLog, *, mood: Mood = WELL, seed: int = 0):
        self.log, self.temper = log, Temper(mood, seed=seed)
        self.port = free_port()
        self._controller = Controller(self, hostname="127.0.0.1", port=self.port)

    def __enter__(self) -> Self:
        self._controller.start()
        return self

    def __exit__(self, *error) -> None:
        self._controller.stop()

    async def handle_DATA(self, server, session, envelope) -> str:
        act, pause = self.temper.draw()
        if act == Act.REFUSE:
            return "451 Not now"
        self._take(envelope)
        await asyncio.sleep(pause)
        if act in {Act.TAKE_AND_HANG_UP, Act.TAKE_AND_FAIL}:
            # To fail after taking is for a mail server the same as to vanish: 4xx would be a lie.
            server.transport.abort()
        return "250 OK"

    def _take(self, envelope) -> None:
        mail = email.message_from_bytes(envelope.content, policy=email.policy.default)
        key = mail["Message-ID"].strip("<>").partition("@")[0]
        (address,) = envelope.rcpt_tos
        office = address.partition("@")[0].upper()
        self.log.write(route="email", key=key, office=office, text=mail.get_content())
