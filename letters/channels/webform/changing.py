"""What a recipe's scripts make of a field's text, without taking a word or a sign away from it.

Nearly every script there is drops straight quotation marks, which some offices' systems refuse. A
letter that quotes somebody keeps its quotation marks: they become typographic ones.
"""

import re
from collections import Counter

from letters.channels.webform.lettering import takes
from letters.channels.webform.recipe import Change

# What stands for a sign that a form does not want, the best first; of a pair, by its place.
INSTEAD = {
    '"': ("“”", "'"),
    "“": ('"', "'"),
    "”": ('"', "'"),
    "'": ("’", "`"),
    "’": ("'", "`"),
    "(": ("[",),
    ")": ("]",),
    "&": ("and",),
}
OPENING = re.compile(r"(^|[\s(\[{“–—-])$")


class Untranslatable(Exception):
    """A change that we cannot make, or not without losing what somebody wrote."""


def changed(text: str, changes: tuple[Change, ...]) -> str:
    """A number in the form that an office wants it; raises Untranslatable where it loses digits."""
    after = text
    for change in changes:
        after = _made(change, after)
    if _letters(after) != _letters(text):
        raise Untranslatable("a script changes a number")
    return after


def changed_prose(text: str, changes: tuple[Change, ...], *, charset: str) -> str:
    """What somebody wrote as an office wants it; what a script would drop is written otherwise.

    Raises Untranslatable where there is nothing that means the same.
    """
    for change in changes:
        if _loses(text, _made(change, text)):
            text = _respelled(text, change, charset)
        after = _made(change, text)
        if _loses(text, after):
            raise Untranslatable("a script drops what somebody wrote")
        text = after
    return text


def _respelled(text: str, change: Change, charset: str) -> str:
    """Without the signs that the change drops: others, which it leaves alone, mean the same."""
    for sign, others in INSTEAD.items():
        if sign not in text or _made(change, sign).strip():
            continue
        fitting = (
            other
            for other in others
            if takes(other, charset) and all(_made(change, each) == each for each in other)
        )
        other = next(fitting, sign)
        pair = other if len(other) == 2 else (other, other)
        text = _replaced(text, sign, opening=pair[0], closing=pair[1])
    return text


def _replaced(text: str, sign: str, *, opening: str, closing: str) -> str:
    first, *pieces = text.split(sign)
    for piece in pieces:
        first += (opening if OPENING.search(first) else closing) + piece
    return first


def _made(change: Change, text: str) -> str:
    try:
        return re.sub(change.pattern, change.becomes, text)
    except (re.error, IndexError, OverflowError, RecursionError) as error:
        raise Untranslatable("a script's pattern is none that we know") from error


def _loses(before: str, after: str) -> bool:
    """Fewer signs, or a letter gone. White space may change: `\\n` → ` `."""
    fewer = len("".join(after.split())) < len("".join(before.split()))
    return fewer or bool(Counter(_letters(before)) - Counter(_letters(after)))


def _letters(text: str) -> list[str]:
    return [each for each in text if each.isalnum()]
