"""What an input makes of a value that is not of its type, as browsers do."""

import re

from letters.channels.webform.fitting import FORMATS

ONE_LINE = re.compile(r"[\r\n]")
TYPES = {
    *("hidden", "text", "search", "tel", "url", "email", "password", "submit", "reset", "button"),
    *("checkbox", "radio", "file", "image", *FORMATS),
}
BLANKS = " \t\r\n\f"


def type_of(told: str) -> str:
    """The type that an input has, by its attribute."""
    return told.lower() if told.lower() in TYPES else "text"


def sanitized(kind: str, value: str, *, low: str = "", high: str = "") -> str:
    """The value that such an input has once `value` was written into it.

    `low` and `high` are the bounds of a range, which always has a value.
    """
    if kind in {"text", "search", "tel", "password"}:
        return ONE_LINE.sub("", value)
    if kind in {"url", "email"}:
        return ONE_LINE.sub("", value).strip(BLANKS)
    if kind not in FORMATS or re.fullmatch(FORMATS[kind], value, re.ASCII):
        return value.lower() if kind == "color" else value
    if kind == "color":
        return "#000000"
    return _middle(low, high) if kind == "range" else ""


def _middle(low: str, high: str) -> str:
    least, most = _number(low, 0.0), _number(high, 100.0)
    return f"{max(least, least + (most - least) / 2):g}"


def _number(text: str, default: float) -> float:
    return float(text) if re.fullmatch(FORMATS["number"], text, re.ASCII) else default
