"""An address as a plain value, and how free text becomes one."""

import re
import unicodedata
from dataclasses import dataclass

from representatives.states import MILITARY, POSTAL_CODES, STATES

# Longer text is no address; it is not searched for one.
LONGEST = 1000
ZIP = re.compile(
    r"(?<![0-9])(?P<zip>[0-9]{5})(?:\s?[-‐‑–—]?\s?(?P<zip4>[0-9]{4}))?"
    r"(?:[\s,(]+(?:u\.?s\.?a?\.?|(?:the )?united states(?: of america)?))?\W*$",
    re.IGNORECASE,
)
# Five digits after "82001-" are no four, and which of two ZIP codes is meant nobody knows.
PART_OF_A_NUMBER = re.compile(r"[0-9][-‐‑–—]$|[0-9]{5}\s?[-‐‑–—]\s?$")
ANOTHER_ZIP = re.compile(r"\W*(?P<zip>[0-9]{5})(?:-[0-9]{4})?\W*")
# In "4th St NE 20002" the last two letters are a direction, not Nebraska; in "5 Oak Ct 60614" they
# are a court, not Connecticut.
STREET_AND_DIRECTION = re.compile(
    r"\b(?:st|street|ave|avenue|rd|road|dr|drive|blvd|ln|lane|pl|place|ct|way|ter)\.?\s+ne[\s.,]*$"
    r"|^\s*\d[\w-]*(?:\s+(?!(?:st|ave|rd|dr|blvd|ln|pl|way)\b)\w+){1,2}\s+ct[\s.,]*$",
    re.IGNORECASE,
)
CITY = re.compile(r"[^\W\d]\D*")
STATE = re.compile(r"(?:^|[\s,.])(?P<state>[a-z]{2})[\s.,]*$", re.IGNORECASE)
NAMES = {state.name.lower(): state.code for state in STATES.values()}
STATE_NAME = re.compile(rf",\s*(?P<name>{'|'.join(map(re.escape, NAMES))})[\s.,]*$", re.IGNORECASE)
# The ZIP codes of Washington, the city, begin so; it is not the state.
CAPITAL = "20"
INITIALS = re.compile(r"\b([a-z])\.\s?([a-z])\.", re.IGNORECASE)
# "Box 82001" and "Apt 82001" end in five digits that are no ZIP code.
NUMBER_OF_SOMETHING = re.compile(
    r"(?:#|\b(?:box|drawer|apt|apartment|unit|suite|ste|no|room|rm|bldg|hwy|highway|route|rte))"
    r"[\s.#]*$",
    re.IGNORECASE,
)
PO_BOX = re.compile(
    r"\bp(?:ost(?:al)?|\.)?\s*o(?:ffice|\.)?\s*-?\s*(?:box|bx|drawer)\b(?:\s*(?:#|no\.?)?\s*\w*\d[\w-]*)?"
    r"|\bp\.?\s*o\.?\s*b\.?\s*(?:#|no\.?)?\s*\d[\w-]*"
    r"|(?:^|,)\s*(?:(?:lock|call|caller)\s*)?(?:box|drawer)\s*(?:#|no\.?)?\s*\d[\w-]*"
    r"|\bapartado\s+(?:postal\s+)?\d[\w-]*",
    re.IGNORECASE,
)
HOUSE_AND_STREET = re.compile(r"\d\S*\s+[^\W\d]")
MILITARY_POST = re.compile(r"(?:^|[\s,])(?:apo|fpo|dpo)\s*,?\s*$", re.IGNORECASE)


class AddressNotUnderstood(ValueError):
    """The text does not end in a ZIP code; says why in a sentence, without the text."""


@dataclass(frozen=True)
class Address:
    """Where a supporter lives. `zip` is five digits; everything else may be empty.

    `state` is what the supporter wrote, never what was derived from the ZIP code: on a state line
    that would name the wrong state. `repr` says nothing personal: an Address in a log or an
    exception must not give it away.
    """

    zip: str
    street: str = ""
    city: str = ""
    state: str = ""
    zip4: str = ""

    def __repr__(self) -> str:
        return "Address(…)"

    @property
    def is_po_box(self) -> bool:
        """A PO box and no street beside it: it does not say where a person lives."""
        rest, boxes = PO_BOX.subn(",", self.street)
        return boxes > 0 and not HOUSE_AND_STREET.search(rest)

    @property
    def is_military(self) -> bool:
        """Post for the armed forces or an embassy: APO, FPO, DPO, or AA, AE, AP for a state."""
        return self.state.upper() in MILITARY or any(
            MILITARY_POST.search(part) for part in (self.city, self.street)
        )


def parse_address(text: str) -> Address:
    """The address in free text that ends in `[ST] ZIP`, with or without commas.

    A bare ZIP code will do, with its four further digits or without. Raises AddressNotUnderstood.
    """
    if len(text) > LONGEST:
        raise AddressNotUnderstood("That is too long for an address.")
    plain = "".join(filter(_is_seen, unicodedata.normalize("NFKC", text))).strip(" \t\r\n\"'“”")
    found = ZIP.search(plain)
    before = plain[: found.start()] if found else ""
    if not found or _is_no_zip(found["zip"], before):
        raise AddressNotUnderstood("An address ends in a ZIP code of five digits, like 82001.")
    before = INITIALS.sub(r"\1\2", before)
    before, state = _split_state_name(before, zip=found["zip"]) or _split_state(before)
    street, city = _split_city(before)
    return Address(
        zip=found["zip"], street=street, city=city, state=state, zip4=found["zip4"] or ""
    )


def _is_seen(character: str) -> bool:
    """Not a mark that comes along when a text is copied, such as a space without a width."""
    return unicodedata.category(character) != "Cf"


def _is_no_zip(digits: str, before: str) -> bool:
    """Five digits at the end that, by what stands before them, are another number."""
    if NUMBER_OF_SOMETHING.search(before) or PART_OF_A_NUMBER.search(before):
        return True
    another = ANOTHER_ZIP.fullmatch(before)
    return another is not None and another["zip"] != digits


def _split_state(text: str) -> tuple[str, str]:
    """What stands before the state, and the state; two letters that are none are left alone."""
    found = STATE.search(text)
    is_state = found and found["state"].upper() in POSTAL_CODES
    if not is_state or STREET_AND_DIRECTION.search(text):
        return text, ""
    return text[: found.start("state")], found["state"].upper()


def _split_state_name(text: str, *, zip: str) -> tuple[str, str] | None:
    """The same where the state is written out after a city; "5 Elm St, Nevada 64772" names a city
    alone."""
    found = STATE_NAME.search(text)
    if not found:
        return None
    before, name = text[: found.start()], found["name"].lower()
    is_capital = name == "washington" and zip.startswith(CAPITAL)
    if is_capital or not CITY.fullmatch(before.rpartition(",")[2].strip()):
        return None
    return before, NAMES[name]


def _split_city(text: str) -> tuple[str, str]:
    """Street and city, where a comma says which is which; words without a number are a city."""
    parts = [" ".join(part.split()).strip(" -–") for part in text.split(",") if part.strip(" -–")]
    if not parts:
        return "", ""
    if len(parts) == 1:
        return (parts[0], "") if re.search(r"\d", parts[0]) else ("", parts[0])
    return ", ".join(parts[:-1]), parts[-1]
