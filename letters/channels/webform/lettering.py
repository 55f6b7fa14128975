"""What a form's character set cannot take is written out visibly, in letters that it can."""

from unicodedata import category, normalize

from anyascii import anyascii

from letters.channels.webform.html.charsets import codec_of

# Where anyascii is silent, says the opposite, or is farther from the sound.
OURS = {"ё": "yo", "Ё": "Yo", "ا": "a", "≠": "!=", "\u2028": "\n", "\u2029": "\n\n"}
# Only Belarusian and Ukrainian have these letters; both say г as h, where Russian says g.
OF_NEIGHBOURS = frozenset("іўїєґІЎЇЄҐ")
THEIRS = {"г": "h", "Г": "H"}


def takes(text: str, charset: str) -> bool:
    """Whether a page in that character set can send the text as it stands."""
    return _takes(text, codec_of(charset))


def transliterate(text: str, charset: str) -> str:
    """The text as a page in that character set can send it: only what it cannot take is changed.

    Each letter that it cannot take becomes its Latin reading, a sign or an emoji its plain form or
    name (`—` → `-`, a dove → `:dove:`), and what has neither becomes `[…]`: a reader sees that
    something stood there. A text that it can take is returned unchanged.
    """
    codec = codec_of(charset)
    if _takes(text, codec):
        return text
    readings = OURS | (THEIRS if OF_NEIGHBOURS & set(text) else {})
    return "".join(_written(cluster, codec, readings) for cluster in _clusters(text))


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
