"""What a supporter types, screen by screen, and the values that it becomes.

The letter, and who writes it, are forms in modules of their own: `letters.letter_form`,
`letters.you_form`.
"""

from functools import partial

from django import forms
from django.core.mail.message import sanitize_address
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from campaign.models import Visibility
from letters.fields import (
    CHOICE_IS_GONE,
    CodeField,
    EmailLineField,
    LineField,
    ZipField,
    without_control_characters,
)
from letters.naming import states_by_name
from representatives.addresses import Address
from representatives.cities import city_of

# The gateways refuse a shorter one.
SHORTEST_CITY = 3


def _states_after(first: Promise) -> list[tuple[str, str | Promise]]:
    return [("", first), *states_by_name()]


class AddressForm(forms.Form):
    """Where they live. City and state come from the ZIP code, unless they say otherwise."""

    street = LineField(
        label=_("Street address"),
        min_length=3,
        max_length=100,
        # One line of it: `street-address` is for a field of several.
        widget=forms.TextInput({"autocomplete": "address-line1"}),
        help_text=_("With your apartment number, if you have one."),
        error_messages={
            "required": _("Write the street and number where you live."),
            "min_length": _("Write the street with its number, for example 12 Oak Street."),
        },
    )
    zip = ZipField(
        label=_("ZIP code"),
        widget=forms.TextInput(
            {"autocomplete": "postal-code", "inputmode": "numeric", "enterkeyhint": "go"}
        ),
    )
    city = LineField(
        label=_("City"),
        required=False,
        min_length=SHORTEST_CITY,
        max_length=60,
        widget=forms.TextInput({"autocomplete": "address-level2"}),
        error_messages={
            "min_length": _(
                "Write the whole name of the city or town: the offices take none of fewer than "
                "three letters."
            )
        },
    )
    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=partial(_states_after, _("As the ZIP code says")),
        widget=forms.Select({"autocomplete": "address-level1"}),
        error_messages=CHOICE_IS_GONE,
    )

    def address(self) -> Address:
        zip, zip4 = self.cleaned_data["zip"]
        return Address(
            zip=zip,
            zip4=zip4,
            street=self.cleaned_data["street"],
            city=self.cleaned_data["city"] or city_of(zip),
            state=self.cleaned_data["state"],
        )


class StateForm(forms.Form):
    """In which state they live, where the ZIP code says another one, or several."""

    state = forms.ChoiceField(
        label=_("State or territory"),
        choices=partial(_states_after, _("Choose")),
        error_messages=CHOICE_IS_GONE | {"required": _("Choose the state where you live.")},
    )


class DistrictForm(forms.Form):
    """Which of the candidates is theirs: a House seat, or the state if they do not know."""

    seat = forms.ChoiceField(
        error_messages=CHOICE_IS_GONE | {"required": _("Choose one, or say that you do not know.")}
    )

    def __init__(self, *args, choices: list[str], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["seat"].choices = [(each, each) for each in choices]


class SeatForm(DistrictForm):
    """The same by seat code, after the letter was written: to which office it goes."""

    seat = forms.ChoiceField(
        error_messages=CHOICE_IS_GONE
        | {"required": _("Choose the district that is yours. If none of them is, see below.")}
    )


class OfficesForm(forms.Form):
    """The ticked offices, by seat code."""

    seats = forms.MultipleChoiceField(
        error_messages=CHOICE_IS_GONE
        | {"required": _("Tick at least one office, or nobody gets your letter.")}
    )

    def __init__(self, *args, choices: list[str], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["seats"].choices = [(each, each) for each in choices]


class EmailForm(forms.Form):
    email = EmailLineField(
        label=_("E-mail"),
        max_length=200,
        widget=forms.EmailInput({"autocomplete": "email"}),
        help_text=_("Your code and your private link go there."),
        error_messages={
            "required": _("Write your e-mail address: the code goes there."),
            "invalid": _("This is no e-mail address. It looks like name@example.org."),
        },
    )

    def clean_email(self) -> str:
        """Only what a mailer takes as well: Django's form is kinder than Django's mail."""
        email = self.cleaned_data["email"]
        try:
            sanitize_address(email, "utf-8")
        except ValueError as error:
            raise forms.ValidationError(
                self.fields["email"].error_messages["invalid"], "invalid"
            ) from error
        return email


class VisibilityForm(forms.Form):
    visibility = forms.ChoiceField(
        label=_("How may we show you to Congress and the public?"),
        choices=Visibility.choices,
        initial=Visibility.PRIVATE,
        widget=forms.RadioSelect,
        error_messages=CHOICE_IS_GONE,
    )


class CodeForm(forms.Form):
    code = CodeField(
        label=_("Six-digit code"),
        widget=forms.TextInput(
            {"autocomplete": "one-time-code", "inputmode": "numeric", "enterkeyhint": "go"}
        ),
    )


class SentForm(forms.Form):
    """What they say they sent, where the office's form took less than the whole letter."""

    text = forms.CharField(
        max_length=20_000,
        strip=False,
        # The field that is copied from.
        widget=forms.Textarea(attrs={"id": "copy-message"}),
        error_messages={
            "required": _("The field is empty. Put the text here that goes into the form.")
        },
    )

    def clean_text(self) -> str:
        text = without_control_characters(self.cleaned_data["text"])
        if not text.strip():
            raise forms.ValidationError(self.fields["text"].error_messages["required"])
        return text
