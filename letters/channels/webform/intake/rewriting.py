"""How a script rewrites the text of a field, read as changes of ours."""

from letters.channels.webform.intake.changes import (
    TRIM,
    change_by_pattern,
    change_by_pieces,
    change_by_text,
)
from letters.channels.webform.intake.elements import Element, element_of
from letters.channels.webform.intake.scripts import Node
from letters.channels.webform.intake.tokens import NotUnderstood
from letters.channels.webform.recipe import Change

Known = dict[str, Element]


def changes_of(node: Node, selector: str, known: Known) -> tuple[Change, ...]:
    """What is done to the text of the field `selector` before it is written back into it.

    `known` are the script's variables. Raises NotUnderstood.
    """
    return tuple(_changes(node, selector, known))


def text_of(node: Node) -> str:
    if node.kind == "sum":
        return "".join(text_of(part) for part in node.parts)
    if node.kind != "text":
        raise NotUnderstood("it writes what is no text")
    return node.value


def _changes(node: Node, selector: str, known: Known) -> list[Change]:
    """What becomes of the field's own text on its way back into the field."""
    if _is_text_of(node, selector, known):
        return []
    if node.kind == "sum":
        return _put_together(node.parts, selector, known)
    if node.kind != "call" or node.parts[0].kind != "member":
        raise NotUnderstood("it writes a text of its own")
    method, arguments = node.parts[0].value, node.parts[1:]
    if method in ("substr", "substring", "slice"):
        return _put_together((node,), selector, known)
    return [*_changes(node.parts[0].parts[0], selector, known), _change(method, arguments)]


def _is_text_of(node: Node, selector: str, known: Known) -> bool:
    is_call = node.kind == "call" and len(node.parts) == 1
    node = node.parts[0] if is_call else node
    if node.kind != "member" or node.value != ("val" if is_call else "value"):
        return False
    element = element_of(node.parts[0], known)
    return element is not None and element.exact and element.selector == selector


def _put_together(parts: tuple[Node, ...], selector: str, known: Known) -> list[Change]:
    pieces: list = []
    for part in parts:
        if part.kind == "text":
            pieces.append(part.value)
        elif _is_text_of(part, selector, known):
            pieces.append((0, None))
        else:
            pieces.append(_stretch(part, selector, known))
    return [change_by_pieces(pieces)]


def _stretch(node: Node, selector: str, known: Known) -> tuple[int, int | None]:
    if node.kind != "call" or node.parts[0].kind != "member":
        raise NotUnderstood("it writes a text of its own")
    method, arguments = node.parts[0].value, node.parts[1:]
    digits = [each.value for each in arguments if each.kind == "number"]
    if not _is_text_of(node.parts[0].parts[0], selector, known) or not (
        len(digits) == len(arguments) in (1, 2) and all(each.isdigit() for each in digits)
    ):
        raise NotUnderstood("it writes a text of its own")
    begin, end = int(digits[0]), int(digits[1]) if len(digits) == 2 else None
    if method == "substr":
        return begin, None if end is None else begin + end
    if method not in ("substring", "slice") or (end is not None and end < begin):
        raise NotUnderstood("it cuts a text in a way of its own")
    return begin, end


def _change(method: str, arguments: tuple[Node, ...]) -> Change:
    if method == "trim" and not arguments:
        return TRIM
    if method not in ("replace", "replaceAll") or len(arguments) != 2:
        raise NotUnderstood(f"it changes a text by {method}")
    searched, becomes = arguments
    if searched.kind == "pattern":
        return change_by_pattern(searched.value, text_of(becomes))
    return change_by_text(text_of(searched), text_of(becomes), everywhere=method == "replaceAll")
