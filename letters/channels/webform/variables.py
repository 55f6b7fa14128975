"""What a recipe's `$VARIABLES` are in one letter, and what offices call them."""

import re
from dataclasses import dataclass, replace

from letters.channels.interface import Envelope, text_for_limit, unix_lines
from letters.channels.webform.lettering import transliterate
from letters.channels.webform.recipe import CAPTCHA, MESSAGE
from letters.states import Reason
from representatives.states import STATES

VARIABLE = re.compile(r"\$[A-Z][A-Z0-9_]*")
PREFIX, TOPIC, COUNTY, ZIP4 = "$NAME_PREFIX", "$TOPIC", "$ADDRESS_COUNTY", "$ADDRESS_ZIP4"
STATE = frozenset({"$ADDRESS_STATE", "$ADDRESS_STATE_POSTAL_ABBREV", "$ADDRESS_STATE_FULL"})
PHONE = frozenset({"$PHONE", "$PHONE_PARENTHESES"})
LABELS = {
    PREFIX: "Title",
    "$NAME_FIRST": "First name",
    "$NAME_LAST": "Last name",
    "$NAME_FULL": "Name",
    "$ADDRESS_STREET": "Street",
    "$ADDRESS_STREET_2": "Street, second line",
    "$ADDRESS_CITY": "City",
    COUNTY: "County",
    "$ADDRESS_ZIP5": "ZIP",
    ZIP4: "ZIP+4",
    "$ADDRESS_ZIP_PLUS_4": "ZIP",
    "$EMAIL": "E-mail",
    TOPIC: "Topic",
    "$SUBJECT": "Subject",
    MESSAGE: "Message",
    "$CAMPAIGN_UUID": "Campaign",
    "$PERMALINK": "Link",
    "$ORG_URL": "Organization's site",
    "$ORG_NAME": "Organization",
    **dict.fromkeys(STATE, "State"),
    **dict.fromkeys(PHONE, "Phone"),
}
# All that the data set has.
KNOWN = frozenset(LABELS) | {CAPTCHA}
# What the supporter is asked for a single office, under which name.
ASKED = {PREFIX: "prefix", TOPIC: "topic", COUNTY: "county", ZIP4: "zip4", MESSAGE: "text"}
# Why a form that requires it is left to the supporter where we do not have it.
MISSING = {
    PREFIX: Reason.PREFIX_MISSING,
    MESSAGE: Reason.TOO_LONG,
    **dict.fromkeys(PHONE, Reason.PHONE_MISSING),
}


class Unknown(Exception):
    """A variable that the data set does not have."""


@dataclass(frozen=True)
class Values:
    """One letter's values, in the letters that the form takes."""

    envelope: Envelope
    charset: str

    @classmethod
    def of(cls, envelope: Envelope) -> "Values":
        charset = envelope.form.charset if envelope.form else ""
        texts = ("salutation", "opening", "own_words", "story", "statement", "closing")
        texts += ("short_statement",)
        written = {name: _written(getattr(envelope, name), charset) for name in texts}
        return cls(replace(envelope, **written), charset)

    def text(self, template: str, *, limit: int | None = None) -> str:
        """A recipe's text with its variables filled in; what we do not have is left out.

        Raises Unknown. `limit` is how many characters the form takes.
        """
        filled = VARIABLE.sub(lambda found: self.value(found[0], limit=limit), template)
        return transliterate(filled.strip(), self.charset)

    def value(self, variable: str, *, limit: int | None = None) -> str:
        """Empty where we do not have it."""
        if variable == MESSAGE:
            return self.message(limit) or unix_lines(self.answer(MESSAGE))
        return self._known(variable) or self.answer(variable)

    def answer(self, variable: str) -> str:
        """What the supporter told for this office."""
        return self.envelope.answer(ASKED.get(variable, ""))

    def question(self, variable: str) -> str:
        """The name of the question that asks for it; empty where nobody is asked."""
        name = ASKED.get(variable, "")
        return f"{name} {self.envelope.seat_code}" if name else ""

    def message(self, limit: int | None) -> str:
        """The fullest of our texts that the form takes; empty where none fits uncut."""
        return text_for_limit(self.envelope, limit) or ""

    def _known(self, variable: str) -> str:
        person, envelope = self.envelope.person, self.envelope
        state = STATES.get(person.state)
        known = {
            PREFIX: person.prefix,
            "$NAME_FIRST": person.first_name,
            "$NAME_LAST": person.last_name,
            "$NAME_FULL": person.full_name.strip(),
            "$ADDRESS_STREET": person.street,
            # The street stands in one line.
            "$ADDRESS_STREET_2": "",
            "$ADDRESS_CITY": person.city,
            COUNTY: "",
            "$ADDRESS_STATE": person.state,
            "$ADDRESS_STATE_POSTAL_ABBREV": person.state,
            "$ADDRESS_STATE_FULL": state.name if state else person.state,
            "$ADDRESS_ZIP5": person.zip,
            ZIP4: person.zip4,
            "$ADDRESS_ZIP_PLUS_4": person.zip_plus_4,
            "$PHONE": phone(person.phone, "{}-{}-{}"),
            "$PHONE_PARENTHESES": phone(person.phone, "({}) {}-{}"),
            "$EMAIL": person.email,
            # Menus ask for it by tiers; a text field takes it as it is.
            TOPIC: envelope.topic,
            "$SUBJECT": envelope.subject,
            CAPTCHA: "",
            "$CAMPAIGN_UUID": envelope.campaign_id,
            "$PERMALINK": "",
            "$ORG_URL": "",
            "$ORG_NAME": envelope.organization.name,
        }
        if variable not in known:
            raise Unknown(f"{variable} is no variable of the data set")
        return known[variable]


def phone(given: str, form: str) -> str:
    """Ten digits in that form; whatever else was given stays as it is, and nothing is added."""
    digits = re.sub(r"(?a)\D", "", given)
    digits = digits[1:] if len(digits) == 11 and digits[0] == "1" else digits
    if len(digits) != 10 or not re.fullmatch(r"(?a)[\d\s().+-]+", given):
        return given.strip()
    return form.format(digits[:3], digits[3:6], digits[6:])


def _written(text: str, charset: str) -> str:
    return transliterate(unix_lines(text), charset)
