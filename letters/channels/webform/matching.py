"""Which entry of a menu, or which button of a group, is the one that a plan wants."""

from collections.abc import Sequence
from dataclasses import dataclass

from letters.channels.webform.recipe import Action, Kind


@dataclass(frozen=True)
class Entry:
    """An option of a menu, or a radio button or checkbox with its label's text."""

    value: str
    text: str = ""
    # Its own, its group's or its menu's doing.
    is_disabled: bool = False


def match(wanted: Sequence[str], entries: Sequence[Entry]) -> int | None:
    """The index of the entry that `wanted` (the best first) asks for; None where none would do.

    By value, else by text. What is disabled cannot be chosen, and what has no value is the line
    that asks to choose.
    """
    for each in wanted:
        for is_it in (_by_value, _by_text):
            for index, entry in enumerate(entries):
                if entry.value.strip() and not entry.is_disabled and is_it(each, entry):
                    return index
    return None


def squeezed(text: str) -> str:
    """White space collapsed, as every comparison of texts has it."""
    return " ".join(text.split())


def _by_value(wanted: str, entry: Entry) -> bool:
    return entry.value.strip() == wanted.strip()


def _by_text(wanted: str, entry: Entry) -> bool:
    text = squeezed(entry.text).casefold()
    return bool(text) and text == squeezed(wanted).casefold()


def meant(action: Action, entries: Sequence[Entry]) -> tuple[int, str]:
    """The place of the button or box that a CHOOSE, CHECK or UNCHECK means among those that its
    selector finds; or why none of them will do, to follow the selector."""
    asks = action.kind == Kind.CHOOSE or bool(action.wanted)
    place = match(action.wanted, entries) if asks else 0
    if place is None:
        return -1, "has no such choice"
    return place, "is locked" if entries[place].is_disabled else ""
