"""Going from page to page as a browser does: redirects, cookies, one way out, a bounded answer.

The address of a form that is sent by GET carries the letter, and the exceptions of `requests` carry
the address: none of them gets past this module, and neither do they as the cause of ours.
"""

import io
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

import requests
import urllib3
from requests.cookies import RequestsCookieJar, extract_cookies_to_jar

from letters.channels.deadline import deadline_in_force
from letters.channels.http import HttpLine
from letters.channels.interface import Unavailable
from letters.channels.webform.engine import FormChanged
from letters.channels.webform.html.page import joined
from letters.channels.webform.html.submitting import Request
from letters.states import Reason

# Of one tag after the other as much as can be read in a second.
ANSWER_BYTES = 2 * 1024 * 1024
REDIRECTS = 5
CHANGING_TO_GET = {301, 302, 303}
REPEATING = {307, 308}
# It says what it is, and pretends to be no browser: whoever looks at the logs may ask us.
HEADERS = {
    "User-Agent": "LettersToCongress/1.0 (constituent mail; no browser)",
    "Accept": "text/html,application/xhtml+xml;q=0.9,*/*;q=0.1",
    "Accept-Language": "en-US",
    "Accept-Encoding": "identity",
}
# `requests` lets some of urllib3's through.
BROKEN = (requests.RequestException, urllib3.exceptions.HTTPError)


@dataclass(frozen=True)
class Answer:
    """What a server said in the end, after all redirects. Its body is bounded."""

    url: str
    status: int
    headers: requests.structures.CaseInsensitiveDict
    body: bytes
    # Why the body is not whole; empty where it is.
    broke_off: str = ""


class _Outgoing(io.BytesIO):
    """A form that calls `begin` before its first byte is taken, which is after connecting."""

    def __init__(self, body: bytes, begin: Callable[[], None]):
        super().__init__(body)
        self._begin = begin

    def read(self, *args) -> bytes:
        if self._begin is not None:
            begin, self._begin = self._begin, None
            begin()
            if deadline_in_force().is_over:
                raise TimeoutError("the time was over before the letter left")
        return super().read(*args)


class Visitor:
    """One letter's way through the web, within a deadline. No cookie outlives it."""

    def __init__(self, proxy: str):
        self._proxies = {"http": proxy, "https": proxy}
        self._line = HttpLine()
        self._cookies = RequestsCookieJar()

    def close(self) -> None:
        self._line.close()

    def go(
        self, request: Request, *, coming_from: str = "", begin: Callable[[], None] | None = None
    ) -> Answer:
        """Raises Unavailable where no answer came, FormChanged where it leads astray.

        `begin` is called right before the first byte of the request's fields leaves.
        """
        for _ in range(REDIRECTS + 1):
            answer = self._ask(request, coming_from, begin)
            # It may repeat what has left already, to where it has left.
            begin = None
            further = _redirection(request, answer)
            if further is None:
                return answer
            request = further
        raise Unavailable(Reason.UNREACHABLE, evidence="it redirects without an end")

    def _ask(self, request: Request, coming_from: str, begin: Callable[[], None] | None) -> Answer:
        try:
            prepared = self._prepared(request, coming_from)
            if begin and request.body:
                prepared.prepare_body(_Outgoing(request.body, begin), files=None)
            elif begin:
                begin()
            response = self._line.send(
                prepared,
                stream=True,
                timeout=deadline_in_force().left,
                proxies=self._proxies,
            )
            extract_cookies_to_jar(self._cookies, prepared, response.raw)
            return _answer(request.url, response)
        except BROKEN as error:
            trouble = type(error).__name__
        raise Unavailable(Reason.UNREACHABLE, evidence=trouble)

    def _prepared(self, request: Request, coming_from: str) -> requests.PreparedRequest:
        prepared = requests.Request(
            "GET" if request.body is None else "POST",
            request.url,
            headers=HEADERS | _origin(request, coming_from),
            data=request.body,
            cookies=self._cookies,
        ).prepare()
        if request.content_type:
            prepared.headers["Content-Type"] = request.content_type
        address, mark, query = request.url.partition("?")
        if mark and prepared.url.isascii() and query.isascii() and " " not in query:
            # As the form was encoded; `requests` would write some of it otherwise.
            prepared.url = prepared.url.partition("?")[0] + mark + query.partition("#")[0]
        return prepared


def same_origin(one: str, other: str) -> bool:
    return _origin_of(one) == _origin_of(other)


def _origin_of(url: str) -> tuple[str, str, int | None]:
    parts = urlsplit(url)
    port = parts.port or {"http": 80, "https": 443}.get(parts.scheme)
    return parts.scheme, parts.hostname or "", port


def _origin(request: Request, coming_from: str) -> dict[str, str]:
    """Where a request comes from, as browsers tell it: some forms take no other."""
    if not coming_from:
        return {}
    parts = urlsplit(coming_from)
    origin = f"{parts.scheme}://{parts.netloc}"
    told = {} if request.body is None else {"Origin": origin}
    if same_origin(coming_from, request.url):
        return told | {"Referer": parts._replace(fragment="").geturl()}
    if parts.scheme == "https" and not request.url.startswith("https:"):
        return told
    return told | {"Referer": f"{origin}/"}


def _redirection(request: Request, answer: Answer) -> Request | None:
    location = answer.headers.get("Location", "")
    if not location or answer.status not in CHANGING_TO_GET | REPEATING:
        return None
    there = joined(answer.url, location)
    if urlsplit(there).scheme not in {"http", "https"}:
        raise FormChanged("a redirect leads to what is no page")
    if request.body is None or answer.status in CHANGING_TO_GET:
        return Request(there)
    if not same_origin(request.url, there):
        raise FormChanged("a redirect would send the form to another host")
    return Request(there, request.body, request.content_type)


def _answer(url: str, response: requests.Response) -> Answer:
    body, broke_off = bytearray(), ""
    try:
        while piece := response.raw.read1(ANSWER_BYTES - len(body), decode_content=True):
            body += piece
        if len(body) >= ANSWER_BYTES:
            broke_off = "too long"
            response.close()
    except urllib3.exceptions.HTTPError as error:
        broke_off = type(error).__name__
    return Answer(url, response.status_code, response.headers, bytes(body), broke_off)
