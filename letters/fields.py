"""Form fields that clean what people type or paste: lines, prose, a ZIP code, a mailed code."""

import re

from django import forms
from django.utils.translation import gettext_lazy as _

ZIP = re.compile(r"([0-9]{5})(?:[-\s]?([0-9]{4}))?")
DIGITS = re.compile(r"[0-9]{6}")
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
    text = text.replace("\r\n", "\n").replace("\r", "\n")
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


class LineField(forms.CharField):
    """One line: no control characters, no doubled blanks."""

    default_error_messages = {
        "max_length": _(
            "At most %(limit_value)s characters fit here, and you have %(show_value)s. "
            "Please shorten it."
        ),
    }

    def to_python(self, value):
        return " ".join(without_control_characters(super().to_python(value)).split())


class EmailLineField(LineField, forms.EmailField):
    """An e-mail address, without what a paste may bring along."""


class ProseField(forms.CharField):
    """Paragraphs that Congress reads: cleaned of control characters, in a script it can read."""

    widget = forms.Textarea

    default_validators = [in_english]
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
