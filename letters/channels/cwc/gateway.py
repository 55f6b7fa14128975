"""The border to a gateway: one HTTP call, its answer, and whether a letter may have left.

The key travels in the URL, and the exceptions of `requests` carry the URL: none of them gets past
this module, not even as the cause of ours, which are therefore raised outside the `except`; and no
URL is ever logged.
"""

import io
from collections.abc import Callable
from dataclasses import dataclass

import requests
import urllib3

from letters.channels.deadline import Deadline, deadline_in_force
from letters.channels.http import HttpLine
from letters.channels.interface import Unavailable, Uncertain
from letters.channels.keeping import Keeper
from letters.states import Reason

ANSWER_BYTES = 64 * 1024
# 441 offices with their members' names are some 40 KiB.
LIST_BYTES = 1024 * 1024
HEADERS = {"Content-Type": "application/xml", "Accept-Encoding": "identity"}
# `requests` lets some of urllib3's through.
BROKEN = (requests.RequestException, urllib3.exceptions.HTTPError)


@dataclass(frozen=True)
class Answer:
    """What a gateway said; `body` is bounded and may echo the letter."""

    status: int
    body: str
    content_type: str
    retry_after: str


class _Outgoing(io.BytesIO):
    """A letter that calls `begin` before its first byte is taken, which is after connecting."""

    def __init__(self, letter: bytes, *, begin: Callable[[], None]):
        super().__init__(letter)
        self._begin = begin
        self.has_begun_to_leave = False

    def read(self, *args) -> bytes:
        if not self.has_begun_to_leave:
            self._begin()
            if deadline_in_force().is_over:
                raise TimeoutError("the time was over before the letter left")
            self.has_begun_to_leave = True
        return super().read(*args)


class Gateway:
    """One gateway's HTTP: `key` as its query wants it, `proxy` or empty, `seconds` for a call."""

    def __init__(self, *, key: str, proxy: str, seconds: float):
        self._key = key
        self._proxies = {"http": proxy, "https": proxy} if proxy else {}
        self._seconds = seconds
        self._lines = Keeper(part=HttpLine.close)

    def post(self, url: str, letter: bytes, *, begin: Callable[[], None]) -> Answer:
        """Unavailable where it certainly did not leave, Uncertain where it may have."""
        body = _Outgoing(letter, begin=begin)
        try:
            return self._call("POST", url, body=body, at_most=ANSWER_BYTES)
        except BROKEN as error:
            trouble = type(error).__name__
        if body.has_begun_to_leave:
            raise Uncertain(Reason.NO_ANSWER, evidence=f"{trouble} after the letter began to leave")
        raise Unavailable(Reason.UNREACHABLE, evidence=f"{trouble} before the letter left")

    def get(self, url: str) -> Answer:
        """For the offices list; Unavailable where no answer came."""
        try:
            return self._call("GET", url, body=None, at_most=LIST_BYTES)
        except BROKEN as error:
            trouble = type(error).__name__
        raise Unavailable(Reason.UNREACHABLE, evidence=trouble)

    def _call(self, method: str, url: str, *, body: _Outgoing | None, at_most: int) -> Answer:
        """On the kept connection or a new one, which is closed after any trouble."""
        line = self._lines.take() or HttpLine()
        try:
            with Deadline(self._seconds) as deadline:
                response = line.send(
                    requests.Request(
                        method, url, params={"apikey": self._key}, data=body, headers=HEADERS
                    ).prepare(),
                    stream=True,
                    timeout=deadline.left,
                    proxies=self._proxies,
                )
                answer = _answer(response, at_most)
                # Closes the connection unless the answer was read to its end.
                response.close()
        except BaseException:
            line.close()
            raise
        self._lines.keep(line)
        return answer


def _answer(response: requests.Response, at_most: int) -> Answer:
    return Answer(
        status=response.status_code,
        body=_beginning(response.raw, at_most),
        content_type=response.headers.get("Content-Type", ""),
        retry_after=response.headers.get("Retry-After", ""),
    )


def _beginning(body: urllib3.BaseHTTPResponse, at_most: int) -> str:
    """As much of it as is worth keeping. The status has been said: a break changes nothing.

    Each piece is what has arrived, so that a break loses nothing of what came before it.
    """
    read = bytearray()
    try:
        while piece := body.read1(at_most - len(read), decode_content=True):
            read += piece
    except urllib3.exceptions.HTTPError as error:
        read += f"\n[broke off: {type(error).__name__}]".encode()
    return read.decode("utf-8", "replace")
