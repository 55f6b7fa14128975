"""A recipe as it is written, checked word by word, made into one of our own."""

import re
from dataclasses import dataclass

from letters.channels.webform.intake.addresses import allowed_address
from letters.channels.webform.intake.by_whom import who_fills_it_in
from letters.channels.webform.intake.changes import LONGEST, REPEATED_GROUP
from letters.channels.webform.intake.fields import field_steps
from letters.channels.webform.intake.reading import Hash, Quarantined, read_yaml
from letters.channels.webform.intake.scripting import Draft, add_script
from letters.channels.webform.intake.selectors import sound_selector
from letters.channels.webform.intake.spelling import meant, spelled
from letters.channels.webform.recipe import MESSAGE, Kind, Recipe, Step

BIOGUIDE = re.compile(r"[A-Z]\d{6}")
LONGEST_WAIT = 30
FIELDS = frozenset({Kind.FILL, Kind.SELECT, Kind.CHOOSE, Kind.CHECK, Kind.UNCHECK})
# Known words that change nothing of what we do.
OF_A_STEP = frozenset(
    {"name", "selector", "value", "required", "options", "max_length", "blacklist"}
    | {"captcha_selector", "captcha_id_selector", "wait"}
)
OF_A_FORM = frozenset({"method", "action", "steps", "success", "retry"})
OF_A_FILE = frozenset({"bioguide", "contact_form"})
STEPS = frozenset(Kind) - {Kind.INJECT}


@dataclass(frozen=True)
class Reading:
    """One member's recipe, and what about it organizers should know."""

    recipe: Recipe
    notes: tuple[str, ...] = ()


def read_recipe(name: str, content: bytes) -> Reading:
    """Reads the file of the member `name`; raises Quarantined with a reason for people."""
    draft = Draft()
    root = spelled(_hash(read_yaml(content), "The file"), OF_A_FILE, draft.notes)
    bioguide = root.text("bioguide")
    if not BIOGUIDE.fullmatch(bioguide) or bioguide != name:
        whose = repr(bioguide) if bioguide else "nobody"
        raise Quarantined(f"The file is named {name}, but speaks of {whose}.")
    form = spelled(_hash(root.get("contact_form"), "Its contact_form"), OF_A_FORM, draft.notes)
    written = form.get("steps")
    if not isinstance(written, list) or not written:
        raise Quarantined("There is no list of steps.")
    for entry in written:
        for kind, body in _hash(entry, "A step").pairs:
            _add_step(draft, kind, body)
    success = _success(draft, form.get("success"))
    return _finished(draft, bioguide, success)


def _finished(draft: Draft, bioguide: str, success: str) -> Reading:
    steps = draft.finished()
    _check_order(steps)
    by, why = who_fills_it_in(steps, draft)
    recipe = Recipe(bioguide=bioguide, steps=steps, success=success, by=by, why=why)
    return Reading(recipe, tuple(dict.fromkeys(draft.notes)))


def _check_order(steps: tuple[Step, ...]) -> None:
    kinds = [step.kind for step in steps]
    if kinds[:1] != [Kind.VISIT] or kinds.count(Kind.VISIT) > 1:
        raise Quarantined("The first step, and only it, must visit the form's page.")
    message = next((at for at, step in enumerate(steps) if MESSAGE in step.value), None)
    if message is None or steps[message].kind != Kind.FILL:
        raise Quarantined("No step writes the letter into the form.")
    if Kind.CLICK not in kinds[message:] and Kind.CAPTCHA not in kinds:
        raise Quarantined("No step sends the form after the letter was written into it.")


