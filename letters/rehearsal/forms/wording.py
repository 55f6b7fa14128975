"""What a form calls its fields, by what belongs into them; and the menus that recipes only name."""

import re

from letters.channels.webform.recipe import Option
from representatives.states import STATES

MILITARY = {
    "AA": "Armed Forces Americas",
    "AE": "Armed Forces Europe",
    "AP": "Armed Forces Pacific",
}
STATE_NAMES = {code: state.name for code, state in STATES.items()} | MILITARY

LABELS = {
    "$NAME_PREFIX": "Prefix",
    "$NAME_FIRST": "First Name",
    "$NAME_LAST": "Last Name",
    "$NAME_FULL": "Full Name",
    "$ADDRESS_STREET": "Street Address",
    "$ADDRESS_STREET_2": "Address Line 2",
    "$ADDRESS_CITY": "City",
    "$ADDRESS_STATE": "State",
    "$ADDRESS_STATE_POSTAL_ABBREV": "State",
    "$ADDRESS_STATE_FULL": "State",
    "$ADDRESS_COUNTY": "County",
    "$ADDRESS_ZIP5": "ZIP Code",
    "$ADDRESS_ZIP4": "ZIP+4",
    "$ADDRESS_ZIP_PLUS_4": "ZIP Code",
    "$PHONE": "Phone Number",
    "$PHONE_PARENTHESES": "Phone Number",
    "$EMAIL": "Email Address",
    "$TOPIC": "Topic",
    "$SUBJECT": "Subject",
    "$MESSAGE": "Message",
}
NEWSLETTER = re.compile(r"news|subscri|opt-?in|updates|mailing", re.IGNORECASE)


def label_of(meaning: str) -> str:
    return LABELS.get(meaning, "Please choose")


def menu_of(meaning: str, *, literal: str) -> tuple[Option, ...]:
    """The entries of a menu whose recipe lists none."""
    if "STATE" in meaning:
        return tuple(Option(text=name, value=code) for code, name in STATE_NAMES.items())
    if meaning == "$NAME_PREFIX":
        return _same("Mr.", "Mrs.", "Ms.", "Mx.", "Dr.")
    if meaning == "$TOPIC":
        return _same("Agriculture", "Foreign Relations", "Health Care", "Other")
    return _same(literal, "None of these")


def _same(*texts: str) -> tuple[Option, ...]:
    return tuple(Option(text=text, value=text) for text in texts)
