"""A visitor of an office's page: reads it with a parser, fills it in, sends it. No code of ours."""

import re
from dataclasses import dataclass, field

from django.test import Client
from lxml import html

ANSWERS = {
    "$NAME_PREFIX": "Ms.",
    "$NAME_FIRST": "Alena",
    "$NAME_LAST": "Roe",
    "$NAME_FULL": "Alena Roe",
    "$ADDRESS_STREET": "2020 Carey Ave",
    "$ADDRESS_CITY": "Cheyenne",
    "$ADDRESS_STATE": "Wyoming",
    "$ADDRESS_STATE_POSTAL_ABBREV": "WY",
    "$ADDRESS_STATE_FULL": "Wyoming",
    "$ADDRESS_ZIP5": "82001",
    "$ADDRESS_ZIP4": "1234",
    "$ADDRESS_ZIP_PLUS_4": "82001-1234",
    "$PHONE": "307-555-0123",
    "$PHONE_PARENTHESES": "(307) 555-0123",
    "$EMAIL": "alena@example.org",
    "$SUBJECT": "Prisoners of conscience",
    "$MESSAGE": "Please speak up.\n\nThey are waiting.",
}


def from_description(visitor: "Visitor", address: str) -> html.HtmlElement:
    """The page with its form where a script puts it; as it is where there is nothing to build."""
    places = visitor.page.cssselect("[data-form]")
    for place in places:
        assert place.get("data-form").partition("?")[0] in address
        place.getparent().replace(place, _built(visitor.client.get(address).json()))
    return visitor.page


def _built(description: list) -> html.HtmlElement:
    tag, attributes, inside = description
    element = html.Element(tag, attributes)
    for each in inside:
        if not isinstance(each, str):
            element.append(_built(each))
        elif len(element):
            element[-1].tail = each
        else:
            element.text = each
    return element


@dataclass
class Visitor:
    """One browser without scripts, on one page."""

    client: Client
    page: html.HtmlElement | None = None
    charset: str = "utf-8"
    changes: dict[str, str] = field(default_factory=dict)

    def open(self, address: str) -> "Visitor":
        return self.read(self.client.get(address))

    def read(self, answer) -> "Visitor":
        self.answer = answer
        self.charset = answer.charset
        self.page = html.fromstring(answer.content.decode(answer.charset))
        return self

    @property
    def text(self) -> str:
        return " ".join(self.page.text_content().split())

    def find(self, selector: str) -> html.HtmlElement:
        return self.page.cssselect(selector)[0]

    def fill(self, recipe) -> "Visitor":
        """Every step of the recipe that is on this page; `changes` says what else by variable."""
        for step in recipe.steps:
            found = self.page.cssselect(step.selector) if step.selector else []
            if found and step.kind in {"fill_in", "select", "choose", "check"}:
                self._answer(step, found)
        return self

    def _answer(self, step, found) -> None:
        element = found[0]
        wanted = self.changes.get(step.value, ANSWERS.get(step.value, step.value))
        if element.tag == "select":
            _choose(element, step, wanted)
        elif element.tag == "textarea":
            element.text = wanted
        elif element.get("type") == "checkbox":
            element.set("checked", "checked")
        elif element.get("type") == "radio":
            next(each for each in found if each.get("value") == wanted).set("checked", "checked")
        else:
            element.set("value", wanted)

    def pairs(self) -> list[tuple[str, str]]:
        """The successful controls in the order of the page."""
        return [pair for control in self.page.cssselect("form [name]") for pair in _sent(control)]

    def send(self, **changes: str | None) -> "Visitor":
        """What stands there; `changes` by name, None leaves the field out."""
        kept = [(n, changes.get(n, v)) for n, v in self.pairs()]
        kept += [(n, v) for n, v in changes.items() if n not in dict(kept)]
        return self.send_pairs([(n, v) for n, v in kept if v is not None])

    def send_pairs(self, pairs: list[tuple[str, str]]) -> "Visitor":
        form = self.find("form")
        address = (form.get("action") or "").partition("#")[0] or self.answer.request["PATH_INFO"]
        if address.startswith("?"):
            address = self.answer.request["PATH_INFO"] + address
        encoded = _multipart if form.get("enctype") else _urlencoded
        body, kind = encoded(pairs, self.charset)
        return self.read(self.client.post(address, body, content_type=kind, follow=True))


def _sent(control: html.HtmlElement) -> list[tuple[str, str]]:
    name, value = control.get("name"), control.get("value", "")
    if control.tag == "select":
        options = control.cssselect("option")
        chosen = [each for each in options if each.get("selected")] or options[:1]
        return [(name, each.get("value", each.text or "")) for each in chosen]
    if control.tag == "textarea":
        return [(name, (control.text or "").replace("\n", "\r\n"))]
    if control.get("type") in {"checkbox", "radio"} and not control.get("checked"):
        return []
    return [] if control.get("type") == "submit" else [(name, value)]


def _choose(menu: html.HtmlElement, step, wanted: str) -> None:
    """As a person would: the own state, the own title, what is nearest to the topic."""
    patterns = {"$TOPIC": r"foreign|international|human", "$NAME_PREFIX": r"ms\.?$|mrs?\.?$"}
    state = r"(\d+_)?WY$|Wyoming"
    pattern = patterns.get(step.value) or (state if "STATE" in step.value else re.escape(wanted))
    options = [each for each in menu.cssselect("option") if each.get("value")]
    fitting = [
        each
        for each in options
        if re.search(rf"^\s*({pattern})", each.get("value"), re.IGNORECASE)
        or re.search(pattern, each.text or "", re.IGNORECASE)
    ]
    (fitting or options[-1:])[0].set("selected", "selected")


def _urlencoded(pairs, charset: str) -> tuple[bytes, str]:
    def quoted(text: str) -> str:
        data = text.encode(charset, "xmlcharrefreplace")
        safe = set(b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789*-._")
        return "".join(chr(b) if b in safe else "+" if b == 32 else f"%{b:02X}" for b in data)

    body = "&".join(f"{quoted(name)}={quoted(value)}" for name, value in pairs)
    return body.encode(), "application/x-www-form-urlencoded"


def _multipart(pairs, charset: str) -> tuple[bytes, str]:
    parts = [
        f'--XyZ\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in pairs
    ]
    body = "".join(parts) + "--XyZ--\r\n"
    return body.encode(charset, "xmlcharrefreplace"), "multipart/form-data; boundary=XyZ"
