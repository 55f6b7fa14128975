"""A recipe says how a form is filled in; from that we tell what form it must be."""

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from lxml import html

from letters.channels.webform.recipe import MESSAGE, By, Kind, Option, Recipe, Step
from letters.rehearsal.forms.form import Button, Control, Field, Found, OfficeForm, Page
from letters.rehearsal.forms.selecting import CannotBuild, Compound, path_of
from letters.rehearsal.forms.styles import ELEMENTOR, Style, style_of
from letters.rehearsal.forms.wording import NEWSLETTER, label_of, menu_of

FILLED = {Kind.FILL, Kind.SELECT, Kind.CHOOSE, Kind.CHECK, Kind.UNCHECK}
SENDS = re.compile(r"submit|send|btn|button", re.IGNORECASE)
LEADS_ON = re.compile(r"next|continue|btn|button|submit", re.IGNORECASE)
NAMED_BY_A_SCRIPT = re.compile(r"""querySelector\((["'])(.+?)\1\)""")
# What no recipe names: a box that is to be left alone.
NEWSLETTER_BOX = Field(
    name="enewsletter",
    label="Send me the newsletter",
    control=Control.BOX,
    path=path_of("#office-newsletter"),
    value="EMAIL.OPTIN",
    is_newsletter=True,
)
# One page in eight is as old as its character set.
OLD_PAGES = 8
OLD_CHARSET = "windows-1252"


@lru_cache(maxsize=256)
def form_of(recipe: Recipe, *, has_changed: bool = False) -> OfficeForm:
    """`has_changed`: its office has renamed a required field since. Raises CannotBuild."""
    sends = _sending_step(recipe)
    style, brought = style_of(recipe), _brought_along(recipe)
    before, after = recipe.steps[:sends], recipe.steps[sends + 1 :]
    pages = tuple(_pages(before, recipe.steps[sends], style=style, brought=brought))
    form = OfficeForm(
        bioguide=recipe.bioguide,
        style=style,
        pages=_with_change(pages) if has_changed else pages,
        thanks=recipe.success,
        found=tuple(_found(step) for step in after if step.kind == Kind.FIND),
        mounts=tuple(path_of(step.selector) for step in before if step.kind == Kind.INJECT),
        is_built_by_script=bool(brought) or (recipe.by == By.BROWSER and style != ELEMENTOR),
        is_sent_by_script=recipe.by == By.BROWSER and style == ELEMENTOR,
        asks_for_a_person=recipe.by == By.PERSON,
    )
    return replace(form, charset=_charset(form))


def _sending_step(recipe: Recipe) -> int:
    """Where the recipe clicks the letter away: after the message, and no box."""
    steps = list(enumerate(recipe.steps))
    message = [at for at, step in steps if step.kind == Kind.FILL and MESSAGE in step.value]
    if not message:
        raise CannotBuild("The recipe fills in no message.")
    clicks = [at for at, step in steps if step.kind == Kind.CLICK and at > message[0]]
    if not clicks:
        raise CannotBuild("The recipe clicks nothing after the message.")
    return next((at for at in clicks if SENDS.search(recipe.steps[at].selector)), clicks[-1])


@dataclass(frozen=True)
class _Brought:
    """The form that a recipe brings along: the page's own must take what that one sends."""

    tree: html.HtmlElement

    def element(self, selector: str) -> html.HtmlElement | None:
        return next(iter(self.tree.cssselect(selector)), None)


def _brought_along(recipe: Recipe) -> _Brought | None:
    source = "".join(step.value for step in recipe.steps if step.kind == Kind.INJECT)
    return _Brought(html.fragment_fromstring(source, create_parent="div")) if source else None


def _pages(
    before: tuple[Step, ...], sending: Step, *, style: Style, brought: _Brought | None
) -> Iterator[Page]:
    """A click that is no box ends a page while the message is not written."""
    fields: dict[str, Field] = {}
    landmarks: list[str] = []
    taken: set[str] = set()
    written = False
    for step in before:
        if step.kind == Kind.CLICK and not written and _leads_on(step, fields):
            yield Page((*fields.values(),), _button(step, "Next"), tuple(landmarks))
            fields, landmarks = {}, []
        elif step.kind in FILLED or step.kind == Kind.CLICK:
            field = _field(step, style=style, taken=taken, brought=brought)
            if field:
                fields.setdefault(step.selector, field)
                taken.add(field.name)
            written = written or MESSAGE in step.value
        else:
            landmarks += _landmarks(step, brought)
    if brought is None:
        fields.setdefault(NEWSLETTER_BOX.name, NEWSLETTER_BOX)
    yield Page((*fields.values(),), _button(sending, "Submit"), tuple(landmarks))


