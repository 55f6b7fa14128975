"""Are the official forms still where the organizers' table says? One look at each, politely."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

import requests
import urllib3
from django.utils import timezone
from lxml import etree, html

from letters.channels.deadline import Deadline
from letters.channels.http import HttpLine
from letters.form_addresses import trouble_of_address
from letters.models import Route
from representatives.congress import lookup_day
from representatives.models import Term

BY = "check_form_addresses"
SECONDS, PAUSE = 20, 1
PAGE_BYTES = 2 * 1024 * 1024
REDIRECTS = 5
# Some sites have no page for what does not say what it is.
HEADERS = {"User-Agent": "Mozilla/5.0 (compatible; letters-to-congress address check)"}
# `requests` lets some of urllib3's through.
BROKEN = (requests.RequestException, urllib3.exceptions.HTTPError, OSError, ValueError)
TYPED = {"text", "email", "tel", "number"}
SEARCH = {"q", "s", "keys", "query"}


@dataclass(frozen=True)
class Looked:
    """One address and what is wrong with it; empty: nothing."""

    seat: str
    member: str
    url: str
    trouble: str
    # Of the organizers' table; otherwise it is the roster's.
    is_ours: bool


def check_form_addresses(
    *, look: Callable[[str], str] | None = None, pause: float = PAUSE
) -> Iterator[Looked]:
    """Every address that a supporter would be led to, and its outcome as soon as it is known.

    What is found stands in the organizers' table. `look` says what is wrong with an address.
    """
    day = lookup_day()
    ours = Route.objects.of_who_sits(day).filter(way=Route.Way.FORM).exclude(form_url="")
    routes = {route.seat_id: route for route in ours}
    for term in Term.objects.sitting(day).order_by("seat"):
        route = routes.get(term.seat_id)
        url = route.form_url if route else term.contact_form
        if not url:
            continue
        trouble = (look or trouble_at)(url)
        if route:
            # Unless somebody has entered another one meanwhile.
            row = Route.objects.filter(pk=route.pk, form_url=url)
            today = timezone.localdate()
            row.update(trouble=trouble[:200], checked_by=BY, checked_at=today)
        yield Looked(term.seat_id, str(term.member), url, trouble, is_ours=route is not None)
        time.sleep(pause)


def trouble_at(url: str, *, refuse: Callable[[str], str] = trouble_of_address) -> str:
    """What is wrong with an address, in a sentence. Nobody is asked of whom `refuse` says why."""
    asked = url
    for _ in range(REDIRECTS + 1):
        if trouble := refuse(url):
            return trouble if url == asked else f"It leads to {url}. {trouble}"
        try:
            answer, body = _get(url)
            if not answer.is_redirect:
                return _trouble_on(asked, url, answer.status_code, body)
            url = urljoin(url, answer.headers["Location"])
        except BROKEN as error:
            return f"It could not be reached ({type(error).__name__})."
    return "It leads from one address to the next."


def _get(url: str) -> tuple[requests.Response, bytes]:
    line = HttpLine()
    request = requests.Request("GET", url, headers=HEADERS).prepare()
    try:
        with Deadline(SECONDS) as deadline:
            answer = line.send(request, stream=True, timeout=deadline.left, proxies={})
            body = answer.raw.read(PAGE_BYTES, decode_content=True)
            answer.close()
    finally:
        line.close()
    return answer, body


def _trouble_on(asked: str, url: str, status: int, body: bytes) -> str:
    if status != requests.codes.ok:
        return f"It answers {status}."
    if urlsplit(url).path in {"", "/"} and urlsplit(asked).path not in {"", "/"}:
        return "It leads to the home page."
    return "" if has_form(body) else "No form stands there."


def has_form(page: bytes) -> bool:
    """One that somebody can write into, search boxes apart, or a frame of the office's own."""
    try:
        root = html.document_fromstring(page)
    except (etree.ParserError, ValueError):
        return False
    own = (frame.get("src", "") for frame in root.iter("iframe"))
    if any(src and not trouble_of_address(urljoin("https://house.gov/", src)) for src in own):
        return True
    return any(_is_to_write_into(form) for form in root.iter("form"))


def _is_to_write_into(form: html.FormElement) -> bool:
    if next(form.iter("textarea"), None) is not None:
        return True
    typed = (field for field in form.iter("input") if field.get("type", "text") in TYPED)
    names = ((field.get("name") or "").lower() for field in typed)
    return any(name and name not in SEARCH and "search" not in name for name in names)
