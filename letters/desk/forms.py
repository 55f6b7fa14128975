"""What the desk asks organizers for."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from letters.models import Route


class HandOverForm(forms.Form):
    """A letter given to the office by hand: when, by whom."""

    on = forms.DateField(label="Day", help_text="YYYY-MM-DD")
    by_whom = forms.CharField(label="By whom", max_length=80, help_text="A name or initials.")

    def clean_on(self):
        day = self.cleaned_data["on"]
        if day > timezone.localdate():
            raise ValidationError("This day is still to come.")
        return day


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
        return cleaned
