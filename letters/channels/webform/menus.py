"""Which entries of a menu, or buttons of a radio group, would do: for `Action.wanted`.

An entry is named by its text and then by its value: a text keeps its meaning where the page has
renumbered its values. What a menu may be called elsewhere follows, for a page that has changed.
"""

import re
from collections.abc import Iterable
from html import unescape

from letters.channels.webform.recipe import Option
from letters.channels.webform.topics import like, synonyms
from representatives.states import STATES

# The line that asks to choose.
PLACEHOLDER = re.compile(r"\W*$|\W*(please|select|choose|pick)\b", re.IGNORECASE)
# Titles that menus also write out.
SHORT_TITLES = {"mister": "mr", "missus": "mrs", "doctor": "dr"}
# Beside the states' own names.
ALSO_CALLED = {
    "DC": ("Washington DC", "Washington, DC", "Washington, D.C.", "D.C.", "Dist. of Columbia"),
    "VI": ("Virgin Islands", "US Virgin Islands"),
    "AS": ("America Samoa",),
    "MP": ("Northern Marianas",),
}


def entries(options: tuple[Option, ...]) -> tuple[str, ...]:
    """What a person may choose from, in the menu's own words."""
    words = (_word(option) for option in options)
    return tuple(dict.fromkeys(word for word in words if not PLACEHOLDER.match(word)))


def for_topic(options: tuple[Option, ...], topic: str) -> tuple[str, ...]:
    """Empty where no entry is a synonym. A menu of one entry leaves nothing to choose."""
    choices = entries(options)
    if len(choices) == 1:
        return named(options, choices[0])
    fitting = like(topic, tuple(option for option in options if _word(option) in choices))
    if choices and not fitting:
        return ()
    return _names(fitting, [name.title() for name in synonyms(topic)])


def for_title(options: tuple[Option, ...], title: str) -> tuple[str, ...]:
    """Empty where the menu does not have that very title, however it spells it."""
    fitting = [o for o in options if same_title(_word(o), title)]
    if not _bare(title) or (options and not fitting):
        return ()
    plain = title.strip().rstrip(".")
    return _names(fitting, [title.strip(), plain, f"{plain}."])


def same_title(one: str, other: str) -> bool:
    """Whether both are spellings of one title: `Mr`, `MR.` and `Mister` are."""
    return _bare(one) == _bare(other)


def for_state(options: tuple[Option, ...], code: str) -> tuple[str, ...]:
    """By postal code, by name, or by both; a value may carry a number: `22_MI`."""
    names = [STATES[code].name, *ALSO_CALLED.get(code, ())]
    said = {frozenset(_tokens(name)) for name in names}
    fitting = [
        option
        for option in options
        if any(_is_state(text, code, said) for text in (option.text, option.value))
    ]
    both = [f"{code} - {names[0]}", f"{code}-{names[0]}", f"{names[0]} ({code})"]
    return _names(fitting, [code, *names, *both])


def named(options: tuple[Option, ...], word: str) -> tuple[str, ...]:
    """The entry that a recipe's literal or a supporter's answer names, else that word itself."""
    wanted = _squeezed(word).casefold()
    texts = [o for o in options if _squeezed(unescape(o.text)).casefold() == wanted]
    values = [o for o in options if o.value.strip() == word.strip()]
    return _names(texts or values, []) or (word.strip(),)


def _names(options: Iterable[Option], others: list[str]) -> tuple[str, ...]:
    names = [name for o in options for name in (unescape(o.text), unescape(o.value), o.value)]
    return tuple(dict.fromkeys(name for name in map(_squeezed, [*names, *others]) if name))


def _word(option: Option) -> str:
    return _squeezed(unescape(option.text or option.value))


def _is_state(text: str, code: str, names: set[frozenset[str]]) -> bool:
    tokens = [token for token in _tokens(text) if not token.isdigit()]
    rest = frozenset(tokens) - {code.casefold()}
    return tokens == [code.casefold()] or frozenset(tokens) in names or rest in names


def _tokens(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", unescape(text).replace(".", "").casefold())


def _bare(title: str) -> str:
    bare = _squeezed(unescape(title)).replace(".", "").casefold()
    return SHORT_TITLES.get(bare, bare)


def _squeezed(text: str) -> str:
    return " ".join(text.split())
