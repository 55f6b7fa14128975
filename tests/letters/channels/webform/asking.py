"""Bytes to the proxy as no library would send them."""

import socket
from contextlib import closing
from urllib.parse import urlsplit


def say(way, text: str | bytes) -> bytes:
    """What the proxy answers to these very bytes, until it hangs up."""
    parts = urlsplit(way.url)
    sent = text if isinstance(text, bytes) else text.encode()
    with closing(socket.create_connection((parts.hostname, parts.port), 5)) as line:
        line.sendall(sent)
        line.settimeout(5)
        return b"".join(iter(lambda: line.recv(65536), b""))


def get(way, url: str) -> bytes:
    return say(way, f"GET {url} HTTP/1.1\r\nHost: anything\r\n\r\n")


def status(answer: bytes) -> int:
    return int(answer.split(b" ")[1])