def _leads_on(step: Step, fields: dict[str, Field]) -> bool:
    leaf = path_of(step.selector)[-1].compound
    if leaf.tag == "label" or leaf.attribute("type") in {"checkbox", "radio"}:
        return False
    return not fields or leaf.tag in {"a", "button"} or bool(LEADS_ON.search(step.selector))


def _landmarks(step: Step, brought: _Brought | None) -> list[str]:
    """What a recipe looks for, or its scripts touch; what it brings along is not there yet."""
    if step.kind == Kind.FIND:
        named = [step.selector]
    elif step.kind == Kind.SCRIPT:
        named = [selector for _, selector in NAMED_BY_A_SCRIPT.findall(step.value)]
    else:
        named = []
    return [each for each in named if brought is None or brought.element(each) is None]


def _button(step: Step, caption: str) -> Button:
    return Button(path=path_of(step.selector), caption=step.value or caption)


def _found(step: Step) -> Found:
    """The text is a regular expression: where it does not find itself, only its words are kept."""
    text = step.value
    if text and not re.search(text, text):
        text = re.sub(r"\\.|[^\w\s.,!'-]", "", text)
    return Found(path=path_of(step.selector), text=text)


def _field(step: Step, *, style: Style, taken: set[str], brought: _Brought | None) -> Field | None:
    """None: the form that the recipe brings along does not send it."""
    path = path_of(step.selector)
    field = Field(
        name=_name(path[-1].compound, style=style, taken=taken),
        label=label_of(step.value),
        control=_control(step, path[-1].compound),
        path=path,
        meaning=step.value if step.value.startswith("$") else "",
        required=step.required,
        options=step.options or _named_menu(step),
        limit=step.max_length,
        value=step.value if step.kind in {Kind.CHECK, Kind.UNCHECK} else "",
        ticked=step.kind == Kind.UNCHECK,
    )
    if field.control == Control.BOX:
        field = _worded_box(field, step)
    return _as_brought(field, brought.element(step.selector)) if brought else field


def _named_menu(step: Step) -> tuple[Option, ...]:
    is_menu = step.kind in {Kind.SELECT, Kind.CHOOSE}
    return menu_of(step.value, literal=step.value) if is_menu else ()


def _control(step: Step, leaf: Compound) -> Control:
    if step.kind == Kind.FILL:
        is_long = leaf.tag == "textarea" or (MESSAGE in step.value and leaf.tag != "input")
        return Control.TEXT if is_long else Control.LINE
    if step.kind == Kind.SELECT:
        return Control.MENU
    return Control.BUTTONS if step.kind == Kind.CHOOSE else Control.BOX


def _worded_box(field: Field, step: Step) -> Field:
    is_newsletter = bool(NEWSLETTER.search(step.selector))
    label = "Send me the newsletter" if is_newsletter else "I would like a response"
    return replace(
        field,
        label=label,
        # A click must find its box; that the office insists on it, nobody says.
        required=step.required and step.kind != Kind.CLICK and not is_newsletter,
        is_newsletter=is_newsletter,
    )


def _as_brought(field: Field, element: html.HtmlElement | None) -> Field | None:
    if element is None or not any(each.tag == "form" for each in element.iterancestors()):
        return None
    options = tuple(
        Option(text=text, value=option.get("value", text))
        for option in element.iter("option")
        if (text := " ".join(option.text_content().split())) and option.get("value") != ""
    )
    name = element.get("name", field.name)
    return replace(field, name=name, options=options or field.options)


def _name(leaf: Compound, *, style: Style, taken: set[str]) -> str:
    """As the selector says, else as the stack makes it of the id; no two fields share one."""
    own = leaf.attribute("name")
    if own:
        return own
    mark = leaf.id or leaf.attribute("for") or "-".join(leaf.classes) or "field"
    styled = (
        re.sub(rf"^{style.id_pattern}$", style.name_template, mark) if style.id_pattern else mark
    )
    free = (name for name in (styled, mark, *(f"{mark}-{n}" for n in range(2, 200))))
    return next(name for name in free if name not in taken)


def _with_change(pages: tuple[Page, ...]) -> tuple[Page, ...]:
    """The first required line of the form gets another name."""
    for at, page in enumerate(pages):
        for number, field in enumerate(page.fields):
            if field.required and field.control == Control.LINE:
                fields = (*page.fields[:number], field.renamed, *page.fields[number + 1 :])
                return (*pages[:at], replace(page, fields=fields), *pages[at + 1 :])
    raise CannotBuild("The form has no required line that could be renamed.")


def _charset(form: OfficeForm) -> str:
    """A page of the old kind is plain: no script, no stranger's form, nobody's own hand."""
    is_plain = not (
        form.mounts or form.is_built_by_script or form.is_sent_by_script or form.asks_for_a_person
    )
    is_old = zlib.crc32(form.bioguide.encode()) % OLD_PAGES == 0
    return OLD_CHARSET if is_plain and is_old else "utf-8"
