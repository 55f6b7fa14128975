"""Selectors that every engine understands."""

import re

from selectolax.lexbor import LexborHTMLParser, SelectolaxError

from letters.channels.webform.intake.reading import Hash, Quarantined
from letters.channels.webform.recipe import Kind

EMPTY = LexborHTMLParser("")
LONGEST = 1000
# Forgiven by the tools that the recipes were written for, and by no browser.
ID_OF_DIGITS = re.compile(r"#(\d[\w-]*)")
BARE_VALUE = re.compile(r"""\[\s*([\w-]+)\s*([~^$*|]?=)\s*([^"'\]\s][^"'\]]*?)\s*\]""")


def sound_selector(draft, kind: Kind, attributes: Hash) -> str:
    """A step's selector, or what its name or its text amounts to; raises Quarantined."""
    selector = attributes.get("selector")
    if not isinstance(selector, str):
        raise Quarantined(f"Line {attributes.line}: the selector is no text.")
    if not selector.strip():
        selector = _by_attribute(kind, attributes)
    mended = mended_selector(selector.strip())
    if not compiles(mended):
        raise Quarantined(f"No page could be searched for {selector[:80]!r}: it is no selector.")
    return mended


def mended_selector(selector: str) -> str:
    selector = BARE_VALUE.sub(r'[\1\2"\3"]', selector)
    return ID_OF_DIGITS.sub(r'[id="\1"]', selector)


def compiles(selector: str) -> bool:
    if len(selector) > LONGEST or "\0" in selector or "lexbor" in selector:
        return False
    try:
        EMPTY.css(selector)
    except (SelectolaxError, UnicodeError):
        return False
    return True


def _by_attribute(kind: Kind, attributes: Hash) -> str:
    for name in ("name", "value"):
        given = attributes.get(name)
        if isinstance(given, str) and given and (name == "name" or kind == Kind.CLICK):
            quoted = given.replace("\\", "\\\\").replace('"', '\\"')
            return f'[{name}="{quoted}"]'
    raise Quarantined(f"Line {attributes.line}: a {kind} names no selector.")
