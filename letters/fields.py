"""Form fields that clean what people type or paste: lines, prose, numbers, a form's own choices."""

import re
from collections.abc import Collection

import phonenumbers
from django import forms
from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, ngettext_lazy

from campaign.models.prompt import BLANK
from letters.channels.interface import length_in_form, unix_lines

ZIP = re.compile(r"([0-9]{5})(?:[-\s]?([0-9]{4}))?")
DIGITS = re.compile(r"[0-9]{6}")
# The United States, and whoever shares its numbers: the forms know no other.
NORTH_AMERICA = 1
# The page has changed since it was shown, or somebody posts what it never offered.
CHOICE_IS_GONE = {
    "required": _("Choose one of these."),
    "invalid_choice": _("This can no longer be chosen. Please choose again."),
}
# Control characters, halves of surrogate pairs, and Unicode's "never a character": XML has no way
# to write them. A letter is cleaned often, so no loop of ours looks at each of its characters.
NEVER_WRITTEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
CYRILLIC = re.compile("[\u0400-\u052f]")


def without_control_characters(text: str) -> str:
    """The text with \\n line ends, and of control characters only \\n and \\t."""
    text = unix_lines(text)
    return NEVER_WRITTEN.sub("", text)


def is_mainly_cyrillic(text: str) -> bool:
    """A name or two in an English text is fine; a text that staff cannot read is not."""
    if not CYRILLIC.search(text):
        return False
    letters = [each for each in text if each.isalpha()]
    return 2 * len(CYRILLIC.findall("".join(letters))) > len(letters)


def in_english(text: str) -> None:
    """Raises ValidationError for a text that the offices' staff cannot read."""
    if is_mainly_cyrillic(text):
        raise forms.ValidationError(
            _(
                "The offices' staff read English. Please write this in English; "
                "a name in Cyrillic is fine."
            ),
            "cyrillic",
        )


def in_latin_letters(text: str) -> None:
    """Raises ValidationError for a name that an office could neither read nor answer to.

    Its field has the words.
    """
    if CYRILLIC.search(text):
        raise forms.ValidationError("", "cyrillic")


def without_blanks(text: str) -> None:
    """Raises ValidationError where a prompt's blank was not filled in."""
    if BLANK.search(text):
        raise forms.ValidationError(
            _("Put words of your own where ___ stands, or take that sentence out."), "blank"
        )


class LineField(forms.CharField):
    """One line: no control characters, no doubled blanks."""

    default_error_messages = {
        "max_length": ngettext_lazy(
            "At most %(limit_value)s character fits here, and you have %(show_value)s. "
            "Please shorten it.",
            "At most %(limit_value)s characters fit here, and you have %(show_value)s. "
            "Please shorten it.",
            "limit_value",
        ),
    }

    def to_python(self, value):
        return " ".join(without_control_characters(super().to_python(value)).split())


class EmailLineField(LineField, forms.EmailField):
    """An e-mail address, without what a paste may bring along."""


class ProseField(forms.CharField):
    """Paragraphs that Congress reads: cleaned of control characters, in a script it can read."""

    widget = forms.Textarea

    default_validators = [in_english, without_blanks]
    default_error_messages = {
        "too_short": _("Write at least six characters here, or leave it empty."),
    }

    def to_python(self, value):
        return without_control_characters(super().to_python(value)).strip()

    def validate(self, value):
        super().validate(value)
        # The gateways refuse anything shorter.
        if 0 < len(value) < 6:
            raise forms.ValidationError(self.error_messages["too_short"], "too_short")


class CappedProseField(ProseField):
    """Prose that an office's form takes uncut: at most `limit` characters, as the form counts."""

    def __init__(self, *, limit: int, **kwargs):
        super().__init__(**kwargs)
        self.limit = limit

    def validate(self, value):
        super().validate(value)
        over = length_in_form(value) - self.limit
        if over > 0:
            raise forms.ValidationError(too_long(self.limit, over), "too_long")


def too_long(limit: int, over: int) -> str:
    return ngettext(
        "At most %(limit)s characters fit here. Please shorten your letter by %(over)s.",
        "At most %(limit)s characters fit here. Please shorten your letter by %(over)s.",
        over,
    ) % {
        "limit": number_format(limit, force_grouping=True),
        "over": number_format(over, force_grouping=True),
    }


class EnglishSelect(forms.Select):
    """An office's own words, but for the choices in `ours`: those are the supporter's."""

    def __init__(self, *args, ours: Collection[str], **kwargs):
        super().__init__(*args, **kwargs)
        self.ours = ours

    def create_option(self, name, value, *args, **kwargs):
        option = super().create_option(name, value, *args, **kwargs)
        if value not in self.ours:
            option["attrs"]["lang"] = "en"
        return option


class PhoneField(LineField):
    """A number that the offices' forms take, however it is typed: becomes `307-555-0123`."""

    default_error_messages = {
        "invalid": _(
            "The offices take US phone numbers only: ten digits, for example 307-555-0123, without "
            "an extension. If you have none, leave this empty and finish the letter yourself."
        ),
    }

    def to_python(self, value):
        line = super().to_python(value)
        return line and self._as_offices_write_it(line)

    def _as_offices_write_it(self, line: str) -> str:
        wrong = forms.ValidationError(self.error_messages["invalid"], "invalid")
        try:
            number = phonenumbers.parse(line, "US")
        except phonenumbers.NumberParseException as error:
            raise wrong from error
        known = number.country_code == NORTH_AMERICA and phonenumbers.is_valid_number(number)
        if not known or number.extension:
            raise wrong
        digits = str(number.national_number)
        return f"{digits[:3]}-{digits[3:6]}-{digits[6:]}"


class ZipField(LineField):
    """`82001`, `82001-1234`, `820011234`: becomes the five digits and the four (or "")."""

    default_error_messages = {
        "required": _("Write the five digits of your ZIP code."),
        "invalid": _("A ZIP code has five digits, for example 82001 or 82001-1234."),
    }

    def clean(self, value):
        line = super().clean(value)
        match = ZIP.fullmatch(line)
        if not match:
            raise forms.ValidationError(self.error_messages["invalid"], "invalid")
        return match[1], match[2] or ""


class CodeField(LineField):
    """The six digits of a mail, also when they were typed with blanks or a hyphen."""

    default_error_messages = {
        "required": _("Write the six digits from our mail."),
        "invalid": _("The code has six digits. Please look again."),
    }

    def to_python(self, value):
        return super().to_python(value).replace(" ", "").replace("-", "")

    def validate(self, value):
        super().validate(value)
        if not DIGITS.fullmatch(value):
            raise forms.ValidationError(self.error_messages["invalid"], "invalid")
