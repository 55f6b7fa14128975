"""What a click on a form's button would send, and where (html.spec.whatwg.org, form submission)."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from selectolax.lexbor import LexborNode

from letters.channels.webform.engine import FormChanged
from letters.channels.webform.html.charsets import UTF_8, named
from letters.channels.webform.html.controls import (
    Controls,
    is_disabled_option,
    kind_of,
    option_value,
)
from letters.channels.webform.html.encoding import (
    MULTIPART,
    PLAIN_TEXT,
    URLENCODED,
    Entry,
    multipart,
    plain_text,
    urlencoded,
)
from letters.channels.webform.html.page import ancestors, attribute, has

BUTTONS = {"submit", "image", "reset", "button"}
WITH_DIRECTION = {
    *("hidden", "text", "search", "tel", "url", "email", "password", "submit", "reset", "button"),
    "textarea",
}
# By Unicode's bidirectional classes: Hebrew, Arabic and their neighbours.
RIGHT_TO_LEFT = (("\u0590", "\u08ff"), ("\ufb1d", "\ufdff"), ("\ufe70", "\ufefc"))


@dataclass(frozen=True)
class Request:
    """What is sent to a server. Without a body it is a GET."""

    url: str
    body: bytes | None = None
    content_type: str = ""


def charset_of(controls: Controls, form: LexborNode | None) -> str:
    """The character set that a form is sent in, by its own wish or the page's."""
    if form is not None and has(form, "accept-charset"):
        wishes = attribute(form, "accept-charset").split()
        return next((name for name in map(named, wishes) if name), UTF_8)
    return controls.page.charset


def request_of(controls: Controls, form: LexborNode, button: LexborNode) -> Request:
    """Raises FormChanged where the form is not one that a request could send."""
    charset = charset_of(controls, form)
    entries = entry_list(controls, form, button, charset)
    method = (_of(button, form, "method") or "get").lower()
    action = _of(button, form, "action").strip()
    url = controls.page.absolute(action) if action else controls.page.url
    if urlsplit(url).scheme not in {"http", "https"} or method == "dialog":
        raise FormChanged("the form is sent by a script, which needs a browser")
    if method != "post":
        query = urlencoded(entries, charset)
        return Request(urlsplit(url)._replace(query=query, fragment="").geturl())
    return _posted(url, entries, charset, _of(button, form, "enctype").lower())


def entry_list(
    controls: Controls, form: LexborNode, button: LexborNode, charset: str
) -> list[Entry]:
    """The fields as they are sent, in the order of the tree, the button at its place among them."""
    entries: list[Entry] = []
    for node in controls.of(form):
        if not controls.is_disabled(node):
            entries += _entries(controls, node, is_clicked=node == button, charset=charset)
    return entries


def _entries(controls: Controls, node: LexborNode, *, is_clicked: bool, charset: str):
    name, kind = attribute(node, "name"), kind_of(node)
    if kind in BUTTONS and not is_clicked:
        return
    if kind == "image":
        # A person would have hit some point of the picture; the first one stands for all.
        for axis in ("x", "y"):
            yield Entry(f"{name}.{axis}" if name else axis, "0")
        return
    if not name or (kind in {"checkbox", "radio"} and not controls.is_checked(node)):
        return
    if node.tag == "select":
        for option in controls.chosen(node):
            if not is_disabled_option(option):
                yield Entry(name, option_value(option))
        return
    if kind == "hidden" and name.lower() == "_charset_":
        yield Entry(name, charset)
        return
    yield Entry(name, _sent_value(controls, node, kind), is_file=kind == "file")
    yield from _direction(controls, node, kind or node.tag)


def _sent_value(controls: Controls, node: LexborNode, kind: str) -> str:
    if kind == "file":
        return ""
    if node.tag == "input" and kind == "submit":
        # The words on a button that names none of its own.
        return attribute(node, "value", "Submit")
    return controls.value(node)


def _direction(controls: Controls, node: LexborNode, kind: str):
    """The direction of writing, where the page asks for it."""
    if has(node, "dirname") and node.tag != "button" and kind in WITH_DIRECTION:
        direction = "rtl" if _is_right_to_left(controls, node) else "ltr"
        yield Entry(attribute(node, "dirname"), direction)


def _is_right_to_left(controls: Controls, node: LexborNode) -> bool:
    for each in (node, *ancestors(node)):
        direction = attribute(each, "dir").lower()
        if direction == "auto":
            return _starts_right_to_left(controls.value(node) if each == node else each.text())
        if direction in {"ltr", "rtl"}:
            return direction == "rtl"
    return False


def _starts_right_to_left(text: str) -> bool:
    strong = next((each for each in text if each.isalpha()), "")
    return any(low <= strong <= high for low, high in RIGHT_TO_LEFT if strong)


def _posted(url: str, entries: list[Entry], charset: str, enctype: str) -> Request:
    url = urlsplit(url)._replace(fragment="").geturl()
    if enctype == MULTIPART:
        return Request(url, *multipart(entries, charset))
    if enctype == PLAIN_TEXT:
        return Request(url, plain_text(entries, charset), PLAIN_TEXT)
    return Request(url, urlencoded(entries, charset).encode(), URLENCODED)


def _of(button: LexborNode, form: LexborNode, name: str) -> str:
    """The form's attribute, unless the button has one of its own."""
    own = f"form{name}"
    return attribute(button, own) if has(button, own) else attribute(form, name)
