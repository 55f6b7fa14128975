"""What an element must be so that a CSS selector finds it: selectors read backwards."""

from dataclasses import dataclass, replace

from cssselect import SelectorError, parse
from cssselect.parser import (
    Attrib,
    Class,
    CombinedSelector,
    Element,
    Function,
    Hash,
    Pseudo,
    parse_series,
)

FIRST_OR_LAST = {"first-child", "last-child", "only-child", "first-of-type", "last-of-type"}


class CannotBuild(ValueError):
    """No form of ours can be what the recipe describes; the message says why."""


@dataclass(frozen=True)
class Compound:
    """One element's marks. `place` is its number among its siblings, from 1; 0: anywhere."""

    tag: str = ""
    id: str = ""
    classes: tuple[str, ...] = ()
    attributes: tuple[tuple[str, str], ...] = ()
    place: int = 0
    # The place counts elements of the same tag only.
    of_type: bool = False

    def attribute(self, name: str) -> str:
        return dict(self.attributes).get(name, "")


@dataclass(frozen=True)
class Part:
    """An element on the way down, and how it stands to the one before: `" "`, `>`, `+` or `~`."""

    compound: Compound
    combinator: str = ""


# From the outermost element to the one that is meant.
Path = tuple[Part, ...]


def path_of(selector: str) -> Path:
    """Of a list of selectors the first: one that finds it is enough. Raises CannotBuild."""
    try:
        tree = parse(selector)[0].parsed_tree
    except SelectorError as error:
        raise CannotBuild(f"The selector {selector} cannot be read: {error}") from error
    parts: list[Part] = []
    while isinstance(tree, CombinedSelector):
        parts.append(Part(_compound(tree.subselector), tree.combinator))
        tree = tree.selector
    return (*reversed([*parts, Part(_compound(tree))]),)


def _compound(tree: object) -> Compound:
    match tree:
        case Element():
            return Compound(tag=tree.element or "")
        case Hash():
            return replace(_compound(tree.selector), id=tree.id)
        case Class():
            inner = _compound(tree.selector)
            return replace(inner, classes=(*inner.classes, tree.class_name))
        case Attrib():
            return _with_attribute(tree)
        case Function() if tree.name in {"nth-child", "nth-of-type"}:
            inner = _compound(tree.selector)
            return replace(inner, place=_first_place(tree), of_type=tree.name == "nth-of-type")
        case Pseudo() if tree.ident in FIRST_OR_LAST:
            return replace(_compound(tree.selector), place=1)
    # `:not(…)`, `:enabled` and the like ask for nothing that an ordinary element lacks.
    return _compound(tree.selector)


def _with_attribute(tree: Attrib) -> Compound:
    inner = _compound(tree.selector)
    value = tree.value.value if tree.value else ""
    if tree.attrib == "id":
        return replace(inner, id=value)
    if tree.attrib == "class":
        return replace(inner, classes=(*inner.classes, *value.split()))
    return replace(inner, attributes=(*inner.attributes, (tree.attrib, value)))


def _first_place(tree: Function) -> int:
    """The smallest number that `an+b` allows."""
    step, offset = parse_series(tree.arguments)
    return offset if offset > 0 or step <= 0 else step + offset
