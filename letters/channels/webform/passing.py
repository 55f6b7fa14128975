"""How the proxy reads what it is asked for, and passes bytes on: one request per connection."""

import re
import selectors
import socket
import time
from dataclasses import dataclass

HEAD_BYTES = 64 * 1024
HEAD_SECONDS = 10
# Whoever uses the proxy has a deadline of its own; this only ends what was forgotten.
IDLE_SECONDS = 60
LINGER_SECONDS = 1
CHUNK = 64 * 1024

HOST = rb"\[[0-9A-Fa-f:.]{2,45}\]|[A-Za-z0-9.-]{1,253}"
LINE = re.compile(rb"([A-Z]{1,20}) (\S+) HTTP/1\.[01]")
TUNNEL = re.compile(rb"(" + HOST + rb"):([0-9]{1,5})")
ABSOLUTE = re.compile(rb"http://(" + HOST + rb")(?::([0-9]{1,5}))?((?:[/?][\x21-\x7e]*)?)")
FIELD = re.compile(rb"([!#$%&'*+.^_`|~0-9A-Za-z-]+):[\t ]*([^\x00\r\n]*)")
STATUS = re.compile(rb"HTTP/1\.[01] ([1-5][0-9][0-9])[ \r]")
# They speak of one connection only, or are said anew.
NOT_PASSED_ON = {b"host", b"connection", b"keep-alive", b"te", b"trailer", b"upgrade", b"expect"}
REASONS = {400: "Bad request", 403: "Forbidden", 502: "Bad gateway"}


class NotUnderstood(Exception):
    """No request that a proxy of ours takes. The message repeats nothing of it."""


@dataclass(frozen=True)
class Request:
    """What the first line and the fields ask for; `rest` has come already behind them."""

    method: bytes
    host: str
    port: int
    path: bytes
    fields: tuple[tuple[bytes, bytes], ...]
    rest: bytes

    @property
    def is_tunnel(self) -> bool:
        return self.method == b"CONNECT"

    @property
    def body_length(self) -> int:
        lengths = {value for name, value in self.fields if name.lower() == b"content-length"}
        if len(lengths) > 1 or not all(re.fullmatch(rb"[0-9]{1,9}", each) for each in lengths):
            raise NotUnderstood("a request whose length is not clear")
        return int(lengths.pop()) if lengths else 0

    @property
    def head(self) -> bytes:
        """As the server gets it: a path instead of a URL, and the host that was looked at."""
        port = b"" if self.port == 80 else b":%d" % self.port
        lines = [
            b"%s %s HTTP/1.1" % (self.method, self.path),
            b"Host: %s%s" % (self.host.encode(), port),
            *_passed_on(self.fields),
            b"Connection: close",
        ]
        return b"\r\n".join(lines) + b"\r\n\r\n"


def read_request(client: socket.socket) -> Request:
    """The request that a client begins with. NotUnderstood, or OSError where none comes."""
    head, rest = _head(client, HEAD_SECONDS)
    first, *lines = head.split(b"\r\n")
    line = LINE.fullmatch(first)
    if line is None:
        raise NotUnderstood("a first line that is no request")
    method, target = line.groups()
    asked = (TUNNEL if method == b"CONNECT" else ABSOLUTE).fullmatch(target)
    if asked is None:
        raise NotUnderstood("a request that names no host as requests to a proxy do")
    host, port, path = (*asked.groups(), b"")[:3]
    fields = _fields(lines)
    if any(name.lower() == b"transfer-encoding" for name, _ in fields):
        raise NotUnderstood("a request whose length is not clear")
    request = Request(
        method=method,
        host=host.decode().lower(),
        port=int(port) if port else 80,
        path=path if path.startswith(b"/") else b"/" + path,
        fields=fields,
        rest=rest,
    )
    if len(rest) > request.body_length and not request.is_tunnel:
        raise NotUnderstood("more than one request at a time")
    return request


