"""An office's contact form as its recipe describes it, and a letter laid out for it: values only.

The grammar is that of unitedstates/contact-congress; a recipe's scripts have become steps and
changes of our own where they are among the idioms that we know.
"""

import json
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from urllib.parse import urlsplit

MESSAGE, CAPTCHA = "$MESSAGE", "$CAPTCHA_SOLUTION"


class Kind(StrEnum):
    """What a step does; the values are the recipes' own words where they have one."""

    VISIT = "visit"
    FILL = "fill_in"
    SELECT = "select"
    CHOOSE = "choose"
    CHECK = "check"
    UNCHECK = "uncheck"
    CLICK = "click_on"
    FIND = "find"
    WAIT = "wait"
    # HTML put into the element that the selector finds.
    INJECT = "inject"
    # A script that is none of the known idioms: only a browser can run it.
    SCRIPT = "javascript"
    CAPTCHA = "recaptcha"


class By(StrEnum):
    """Who can fill in a form."""

    PLAIN = "plain"
    BROWSER = "browser"
    PERSON = "person"


@dataclass(frozen=True)
class Option:
    """An entry of a menu, or one button of a radio group."""

    text: str = ""
    value: str = ""


@dataclass(frozen=True)
class Change:
    """What a recipe's script makes of a field's text: a regular expression, and what it becomes."""

    pattern: str
    becomes: str = ""


@dataclass(frozen=True)
class Step:
    """One step of a recipe. `value` is a URL, a `$VARIABLE`, a literal, seconds, HTML or a script,
    as its kind has it."""

    kind: Kind
    selector: str = ""
    value: str = ""
    required: bool = False
    options: tuple[Option, ...] = ()
    max_length: int | None = None
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True)
class Recipe:
    """How one member's form is filled in. `success` is the text that tells of success, or empty."""

    bioguide: str
    steps: tuple[Step, ...]
    success: str = ""
    by: By = By.PLAIN
    # Why not by a plain request, in words for organizers.
    why: str = ""

    @property
    def url(self) -> str:
        return next(step.value for step in self.steps if step.kind == Kind.VISIT)

    @property
    def host(self) -> str:
        return urlsplit(self.url).hostname or ""

    @property
    def text_limit(self) -> int | None:
        """Characters that the form's message may have; None where the recipe names no limit."""
        return next((step.max_length for step in self.steps if step.value == MESSAGE), None)

    @property
    def needs_a_person(self) -> bool:
        """Whether it asks for a proof that a person fills it in."""
        return self.by == By.PERSON or any(
            step.kind == Kind.CAPTCHA or CAPTCHA in step.value for step in self.steps
        )

    def as_json(self) -> dict:
        """As the table of recipes and the database keep it; what is empty is left out."""
        return _without_empty(asdict(self))

    @classmethod
    def from_json(cls, kept: dict) -> "Recipe":
        steps = tuple(_step(each) for each in kept["steps"])
        return cls(**kept | {"steps": steps, "by": By(kept["by"])})


@dataclass(frozen=True)
class Form:
    """An office's contact form as channels see it today."""

    recipe: Recipe
    # The Reason why no letter goes by it today; empty where letters may.
    obstacle: str = ""
    # What has worked, else what the recipe asks for.
    by: By = By.PLAIN
    # Of the live page when it was last looked at; empty: not known, or it takes every letter.
    charset: str = ""


@dataclass(frozen=True)
class Action:
    """One step with a letter in it. The letter's own field is marked: what is clicked after it may
    send it."""

    kind: Kind
    selector: str = ""
    # What to write; the URL, seconds, HTML or script; the text (a regular expression) to find.
    value: str = ""
    # Of a menu or a radio group: what would do, the best first. Each is compared with the options'
    # values, then with their texts.
    wanted: tuple[str, ...] = ()
    # What the office sees it as: "Message", "Topic"; empty where it says nothing of the letter.
    label: str = ""
    # Without it there is no letter; where another is missing, the form has only lost a decoration.
    required: bool = False
    is_message: bool = False

    def __str__(self) -> str:
        """As logs and organizers are told of it: nothing that was written."""
        return f"{self.kind} {self.selector}".strip()

    @property
    def is_needed(self) -> bool:
        """Whether there is no letter without it."""
        return self.required or self.is_message


@dataclass(frozen=True)
class Plan:
    """A letter laid out for one form: exactly what an engine does there, in order."""

    bioguide: str
    actions: tuple[Action, ...]
    success: str = ""

    @property
    def message(self) -> str:
        return next((each.value for each in self.actions if each.is_message), "")

    def with_values(self, change) -> "Plan":
        """The same with `change` (text → text) made in everything that is written by hand."""
        return replace(
            self,
            actions=tuple(
                replace(each, value=change(each.value)) if each.kind == Kind.FILL else each
                for each in self.actions
            ),
        )

    def as_text(self) -> str:
        return json.dumps(_without_empty(asdict(self)), ensure_ascii=False)

    @classmethod
    def from_text(cls, text: str) -> "Plan":
        kept = json.loads(text)
        actions = tuple(
            Action(**each | {"kind": Kind(each["kind"]), "wanted": tuple(each.get("wanted", ()))})
            for each in kept["actions"]
        )
        return cls(**kept | {"actions": actions})


def _step(kept: dict) -> Step:
    return Step(
        **kept
        | {
            "kind": Kind(kept["kind"]),
            "options": tuple(Option(**each) for each in kept.get("options", ())),
            "changes": tuple(Change(**each) for each in kept.get("changes", ())),
        }
    )


def _without_empty(kept: object) -> object:
    """What is empty is what the dataclasses begin with."""
    if isinstance(kept, dict):
        return {name: _without_empty(value) for name, value in kept.items() if value}
    if isinstance(kept, (list, tuple)):
        return [_without_empty(each) for each in kept]
    return kept
