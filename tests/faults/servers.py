"""Servers on loopback that misbehave as they are told: gateways, proxies and mail servers."""

import contextlib
import socket
import socketserver
import ssl
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import cache
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

# What a server does with an open connection.
Act = Callable[[socket.socket], None]
# No test waits longer; a server that sleeps stops with its test's connection.
PATIENCE = 10
DRIP_SECONDS = 0.2


class LoopbackServer(socketserver.ThreadingTCPServer):
    """Plays `act` on each connection, and counts them."""

    daemon_threads = True
    block_on_close = False
    request_queue_size = 64

    def __init__(self, act: Act):
        super().__init__(("127.0.0.1", 0), socketserver.BaseRequestHandler)
        self.act = act
        self.connections = self.ended = 0

    def finish_request(self, request: socket.socket, client_address: tuple) -> None:
        self.connections += 1
        request.settimeout(PATIENCE)
        # A client that hangs up in the middle is what most of the tests are about.
        with contextlib.suppress(OSError, EOFError):
            self.act(request)

    def shutdown_request(self, request: socket.socket) -> None:
        super().shutdown_request(request)
        self.ended += 1

    def wait_for_ends(self) -> None:
        """Until no connection is open on this side; AssertionError if one stays."""
        deadline = time.monotonic() + PATIENCE
        while self.ended < self.connections:
            assert time.monotonic() < deadline, "a connection stays open"
            time.sleep(0.01)

    @property
    def port(self) -> int:
        return self.server_address[1]

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/send"


@contextmanager
def running(server: LoopbackServer) -> Iterator[LoopbackServer]:
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def hang_up(conn: socket.socket) -> None:
    conn.shutdown(socket.SHUT_RDWR)


def reset(conn: socket.socket) -> None:
    conn.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\0\0\0\0\0\0\0")
    conn.close()


def stay_silent(conn: socket.socket) -> None:
    """Until the client hangs up."""
    with contextlib.suppress(OSError):
        while conn.recv(65536):
            pass


def without_the_body(act: Act) -> Act:
    """Plays `act` after the head of a request, while its body lies unread."""

    def after_the_head(conn: socket.socket) -> None:
        head = b""
        while not head.endswith(b"\r\n\r\n"):
            head += conn.recv(1)
        act(conn)

    return after_the_head


def drip(text: bytes, *, then: bytes = b"") -> Act:
    """Sends `text` at once, and then one byte of `then` after the other, slowly and for ever."""

    def act(conn: socket.socket) -> None:
        conn.sendall(text)
        for number in range(int(PATIENCE / DRIP_SECONDS)):
            time.sleep(DRIP_SECONDS)
            conn.sendall(then[number % len(then) :][:1])

    return act


