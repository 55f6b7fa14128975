"""The entries of menus, however a recipe writes them."""

import re
from html import unescape

from letters.channels.webform.intake.reading import Hash, Quarantined
from letters.channels.webform.recipe import Option
from representatives.states import FREELY_ASSOCIATED, MILITARY, POSTAL_CODES, STATES

STATE_CODES = tuple(code for code in STATES if code == "DC" or not STATES[code].is_territory)
# Menus that the public data set describes once for all members.
CONSTANTS = {
    "US_STATES": STATE_CODES,
    "US_STATES_AND_DC": STATE_CODES,
    "US_STATES_AND_TERRITORIES": (*STATES, *sorted(FREELY_ASSOCIATED | MILITARY)),
    # Its entries depend on what was chosen before it.
    "DEPENDENT": (),
}
STATE_NAMES = {state.name.casefold() for state in STATES.values()}
# Attributes that stand among the options of fields that have none.
NOT_OPTIONS = frozenset({"max_length", "blacklist", "allows_plus", "wait"})


def read_options(written: Hash | list | str) -> tuple[Option, ...]:
    """Of a list of texts, of a hash, or of the name of a known constant."""
    if isinstance(written, str):
        return _constant(written)
    if isinstance(written, Hash):
        pairs = [pair for pair in written.pairs if pair[0] not in NOT_OPTIONS]
    else:
        pairs = [pair for each in written for pair in _entry(each)]
    if not all(isinstance(value, str) for _, value in pairs):
        raise Quarantined("A menu has a list where one of its entries must stand.")
    plain = [(unescape(text).strip(), unescape(value).strip()) for text, value in pairs]
    if is_value_first(plain):
        plain = [(text, value) for value, text in plain]
    return tuple(Option(text=text, value=value) for text, value in plain)


def is_value_first(pairs: list[tuple[str, str]]) -> bool:
    """Whether a hash was written value → text, against the custom; in doubt it was not."""
    differing = [pair for pair in pairs if pair[0] != pair[1]]
    values = [second for _, second in differing]
    if len(differing) < 2 or len(set(values)) < len(values):
        return False
    swapped = sum(_is_code(first) and not _is_code(second) for first, second in differing)
    return swapped > 0.6 * len(differing)


def _constant(name: str) -> tuple[Option, ...]:
    return tuple(
        Option(text=STATES[code].name if code in STATES else code, value=code)
        for code in CONSTANTS.get(name.strip(), ())
    )


def _entry(each: Hash | list | str) -> tuple[tuple[str, str], ...]:
    if isinstance(each, str):
        return ((each, each),)
    if isinstance(each, Hash):
        return each.pairs
    raise Quarantined("A menu has a list where one of its entries must stand.")


def _is_code(text: str) -> bool:
    """`AGR`, `22_MI`, a GUID: made for machines. `Agriculture` is not."""
    if text.casefold() in STATE_NAMES:
        return False
    if text in POSTAL_CODES:
        return True
    one_word = not re.search(r"\s", text)
    return one_word and (text.upper() == text or bool(re.search(r"\d|_", text)))
