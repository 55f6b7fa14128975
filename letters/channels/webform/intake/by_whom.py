"""Who can fill in a form, as far as its recipe shows."""

import re

from letters.channels.webform.intake.scripting import Draft
from letters.channels.webform.recipe import By, Kind, Step

FILLING = frozenset({Kind.FILL, Kind.SELECT, Kind.CHOOSE, Kind.CHECK})
ELEMENTOR = re.compile(r"#form-field-")
# Its pages fetch their forms after they were loaded: some recipes put in a copy for that reason.
CREATIVENGINE = re.compile(r"input[-_][0-9A-F]{8}-[0-9A-F]{4}-", re.IGNORECASE)
# Gravity Forms, Contact Form 7, the Senate's index.cfm, Drupal: the form is in the page.
IN_THE_PAGE = re.compile(
    r"gform|#(input|choice)_\d+_\d+|name=.?input_\d+|wpcf7|your-message|#edit-"
    r"|field_[0-9A-F]{8}-[0-9A-F]{4}-",
    re.IGNORECASE,
)


def who_fills_it_in(steps: tuple[Step, ...], draft: Draft) -> tuple[By, str]:
    """And why not a plain request; what has really worked may know better later."""
    if any(step.kind == Kind.CAPTCHA for step in steps):
        return By.PERSON, "It asks for a captcha, which only a person may solve."
    scripts = [step.value for step in steps if step.kind == Kind.SCRIPT]
    if draft.sending.intersection(scripts):
        return By.PERSON, "A script of the recipe could send the form by itself."
    if scripts:
        return By.BROWSER, f"A script must run in the page: {draft.unknown[scripts[0]][:120]}."
    return _by_its_making(steps)


def _by_its_making(steps: tuple[Step, ...]) -> tuple[By, str]:
    first = next((at for at, step in enumerate(steps) if step.kind in FILLING), len(steps))
    before = {each.kind for each in steps[:first] if each.required or each.kind != Kind.CLICK}
    selectors = " ".join(step.selector for step in steps)
    if ELEMENTOR.search(selectors):
        return By.BROWSER, "Elementor's own scripts send this form."
    if Kind.CLICK in before:
        return By.BROWSER, "The form opens only after a click."
    if Kind.INJECT in before:
        return By.PLAIN, ""
    if CREATIVENGINE.search(selectors):
        return By.BROWSER, "CreativEngine's own scripts put this form into the page."
    if before & {Kind.FIND, Kind.WAIT} and not IN_THE_PAGE.search(selectors):
        return By.BROWSER, "The recipe waits until the page has built its form."
    return By.PLAIN, ""
