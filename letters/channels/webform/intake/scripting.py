"""Where a recipe's scripts come in: as changes of a field's text, as clicks, as forms put in."""

import re
from dataclasses import dataclass, field, replace

from letters.channels.webform.intake.idioms import Effect, Idiom, understand
from letters.channels.webform.intake.injecting import limit_in, written_anew
from letters.channels.webform.intake.selectors import compiles, mended_selector
from letters.channels.webform.newsletters import signs_up
from letters.channels.webform.recipe import MESSAGE, Kind, Step

# What looks like a button and sends, rather than a box or a label.
SENDING = re.compile(r"submit|button|btn|send\b", re.IGNORECASE)
# A script that could send the form behind our back.
COULD_SEND = re.compile(
    r"submit|click|trigger|dispatch|fetch|ajax|XMLHttp|sendBeacon|eval|Function|location|open\(",
    re.IGNORECASE,
)
# A link that scrolls to what stands in the page already, or unfolds it.
IN_THE_PAGE = re.compile(r"""\[href=["']?#[\w-]+["']?\]""")
TEXTAREA = re.compile(r"(.*[\s>])?\.?textarea")
TAIL = re.compile(r"""#([\w-]+)|\[(?:id|name)=["']?([^"'\]]+)""")


@dataclass
class Draft:
    """A recipe while it is being read."""

    steps: list[Step] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    # The `name` attributes that the recipe gives, by the step's place.
    names: dict[int, str] = field(default_factory=dict)
    # Scripts that only a browser can run, and why; those that could send the form by themselves.
    unknown: dict[str, str] = field(default_factory=dict)
    sending: set[str] = field(default_factory=set)

    def add_fields(self, steps: list[Step], name: str) -> None:
        for step in steps:
            self.names[self._place(step)] = name

    def _place(self, step: Step) -> int:
        """Of two texts for one field of a page the letter stays, else the later one; of two limits
        the smaller."""
        at = self._filled_already(step) if step.kind == Kind.FILL else None
        if at is None:
            self.steps.append(step)
            return len(self.steps) - 1
        old = self.steps[at]
        if old.value != step.value:
            self.notes.append(f"{step.selector} is to be filled in with two things")
        if MESSAGE in step.value or MESSAGE not in old.value:
            limits = [each for each in (old.max_length, step.max_length) if each is not None]
            required = step.required or old.required
            self.steps[at] = replace(step, required=required, max_length=min(limits, default=None))
        return at

    def _filled_already(self, step: Step) -> int | None:
        for at in reversed(range(len(self.steps))):
            if self.steps[at].kind == Kind.CLICK:
                break
            if self.steps[at].kind == Kind.FILL and self.steps[at].selector == step.selector:
                return at
        return None

    def add_click(self, selector: str, name: str = "", *, optional: bool = False) -> None:
        is_box = not SENDING.search(selector)
        if is_box and signs_up(selector, name):
            self.notes.append(f"not signed up for the newsletter ({selector})")
            return
        optional = optional or bool(IN_THE_PAGE.search(selector) and not self.has_field)
        kinds = {step.kind for step in self.steps if SENDING.search(step.selector)}
        if optional and Kind.CLICK in kinds:
            # It stands after the click that sends: it can only disturb.
            return
        if is_box and self.has_field:
            self.note_box(selector)
        self.steps.append(Step(Kind.CLICK, selector, required=not optional))

    def note_box(self, selector: str) -> None:
        self.notes.append(_chosen(selector))

    @property
    def has_field(self) -> bool:
        return any(step.kind == Kind.FILL for step in self.steps)

    def finished(self) -> tuple[Step, ...]:
        """Without the scripts after the last click, which only dress the page that comes then, or
        those of a form that no machine fills in; forms that are put in are written anew."""
        clicks = [at for at, step in enumerate(self.steps) if step.kind == Kind.CLICK]
        last = clicks[-1] if clicks else len(self.steps)
        if clicks:
            # It sends, whatever it works on.
            self.notes = [each for each in self.notes if each != _chosen(self.steps[last].selector)]
        captcha = next((step for step in self.steps if step.kind == Kind.CAPTCHA), None)
        kept = [
            step
            for at, step in enumerate(self.steps)
            if (step.kind != Kind.SCRIPT or (at < last and not captcha))
            and (step.kind != Kind.CAPTCHA or step is captcha)
        ]
        page = next((step.value for step in kept if step.kind == Kind.VISIT), "")
        for at, step in enumerate(kept):
            if step.kind == Kind.INJECT:
                selectors = tuple(other.selector for other in kept[at + 1 :] if other.selector)
                anew = written_anew(step.value, page=page, selectors=selectors)
                kept[at] = replace(step, value=anew)
                kept[at + 1 :] = [_limited(other, anew) for other in kept[at + 1 :]]
        return tuple(kept)


