"""A server on loopback that answers as a test tells it, and keeps every byte that it was sent."""

import socket
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Self


@dataclass(frozen=True)
class Asked:
    """One request, as its bytes came."""

    method: str
    path: str
    head: bytes
    body: bytes

    def field(self, name: str) -> str:
        """The value of a header field; empty where it is missing."""
        lines = self.head.decode("latin-1").split("\r\n")[1:]
        found = [line.partition(":")[2].strip() for line in lines if _named(line, name)]
        return found[0] if found else ""


@dataclass(frozen=True)
class Answer:
    body: str | bytes = ""
    status: int = 200
    fields: dict[str, str] = field(default_factory=dict)

    def as_bytes(self) -> bytes:
        body = self.body.encode() if isinstance(self.body, str) else self.body
        fields = {"Content-Type": "text/html; charset=utf-8", "Content-Length": str(len(body))}
        lines = [f"{name}: {value}" for name, value in (fields | self.fields).items()]
        return "\r\n".join([f"HTTP/1.1 {self.status} Said", *lines, "", ""]).encode() + body


class Site:
    """Listens while it is a context. `answer` gets what was asked and returns an Answer, or bytes
    to be sent as they are, or an iterator of bytes, or None to hang up."""

    def __init__(self, answer: Callable[[Asked], object], *, address: str = "127.0.0.1"):
        self.answer, self.asked = answer, []
        self._listener = socket.create_server((address, 0))
        self.port = self._listener.getsockname()[1]
        self.origin = f"{address}:{self.port}"
        self.url = f"http://{self.origin}"

    def __enter__(self) -> Self:
        threading.Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(self, *_) -> None:
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()

    def bodies(self) -> list[bytes]:
        return [asked.body for asked in self.asked if asked.method == "POST"]

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(client,), daemon=True).start()

    def _serve(self, client: socket.socket) -> None:
        with client, client.makefile("rb") as reader, suppress(OSError):
            head = b"".join(iter(reader.readline, b"\r\n")) if reader.peek(1) else b""
            if not head:
                return
            method, path = head.split(b" ", 2)[:2]
            asked = Asked(method.decode(), path.decode(), head, b"")
            length = int(asked.field("Content-Length") or 0)
            asked = Asked(asked.method, asked.path, head, reader.read(length))
            self.asked.append(asked)
            said = self.answer(asked)
            for piece in _pieces(said):
                client.sendall(piece)


def _pieces(said: object):
    if isinstance(said, Answer):
        return [said.as_bytes()]
    if isinstance(said, bytes):
        return [said]
    return said or []


def _named(line: str, name: str) -> bool:
    return line.lower().startswith(f"{name.lower()}:")
