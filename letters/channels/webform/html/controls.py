"""The fields of a page and what stands in them, from the page's defaults on."""

from selectolax.lexbor import LexborNode

from letters.channels.interface import unix_lines
from letters.channels.webform.html.ownership import (
    CONTROLS,
    ancestor_form,
    named_form,
    parser_owners,
)
from letters.channels.webform.html.page import Page, ancestors, attribute, has
from letters.channels.webform.html.values import on_slider, sanitized, type_of
from letters.channels.webform.matching import squeezed


class Controls:
    """Nodes are known by their ids, which live as long as the node stays in the tree."""

    def __init__(self, page: Page):
        self.page = page
        self._owners = parser_owners(page)
        self._values: dict[int, str] = {}
        self._checked: dict[int, bool] = {}
        self._chosen: dict[int, list[int]] = {}

    def of(self, form: LexborNode) -> list[LexborNode]:
        """A form's fields in the order of the tree."""
        return [each for each in self.page.all(CONTROLS) if self.owner(each) == form]

    def owner(self, node: LexborNode) -> LexborNode | None:
        if has(node, "form") and node.tag in CONTROLS:
            return named_form(self.page, node)
        return self._owners.get(node.mem_id) or ancestor_form(node)

    def value(self, node: LexborNode) -> str:
        """Of a textarea with line ends of one character; of a menu nothing."""
        kept = self._values.get(node.mem_id)
        if kept is not None:
            return kept
        if node.tag == "textarea":
            return unix_lines(
                "".join(each.text_content or "" for each in node.iter(include_text=True))
            )
        kind = kind_of(node)
        default = "on" if kind in {"checkbox", "radio"} else ""
        return _sanitized(node, kind, attribute(node, "value", default))

    def write(self, node: LexborNode, text: str) -> None:
        kept = unix_lines(text) if node.tag == "textarea" else _sanitized(node, kind_of(node), text)
        self._values[node.mem_id] = kept

    def is_checked(self, node: LexborNode) -> bool:
        if node.mem_id in self._checked:
            return self._checked[node.mem_id]
        if kind_of(node) == "radio" and self._is_overruled(node):
            return False
        return has(node, "checked")

    def check(self, node: LexborNode, checked: bool = True) -> None:
        if checked and kind_of(node) == "radio":
            for each in self.group(node):
                self._checked[each.mem_id] = False
        self._checked[node.mem_id] = checked

    def group(self, radio: LexborNode) -> list[LexborNode]:
        """The radio buttons of which one at most is checked, this one included."""
        name, owner = attribute(radio, "name"), self.owner(radio)
        if not name:
            return [radio]
        return [
            each
            for each in self.page.all("input[type=radio i]")
            if attribute(each, "name") == name and self.owner(each) == owner
        ]

    def chosen(self, menu: LexborNode) -> list[LexborNode]:
        """The options that are chosen, also those that are disabled and so not submitted."""
        options = options_of(menu)
        kept = self._chosen.get(menu.mem_id)
        if kept is not None:
            return [each for each in options if each.mem_id in kept]
        marked = [each for each in options if has(each, "selected")]
        if has(menu, "multiple"):
            return marked
        if marked:
            return marked[-1:]
        if _size(menu) > 1:
            return []
        return [each for each in options if not is_disabled_option(each)][:1]

    def choose(self, menu: LexborNode, option: LexborNode) -> None:
        self._chosen[menu.mem_id] = [option.mem_id]

    def is_disabled(self, node: LexborNode) -> bool:
        return has(node, "disabled") or _is_in_disabled_fieldset(node)

    def label_of(self, node: LexborNode) -> str:
        """The text of its labels, which may stand around it or name it."""
        own = attribute(node, "id")
        around = [each for each in ancestors(node) if each.tag == "label"]
        naming = [each for each in self.page.all("label[for]") if attribute(each, "for") == own]
        return squeezed(" ".join(each.text() for each in (naming if own else []) or around))

    def labelled_by(self, label: LexborNode) -> LexborNode | None:
        """The field that a click on this label works on."""
        if has(label, "for"):
            wanted = attribute(label, "for")
            named = (each for each in self.page.all("[id]") if attribute(each, "id") == wanted)
            return next((each for each in named if each.tag in CONTROLS), None)
        within = (each for each in label.css(CONTROLS) if kind_of(each) != "hidden")
        return next(within, None)

    def replace_within(self, node: LexborNode, html: str) -> None:
        """Puts HTML in the place of everything in the node."""
        for each in node.traverse():
            if each.mem_id != node.mem_id:
                for known in (self._owners, self._values, self._checked, self._chosen):
                    known.pop(each.mem_id, None)
        node.inner_html = html

    def _is_overruled(self, radio: LexborNode) -> bool:
        """The last one that the page marks is the one that is checked."""
        group = self.group(radio)
        if any(self._checked.get(each.mem_id) for each in group):
            return True
        marked = [each for each in group if has(each, "checked")]
        return bool(marked) and marked[-1] != radio


def kind_of(node: LexborNode) -> str:
    """An input's or a button's type in lower case; empty for other elements."""
    told = attribute(node, "type").lower()
    if node.tag == "button":
        return told if told in {"reset", "button"} else "submit"
    return type_of(told) if node.tag == "input" else ""


def options_of(menu: LexborNode) -> list[LexborNode]:
    return menu.css("option")


def option_value(option: LexborNode) -> str:
    return attribute(option, "value", option_text(option))


def option_text(option: LexborNode) -> str:
    return " ".join(option.text().split())


def is_disabled_option(option: LexborNode) -> bool:
    parent = option.parent
    group = parent is not None and parent.tag == "optgroup" and has(parent, "disabled")
    return has(option, "disabled") or group


def _is_in_disabled_fieldset(node: LexborNode) -> bool:
    """Of a disabled fieldset only what stands in its first legend is not disabled."""
    below = node
    for each in ancestors(node):
        if each.tag == "fieldset" and has(each, "disabled") and below != _first_legend(each):
            return True
        below = each
    return False


def _first_legend(fieldset: LexborNode) -> LexborNode | None:
    return next((each for each in fieldset.iter() if each.tag == "legend"), None)


def _size(menu: LexborNode) -> int:
    size = attribute(menu, "size")
    return int(size) if size.isascii() and size.isdigit() and int(size) else 1


def _sanitized(node: LexborNode, kind: str, value: str) -> str:
    if kind == "range":
        ends = {"low": attribute(node, "min"), "high": attribute(node, "max")}
        return on_slider(value, **ends, step=attribute(node, "step"))
    return sanitized(kind, value)
