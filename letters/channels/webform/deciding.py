"""What an action writes into the fields that the browser has found for it."""

from dataclasses import dataclass, replace

from letters.channels.webform.engine import FormChanged
from letters.channels.webform.fitting import Field, misfit
from letters.channels.webform.judging import TOGGLES
from letters.channels.webform.lettering import takes, transliterate
from letters.channels.webform.matching import Entry, match, meant
from letters.channels.webform.recipe import Action, Kind

# Letters of three scripts and a sign: what takes them takes every letter.
EVERY_LETTER = "Ніна Škłoŭ Łódź 漢 ✓"


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
        raise FormChanged(f"{action}: is no selector")
    if not found:
        raise NotThere(f"{action}: is not on the page")
    return [{"selector": action.selector} | each for each in _WAYS[action.kind](action, found)]


def as_sent(action: Action, found: list[Found] | None) -> Action:
    """The same with its text as the page can send it."""
    if action.kind != Kind.FILL or not found:
        return action
    return replace(action, value=transliterate(action.value, found[0].sent_in))


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
        raise FormChanged(f"{action}: {why}")
    return [] if first.is_locked else [{"index": 0, "value": action.value}]


def _select(action: Action, found: list[Found]) -> list[dict]:
    menu = found[0]
    if menu.tag != "select":
        raise NotThere(f"{action}: is no menu")
    option = None if menu.is_locked else match(action.wanted, menu.options)
    if option is None:
        raise NotThere(f"{action}: has no such option")
    return [{"index": 0, "option": option}]


def _toggle(action: Action, found: list[Found]) -> list[dict]:
    buttons = [index for index, each in enumerate(found) if each.kind in TOGGLES]
    if not buttons:
        raise NotThere(f"{action}: is no radio button and no checkbox")
    entries = [Entry(found[i].value, found[i].label, found[i].is_locked) for i in buttons]
    place, why = meant(action, entries)
    if why:
        raise NotThere(f"{action}: {why}")
    return [{"index": buttons[place], "checked": action.kind != Kind.UNCHECK}]


_WAYS = {
    Kind.FILL: _fill,
    Kind.SELECT: _select,
    Kind.CHOOSE: _toggle,
    Kind.CHECK: _toggle,
    Kind.UNCHECK: _toggle,
}
