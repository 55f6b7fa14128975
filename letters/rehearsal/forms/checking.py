"""The office's own check of what arrives, field by field. It shares no line with our filling."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from letters.rehearsal.forms.building import A_PERSON, NOT_A_ROBOT, PAGE_NUMBER
from letters.rehearsal.forms.form import Control, Field, OfficeForm
from letters.rehearsal.forms.reading import Sent
from letters.rehearsal.forms.wording import STATE_NAMES

REPLACED = re.compile(r"&#\w+;|\ufffd|\?{3,}")
REPLACED_IN_NAMES = re.compile(r"&#\w+;|\ufffd|\?")
NANP = re.compile(r"1?([2-9]\d\d)([2-9]\d\d)(\d{4})")
# The head of a menu, or a line between its parts.
PLACEHOLDER = re.compile(r"\W*(please )?(select|choose)\b|--|\W*$", re.IGNORECASE)
LETTER = re.compile(r"[^\W\d_]")
# What static/js/rehearsal-form.js adds.
SENT_BY_SCRIPT = ("action", "elementor_pro_forms_send_form")
EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]{2,}")


@dataclass(frozen=True)
class Verdict:
    """One field: what came (None: nothing), and what is wrong with it (empty: nothing)."""

    name: str
    label: str
    value: str | None = None
    fault: str = ""


def check(form: OfficeForm, sent: Sent, *, pages: int, tokens: Mapping[str, str]) -> list[Verdict]:
    """Everything that came, in its order, then what is missing; of the first `pages` pages.

    `tokens` are the hidden values of this visitor.
    """
    asked = {field.name: field for page in form.pages[:pages] for field in page.fields}
    hidden = _hidden(form, pages=pages, tokens=tokens)
    came = [_verdict(name, value, asked, hidden, form) for name, value in sent.pairs]
    return [*_with_equal_emails(came, asked), *_missing(sent, asked, hidden)]


def _hidden(form: OfficeForm, *, pages: int, tokens: Mapping[str, str]) -> dict[str, str]:
    """What must come back as it was: fields that nobody sees, and the proof of a person."""
    hidden = dict(form.style.marks) | dict(tokens) if form.has_hidden_parts else {}
    if form.has_hidden_parts and len(form.pages) > 1:
        hidden[PAGE_NUMBER] = str(pages - 1)
    if form.is_sent_by_script:
        hidden |= dict([SENT_BY_SCRIPT])
    if form.asks_for_a_person and pages == len(form.pages):
        hidden[NOT_A_ROBOT] = A_PERSON
    return hidden


def _verdict(
    name: str, value: str, asked: dict[str, Field], hidden: dict[str, str], form: OfficeForm
) -> Verdict:
    if name in asked:
        field = asked[name]
        return Verdict(name, field.label, value, _fault(field, value))
    if name in hidden:
        return Verdict(name, "hidden", value, "" if value == hidden[name] else "It was changed.")
    if name == form.style.trap:
        return Verdict(
            name, "trap for robots", value, "No person sees this field." if value else ""
        )
    return Verdict(name, "not asked for", value)


def _missing(sent: Sent, asked: dict[str, Field], hidden: dict[str, str]) -> Iterator[Verdict]:
    came = {name for name, _ in sent.pairs}
    for name, field in asked.items():
        if name not in came and field.required:
            yield Verdict(name, field.label, fault="It is required.")
    for name in hidden:
        if name not in came:
            yield Verdict(name, "hidden", fault="It did not come back.")


def _with_equal_emails(came: list[Verdict], asked: dict[str, Field]) -> list[Verdict]:
    emails = [each for each in came if each.name in asked and asked[each.name].meaning == "$EMAIL"]
    if len({each.value for each in emails}) <= 1:
        return came
    last = emails[-1]
    fault = last.fault or "The two addresses differ."
    return [Verdict(e.name, e.label, e.value, fault) if e is last else e for e in came]


def _fault(field: Field, value: str) -> str:
    """In the office's words; empty where all is well."""
    text = value.replace("\r\n", "\n")
    if field.is_newsletter:
        return "Nobody asked for a newsletter."
    if field.control == Control.BOX:
        return ""
    if not text.strip():
        return "It is required." if field.required else ""
    if field.limit and len(text) > field.limit:
        return f"It is longer than {field.limit} characters."
    if field.options:
        return _fault_of_choice(field, text)
    return RULES.get(field.meaning, _anything)(text)


def _fault_of_choice(field: Field, value: str) -> str:
    chosen = [each for each in field.options if value == each.value]
    if not chosen:
        return "It is none of the options."
    if PLACEHOLDER.match(chosen[0].text or chosen[0].value):
        return "Nothing was chosen."
    return ""


def _anything(text: str) -> str:
    return "Letters were replaced." if REPLACED.search(text) else ""


def _name(text: str) -> str:
    if REPLACED_IN_NAMES.search(text):
        return "Letters were replaced."
    return "" if LETTER.search(text) else "There is no letter in it."


def _matching(pattern: str, fault: str) -> Callable[[str], str]:
    return lambda text: "" if re.fullmatch(pattern, text.strip()) else fault


def _email(text: str) -> str:
    return "" if EMAIL.fullmatch(text.strip()) else "It is no e-mail address."


def _phone(text: str) -> str:
    digits = re.sub(r"\D", "", text)
    if not NANP.fullmatch(digits) or re.search(r"[^\d\s().+-]", text):
        return "It is no phone number."
    is_made_up = len(set(digits[-10:])) == 1 or digits[-10:] in "12345678901234567890"
    return "Nobody has this number." if is_made_up else ""


def _state(text: str) -> str:
    return "" if text.strip() in {*STATE_NAMES, *STATE_NAMES.values()} else "It is no state."


_ZIP5 = _matching(r"\d{5}", "A ZIP code has five digits.")
RULES: dict[str, Callable[[str], str]] = {
    "$NAME_PREFIX": _name,
    "$NAME_FIRST": _name,
    "$NAME_LAST": _name,
    "$NAME_FULL": _name,
    "$ADDRESS_STREET": _anything,
    "$ADDRESS_CITY": _name,
    "$ADDRESS_STATE": _state,
    "$ADDRESS_STATE_POSTAL_ABBREV": _state,
    "$ADDRESS_STATE_FULL": _state,
    "$ADDRESS_ZIP5": _ZIP5,
    "$ADDRESS_ZIP4": _matching(r"\d{4}", "It has four digits."),
    "$ADDRESS_ZIP_PLUS_4": _matching(r"\d{5}(-\d{4})?", "It is no ZIP code."),
    "$PHONE": _phone,
    "$PHONE_PARENTHESES": _phone,
    "$EMAIL": _email,
}
