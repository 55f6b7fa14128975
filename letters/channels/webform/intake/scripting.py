"""Where a recipe's scripts come in: as changes of a field's text, as clicks, as forms put in."""

import re
from dataclasses import dataclass, field, replace

from letters.channels.webform.intake.idioms import Effect, Idiom, understand
from letters.channels.webform.intake.injecting import written_anew
from letters.channels.webform.intake.menus import signs_up
from letters.channels.webform.intake.selectors import compiles, mended_selector
from letters.channels.webform.recipe import MESSAGE, Kind, Step

# What looks like a button and sends, rather than a box or a label.
SENDING = re.compile(r"submit|button|btn|send\b", re.IGNORECASE)
# A script that could send the form behind our back.
COULD_SEND = re.compile(
    r"submit|click|trigger|dispatch|fetch|ajax|XMLHttp|sendBeacon|eval|Function|location|open\(",
    re.IGNORECASE,
)
TAIL = re.compile(r"""#([\w-]+)|\[(?:id|name)=["']?([^"'\]]+)""")


@dataclass
class Draft:
    """A recipe while it is being read."""

    steps: list[Step] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    # The `name` attributes that the recipe gives, by the step's place.
    names: dict[int, str] = field(default_factory=dict)
    # Scripts that only a browser can run, and why.
    unknown: list[str] = field(default_factory=list)
    # One that could send the form by itself.
    sends_by_itself: bool = False

    @property
    def has_message(self) -> bool:
        return any(MESSAGE in step.value for step in self.steps)

    def add_click(self, selector: str, name: str = "", *, optional: bool = False) -> None:
        if signs_up(selector, name) and not SENDING.search(selector):
            self.notes.append(f"not signed up for the newsletter ({selector})")
            return
        sent = any(step.kind == Kind.CLICK and SENDING.search(step.selector) for step in self.steps)
        if optional and self.has_message and sent:
            return
        self.steps.append(Step(Kind.CLICK, selector, required=not optional))

    def finished(self) -> tuple[Step, ...]:
        """Without the scripts after the last click, which only dress the page that comes then;
        with the forms that are put in written anew for the steps after them."""
        clicks = [at for at, step in enumerate(self.steps) if step.kind == Kind.CLICK]
        last = clicks[-1] if clicks else len(self.steps)
        kept = [s for at, s in enumerate(self.steps) if at < last or s.kind != Kind.SCRIPT]
        page = next((step.value for step in kept if step.kind == Kind.VISIT), "")
        for at, step in enumerate(kept):
            if step.kind == Kind.INJECT:
                kept[at] = self._form(step, page, tuple(s.selector for s in kept[at + 1 :]))
        self.unknown = self.unknown if any(s.kind == Kind.SCRIPT for s in kept) else []
        return tuple(kept)

    def _form(self, step: Step, page: str, selectors: tuple[str, ...]) -> Step:
        selectors = tuple(selector for selector in selectors if selector)
        anew = written_anew(step.value, page=page, selectors=selectors)
        return replace(step, value=anew)


def add_script(draft: Draft, script: str) -> None:
    for effect in understand(script):
        if effect.idiom == Idiom.CAPTCHA:
            draft.steps.append(Step(Kind.CAPTCHA))
        elif effect.idiom in (Idiom.UNKNOWN, Idiom.ENABLE) or not _add(draft, effect):
            _add_unknown(draft, script, effect)


def _add_unknown(draft: Draft, script: str, effect: Effect) -> None:
    draft.unknown.append(effect.html or f"it {effect.idiom} what no step fills in")
    draft.sends_by_itself |= draft.has_message and bool(COULD_SEND.search(script))
    draft.steps.append(Step(Kind.SCRIPT, value=script.strip(), required=True))


def _add(draft: Draft, effect: Effect) -> bool:
    """Makes steps or changes of an effect; False where only a browser can have it."""
    if effect.idiom == Idiom.COSMETIC:
        return True
    selector = mended_selector(effect.selector)
    if not compiles(selector):
        return False
    if effect.idiom == Idiom.TRANSFORM:
        return _change(draft, selector, effect)
    if effect.idiom == Idiom.INJECT:
        draft.steps.append(Step(Kind.INJECT, selector, effect.html, required=True))
        if "captcha" in effect.html.lower():
            draft.steps.append(Step(Kind.CAPTCHA))
    elif effect.idiom == Idiom.TICK:
        if signs_up(selector):
            draft.notes.append(f"not signed up for the newsletter ({selector})")
        else:
            draft.steps.append(Step(Kind.CHECK, selector, required=not effect.optional))
    else:
        draft.add_click(selector, optional=effect.optional)
    return True


def _change(draft: Draft, selector: str, effect: Effect) -> bool:
    """Onto the last step that fills in that field; True also where it has nothing to change."""
    wanted = _tails(selector)
    for at in reversed(range(len(draft.steps))):
        step = draft.steps[at]
        if step.kind != Kind.FILL:
            continue
        if step.selector == selector or wanted & (_tails(step.selector) | _inputs(draft, at)):
            draft.steps[at] = replace(step, changes=step.changes + effect.changes)
            return True
    return not draft.has_message and all(step.kind != Kind.FILL for step in draft.steps)


def _tails(selector: str) -> set[str]:
    """The ids and names in a selector's last part."""
    return {one or other for one, other in TAIL.findall(selector.split()[-1])}


def _inputs(draft: Draft, at: int) -> set[str]:
    """A field's name, and the id that Elementor makes of it."""
    name = draft.names.get(at, "")
    return {name, f"form-field-{name.removeprefix('form_fields[').removesuffix(']')}"} - {""}
