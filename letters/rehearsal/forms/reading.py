"""What a form sends, as ordered names and values: our own reading of both encodings."""

from dataclasses import dataclass
from email.message import Message
from email.parser import BytesParser
from urllib.parse import parse_qsl

URLENCODED, MULTIPART = "application/x-www-form-urlencoded", "multipart/form-data"
FIELDS = 500

Pairs = tuple[tuple[str, str], ...]


class Unreadable(ValueError):
    """It is no form; the message says why."""


@dataclass(frozen=True)
class Sent:
    """One submission. Of the encoding that is plain ASCII the text is kept as it came."""

    pairs: Pairs
    raw: str = ""

    def values(self, name: str) -> list[str]:
        return [value for each, value in self.pairs if each == name]

    def without(self, *names: str) -> Pairs:
        return tuple((name, value) for name, value in self.pairs if name not in names)


def read(body: bytes, *, content_type: str, charset: str) -> Sent:
    """A browser writes in the page's character set. Raises Unreadable."""
    kind = content_type.partition(";")[0].strip().lower()
    if kind == URLENCODED:
        return _urlencoded(body, charset)
    if kind == MULTIPART:
        return Sent(pairs=_parts(body, content_type, charset))
    raise Unreadable(f"A form is sent as {URLENCODED} or {MULTIPART}.")


def _urlencoded(body: bytes, charset: str) -> Sent:
    raw = body.decode("ascii", "replace")
    try:
        pairs = parse_qsl(
            raw, keep_blank_values=True, encoding=charset, errors="replace", max_num_fields=FIELDS
        )
    except ValueError as error:
        raise Unreadable("There are too many fields.") from error
    return Sent(pairs=tuple(pairs), raw=raw)


def _parts(body: bytes, content_type: str, charset: str) -> Pairs:
    head = f"Content-Type: {content_type}\r\n\r\n".encode("latin-1", "replace")
    message = BytesParser().parsebytes(head + body)
    if not message.is_multipart() or len(message.get_payload()) > FIELDS:
        raise Unreadable("The parts cannot be told from each other.")
    return tuple((_name(part, charset), _text(part, charset)) for part in message.get_payload())


def _name(part: Message, charset: str) -> str:
    """The parser shows what is no ASCII as surrogates: the bytes are behind them."""
    name = part.get_param("name", failobj="", header="content-disposition")
    return str(name).encode("ascii", "surrogateescape").decode(charset, "replace")


def _text(part: Message, charset: str) -> str:
    return (part.get_payload(decode=True) or b"").decode(charset, "replace")
