"""Words that a recipe misspells: `maxlength`, `reqired`, `Fill_In`."""

from collections.abc import Set
from dataclasses import replace
from difflib import get_close_matches

from letters.channels.webform.intake.reading import Hash

# "optional" is no "options", and "check" no "uncheck".
NEAR = 0.85


def meant(word: str, known: Set[str]) -> str:
    """The known word that this one is meant for, or the word itself."""
    if word in known:
        return word
    return next(iter(get_close_matches(word.casefold(), sorted(known), 1, NEAR)), word)


def spelled(written: Hash, known: Set[str], notes: list[str]) -> Hash:
    """The same in known words; `notes` tell which were misspelled, and which mean nothing to us."""
    for word, _ in written.pairs:
        right = meant(word, known)
        if right not in known:
            notes.append(f"the word {word[:40]!r} is not known and passed over")
        elif right != word:
            notes.append(f"the word {word[:40]!r} is taken for {right!r}")
    return replace(
        written, pairs=tuple((meant(word, known), value) for word, value in written.pairs)
    )
