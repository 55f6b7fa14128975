"""One letter laid out for one form: every variable filled in, nothing cut, nothing invented."""

import re
from contextlib import suppress
from dataclasses import replace

from letters.channels.interface import Envelope, NeedsSupporter, Part, form_text, length_in_form
from letters.channels.webform import variables
from letters.channels.webform.changing import Untranslatable, changed, changed_prose
from letters.channels.webform.menus import entries, for_state, for_title, for_topic, named
from letters.channels.webform.newsletters import signs_up
from letters.channels.webform.recipe import MESSAGE, Action, Kind, Plan, Recipe, Step
from letters.channels.webform.variables import VARIABLE, Unknown, Values
from letters.states import Reason
from representatives.states import STATES

NUMBERS = variables.PHONE | {"$ADDRESS_ZIP5", "$ADDRESS_ZIP4", "$ADDRESS_ZIP_PLUS_4"}
MENUS = frozenset({Kind.SELECT, Kind.CHOOSE})
# One element and no group of boxes: then its value, which recipes often have wrong, says nothing.
ONE_BOX = re.compile(r"#[\w-]+$")


def lay_out(recipe: Recipe, envelope: Envelope) -> Plan:
    """What an engine does with this letter in that form.

    Raises NeedsSupporter where only they can finish it: a captcha, a required answer that they did
    not give, a text that is too long, or a recipe that asks for what we do not know.
    """
    if recipe.needs_a_person:
        raise NeedsSupporter(Reason.CAPTCHA)
    values = Values.of(envelope)
    actions = tuple(filter(None, (_action(step, values) for step in recipe.steps)))
    if not any(each.is_message for each in actions):
        raise NeedsSupporter(Reason.FORM_CHANGED, evidence="the recipe has no place for a message")
    return Plan(bioguide=recipe.bioguide, actions=actions, success=recipe.success)


def parts(plan: Plan) -> tuple[Part, ...]:
    """What the office reads, in the form's order, each once."""
    said = [
        Part(label=each.label, text=each.value or each.wanted[0])
        for each in plan.actions
        if each.label
    ]
    return tuple(dict.fromkeys(said))


def preview(recipe: Recipe, envelope: Envelope) -> tuple[Part, ...]:
    """The same before all questions are answered: what is still missing is left out."""
    values, actions = Values.of(envelope), []
    for step in recipe.steps:
        with suppress(NeedsSupporter):
            actions.append(_action(step, values))
    known = parts(Plan(recipe.bioguide, tuple(filter(None, actions))))
    if any(part.label == variables.LABELS[MESSAGE] for part in known):
        return known
    # Too long for the form in any case: what its writer will have to shorten.
    text = form_text(replace(values.envelope, text_limit=recipe.text_limit))
    return (*known, Part(label=variables.LABELS[MESSAGE], text=text))


def _action(step: Step, values: Values) -> Action | None:
    """None: the step has nothing to do with this letter."""
    try:
        if step.kind == Kind.FILL:
            return _fill(step, values)
        if step.kind in MENUS:
            return _pick(step, values)
        if step.kind in {Kind.CHECK, Kind.UNCHECK}:
            return _tick(step)
        value = _searched(step, values) if step.kind == Kind.FIND else step.value
    except (Unknown, Untranslatable) as error:
        evidence = f"{step.selector}: {error}"
        raise NeedsSupporter(Reason.FORM_CHANGED, evidence=evidence) from error
    return Action(kind=step.kind, selector=step.selector, value=value, required=step.required)


def _fill(step: Step, values: Values) -> Action | None:
    names = VARIABLE.findall(step.value)
    is_message = MESSAGE in names
    required = step.required or is_message
    text = values.text(step.value, limit=step.max_length)
    # Only the message may have several lines.
    text = text if is_message else " ".join(text.split())
    if not text:
        # A script would make something of nothing: "--" of no phone number.
        return _nothing(step, values, required=required)
    text = _scripted(text, step, values)
    if step.max_length is not None and (length := length_in_form(text)) > step.max_length:
        evidence = f"{step.selector} takes {step.max_length} characters and would get {length}"
        raise NeedsSupporter(Reason.TOO_LONG, evidence=evidence)
    return Action(
        kind=Kind.FILL,
        selector=step.selector,
        value=text,
        label=_label(names),
        required=required,
        is_message=is_message,
    )


def _pick(step: Step, values: Values) -> Action | None:
    wanted = _wanted(step, values)
    if not wanted:
        return _nothing(step, values, required=step.required)
    if not step.value.startswith("$") and signs_up(step.selector, *wanted):
        return None
    return Action(
        kind=step.kind,
        selector=step.selector,
        wanted=wanted,
        label=_label([step.value]),
        required=step.required,
    )


def _tick(step: Step) -> Action | None:
    if step.kind == Kind.CHECK and signs_up(step.selector, step.value):
        return None
    wanted = (step.value,) if step.value and not ONE_BOX.search(step.selector) else ()
    return Action(kind=step.kind, selector=step.selector, wanted=wanted, required=step.required)


def _wanted(step: Step, values: Values) -> tuple[str, ...]:
    envelope = values.envelope
    if step.value == variables.TOPIC:
        return for_topic(step.options, envelope.topic) or _answered(step, values)
    if step.value == variables.PREFIX:
        return for_title(step.options, envelope.person.prefix) or _answered(step, values)
    if step.value in variables.STATE:
        code = envelope.person.state
        return for_state(step.options, code) if code in STATES else ()
    text = values.text(step.value)
    return named(step.options, text) if text else ()


def _answered(step: Step, values: Values) -> tuple[str, ...]:
    """What they chose from this very menu; an entry that it no longer has is no answer."""
    answer = values.answer(step.value)
    return named(step.options, answer) if answer in entries(step.options) else ()


def _nothing(step: Step, values: Values, *, required: bool) -> None:
    """Nothing to write: an optional field stays empty, a required one is the supporter's."""
    if required:
        names = VARIABLE.findall(step.value)
        # A menu may not have the title that was given.
        missing = next((name for name in names if not values.value(name, limit=0)), step.value)
        reason = variables.MISSING.get(missing, Reason.ANSWER_MISSING)
        raise NeedsSupporter(reason, evidence=f"{step.selector} is required")


def _scripted(text: str, step: Step, values: Values) -> str:
    names = set(VARIABLE.findall(step.value))
    if names and names <= NUMBERS:
        return changed(text, step.changes)
    return changed_prose(text, step.changes, charset=values.charset)


def _searched(step: Step, values: Values) -> str:
    """A page may thank by name: a pattern with what is in it taken literally."""
    return VARIABLE.sub(lambda found: re.escape(values.value(found[0])), step.value)


def _label(names: list[str]) -> str:
    return next((variables.LABELS[name] for name in names if name in variables.LABELS), "")
