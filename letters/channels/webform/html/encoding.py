"""A form's entries as the bytes that leave (html.spec.whatwg.org, form submission)."""

import re
import secrets
from dataclasses import dataclass

from letters.channels.webform.html.charsets import encoded

URLENCODED = "application/x-www-form-urlencoded"
MULTIPART = "multipart/form-data"
PLAIN_TEXT = "text/plain"
LINE_END = re.compile(r"\r\n|\r|\n")
# Every other byte is percent-encoded.
KEPT = frozenset(b"*-._0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")
BYTES = [chr(each) if each in KEPT else f"%{each:02X}" for each in range(256)]
BYTES[0x20] = "+"


@dataclass(frozen=True)
class Entry:
    """One field of what is submitted. A file's is always empty: nobody chose one."""

    name: str
    value: str
    is_file: bool = False


def urlencoded(entries: list[Entry], charset: str) -> str:
    pairs = [(_quoted(each.name, charset), _quoted(each.value, charset)) for each in entries]
    return "&".join(f"{name}={value}" for name, value in pairs)


def multipart(entries: list[Entry], charset: str) -> tuple[bytes, str]:
    """The body, and its content type with the boundary."""
    boundary = f"----LetterBoundary{secrets.token_hex(16)}"
    parts = [_part(each, charset) for each in entries]
    body = b"".join(b"--%s\r\n%s\r\n" % (boundary.encode(), part) for part in parts)
    return body + f"--{boundary}--\r\n".encode(), f"{MULTIPART}; boundary={boundary}"


def plain_text(entries: list[Entry], charset: str) -> bytes:
    lines = [f"{_crlf(each.name)}={_crlf(each.value)}\r\n" for each in entries]
    return encoded("".join(lines), charset)


def _part(entry: Entry, charset: str) -> bytes:
    name = encoded(_crlf(entry.name), charset)
    for raw, written in ((b"\r\n", b"%0D%0A"), (b'"', b"%22")):
        name = name.replace(raw, written)
    head = b'Content-Disposition: form-data; name="%s"' % name
    if entry.is_file:
        return head + b'; filename=""\r\nContent-Type: application/octet-stream\r\n\r\n'
    return head + b"\r\n\r\n" + encoded(_crlf(entry.value), charset)


def _quoted(text: str, charset: str) -> str:
    return "".join([BYTES[each] for each in encoded(_crlf(text), charset)])


def _crlf(text: str) -> str:
    return LINE_END.sub("\r\n", text)
