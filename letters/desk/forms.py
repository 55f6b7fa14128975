"""What the desk asks organizers for."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from letters.form_addresses import trouble_of_address
from letters.models import Route
from representatives.addresses import AddressNotUnderstood, parse_address
from representatives.congress import lookup_day
from representatives.models import Seat


class HandOverForm(forms.Form):
    """A letter given to the office by hand: when, by whom."""

    on = forms.DateField(label="Day", help_text="YYYY-MM-DD")
    by_whom = forms.CharField(label="By whom", max_length=80, help_text="A name or initials.")

    def clean_on(self):
        day = self.cleaned_data["on"]
        if day > timezone.localdate():
            raise ValidationError("This day is still to come.")
        return day


# So far from today the tables say nothing.
YEARS_AROUND = 10


class WhoRepresentsForm(forms.Form):
    """An address to look up; it comes by POST only, and nobody keeps it."""

    address = forms.CharField(
        help_text="It ends in a ZIP code; a ZIP code alone will do.",
        widget=forms.TextInput(attrs={"autocomplete": "off", "class": "vTextField"}),
    )
    on = forms.DateField(
        label="On another day than today",
        required=False,
        help_text="YYYY-MM-DD. On the January 3 on which Congress changes: from noon on.",
    )
    offline = forms.BooleanField(
        label="Ask our own tables only",
        required=False,
        help_text="Otherwise the street goes to the geocoder, where the ZIP code leaves it open.",
    )

    def clean_address(self):
        """As a plain value."""
        try:
            return parse_address(self.cleaned_data["address"])
        except AddressNotUnderstood as error:
            # Says what is missing, without the text.
            raise ValidationError(str(error)) from None

    def clean_on(self):
        day = self.cleaned_data["on"]
        if day and abs(day.year - lookup_day().year) > YEARS_AROUND:
            raise ValidationError("The tables say nothing of that day.")
        return day


# Whoever enters one of these says that it is so for who sits there today; a pause says nothing.
SAID_OF_THE_MEMBER = {"seat", "way", "email", "agreed_by", "form_url", "checked_by", "checked_at"}


class RouteForm(forms.ModelForm):
    """A way that is kept says where it leads, and an e-mail address who agreed to it."""

    class Meta:
        model = Route
        fields = [
            "seat",
            "way",
            "email",
            "agreed_by",
            "form_url",
            "text_limit",
            "asks_zip4",
            "checked_by",
            "checked_at",
            "paused_until",
        ]

    def clean(self) -> dict:
        cleaned = super().clean()
        needed = ["form_url"] if cleaned.get("way") == Route.Way.FORM else ["email", "agreed_by"]
        for name in needed:
            if not cleaned.get(name) and name not in self.errors:
                self.add_error(name, "This way needs it.")
        url = cleaned.get("form_url")
        if url and (trouble := trouble_of_address(url)):
            self.add_error("form_url", trouble)
        if cleaned.get("seat") and SAID_OF_THE_MEMBER & set(self.changed_data):
            self._bind(cleaned["seat"])
        return cleaned

    def _bind(self, seat: Seat) -> None:
        """It holds as long as this member sits there."""
        term = seat.term_on(lookup_day())
        if term is None:
            self.add_error("seat", "Nobody sits there today: enter it when somebody does.")
        else:
            self.instance.member, self.instance.trouble = term.member, ""
