"""What an answer is as a page, and what it means where no page came."""

from letters.channels.http import wait_asked_for
from letters.channels.interface import Unavailable
from letters.channels.webform.engine import FormChanged
from letters.channels.webform.html.charsets import decoded
from letters.channels.webform.html.page import Page
from letters.channels.webform.visiting import Answer
from letters.states import Reason

BUSY = {429, 503}
# A proxy that wants a password, a slow request: no word about the page.
PASSING = {407, 408, 425}


def page_of(answer: Answer) -> Page:
    """Whatever came, read as a page."""
    html, charset = decoded(answer.body, answer.headers.get("Content-Type", ""))
    refresh = answer.headers.get("Refresh", "")
    return Page(html, url=answer.url, charset=charset, status=answer.status, refresh=refresh)


def refuse_what_is_no_page(answer: Answer) -> None:
    """Before anything has left. Raises Unavailable where it may be one later, else FormChanged."""
    status, evidence = answer.status, f"HTTP {answer.status}"
    if status in BUSY:
        wait = wait_asked_for(answer.headers.get("Retry-After", ""))
        raise Unavailable(Reason.BUSY, evidence=evidence, retry_after=wait)
    if status >= 500 or status in PASSING:
        raise Unavailable(Reason.UNREACHABLE, evidence=evidence)
    if not 200 <= status < 300:
        raise FormChanged(f"the page answers with {evidence}")
    if answer.broke_off:
        raise Unavailable(Reason.UNREACHABLE, evidence=f"the page broke off: {answer.broke_off}")
    kind = answer.headers.get("Content-Type", "text/html").partition(";")[0].strip().lower()
    if "html" not in kind:
        raise FormChanged("the page is none but a file")
