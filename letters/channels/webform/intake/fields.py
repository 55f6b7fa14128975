"""The steps that fill in: texts, menus, radio groups, boxes."""

import re
from dataclasses import replace

from letters.channels.webform.intake.menus import CONSTANTS, NOT_OPTIONS, read_options
from letters.channels.webform.intake.reading import Hash, Quarantined
from letters.channels.webform.intake.scripting import Draft
from letters.channels.webform.intake.selectors import sound_selector
from letters.channels.webform.intake.spelling import spelled
from letters.channels.webform.newsletters import declines, signs_up
from letters.channels.webform.recipe import CAPTCHA, MESSAGE, Change, Kind, Step
from letters.channels.webform.variables import KNOWN, VARIABLE

# Forms that have a telephone number in three fields: what each takes of its ten digits.
PHONE_PARTS = {
    "$PHONE_AREA_CODE": r"(\d{3})\d{7}",
    "$PHONE_EXCHANGE_CODE": r"\d{3}(\d{3})\d{4}",
    "$PHONE_SUBSCRIBER_NUMBER": r"\d{6}(\d{4})",
}
# Other names for the same, which the data set does not list.
ALSO_CALLED = {"$PHONE_HYPHENS": "$PHONE"} | {
    name.replace(group, "$"): name
    for group in ("$NAME_", "$ADDRESS_")
    for name in KNOWN
    if name.startswith(group)
}
ANY_VARIABLE = re.compile(r"\$[A-Za-z]\w*")
# A number that nobody has.
PHONE_NUMBER = re.compile(r"(?a)[+(]?(\d[\s().-]*){10,11}")
YES = frozenset({"true", "yes", "y", "on", "1"})
OF_TEXTS = frozenset({Kind.FILL})


def field_steps(draft: Draft, kind: Kind, attributes: Hash) -> list[Step]:
    """The step for one field; none for what would sign the supporter up for something."""
    value = _value(draft, kind, attributes.text("value").strip())
    if CAPTCHA in value:
        return [Step(Kind.CAPTCHA)]
    part = PHONE_PARTS.get(value)
    value = "$PHONE" if part else value
    required = attributes.text("required").strip().casefold() in YES or MESSAGE in value
    name = attributes.text("name")
    unknown = [each for each in VARIABLE.findall(value) if each not in KNOWN]
    if unknown and required:
        raise Quarantined(f"It must be given {unknown[0][:40]}, which no supporter is asked for.")
    if unknown:
        draft.notes.append(f"what asks for {unknown[0][:40]} is left empty")
        return []
    step = Step(
        kind=kind,
        selector=sound_selector(draft, kind, attributes),
        value=value,
        required=required,
        options=() if kind in OF_TEXTS else _options(draft, attributes.get("options")),
        changes=(Change(r"(?a)\D"), Change(rf"(?a)\A1?{part}\Z", r"\g<1>")) if part else (),
    )
    step = _with_limits(draft, step, attributes) if kind in OF_TEXTS else step
    return _without_signing_up(draft, step, name)


def _value(draft: Draft, kind: Kind, written: str) -> str:
    """In the data set's own variables, and without a telephone number that somebody made up."""
    if kind == Kind.FILL and PHONE_NUMBER.fullmatch(written):
        draft.notes.append("a made-up telephone number gives way to the supporter's own")
        return "$PHONE"
    return ANY_VARIABLE.sub(_variable, written)


def _variable(found: re.Match) -> str:
    name = found[0].upper()
    return name if name in KNOWN else ALSO_CALLED.get(name, name)


def _options(draft: Draft, written: Hash | list | str):
    if isinstance(written, str) and written.strip() not in {*CONSTANTS, "", "null", "~"}:
        draft.notes.append(f"the menu {written[:40]!r} is not known: it is read from the page")
    return read_options(written)


def _with_limits(draft: Draft, step: Step, attributes: Hash) -> Step:
    """How much, and which signs, a text field takes: inside its options or beside them."""
    options = attributes.get("options")
    limits = spelled(options, NOT_OPTIONS, draft.notes) if isinstance(options, Hash) else attributes
    refused = limits.text("blacklist")
    changes = (Change(f"[{re.escape(refused)}]"),) if refused else ()
    length = _max_length(draft, limits.get("max_length") or attributes.get("max_length"))
    return replace(step, max_length=length, changes=step.changes + changes)


def _max_length(draft: Draft, written: Hash | list | str) -> int | None:
    if not written:
        return None
    digits = re.search(r"\d{1,6}", written.replace(",", "")) if isinstance(written, str) else None
    if not digits or not int(digits[0]):
        draft.notes.append("a limit of characters is no number and is passed over")
        return None
    return int(digits[0])


def _without_signing_up(draft: Draft, step: Step, name: str) -> list[Step]:
    if step.kind in (Kind.FILL, Kind.UNCHECK) or "$" in step.value:
        return [step]
    texts = [word for each in step.options for word in (each.text, each.value)]
    if not signs_up(step.selector, name, step.value, *texts) or declines(step.value):
        if step.kind == Kind.CHECK and not declines(step.value):
            draft.note_box(step.selector)
        return [step]
    draft.notes.append(f"not signed up for the newsletter ({step.selector})")
    refusal = next((each for each in step.options if declines(each.text, each.value)), None)
    if refusal is None:
        return []
    return [
        Step(step.kind, step.selector, refusal.value or refusal.text, step.required, step.options)
    ]
