"""When a letter may leave, and when it counts as accepted: the same for both engines."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from letters.channels.webform.matching import squeezed
from letters.channels.webform.recipe import Action, Kind, Plan

TOGGLES = {"checkbox", "radio"}


@dataclass(frozen=True)
class Seen:
    """A page as it is judged."""

    # What a person could read of it: no scripts, no styles, nothing hidden.
    text: str
    # The plan's last `find` after the click was there.
    was_found: bool = False
    # Of the answer that the page came with.
    status: int = 200


def may_send(*, message_is_filled: bool, tag: str, kind: str = "") -> bool:
    """Whether a click may take the letter with it, so that `begin` comes first.

    `tag` and `kind` (an input's or button's type; both in lower case) are of what the click works
    on: of a label's control, where it has one, and not of the label.
    """
    toggles = tag == "label" or (tag == "input" and kind in TOGGLES)
    return message_is_filled and not toggles


def pick(stand_in_the_form: Sequence[bool]) -> int:
    """Which of the elements that a CLICK finds is meant, by whether each of them belongs to the
    form of the field that was touched last: a page's search has a button too."""
    return stand_in_the_form.index(True) if True in stand_in_the_form else 0


def last_find(plan: Plan, *, after: int) -> Action | None:
    """The last FIND behind the action with this index: it may tell of success."""
    finds = [each for each in plan.actions[after + 1 :] if each.kind == Kind.FIND]
    return finds[-1] if finds else None


def is_found(find: Action, texts: Sequence[str]) -> bool:
    """Whether a FIND holds, by the texts of all elements that its selector finds.

    Without a selector: by the whole page's text. Its value is a text or a regular expression.
    """
    if not squeezed(find.value):
        return bool(texts)
    return any(_holds(squeezed(text), squeezed(find.value)) for text in texts)


def has_succeeded(plan: Plan, *, before: Seen, after: Seen) -> bool:
    """Whether the page says that it has the letter, and did not say so before the click.

    A sign that stood there before tells nothing: some recipes look for the form's own button.
    Neither do words of the letter, which the page may show again: `plan` is as it has left.
    """
    wanted, said = squeezed(plan.success), squeezed(after.text)
    letter = squeezed(plan.message)
    if wanted in letter:
        said = said.replace(letter, "")
    says_so = bool(wanted) and wanted in said and wanted not in squeezed(before.text)
    shows_it = after.was_found and not before.was_found
    return after.status < 400 and (says_so or shows_it)


def _holds(text: str, wanted: str) -> bool:
    if wanted in text:
        return True
    try:
        return re.search(wanted, text) is not None
    except re.error:
        # A text that merely looks like an expression: "Thank you :)".
        return False
