"""What a form's character set cannot take is written out visibly, in letters that it can."""

import codecs
from unicodedata import category, normalize

from anyascii import anyascii

# What browsers take these names for (https://encoding.spec.whatwg.org), under Python's names.
MEANT = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gbk",
    "big5": "big5hkscs",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
}
# Every other character set that a browser sends a form in; whatever else is named, it sends UTF-8.
LEGACY = (
    {"cp866", "cp874", "koi8-r", "koi8-u", "mac-roman", "mac-cyrillic"}
    | {f"cp{number}" for number in range(1250, 1259)}
    | {f"iso8859-{number}" for number in (2, 3, 4, 5, 6, 7, 8, 10, 13, 14, 15, 16)}
    | {"gbk", "gb18030", "big5hkscs", "euc_jp", "iso2022_jp", "cp932", "cp949"}
)
# Where anyascii is silent, says the opposite, or is farther from the sound.
OURS = {"ё": "yo", "Ё": "Yo", "ا": "a", "≠": "!=", "\u2028": "\n", "\u2029": "\n\n"}
# Only Belarusian and Ukrainian have these letters; both say г as h, where Russian says g.
OF_NEIGHBOURS = frozenset("іўїєґІЎЇЄҐ")
THEIRS = {"г": "h", "Г": "H"}


def takes(text: str, charset: str) -> bool:
    """Whether a page in that character set can send the text as it stands."""
    return _takes(text, _codec(charset))


def transliterate(text: str, charset: str) -> str:
    """The text as a page in that character set can send it: only what it cannot take is changed.

    Each letter that it cannot take becomes its Latin reading, a sign or an emoji its plain form or
    name (`—` → `-`, a dove → `:dove:`), and what has neither becomes `[…]`: a reader sees that
    something stood there. A text that it can take is returned unchanged.
    """
    codec = _codec(charset)
    if _takes(text, codec):
        return text
    readings = OURS | (THEIRS if OF_NEIGHBOURS & set(text) else {})
    return "".join(_written(cluster, codec, readings) for cluster in _clusters(text))


def _codec(charset: str) -> str:
    """Python's name for what a browser sends under that name."""
    try:
        name = codecs.lookup(charset.strip()).name
    except (LookupError, ValueError):
        return "utf-8"
    name = MEANT.get(name, name)
    return name if name in LEGACY else "utf-8"


def _takes(text: str, codec: str) -> bool:
    try:
        text.encode(codec)
    except UnicodeEncodeError:
        return False
    return True


def _clusters(text: str) -> list[str]:
    """The text in pieces that a reader sees as one: a character with the marks that it carries."""
    clusters: list[str] = []
    for character in text:
        if clusters and category(character).startswith("M"):
            clusters[-1] += character
        else:
            clusters.append(character)
    return clusters


def _written(cluster: str, codec: str, readings: dict[str, str]) -> str:
    for same in (cluster, normalize("NFC", cluster)):
        if _takes(same, codec):
            return same
    written = "".join(_letter(each, codec, readings) for each in normalize("NFC", cluster))
    if written or all(_is_invisible(each) for each in cluster):
        return written
    return "[…]" if _takes("…", codec) else "[...]"


def _letter(character: str, codec: str, readings: dict[str, str]) -> str:
    if _takes(character, codec):
        return character
    reading = readings.get(character) or anyascii(character)
    # A letter of a rare script that has no sound of its own.
    return "" if character.isalnum() and "?" in reading else reading


def _is_invisible(character: str) -> bool:
    """A joiner, a mark of direction, or the skin colour of the emoji before it."""
    return category(character) == "Cf" or "\U0001f3fb" <= character <= "\U0001f3ff"
