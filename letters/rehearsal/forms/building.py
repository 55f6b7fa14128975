"""The HTML of an office's pages, grown from what the form is."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from lxml.html import HtmlElement

from letters.rehearsal.forms.form import Button, Control, Field, Found, OfficeForm
from letters.rehearsal.forms.growing import Ground, grown, new, planted, stamp, surrounded

PAGE_NUMBER = "page_number"
NOT_A_ROBOT, A_PERSON = "g-recaptcha-response", "a person"
TYPES = {"$EMAIL": "email", "$PHONE": "tel", "$PHONE_PARENTHESES": "tel"}
AUTOFILLED = {
    "$NAME_FIRST": "given-name",
    "$NAME_LAST": "family-name",
    "$ADDRESS_STREET": "address-line1",
    "$ADDRESS_STREET_2": "address-line2",
    "$ADDRESS_CITY": "address-level2",
    "$ADDRESS_ZIP5": "postal-code",
    "$PHONE": "tel",
    "$EMAIL": "email",
}


@dataclass(frozen=True)
class Sheet:
    """One page as one visitor gets it."""

    number: int
    # What the hidden fields of this visit say.
    tokens: Mapping[str, str]
    # What was typed before, and what earlier pages have asked.
    typed: Mapping[str, list[str]] = field(default_factory=dict)
    carried: tuple[tuple[str, str], ...] = ()
    action: str = ""


def built(form: OfficeForm, sheet: Sheet) -> HtmlElement:
    """The form of one page and all that stands around it."""
    page = form.pages[sheet.number]
    ground = Ground(page.button.path, *(each.path for each in page.fields))
    if sheet.action:
        ground.form.set("action", sheet.action)
    if form.is_sent_by_script:
        ground.form.set("data-sent-by-script", "")
    if form.style.multipart:
        ground.form.set("enctype", "multipart/form-data")
    rows = [_row(each, sheet) for each in page.fields]
    button = _button(page.button, number=sheet.number)
    ground.form.extend([*_hidden(form, sheet), *rows, *_traps(form), *_proof(form, sheet), button])
    for landmark in page.landmarks:
        ground.mark(landmark)
    return ground.top


def mounted(form: OfficeForm, content: HtmlElement) -> HtmlElement:
    """`content` inside the elements that recipes put a form of their own into."""
    for path in form.mounts:
        mount = grown(path)
        mount.append(content)
        content = surrounded(mount, path)
    return content


def thanks(form: OfficeForm) -> HtmlElement:
    """What is seen when the letter has arrived: the text, then each element that a recipe seeks."""
    said = form.thanks or "Your message is on its way to the staff of this office."
    box = new("div", class_="office-thanks", role="status")
    box.extend(_found(each) for each in form.found)
    if not any(said in each.text_content() for each in box):
        box.append(new("div", said, class_="elementor-message-success"))
    return box


def _found(found: Found) -> HtmlElement:
    element = grown(found.path)
    if element.tag != "img":
        element.text = found.text or "Received."
    return surrounded(element, found.path)


def _row(asked: Field, sheet: Sheet) -> HtmlElement:
    row = new("div", class_="office-row")
    if asked.control == Control.BUTTONS:
        row.append(_buttons(asked, sheet))
    elif asked.control == Control.BOX:
        row.extend(_box(asked, sheet))
    else:
        row.extend(_labelled(asked, sheet))
    return row


def _labelled(asked: Field, sheet: Sheet) -> list[HtmlElement]:
    element = _entry(asked, _printable((sheet.typed.get(asked.name) or [""])[0]))
    _name(element, asked)
    return [_label(asked, element), planted(element, asked.path)]


def _printable(text: str) -> str:
    """HTML knows no control characters."""
    return re.sub(r"[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", "", text)


def _entry(asked: Field, typed: str) -> HtmlElement:
    if asked.control == Control.MENU:
        return _menu(asked, typed)
    if asked.control == Control.TEXT:
        element = grown(asked.path, "textarea")
        element.text = typed or None
        element.set("rows", "8")
    else:
        element = new("input", type=TYPES.get(asked.meaning, "text"))
        stamp(element, asked.path[-1].compound)
        element.set("value", typed)
    if asked.limit:
        element.set("maxlength", str(asked.limit))
    if asked.meaning in AUTOFILLED:
        element.set("autocomplete", AUTOFILLED[asked.meaning])
    return element


def _menu(asked: Field, typed: str) -> HtmlElement:
    menu = grown(asked.path, "select")
    menu.append(new("option", "Select one", value=""))
    for option in asked.options:
        entry = new("option", option.text or option.value, value=option.value)
        if typed and entry.get("value") == typed:
            entry.set("selected", "selected")
        menu.append(entry)
    return menu


def _buttons(asked: Field, sheet: Sheet) -> HtmlElement:
    group = new("fieldset")
    group.append(new("legend", _worded(asked)))
    kind = asked.path[-1].compound.attribute("type") or "radio"
    for option in asked.options:
        value = option.value
        button = stamp(new("input", type=kind), asked.path[-1].compound)
        _name(button, asked)
        button.set("value", value)
        if value in sheet.typed.get(asked.name, []):
            button.set("checked", "checked")
        label = new("label", class_="office-choice")
        label.append(planted(button, asked.path))
        label.append(new("span", option.text or value))
        group.append(label)
    return group


def _box(asked: Field, sheet: Sheet) -> list[HtmlElement]:
    """Some recipes click the label, others the box."""
    leaf = asked.path[-1].compound
    box = new("input", type="checkbox", value=asked.value or "Yes")
    ticked = asked.name in sheet.typed or (asked.ticked and not sheet.typed)
    if ticked:
        box.set("checked", "checked")
    if leaf.tag == "label":
        box.set("id", leaf.attribute("for") or f"box-{asked.name}")
        _name(box, asked)
        label = stamp(new("label", _worded(asked), for_=box.get("id")), leaf)
        return [box, planted(label, asked.path)]
    _name(stamp(box, leaf), asked)
    return [planted(box, asked.path), _label(asked, box)]


def _name(element: HtmlElement, asked: Field) -> None:
    element.set("name", asked.name)
    if asked.required and asked.control != Control.BUTTONS:
        element.set("required", "required")


def _label(asked: Field, element: HtmlElement) -> HtmlElement:
    if not element.get("id"):
        element.set("id", f"office-{asked.name}")
    return new("label", _worded(asked), for_=element.get("id"))


def _worded(asked: Field) -> str:
    limit = f" (at most {asked.limit} characters)" if asked.limit else ""
    return f"{asked.label}{limit}{' *' if asked.required else ''}"


def _button(button: Button, *, number: int) -> HtmlElement:
    """A class for a button's text stands on an element inside it, as stacks do it."""
    leaf = button.path[-1].compound
    if leaf.tag == "input" or (not leaf.tag and leaf.attribute("value")):
        element = stamp(new("input", type="submit", value=button.caption), leaf)
    elif leaf.tag in {"", "button"} and not any(each.endswith("-text") for each in leaf.classes):
        element = stamp(new("button", button.caption, type="submit"), leaf)
    elif leaf.tag == "a":
        element = stamp(new("a", button.caption, href=f"?page={number + 2}"), leaf)
    else:
        inner = stamp(new(leaf.tag or "span", button.caption), leaf)
        element = new("button", type="submit")
        element.append(planted(inner, button.path))
        return element
    return planted(element, button.path)


