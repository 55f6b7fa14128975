"""An office's page around its form: banner, title, faults; as HTML, or as a script builds it."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.templatetags.static import static
from lxml import html
from lxml.html import HtmlElement

from letters.rehearsal.forms.growing import new

BANNER = "Rehearsal: this is no office of Congress. Nothing that you send here leaves this site."

# Tag, attributes, and what is inside: texts and elements.
Description = list


@dataclass(frozen=True)
class Frame:
    """What stands around every page of one office."""

    title: str
    charset: str


def page(frame: Frame, *content: HtmlElement) -> bytes:
    """The whole page in its character set; what that lacks stands there as a reference."""
    document = new("html", lang="en")
    body = new("body", class_="office-page")
    sheet = new("div", class_="office-sheet", role="main")
    # Recipes look for an `h1` or a `p` to know that the letter has arrived: there is none before.
    sheet.append(new("div", frame.title, class_="office-title", role="heading", aria_level="1"))
    sheet.extend(content)
    body.extend([new("div", BANNER, class_="office-banner", role="note"), sheet])
    document.extend([_head(frame), body])
    written = html.tostring(document, encoding="unicode", doctype="<!DOCTYPE html>")
    return written.encode(frame.charset, "xmlcharrefreplace")


def _head(frame: Frame) -> HtmlElement:
    head = new("head")
    head.append(new("meta", charset=frame.charset))
    head.append(new("meta", name="viewport", content="width=device-width, initial-scale=1"))
    head.append(new("title", frame.title))
    head.append(new("link", rel="icon", href=static("img/icon.svg"), type="image/svg+xml"))
    head.append(new("link", rel="stylesheet", href=static("css/rehearsal-form.css")))
    head.append(new("script", src=static("js/rehearsal-form.js"), defer="defer"))
    return head


def faults(lines: Iterable[str]) -> HtmlElement:
    """What was wrong with what came, a line each."""
    box = new("div", class_="office-faults", role="alert")
    box.append(new("div", "There was a problem with your submission. Please review the fields."))
    listed = new("ul")
    listed.extend(new("li", line) for line in lines)
    box.append(listed)
    return box


def placeholder(address: str) -> HtmlElement:
    """Where the script puts the form whose description lies at `address`."""
    return new("div", "This form needs JavaScript.", data_form=address)


def described(element: HtmlElement) -> Description:
    """An element as the script builds it."""
    inside: list = [element.text] if element.text else []
    for child in element:
        inside.append(described(child))
        if child.tail:
            inside.append(child.tail)
    return [element.tag, dict(element.attrib), inside]
