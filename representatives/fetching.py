"""The content of a source: a file on this machine, or a public address."""

import time
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import requests
from urllib3.exceptions import HTTPError

from representatives.tables import TableRefused

TIMEOUT = (5, 30)
# For all of it, however many redirects and however slowly it drips.
SECONDS = 120
LARGEST = 20 * 1024 * 1024
REDIRECTS = 3
PIECE = 64 * 1024


def fetch(source: str) -> bytes:
    """What stands at a path or an http(s) address; TableRefused where it cannot be had.

    At most so many bytes in so many seconds, and from that host alone.
    """
    if not is_address(source):
        return _read(Path(source))
    until = time.monotonic() + SECONDS
    address = source
    for _ in range(REDIRECTS + 1):
        try:
            with requests.get(
                address, timeout=TIMEOUT, stream=True, allow_redirects=False
            ) as response:
                if not response.is_redirect:
                    response.raise_for_status()
                    return _content(response, until=until, source=source)
                address = urljoin(address, response.headers["location"])
        except TableRefused:
            raise
        except (requests.RequestException, HTTPError, ValueError) as error:
            raise TableRefused(f"{source} could not be fetched: {_why(error)}.") from error
        if _place(address) != _place(source):
            raise TableRefused(f"{source} sends us to another host: nothing is fetched from there.")
    raise TableRefused(f"{source} sends us in circles.")


def is_address(source: str) -> bool:
    """Whether it is asked now; else it is a file, of whatever day."""
    return source.startswith(("https://", "http://"))


def _why(error: Exception) -> str:
    answer = getattr(error, "response", None)
    return f"it answered {answer.status_code}" if answer is not None else type(error).__name__


def _place(address: str) -> tuple[str, str]:
    """Scheme and host: from https nothing leads to http."""
    parts = urlsplit(address)
    return parts.scheme, parts.netloc.lower()


def _content(response: requests.Response, *, until: float, source: str) -> bytes:
    content = bytearray()
    while piece := response.raw.read1(PIECE, decode_content=True):
        content += piece
        if len(content) > LARGEST:
            raise TableRefused(f"{source} is larger than {LARGEST // 1024 // 1024} MB.")
        if time.monotonic() > until:
            raise TableRefused(f"{source} takes longer than {SECONDS} seconds.")
    return bytes(content)


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise TableRefused(f"{path} could not be read: {error.strerror}.") from error
