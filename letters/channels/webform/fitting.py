"""Whether a text can stand in a field: nothing is cut, and nothing is written over a lock."""

import re
from dataclasses import dataclass

FLOAT = r"-?(\d+(\.\d+)?|\.\d+)([eE][-+]?\d+)?"
# The types of input that throw away whatever else is written into them.
FORMATS = {
    "number": FLOAT,
    "range": FLOAT,
    "color": r"#[0-9a-fA-F]{6}",
    "date": r"\d{4,}-\d\d-\d\d",
    "month": r"\d{4,}-\d\d",
    "week": r"\d{4,}-W\d\d",
    "time": r"\d\d:\d\d(:\d\d(\.\d{1,3})?)?",
    "datetime-local": r"\d{4,}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d{1,3})?)?",
}
NO_TEXT = {"checkbox", "radio", "file", "submit", "image", "button", "reset"}


@dataclass(frozen=True)
class Field:
    """What a FILL has found. Names of tags and types are in lower case."""

    tag: str
    # Of an input.
    kind: str = ""
    value: str = ""
    max_length: int | None = None
    # Disabled or read-only: nobody could write in it.
    is_locked: bool = False


def misfit(field: Field, text: str) -> str:
    """Why `text` cannot be written there, to follow the field's selector; empty where it can."""
    if field.tag not in {"input", "textarea"} or field.kind in NO_TEXT:
        return "is no text field"
    if field.is_locked:
        return "" if field.value == text else "is locked and says something else"
    length = units(text)
    if field.max_length is not None and length > field.max_length:
        return f"takes {field.max_length} characters and would get {length}"
    if field.tag == "textarea":
        return ""
    if "\n" in text or "\r" in text:
        return "takes one line only"
    if text and field.kind in FORMATS and not re.fullmatch(FORMATS[field.kind], text, re.ASCII):
        return f"takes only what is a {field.kind}"
    return ""


def units(text: str) -> int:
    """Its length as browsers count it: in UTF-16, a line's end as one."""
    return len(text.replace("\r\n", "\n").encode("utf-16-le")) // 2
