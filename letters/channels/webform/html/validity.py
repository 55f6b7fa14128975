"""What a browser would object to before it lets a form go."""

import re

from selectolax.lexbor import LexborNode

from letters.channels.webform.html.controls import Controls, kind_of, option_value, options_of
from letters.channels.webform.html.page import attribute, has

# As browsers check it, which is not RFC 5322.
LABEL = r"[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?"
EMAIL = re.compile(rf"[a-zA-Z0-9.!#$%&'*+/=?^_`{{|}}~-]+@{LABEL}(?:\.{LABEL})*")
WITH_PATTERN = {"text", "search", "tel", "url", "email", "password"}
NEVER_CHECKED = {"hidden", "reset", "button", "submit", "image"}


def objections(controls: Controls, form: LexborNode, button: LexborNode) -> list[str]:
    """One for each field that would not do, under the name that its page gives it."""
    if has(form, "novalidate") or has(button, "formnovalidate"):
        return []
    found = []
    for node in controls.of(form):
        fault = "" if _is_barred(controls, node) else _fault(controls, node)
        if fault:
            found.append(f"the field {attribute(node, 'name') or attribute(node, 'id')} {fault}")
    return found


def _is_barred(controls: Controls, node: LexborNode) -> bool:
    kind = kind_of(node)
    locked = has(node, "readonly") and node.tag != "select" and kind not in {"checkbox", "radio"}
    return kind in NEVER_CHECKED or locked or controls.is_disabled(node)


def _fault(controls: Controls, node: LexborNode) -> str:
    kind = kind_of(node)
    if _is_missing(controls, node, kind):
        return "is required and would stay empty"
    value = controls.value(node)
    if kind == "email" and value and not has(node, "multiple") and not EMAIL.fullmatch(value):
        return "would not take the e-mail address"
    if kind in WITH_PATTERN and value and not _keeps_pattern(node, value):
        return "asks for another pattern"
    return ""


def _is_missing(controls: Controls, node: LexborNode, kind: str) -> bool:
    if kind == "radio":
        group = controls.group(node)
        asked = any(has(each, "required") for each in group)
        return asked and not any(controls.is_checked(each) for each in group)
    if not has(node, "required"):
        return False
    if kind == "checkbox":
        return not controls.is_checked(node)
    if node.tag == "select":
        return not any(_says_something(node, each) for each in controls.chosen(node))
    return not controls.value(node)


def _says_something(menu: LexborNode, option: LexborNode) -> bool:
    """An empty first line of a menu is its "please choose"."""
    is_placeholder = option == options_of(menu)[0] and not option_value(option)
    return has(menu, "multiple") or not is_placeholder


def _keeps_pattern(node: LexborNode, value: str) -> bool:
    try:
        return re.fullmatch(attribute(node, "pattern") or ".*", value, re.DOTALL) is not None
    except re.error:
        # Only scripts know such an expression.
        return True
