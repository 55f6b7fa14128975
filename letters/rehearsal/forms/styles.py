"""The stacks that offices' real forms are made with, as far as a form's filler can tell them."""

import re
from dataclasses import dataclass

from letters.channels.webform.recipe import Recipe

GUID = r"[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{12}"


@dataclass(frozen=True)
class Style:
    """How one stack words a form's hidden parts, and what it does after a letter."""

    name: str
    # In selectors and the address of the page.
    sign: str
    # Hidden fields that come back as they went out: each is bound to the visit.
    tokens: tuple[str, ...] = ("csrf_token",)
    # Hidden fields that say which form it is.
    marks: tuple[tuple[str, str], ...] = ()
    # The field that only robots fill in, and what it is called; nameless: there is none.
    trap: str = ""
    trap_label: str = ""
    multipart: bool = False
    # After a letter the browser is sent to another page; otherwise the thanks come at once.
    redirects: bool = True
    # What the form's address bears beside its path.
    address: str = ""
    # An id becomes a name as this pattern and template say.
    id_pattern: str = ""
    name_template: str = ""


CREATIVE = Style(
    name="CreativEngine",
    sign=rf"(?<!field_)input[-_]{GUID}|senate\.gov/?\?p=form",
    marks=(("creativengine_form_identifier", "contact"),),
    trap="email_address_validation_field",
    id_pattern=rf"input-({GUID})",
    name_template=r"input_\1",
)
GRAVITY = Style(
    name="Gravity Forms",
    sign=r"gform_|input_\d+_\d|\[name=['\"]?input_\d",
    tokens=("state_1",),
    marks=(("is_submit_1", "1"), ("gform_submit", "1")),
    trap="input_900",
    trap_label="Comments",
    multipart=True,
    redirects=False,
    address="#gf_1",
    id_pattern=r"input_\d+_(\d+(?:_\d+)?)",
    name_template=r"input_\1",
)
INDEX_CFM = Style(
    name="index.cfm",
    sign=rf"field_{GUID}|index\.cfm",
    marks=(("form_action", "send"),),
    address="?p=form&id=16",
)
ELEMENTOR = Style(
    name="Elementor",
    sign=r"form-field-|form_fields\[|elementor-",
    marks=(("post_id", "1151"), ("form_id", "0b2855e")),
    trap="form_fields[field_900]",
    trap_label="Phone",
    multipart=True,
    redirects=False,
    id_pattern=r"form-field-(.+)",
    name_template=r"form_fields[\1]",
)
CONTACT_FORM_7 = Style(
    name="Contact Form 7",
    sign=r"wpcf7|your-message|your-email",
    tokens=("_wpnonce",),
    marks=(("_wpcf7", "8521"), ("_wpcf7_locale", "en_US")),
    trap="your-website",
    trap_label="Website",
    redirects=False,
    address="#wpcf7-f8521-o1",
)
IQ = Style(
    name="IQ EForm.aspx",
    sign=r"EForm\.aspx|#qi_\d",
    tokens=("__VIEWSTATE", "__EVENTVALIDATION"),
    marks=(("__EVENTTARGET", ""),),
    address="?__cid=office&__fid=100007",
)
DRUPAL = Style(
    name="Drupal",
    sign=r"#edit-|webform-",
    tokens=("form_build_id", "form_token"),
    marks=(("form_id", "webform_submission_contact_add_form"),),
    trap="url",
    trap_label="Leave this field blank",
    id_pattern=r"edit-(.+)",
    name_template=r"\1",
)
OTHER = Style(name="other", sign=r"(?!)")

STYLES = (IQ, CONTACT_FORM_7, DRUPAL, ELEMENTOR, GRAVITY, INDEX_CFM, CREATIVE)


def style_of(recipe: Recipe) -> Style:
    """The stack whose signs are seen most often in what the recipe names."""
    named = " ".join([recipe.url, *(step.selector for step in recipe.steps)])
    seen = {style: len(re.findall(style.sign, named)) for style in STYLES}
    best = max(seen, key=seen.__getitem__)
    return best if seen[best] else OTHER
