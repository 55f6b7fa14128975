"""A form that a recipe puts into the page, written anew: its controls and nothing of its prose."""

import re
from html import escape
from urllib.parse import urljoin

from selectolax.lexbor import LexborHTMLParser, LexborNode

from letters.channels.webform.intake.addresses import allowed_address
from letters.channels.webform.intake.reading import Quarantined
from letters.channels.webform.newsletters import declines, signs_up

DEEPEST = 60
KEPT = {
    "form": ("id", "name", "method", "enctype", "accept-charset"),
    "input": ("type", "name", "id", "value", "checked", "disabled", "maxlength", "form"),
    "select": ("name", "id", "multiple", "disabled", "form"),
    "option": ("value", "selected", "disabled"),
    "textarea": ("name", "id", "maxlength", "disabled", "form"),
    "button": ("type", "name", "id", "value", "disabled", "form"),
    "label": ("for",),
}
WITHOUT_END = frozenset({"input"})
WITH_TEXT = frozenset({"option", "textarea", "button", "label"})
DANGEROUS = frozenset(
    {"script", "style", "iframe", "frame", "frameset", "object", "embed", "link", "meta", "base"}
    | {"template", "noscript"}
)
# Identifiers in selectors: what of the page's dress later steps hold on to.
NAMED = re.compile(r"[#.]([\w-]+)|\[(?:id|class)[~^*$|]?=[\"']?([^\"'\]]+)")


def written_anew(html: str, *, page: str, selectors: tuple[str, ...]) -> str:
    """Our own HTML of the same controls in the same order, on which `selectors` find the same.

    Its forms' actions are absolute. Raises Quarantined where it would post elsewhere than to the
    Congress, or could not be written so that each later step finds its field.
    """
    old = LexborHTMLParser(html)
    names = {one or other for each in selectors for one, other in NAMED.findall(each)}
    labels = any("label" in each for each in selectors)
    for dress in (names, None):
        body = old.body
        anew = "".join(_Writer(page, dress, labels=labels).children(body, 0)) if body else ""
        if _finds_the_same(old, LexborHTMLParser(anew), selectors):
            return anew
    raise Quarantined("The form that it puts in cannot be written so that its steps find it.")


def limit_in(html: str, selector: str) -> int | None:
    """Characters that the field takes in a form that is put in; None where it names no limit."""
    found = LexborHTMLParser(html).css_first(selector)
    limit = (found.attributes.get("maxlength") or "") if found else ""
    return int(limit) if re.fullmatch(r"[0-9]{1,6}", limit) else None


class _Writer:
    """`dress`: ids and classes that are kept besides the controls; None for all elements."""

    def __init__(self, page: str, dress: set[str] | None, *, labels: bool):
        self.page = page
        self.dress = dress
        self.labels = labels

    def children(self, node: LexborNode, depth: int) -> list[str]:
        if depth > DEEPEST:
            raise Quarantined("The form that it puts in is nested too deeply.")
        return [self.element(child, depth + 1) for child in node.iter()]

    def element(self, node: LexborNode, depth: int) -> str:
        tag = node.tag
        if tag in DANGEROUS:
            return ""
        if tag not in KEPT or (tag == "label" and not self.labels):
            return self.wrapper(node, "".join(self.children(node, depth)))
        if node.attributes.get("formaction") is not None:
            raise Quarantined("A button of the form that it puts in posts to a page of its own.")
        kept = "".join(_attribute(node, name) for name in KEPT[tag])
        if tag == "form":
            kept += self.action(node)
        opened = f"<{tag}{kept}{self.held(node, besides=KEPT[tag])}>"
        if tag in WITHOUT_END:
            return opened
        inner = _own_text(node) if tag in WITH_TEXT else "".join(self.children(node, depth))
        return f"{opened}{inner}</{tag}>"

    def wrapper(self, node: LexborNode, inner: str) -> str:
        held = self.held(node)
        if self.dress is None:
            return f"<{node.tag}{held}>{inner}</{node.tag}>"
        return f"<div{held}>{inner}</div>" if held else inner

    def held(self, node: LexborNode, besides: tuple[str, ...] = ()) -> str:
        """The id and the classes that a later step names."""
        own_id = node.attributes.get("id") or ""
        classes = (node.attributes.get("class") or "").split()
        if self.dress is not None:
            own_id = own_id if own_id in self.dress else ""
            classes = [each for each in classes if each in self.dress]
        held = f' id="{escape(own_id)}"' if own_id and "id" not in besides else ""
        return held + (f' class="{escape(" ".join(classes))}"' if classes else "")

    def action(self, node: LexborNode) -> str:
        action = re.sub(r"[\t\r\n]", "", node.attributes.get("action") or "").strip()
        if not action:
            return ""
        address = allowed_address(_joined(self.page, action))
        if not address:
            raise Quarantined("The form that it puts in posts to a host outside the Congress.")
        return f' action="{escape(address)}"'


def _joined(page: str, action: str) -> str:
    try:
        return urljoin(page, action)
    except ValueError as error:
        raise Quarantined("The form that it puts in posts to no address.") from error


def _own_text(node: LexborNode) -> str:
    text = node.text()
    return escape(text if node.tag == "textarea" else " ".join(text.split()), quote=False)


def _attribute(node: LexborNode, name: str) -> str:
    if name not in node.attributes or (name == "checked" and _newsletter(node)):
        return ""
    value = node.attributes[name] or ""
    if name == "value" and node.tag == "option" and value == " ".join(node.text().split()):
        return ""
    return f' {name}="{escape(value)}"' if value or name == "value" else f" {name}"


def _newsletter(node: LexborNode) -> bool:
    words = [node.attributes.get(name) or "" for name in ("id", "name", "value")]
    return signs_up(*words) and not declines(words[-1])


def _finds_the_same(
    old: LexborHTMLParser, new: LexborHTMLParser, selectors: tuple[str, ...]
) -> bool:
    return all(
        [each.attributes.get("name") for each in old.css(selector)]
        == [each.attributes.get("name") for each in new.css(selector)]
        for selector in selectors
    )