def _limited(step: Step, html: str) -> Step:
    """A field of a form that is put in takes what that form says, where the recipe says nothing."""
    if step.kind != Kind.FILL or step.max_length is not None:
        return step
    return replace(step, max_length=limit_in(html, step.selector))


def _chosen(selector: str) -> str:
    return f"chooses {selector}, and does not say what that is"


def add_script(draft: Draft, script: str) -> None:
    """All that a script does becomes steps and changes, or the script is kept as it is."""
    script = script.strip()
    trial = Draft(steps=list(draft.steps), notes=list(draft.notes), names=draft.names)
    for effect in understand(script):
        why = _add(trial, effect)
        if why:
            draft.unknown[script] = why
            if effect.idiom != Idiom.ENABLE and draft.has_field and COULD_SEND.search(script):
                draft.sending.add(script)
            draft.steps.append(Step(Kind.SCRIPT, value=script, required=True))
            return
    draft.steps, draft.notes = trial.steps, trial.notes


def _add(draft: Draft, effect: Effect) -> str:
    """Makes a step or changes of an effect; else says why only a browser can have it."""
    selector = mended_selector(effect.selector)
    if effect.idiom in (Idiom.UNKNOWN, Idiom.ENABLE):
        return effect.html or "it lets a button be pressed"
    if effect.idiom == Idiom.CAPTCHA:
        draft.steps.append(Step(Kind.CAPTCHA))
    if effect.idiom in (Idiom.CAPTCHA, Idiom.COSMETIC):
        return ""
    if not compiles(selector):
        return "it searches for what is no selector"
    if effect.idiom == Idiom.TRANSFORM:
        return _change(draft, selector, effect)
    if effect.idiom == Idiom.CLICK:
        draft.add_click(selector, optional=effect.optional)
    elif effect.idiom == Idiom.INJECT:
        draft.steps.append(Step(Kind.INJECT, selector, effect.html, required=True))
        if "captcha" in effect.html.lower():
            draft.steps.append(Step(Kind.CAPTCHA))
    else:
        _tick(draft, selector, required=not effect.optional)
    return ""


def _tick(draft: Draft, selector: str, *, required: bool) -> None:
    if signs_up(selector):
        draft.notes.append(f"not signed up for the newsletter ({selector})")
        return
    draft.note_box(selector)
    draft.steps.append(Step(Kind.CHECK, selector, required=required))


def _change(draft: Draft, selector: str, effect: Effect) -> str:
    """Onto the last step that fills in that field; before any there is nothing to change."""
    wanted = _tails(selector)
    for at in reversed(range(len(draft.steps))):
        step = draft.steps[at]
        if step.kind != Kind.FILL:
            continue
        is_letter = MESSAGE in step.value and TEXTAREA.fullmatch(selector)
        tails = _tails(step.selector) | _inputs(draft, at)
        if step.selector == selector or is_letter or wanted & tails:
            draft.steps[at] = replace(step, changes=step.changes + effect.changes)
            return ""
    return "it changes a field that no step fills in" if draft.has_field else ""


def _tails(selector: str) -> set[str]:
    """The ids and names in a selector's last part."""
    return {one or other for one, other in TAIL.findall(selector.split()[-1])}


def _inputs(draft: Draft, at: int) -> set[str]:
    """A field's name, and the id that Elementor makes of it."""
    name = draft.names.get(at, "")
    return {name, f"form-field-{name.removeprefix('form_fields[').removesuffix(']')}"} - {""}
