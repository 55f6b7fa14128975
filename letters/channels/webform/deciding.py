"""What an action writes into the fields that the browser has found for it."""

from dataclasses import dataclass

from letters.channels.webform.engine import FormChanged
from letters.channels.webform.fitting import Field, misfit
from letters.channels.webform.lettering import takes, transliterate
from letters.channels.webform.matching import Entry, match
from letters.channels.webform.recipe import Action, Kind

# Letters of three scripts and a sign: what takes them takes every letter.
EVERY_LETTER = "Ніна Škłoŭ Łódź 漢 ✓"
TOGGLES = {"checkbox", "radio"}


class NotThere(FormChanged):
    """The page has nothing like it, or not yet: scripts may still be building it."""


@dataclass(frozen=True)
class Found:
    """A field as the page tells it; names of tags and types in lower case."""

    tag: str
    kind: str
    value: str
    max_length: int | None
    is_locked: bool
    is_checked: bool
    label: str
    charset: str
    options: tuple[Entry, ...]

    @classmethod
    def told(cls, told: dict) -> "Found":
        return cls(**told | {"options": tuple(Entry(**each) for each in told["options"])})

    @property
    def takes_every_letter(self) -> bool:
        return takes(EVERY_LETTER, self.sent_in)

    @property
    def sent_in(self) -> str:
        """The character set that its form is sent in: the first of its wishes, else the page's."""
        return (self.charset.replace(",", " ").split() or ["UTF-8"])[0]


def changes(action: Action, found: list[Found] | None) -> list[dict]:
    """What in_page.js is to write; nothing where it stands there already.

    Raises NotThere where no such field or entry is there, FormChanged where it would not fit.
    """
    if found is None:
        raise FormChanged(f"{action.selector} is no selector")
    if not found:
        raise NotThere(f"{action.selector} is not on the page")
    return [{"selector": action.selector} | each for each in _WAYS[action.kind](action, found)]


def as_sent(action: Action, found: list[Found] | None) -> str:
    """The text of a FILL as the page can send it."""
    return transliterate(action.value, found[0].sent_in) if found else action.value


def _fill(action: Action, found: list[Found]) -> list[dict]:
    first = found[0]
    field = Field(
        tag=first.tag,
        kind=first.kind if first.tag == "input" else "",
        value=first.value,
        max_length=first.max_length,
        is_locked=first.is_locked,
    )
    if why := misfit(field, action.value):
        raise FormChanged(f"{action.selector} {why}")
    return [] if first.is_locked else [{"index": 0, "value": action.value}]


def _select(action: Action, found: list[Found]) -> list[dict]:
    menu = found[0]
    if menu.tag != "select":
        raise NotThere(f"{action.selector} is no menu")
    option = None if menu.is_locked else match(action.wanted, menu.options)
    if option is None:
        raise NotThere(f"{action.selector} has no entry that would do")
    return [{"index": 0, "option": option}]


def _choose(action: Action, found: list[Found]) -> list[dict]:
    return [{"index": _button(action, found), "checked": True}]


def _check(action: Action, found: list[Found]) -> list[dict]:
    index = _button(action, found) if action.wanted else 0
    if found[index].kind not in TOGGLES:
        raise NotThere(f"{action.selector} is no box to tick")
    checked = action.kind == Kind.CHECK
    if found[index].is_locked and found[index].is_checked != checked:
        raise NotThere(f"{action.selector} cannot be changed")
    return [{"index": index, "checked": checked}]


def _button(action: Action, found: list[Found]) -> int:
    entries = [
        Entry(each.value, each.label, each.is_locked or each.kind not in TOGGLES) for each in found
    ]
    index = match(action.wanted, entries)
    if index is None:
        raise NotThere(f"{action.selector} has no button that would do")
    return index


_WAYS = {
    Kind.FILL: _fill,
    Kind.SELECT: _select,
    Kind.CHOOSE: _choose,
    Kind.CHECK: _check,
    Kind.UNCHECK: _check,
}