def pass_on(request: Request, client: socket.socket, server: socket.socket) -> None:
    """A tunnel until one side ends; else one request, and its answer until that ends."""
    for each in (client, server):
        each.settimeout(IDLE_SECONDS)
    if request.is_tunnel:
        client.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
        server.sendall(request.rest)
        _both_ways(client, server)
        return
    server.sendall(request.head + request.rest)
    left = request.body_length - len(request.rest)
    while left > 0:
        piece = client.recv(min(CHUNK, left))
        if not piece:
            return
        server.sendall(piece)
        left -= len(piece)
    _answer_back(client, server)


def refuse(client: socket.socket, status: int, text: str) -> None:
    """An answer of the proxy's own; what still comes is read, or the answer would be lost."""
    lines = [f"HTTP/1.1 {status} {REASONS[status]}", "Content-Type: text/plain"]
    lines += [f"Content-Length: {len(text)}", "Connection: close", "", text]
    client.sendall("\r\n".join(lines).encode())
    client.shutdown(socket.SHUT_WR)
    ends = time.monotonic() + LINGER_SECONDS
    client.settimeout(LINGER_SECONDS)
    while time.monotonic() < ends and client.recv(CHUNK):
        pass


def _both_ways(client: socket.socket, server: socket.socket) -> None:
    other = {client: server, server: client}
    with selectors.DefaultSelector() as selector:
        for each in other:
            selector.register(each, selectors.EVENT_READ)
        while ready := selector.select(IDLE_SECONDS):
            for key, _ in ready:
                piece = key.fileobj.recv(CHUNK)
                if not piece:
                    return
                other[key.fileobj].sendall(piece)


def _answer_back(client: socket.socket, server: socket.socket) -> None:
    """The client must not ask for another host on this connection: the answer says that it ends."""
    try:
        head, rest = _answer_head(server)
    except NotUnderstood as error:
        raise ConnectionAbortedError("the server does not speak HTTP") from error
    client.sendall(head + rest)
    server.settimeout(IDLE_SECONDS)
    while piece := server.recv(CHUNK):
        client.sendall(piece)


def _answer_head(server: socket.socket) -> tuple[bytes, bytes]:
    status, rest = b"100", b""
    while status.startswith(b"1"):
        head, rest = _head(server, IDLE_SECONDS, rest)
        first, *lines = head.split(b"\r\n")
        line = STATUS.match(first + b"\r")
        if line is None or line[1] == b"101":
            raise NotUnderstood("no answer of HTTP")
        status = line[1]
    kept = [first, *_passed_on(_fields(lines)), b"Connection: close", b"", b""]
    return b"\r\n".join(kept), rest


def _head(sock: socket.socket, seconds: float, begun: bytes = b"") -> tuple[bytes, bytes]:
    """Everything up to the first empty line, and what came behind it."""
    ends, read = time.monotonic() + seconds, begun
    while b"\r\n\r\n" not in read[:HEAD_BYTES]:
        if len(read) >= HEAD_BYTES:
            raise NotUnderstood("a head that is too long")
        left = ends - time.monotonic()
        if left <= 0:
            raise TimeoutError("no whole head in time")
        sock.settimeout(left)
        piece = sock.recv(CHUNK)
        if not piece:
            raise ConnectionAbortedError("closed before its head was whole")
        read += piece
    head, _, rest = read.partition(b"\r\n\r\n")
    return head, rest


def _fields(lines: list[bytes]) -> tuple[tuple[bytes, bytes], ...]:
    found = [FIELD.fullmatch(line) for line in lines]
    if not all(found):
        raise NotUnderstood("a line in the head that is no field")
    return tuple((field[1], field[2]) for field in found)


def _passed_on(fields: tuple[tuple[bytes, bytes], ...]) -> list[bytes]:
    named = b",".join(value for name, value in fields if name.lower() == b"connection")
    left_out = NOT_PASSED_ON | {each.strip().lower() for each in named.split(b",")}
    left_out -= {b"content-length", b"transfer-encoding"}
    return [
        b"%s: %s" % (name, value)
        for name, value in fields
        if name.lower() not in left_out and not name.lower().startswith(b"proxy-")
    ]