def flood(text: bytes, *, then: bytes, size: int = 10 * 1024 * 1024) -> Act:
    """Sends `text`, and then `size` bytes of `then`."""

    def act(conn: socket.socket) -> None:
        conn.sendall(text)
        piece = then * (65536 // len(then))
        for _ in range(size // len(piece) + 1):
            conn.sendall(piece)

    return act


def say(text: bytes, *, then: Act | None = None) -> Act:
    def act(conn: socket.socket) -> None:
        conn.sendall(text)
        if then:
            then(conn)

    return act


class HttpServer(LoopbackServer):
    """Reads whole requests, plays `answer` on each, and keeps what it read.

    `keep_alive` is how many requests a connection may carry.
    """

    def __init__(self, answer: Act, *, keep_alive: int = 1):
        super().__init__(self._converse)
        self.answer = answer
        self.keep_alive = keep_alive
        self.requests: list[bytes] = []

    def _converse(self, conn: socket.socket) -> None:
        for _ in range(self.keep_alive):
            self.requests.append(read_request(conn))
            self.answer(conn)


def read_request(conn: socket.socket) -> bytes:
    """Head and body; EOFError if it breaks off."""
    read = _more(conn)
    # A TLS greeting (0x16) is no HTTP: there is nothing more to wait for.
    while b"\r\n\r\n" not in read and not read.startswith(b"\x16"):
        read += _more(conn)
    head, _, body = read.partition(b"\r\n\r\n")
    length = 0
    for line in head.split(b"\r\n"):
        if line.lower().startswith(b"content-length:"):
            length = int(line.split(b":")[1])
    while len(body) < length:
        body += _more(conn)
    return head + b"\r\n\r\n" + body


def _more(conn: socket.socket) -> bytes:
    read = conn.recv(65536)
    if not read:
        raise EOFError
    return read


def http_answer(status: int, body: str = "", **headers: str) -> bytes:
    """A whole answer; a header's `_` is a `-`."""
    lines = [f"HTTP/1.1 {status} Whatever", f"Content-Length: {len(body.encode())}"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return "\r\n".join([*lines, "", body]).encode()


class MailServer(LoopbackServer):
    """Speaks SMTP, and keeps the mails that it has taken and what it has heard.

    `faults` are played in place of its answers, by verb: greeting, EHLO, HELO, STARTTLS, AUTH,
    MAIL, RCPT, DATA, dot, QUIT. With `only` they are at that hearing of the verb, counted from 1.
    """

    ANSWERS = {
        "greeting": b"220 mail.example\r\n",
        "EHLO": b"250-mail.example\r\n250-SIZE 1000000\r\n250-AUTH PLAIN\r\n250 STARTTLS\r\n",
        "STARTTLS": b"220 go on\r\n",
        "AUTH": b"235 welcome\r\n",
        "DATA": b"354 go on\r\n",
        "QUIT": b"221 bye\r\n",
    }

    def __init__(self, *, only: int | None = None, **faults: Act):
        super().__init__(self._converse)
        self.only = only
        self.faults = faults
        self.mails: list[bytes] = []
        self.verbs: list[str] = []
        self.heard: list[bytes] = []

    def _converse(self, conn: socket.socket) -> None:
        self._answer(conn, "greeting")
        lines = conn.makefile("rb")
        while line := lines.readline():
            self.heard.append(line)
            verb = line.split()[0].decode().upper()
            well = self._answer(conn, verb)
            if verb == "STARTTLS" and well:
                conn = tls_context().wrap_socket(conn, server_side=True)
                lines = conn.makefile("rb")
            if verb == "DATA" and well:
                self.mails.append(_content(lines))
                self._answer(conn, "dot")
            if verb == "QUIT":
                return

    def _answer(self, conn: socket.socket, verb: str) -> bool:
        """Whether it was the answer that a verb usually gets."""
        self.verbs.append(verb)
        well = verb not in self.faults or self.only not in {None, self.verbs.count(verb)}
        usual = say(self.ANSWERS.get(verb, b"250 ok\r\n"))
        act = usual if well else self.faults[verb]
        act(conn)
        return well


def _content(lines) -> bytes:
    """Up to the dot; EOFError if it breaks off."""
    read = b""
    while not read.endswith(b"\r\n.\r\n"):
        line = lines.readline()
        if not line:
            raise EOFError
        read += line
    return read[:-3]


def over_tls(act: Act) -> Act:
    """The same conversation in TLS, under a certificate that only `certificate()` vouches for."""
    return lambda conn: act(tls_context().wrap_socket(conn, server_side=True))


@cache
def tls_context() -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate())
    return context


@cache
def certificate() -> Path:
    """A file with the key and the certificate of localhost, which vouches for itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    names = [x509.DNSName("localhost"), x509.IPAddress(ip_address("127.0.0.1"))]
    now = datetime.now(UTC)
    signed = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    sealed = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    path = Path(tempfile.mkdtemp(prefix="letters-tests-"), "localhost.pem")
    path.write_bytes(sealed + signed.public_bytes(serialization.Encoding.PEM))
    return path