def _hidden(form: OfficeForm, sheet: Sheet) -> list[HtmlElement]:
    if not form.has_hidden_parts:
        return []
    carried = [(name, _printable(value)) for name, value in sheet.carried]
    pairs = [*form.style.marks, *sheet.tokens.items(), *carried]
    if len(form.pages) > 1:
        pairs.append((PAGE_NUMBER, str(sheet.number)))
    return [new("input", type="hidden", name=name, value=value) for name, value in pairs]


def _traps(form: OfficeForm) -> list[HtmlElement]:
    """What no person sees, so that only robots fill it in."""
    style = form.style
    if not style.trap:
        return []
    if not style.trap_label:
        return [new("input", type="hidden", name=style.trap, value="")]
    wrapper = new("div", class_="office-unseen", aria_hidden="true")
    trap = new("input", type="text", name=style.trap, id=f"field-{style.trap}", value="")
    trap.set("tabindex", "-1")
    trap.set("autocomplete", "off")
    wrapper.extend([new("label", style.trap_label, for_=trap.get("id")), trap])
    return [wrapper]


def _proof(form: OfficeForm, sheet: Sheet) -> list[HtmlElement]:
    """No recipe has a step for it: a person must tick it."""
    if not form.asks_for_a_person or sheet.number + 1 < len(form.pages):
        return []
    box = new("input", type="checkbox", id=NOT_A_ROBOT, name=NOT_A_ROBOT, value=A_PERSON)
    box.set("required", "required")
    row = new("div", class_="office-row office-proof")
    row.extend([box, new("label", "I am not a robot", for_=NOT_A_ROBOT)])
    return [row]
