"""A page as it was served: its tree, its address, what a person could read of it."""

import re
from urllib.parse import urljoin, urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode, SelectolaxError

from letters.channels.webform.engine import FormChanged

UNREAD = {
    *("script", "style", "noscript", "template", "iframe", "object"),
    # What was typed into a form that is shown again must not be read as the page's own words.
    *("textarea", "select", "datalist"),
}
IN_LINE = {
    *("a", "abbr", "b", "bdi", "bdo", "big", "cite", "code", "del", "dfn", "em", "font", "i"),
    *("ins", "kbd", "label", "mark", "q", "s", "samp", "small", "span", "strike", "strong"),
    *("sub", "sup", "time", "tt", "u", "var", "wbr"),
}
HIDING = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
REFRESH = re.compile(
    r"""\s*(?P<seconds>\d*\.?\d*)[\d.]*\s*[;,\s]\s*(?:url\s*=\s*)?(?P<quote>["']?)(?P<url>.+)""",
    re.IGNORECASE | re.DOTALL,
)


class Page:
    """`html` parsed into the tree that a browser with scripts would build before they run."""

    def __init__(self, html: str, *, url: str, charset: str, status: int = 200, refresh: str = ""):
        self.html, self.url, self.charset, self.status = html, url, charset, status
        self.tree = LexborHTMLParser(html, scripting=True)
        self._refresh = refresh
        self._base: str | None = None

    def all(self, selector: str) -> list[LexborNode]:
        """In the order of the document. FormChanged where it is no selector."""
        try:
            return self.tree.css(selector)
        except SelectolaxError as error:
            raise FormChanged(f"{selector}: is no selector") from error

    def first(self, selector: str) -> LexborNode | None:
        return next(iter(self.all(selector)), None)

    def absolute(self, url: str) -> str:
        """A link or an action of this page as a whole address."""
        if self._base is None:
            base = self.first("base[href]")
            self._base = joined(self.url, attribute(base, "href")) if base else self.url
        return joined(self._base, url)

    @property
    def text(self) -> str:
        return readable(self.tree.body) if self.tree.body else ""

    def texts(self, selector: str) -> list[str]:
        """Of every element that the selector finds and a person could see."""
        if not selector:
            return [self.text]
        return [readable(each) for each in self.all(selector) if is_shown(each)]

    @property
    def next(self) -> tuple[float, str] | None:
        """Seconds until it gives way to another page by itself, and that one's address."""
        metas = [each for each in self.all("meta[http-equiv]") if _is_refresh(each)]
        told = self._refresh or next((attribute(each, "content") for each in metas), "")
        found = REFRESH.match(told)
        if not found:
            return None
        url = found["url"].split(found["quote"])[0] if found["quote"] else found["url"]
        there = self.absolute(url)
        if urlsplit(there)._replace(fragment="") == urlsplit(self.url)._replace(fragment=""):
            return None
        return float(found["seconds"].strip(".") or 0), there


def joined(base: str, url: str) -> str:
    """A relative or whole address, as seen from `base`. FormChanged where it is none."""
    try:
        there = urljoin(base, re.sub(r"[\t\r\n]", "", url.strip()))
        # Read here, so that nobody stumbles over it later.
        urlsplit(there).port  # noqa: B018
    except ValueError as error:
        raise FormChanged("an address on the page is none") from error
    return there


def attribute(node: LexborNode, name: str, default: str = "") -> str:
    """Its text; empty where it stands there without a value, `default` where it does not."""
    attributes = node.attributes
    return (attributes[name] or "") if name in attributes else default


def has(node: LexborNode, name: str) -> bool:
    return name in node.attributes


def ancestors(node: LexborNode):
    while (node := node.parent) is not None:
        yield node


def is_shown(node: LexborNode) -> bool:
    """As far as the served page tells: style sheets are not read."""
    return not any(_hides(each) for each in (node, *ancestors(node)))


def readable(node: LexborNode) -> str:
    """The text in it, a blank where one block ends and another begins."""
    pieces: list[str] = []
    waiting: list[LexborNode | str] = [node]
    while waiting:
        each = waiting.pop()
        if isinstance(each, str):
            pieces.append(each)
        elif each.is_text_node:
            pieces.append(each.text_content or "")
        elif each.is_element_node and each.tag not in UNREAD and not _hides(each):
            around = "" if each.tag in IN_LINE else " "
            pieces.append(around)
            waiting.append(around)
            waiting += reversed(list(each.iter(include_text=True)))
    return "".join(pieces)


def _hides(node: LexborNode) -> bool:
    attributes = node.attributes
    return "hidden" in attributes or HIDING.search(attributes.get("style") or "") is not None


def _is_refresh(meta: LexborNode) -> bool:
    return attribute(meta, "http-equiv").strip().lower() == "refresh"
