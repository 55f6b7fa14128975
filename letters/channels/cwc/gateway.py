"""The border to a gateway: one HTTP call, its answer, and whether a letter may have left.

The key travels in the URL, and the exceptions of `requests` carry the URL: none of them gets past
this module, not even as the cause of ours, which are therefore raised outside the `except`; and no
URL is ever logged.
"""

import io
import logging
import time
from dataclasses import dataclass

import requests

from letters.channels.interface import Unavailable, Uncertain
from letters.states import Reason

CONNECT_SECONDS, READ_SECONDS = 5, 30
ANSWER_SECONDS = 30
ANSWER_BYTES = 64 * 1024
# 441 offices with their members' names are some 40 KiB.
LIST_BYTES = 1024 * 1024

# It writes each request's URL into its log at DEBUG.
logging.getLogger("urllib3").setLevel(logging.INFO)


@dataclass(frozen=True)
class Answer:
    """What a gateway said; `body` is bounded and may echo the letter."""

    status: int
    body: str
    content_type: str
    retry_after: str


class _Outgoing(io.BytesIO):
    """A body that knows whether its first byte has been taken, which is after connecting."""

    has_begun_to_leave = False

    def read(self, *args) -> bytes:
        self.has_begun_to_leave = True
        return super().read(*args)


def post_document(url: str, document: bytes, *, key: str, proxy: str) -> Answer:
    """POST a letter. Unavailable where it certainly did not leave, Uncertain where it may have."""
    body = _Outgoing(document)
    try:
        return _call("POST", url, key=key, proxy=proxy, data=body, at_most=ANSWER_BYTES)
    except requests.RequestException as error:
        trouble = type(error).__name__
    if body.has_begun_to_leave:
        raise Uncertain(Reason.NO_ANSWER, evidence=f"{trouble} after the letter began to leave")
    raise Unavailable(Reason.UNREACHABLE, evidence=f"{trouble} before the letter left")


def get_answer(url: str, *, key: str, proxy: str) -> Answer:
    """GET, for the offices list; Unavailable where no answer came."""
    try:
        return _call("GET", url, key=key, proxy=proxy, at_most=LIST_BYTES)
    except requests.RequestException as error:
        trouble = type(error).__name__
    raise Unavailable(Reason.UNREACHABLE, evidence=trouble)


def _call(
    method: str, url: str, *, key: str, proxy: str, at_most: int, data: io.BytesIO | None = None
) -> Answer:
    with requests.Session() as session:
        # No proxy and no password from the environment: settings alone say where letters go.
        session.trust_env = False
        response = session.request(
            method,
            url,
            params={"apikey": key},
            data=data,
            headers={"Content-Type": "application/xml", "Accept-Encoding": "identity"},
            timeout=(CONNECT_SECONDS, READ_SECONDS),
            proxies={"http": proxy, "https": proxy} if proxy else {},
            allow_redirects=False,
            stream=True,
        )
        return Answer(
            status=response.status_code,
            body=_beginning(response, at_most),
            content_type=response.headers.get("Content-Type", ""),
            retry_after=response.headers.get("Retry-After", ""),
        )


def _beginning(response: requests.Response, at_most: int) -> str:
    """As much of the body as is worth keeping. The status has been said: a break changes nothing.

    Read byte by byte (they are buffered below): a larger piece would wait for a dripping sender.
    """
    read = bytearray()
    deadline = time.monotonic() + ANSWER_SECONDS
    try:
        for byte in response.iter_content(1):
            read += byte
            if len(read) >= at_most or time.monotonic() > deadline:
                break
    except requests.RequestException as error:
        read += f"\n[broke off: {type(error).__name__}]".encode()
    return read.decode("utf-8", "replace")
