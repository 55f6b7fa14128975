"""Which element of the page a script means, as a selector."""

import re
from dataclasses import dataclass

from letters.channels.webform.intake.scripts import Node

PLAIN_NAME = re.compile(r"-?[A-Za-z_][\w-]*")
QUERIES = frozenset({"querySelector", "querySelectorAll", "find"})
FIRST_OF = frozenset({"querySelector", "getElementById"})
NEIGHBOURS = frozenset({"parentNode", "parentElement", "closest", "parent"})


@dataclass(frozen=True)
class Element:
    """`exact` where the selector's first match is the very element."""

    selector: str
    exact: bool = True


def by_id(name: str) -> str:
    return f"#{name}" if PLAIN_NAME.fullmatch(name) else f'[id="{_quoted(name)}"]'


def element_of(node: Node, known: dict[str, Element]) -> Element | None:
    """What a piece of a script stands for, if that is an element; `known` are its variables."""
    if node.kind == "name":
        return known.get(node.value)
    if node.kind == "if there":
        return element_of(node.parts[0], known)
    if node.kind == "index":
        found = element_of(node.parts[0], known)
        return found and Element(found.selector, found.exact and node.parts[1].value == "0")
    if node.kind == "member":
        return _member(node, known)
    if node.kind == "call":
        return _call(node, known)
    return None


def is_document(node: Node) -> bool:
    return (node.kind == "name" and node.value == "document") or (
        node.kind == "member" and node.value == "document" and node.parts[0].value == "window"
    )


def _member(node: Node, known: dict[str, Element]) -> Element | None:
    if node.value == "body" and is_document(node.parts[0]):
        return Element("body")
    if node.value in NEIGHBOURS:
        found = element_of(node.parts[0], known)
        return found and Element(found.selector, exact=False)
    return None


def _call(node: Node, known: dict[str, Element]) -> Element | None:
    callee, *arguments = node.parts
    if callee.kind == "name" and callee.value in ("$", "jQuery") and len(arguments) == 1:
        if arguments[0].kind == "text":
            return Element(arguments[0].value)
        return element_of(arguments[0], known)
    if callee.kind != "member":
        return None
    if callee.value in NEIGHBOURS | {"first"}:
        found = element_of(callee.parts[0], known)
        return found and Element(found.selector, callee.value == "first" and found.exact)
    if len(arguments) != 1 or arguments[0].kind != "text":
        return None
    return _found_by(callee, arguments[0].value, known)


def _found_by(callee: Node, wanted: str, known: dict[str, Element]) -> Element | None:
    selector = _selector(callee.value, wanted)
    if not selector:
        return None
    if is_document(callee.parts[0]):
        return Element(selector)
    within = element_of(callee.parts[0], known)
    if within is None or "," in within.selector + selector:
        return None
    return Element(f"{within.selector} {selector}", within.exact)


def _selector(method: str, wanted: str) -> str:
    if method in QUERIES:
        return wanted
    if method == "getElementById":
        return by_id(wanted)
    if method == "getElementsByClassName":
        return "".join(f".{each}" for each in wanted.split())
    if method == "getElementsByName":
        return f'[name="{_quoted(wanted)}"]'
    return wanted if method == "getElementsByTagName" else ""


def _quoted(name: str) -> str:
    return name.replace("\\", "\\\\").replace('"', '\\"')
