"""What an input makes of a value that is not of its type, as browsers do."""

import re
from math import floor

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


def sanitized(kind: str, value: str) -> str:
    """The value that such an input has once `value` was written into it."""
    if kind in {"text", "search", "tel", "password"}:
        return ONE_LINE.sub("", value)
    if kind in {"url", "email"}:
        return ONE_LINE.sub("", value).strip(BLANKS)
    if kind not in FORMATS or re.fullmatch(FORMATS[kind], value, re.ASCII):
        return value.lower() if kind == "color" else value
    return "#000000" if kind == "color" else ""


def on_slider(value: str, *, low: str, high: str, step: str) -> str:
    """Where a range stands that was told `value`: between its ends, at one of its steps."""
    least, most = number(low, 0), number(high, 100)
    stride = 0 if step.strip().lower() == "any" else number(step, 1) or 1
    wish = number(value, least + max(0, most - least) / 2)
    place = max(least, min(most, wish))
    if stride > 0:
        steps = floor((place - least) / stride + 0.5)
        steps -= least + steps * stride > max(least, most)
        place = least + steps * stride
    return f"{place:.12g}"


def number(text: str, default: float) -> float:
    return float(text) if re.fullmatch(FORMATS["number"], text, re.ASCII) else default
