"""What a script does to a field's text, as regular expressions that Python's `re.sub` takes."""

import re
from itertools import pairwise

from letters.channels.webform.intake.tokens import NotUnderstood
from letters.channels.webform.recipe import Change

LONGEST = 200
# A group that repeats may take forever on an unlucky letter.
REPEATED_GROUP = re.compile(r"(?<!\\)\)[*+{]")
# In JavaScript the classes mean ASCII, and a dollar the very end.
CLASSES = re.compile(r"\\[dDwWbB]")
END = re.compile(r"(\\.|\[(?:[^\]\\]|\\.)*\])|\$", re.DOTALL)
REFERENCE = re.compile(r"\$(\d{1,2}|&|\$)")

TRIM = Change(pattern=r"\A\s+|\s+\Z")


def change_by_pattern(literal: str, becomes: str) -> Change:
    """`/"/g` and what it becomes; without the g only the first place is changed."""
    source, _, flags = literal[1:].rpartition("/")
    if len(source) > LONGEST or REPEATED_GROUP.search(source) or set(flags) - set("gimsu"):
        raise NotUnderstood("an unusual pattern")
    if "m" not in flags:
        source = END.sub(lambda found: found[1] or r"\Z", source)
    options = "".join(each for each in flags if each in "ims")
    options += "a" if CLASSES.search(source) else ""
    groups = _groups(source)
    once = "g" not in flags
    if once:
        source = rf"\A((?s:.*?))(?:{source})"
    pattern = f"(?{options})" * bool(options) + source
    kept = r"\g<1>" if once else ""
    return _sound(Change(pattern, kept + _replacement(becomes, groups, shift=int(once))))


def change_by_text(searched: str, becomes: str, *, everywhere: bool) -> Change:
    """Where a text and no pattern is searched."""
    return change_by_pattern(f"/{re.escape(searched)}/{'g' * everywhere}", becomes)


def change_by_pieces(pieces: list[str | tuple[int, int | None]]) -> Change:
    """A text put together anew from literals and stretches (from, up to) of the old one."""
    stretches = [each for each in pieces if isinstance(each, tuple)]
    if any(end is None or end > begin for (_, end), (begin, _) in pairwise(stretches)):
        raise NotUnderstood("it puts a text together out of order")
    pattern, becomes, at, group = r"(?s)\A", "", 0, 0
    for piece in pieces:
        if isinstance(piece, str):
            becomes += piece.replace("\\", r"\\")
            continue
        begin, end = piece
        group += 1
        pattern += f".{{0,{begin - at}}}" * (begin > at)
        pattern += "(.*)" if end is None else f"(.{{0,{end - begin}}})"
        becomes += rf"\g<{group}>"
        at = end or 0
    ends_open = bool(stretches) and stretches[-1][1] is None
    return _sound(Change(pattern + r".*" * (not ends_open) + r"\Z", becomes))


def _groups(source: str) -> int:
    try:
        return re.compile(source).groups
    except (re.error, OverflowError, RecursionError) as error:
        raise NotUnderstood("a pattern of JavaScript only") from error


def _replacement(becomes: str, groups: int, *, shift: int) -> str:
    def reference(found: re.Match) -> str:
        if found[1] == "$":
            return "$"
        if found[1] == "&":
            raise NotUnderstood("it repeats what it has found")
        number = int(found[1])
        return rf"\g<{number + shift}>" if 0 < number <= groups else found[0]

    return REFERENCE.sub(reference, becomes.replace("\\", r"\\"))


def _sound(change: Change) -> Change:
    try:
        re.sub(change.pattern, change.becomes, "2025550123")
    except (re.error, IndexError, OverflowError, RecursionError) as error:
        raise NotUnderstood("a pattern of JavaScript only") from error
    return change
