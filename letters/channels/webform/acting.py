"""What a plan's actions do to the fields of one page, up to the click."""

from collections.abc import Callable
from dataclasses import dataclass

from selectolax.lexbor import LexborNode

from letters.channels.webform.engine import FormChanged
from letters.channels.webform.fitting import Field, misfit
from letters.channels.webform.html.controls import (
    Controls,
    is_disabled_option,
    kind_of,
    option_text,
    option_value,
    options_of,
)
from letters.channels.webform.html.page import attribute, has
from letters.channels.webform.html.submitting import charset_of
from letters.channels.webform.judging import TOGGLES
from letters.channels.webform.matching import Entry, match, meant
from letters.channels.webform.recipe import Action, Kind

WITH_LIMIT = {"text", "search", "url", "tel", "email", "password"}
ABSENT = "is not in the page as it is served: it may need a browser"
# A text and a character set make the text as a form in that character set can take it.
Transliterate = Callable[[str, str], str]


@dataclass(frozen=True)
class Done:
    """What came of an action: for the log, and what it has worked on."""

    outcome: str
    field: LexborNode | None = None
    # What was really written.
    text: str = ""


def act(controls: Controls, action: Action, transliterate: Transliterate) -> Done:
    """Raises FormChanged where the page does not take what must stand there."""
    node = controls.page.first(action.selector)
    if node is None:
        return misses(action, ABSENT)
    if action.kind == Kind.FILL:
        return _fill(controls, action, node, transliterate)
    if action.kind == Kind.SELECT:
        return _select(controls, action, node)
    if action.kind == Kind.INJECT:
        controls.replace_within(node, action.value)
        return Done("put in")
    return _toggle(controls, action)


def misses(action: Action, why: str) -> Done:
    """Raises FormChanged if there is no letter without the action; else it is left out."""
    if action.is_needed:
        raise changed(action, why)
    return Done(f"left out: {why}")


def changed(action: Action, why: str) -> FormChanged:
    return FormChanged(f"{action}: {why}")


def _fill(
    controls: Controls, action: Action, node: LexborNode, transliterate: Transliterate
) -> Done:
    text = transliterate(action.value, charset_of(controls, controls.owner(node)))
    why = misfit(_field(controls, node), text)
    if why:
        return misses(action, why)
    controls.write(node, text)
    return Done("written" if text == action.value else "written, transliterated", node, text)


def _field(controls: Controls, node: LexborNode) -> Field:
    kind, limit = kind_of(node), attribute(node, "maxlength").strip()
    is_limited = node.tag == "textarea" or kind in WITH_LIMIT
    return Field(
        tag=node.tag,
        kind=kind,
        value=controls.value(node) if node.tag in {"input", "textarea"} else "",
        max_length=int(limit) if is_limited and limit.isascii() and limit.isdigit() else None,
        is_locked=controls.is_disabled(node) or has(node, "readonly"),
    )


def _select(controls: Controls, action: Action, menu: LexborNode) -> Done:
    if menu.tag != "select":
        return misses(action, "is no menu")
    if controls.is_disabled(menu):
        return misses(action, "is locked")
    options = options_of(menu)
    index = match(
        action.wanted,
        [
            Entry(option_value(each), option_text(each), is_disabled_option(each))
            for each in options
        ],
    )
    if index is None:
        return misses(action, "has no such option")
    controls.choose(menu, options[index])
    return Done("chosen", menu)


def _toggle(controls: Controls, action: Action) -> Done:
    """CHOOSE, CHECK, UNCHECK: what the selector finds are the buttons, or they stand in it."""
    found = controls.page.all(action.selector)
    buttons = [button for each in found for button in _buttons(each)]
    if not buttons:
        return misses(action, "is no radio button and no checkbox")
    entries = [
        Entry(controls.value(each), controls.label_of(each), controls.is_disabled(each))
        for each in buttons
    ]
    index, why = meant(action, entries)
    if why:
        return misses(action, why)
    controls.check(buttons[index], action.kind != Kind.UNCHECK)
    return Done("unchecked" if action.kind == Kind.UNCHECK else "checked", buttons[index])


def _buttons(node: LexborNode) -> list[LexborNode]:
    """Itself or what stands in it."""
    return [each for each in node.css("input") if kind_of(each) in TOGGLES]
