"""Elements that selectors find, grown from the selectors; several may share what stands around."""

import re

from lxml import html
from lxml.html import HtmlElement

from letters.rehearsal.forms.selecting import Compound, Path, path_of

# They can hold anything, and stand for an element whose tag the selector leaves open.
BOX = "div"
FORM = re.compile("form", re.IGNORECASE)


def new(tag: str, text: str = "", **attributes: str) -> HtmlElement:
    """`class_` and `for_` lose their underscore, others become dashes."""
    element = html.Element(tag)
    for name, value in attributes.items():
        element.set(name.rstrip("_").replace("_", "-"), value)
    element.text = text or None
    return element


def stamp(element: HtmlElement, compound: Compound) -> HtmlElement:
    """From now on the compound finds it."""
    if compound.id:
        element.set("id", compound.id)
    for name in compound.classes:
        element.classes.add(name)
    for name, value in compound.attributes:
        element.set(name, value)
    return element


def grown(path: Path, tag: str = BOX) -> HtmlElement:
    """A new element that the path's end finds, outside of what the path puts around it."""
    leaf = path[-1].compound
    return stamp(new(leaf.tag or tag), leaf)


def surrounded(element: HtmlElement, path: Path) -> HtmlElement:
    """`element`, which the end of `path` finds, amid its ancestors and neighbours."""
    row = [*_before(element, path[-1].compound), element]
    for at in range(len(path) - 2, -1, -1):
        other = stamp(new(path[at].compound.tag or BOX), path[at].compound)
        if path[at + 1].combinator in {"+", "~"}:
            row = [other, *row]
        else:
            other.extend(row)
            row = [*_before(other, path[at].compound), other]
    if len(row) == 1 and not path[0].compound.place:
        return row[0]
    group = new(BOX)
    group.extend(row)
    return group


def planted(element: HtmlElement, path: Path) -> HtmlElement:
    """`element` amid what is its own, to be put into a form that all of `path` stands around."""
    return surrounded(element, path[_shared(path) :])


class Ground:
    """A form, and the elements around it; both are shared by everything that grows on it."""

    def __init__(self, *paths: Path) -> None:
        self.form = new("form", method="post")
        self.top = new(BOX)
        self.top.append(self.form)
        # The longest first: they know best what stands inside of what.
        for path in sorted(paths, key=_shared, reverse=True):
            self._surround(path[: _shared(path)])

    def mark(self, selector: str) -> None:
        """Something that `selector` finds, where there is nothing yet."""
        path = path_of(selector)
        leaf = path[-1].compound
        if self.top.cssselect(selector):
            return
        if not self.form.get("id") and len(path) == 1 and FORM.search(leaf.id):
            stamp(self.form, leaf)
            return
        landmark = grown(path)
        landmark.classes.add("office-landmark")
        self.top.insert(0, surrounded(landmark, path))

    def _surround(self, path: Path) -> None:
        """The nearest to the form comes first, so that each new one stands around the last."""
        inside = self.form
        for part in reversed(path):
            known = self._known(part.compound)
            inside = self._around(inside, part.compound) if known is None else known

    def _known(self, compound: Compound) -> HtmlElement | None:
        around = [self.form, *self.form.iterancestors()]
        return next((element for element in around if _is(element, compound)), None)

    def _around(self, inside: HtmlElement, compound: Compound) -> HtmlElement:
        """The form itself takes the name where it has none yet."""
        free = inside is self.form and not self.form.get("id") and compound.tag in {"", "form"}
        if free:
            return stamp(self.form, compound)
        outer = stamp(new(compound.tag or BOX), compound)
        parent = inside.getparent()
        parent.replace(inside, outer)
        outer.append(inside)
        return outer


def _shared(path: Path) -> int:
    """How many of the path's elements cannot stand around one field only: up to the last one with
    an id, or the form."""
    ancestors = [part.compound for part in path[:-1]]
    marked = [at for at, each in enumerate(ancestors) if each.id or each.tag in {"form", "main"}]
    return marked[-1] + 1 if marked else 0


def _is(element: HtmlElement, compound: Compound) -> bool:
    return (
        compound.tag in {"", element.tag}
        and compound.id in {"", element.get("id")}
        and set(compound.classes) <= set(element.classes)
        and all(element.get(name) == value for name, value in compound.attributes)
    )


def _before(element: HtmlElement, compound: Compound) -> list[HtmlElement]:
    """Empty neighbours, so that the element has the place that its compound counts."""
    tag = element.tag if compound.of_type else "span"
    return [new(tag) for _ in range(compound.place - 1)]