def _add_step(draft: Draft, kind: str, body: Hash | list | str) -> None:
    written, kind = kind, meant(kind, STEPS)
    if kind not in STEPS:
        raise Quarantined(f"There is no kind of step {written[:40]!r}.")
    if kind != written:
        draft.notes.append(f"the step {written[:40]!r} is taken for {str(kind)!r}")
    if kind == Kind.VISIT:
        draft.steps.append(_visit(draft, body))
        return
    if isinstance(body, str) and kind in (Kind.WAIT, Kind.CAPTCHA, Kind.SCRIPT):
        body = [Hash((("value", body),), line=0)]
    for attributes in body if isinstance(body, list) else [body]:
        _add_entry(draft, Kind(kind), _hash(attributes, f"A {kind}"))


def _add_entry(draft: Draft, kind: Kind, attributes: Hash) -> None:
    """A step that was indented too far stands among the entries of the one before it."""
    first, body = attributes.pairs[0] if attributes.pairs else ("", "")
    if first not in STEPS - OF_A_STEP:
        _add_one(draft, kind, spelled(attributes, OF_A_STEP, draft.notes))
        return
    draft.notes.append(f"a {first} that stands inside a {kind} is a step of its own")
    _add_step(draft, first, body or Hash(attributes.pairs[1:], attributes.line))


def _add_one(draft: Draft, kind: Kind, attributes: Hash) -> None:
    if kind in FIELDS:
        draft.add_fields(field_steps(draft, kind, attributes), attributes.text("name"))
    elif kind == Kind.SCRIPT:
        add_script(draft, attributes.text("value"))
    elif kind == Kind.CAPTCHA:
        draft.steps.append(Step(kind))
    elif kind == Kind.WAIT:
        draft.steps += _wait(draft, attributes.text("value"))
    elif kind == Kind.CLICK:
        named = f"{attributes.text('name')} {attributes.text('value')}"
        draft.add_click(sound_selector(draft, kind, attributes), named)
    else:
        found = Step(kind, _found(draft, attributes), attributes.text("value"), required=True)
        draft.steps.append(found)


def _found(draft: Draft, attributes: Hash) -> str:
    if attributes.text("value"):
        _check_pattern(attributes.text("value"))
    return sound_selector(draft, Kind.FIND, attributes)


def _visit(draft: Draft, body: Hash | list | str) -> Step:
    while isinstance(body, list) and len(body) == 1:
        body = body[0]
    written = (body.text("value") if isinstance(body, Hash) else body) or ""
    if not isinstance(written, str):
        raise Quarantined("It visits several pages at once.")
    address = allowed_address(written.strip())
    if not address:
        raise Quarantined("It visits a page that is not one of the Senate or the House.")
    if written.strip().startswith("http://"):
        draft.notes.append("visited by https, where the recipe says http")
    return Step(Kind.VISIT, value=address, required=True)


def _wait(draft: Draft, written: str) -> list[Step]:
    if not re.fullmatch(r"\d{1,4}(\.\d{1,3})?|\.\d{1,3}", written.strip()):
        draft.notes.append("a wait of no known length is left out")
        return []
    return [Step(Kind.WAIT, value=f"{min(float(written), LONGEST_WAIT):g}")]


def _success(draft: Draft, written: Hash | list | str) -> str:
    body = written.get("body") if isinstance(written, Hash) else ""
    if not isinstance(body, Hash):
        return ""
    pattern = body.text("matches")
    if pattern:
        _check_pattern(pattern)
        draft.steps.append(Step(Kind.FIND, selector="body", value=pattern, required=True))
    return " ".join(body.text("contains").split())


def _check_pattern(pattern: str) -> None:
    try:
        re.compile(pattern)
    except (re.error, OverflowError, RecursionError) as error:
        raise Quarantined(f"The text to look for is no pattern: {pattern[:60]!r}.") from error
    if len(pattern) > LONGEST or REPEATED_GROUP.search(pattern):
        raise Quarantined(f"Looking for this pattern might never end: {pattern[:60]!r}.")


def _hash(written: Hash | list | str, what: str) -> Hash:
    if not isinstance(written, Hash):
        raise Quarantined(f"{what} has no names with values in it.")
    if written.contradicted:
        raise Quarantined(f"Line {written.line}: {written.contradicted!r} stands there twice.")
    return written
