"""What organizers may not enter, said beside the field."""

from datetime import date
from zoneinfo import available_timezones

from django import forms
from django.core.exceptions import ValidationError

from campaign.models import Campaign, Fact, Prisoner


class CampaignForm(forms.ModelForm):
    class Meta:
        model = Campaign
        exclude = ["state", "organizations"]  # noqa: DJ006  the state changes by actions only

    def clean_timezone(self) -> str:
        name = self.cleaned_data["timezone"]
        if name not in available_timezones():
            raise ValidationError("Write it as in “America/New_York”.")
        return name

    def clean_closes_at(self):
        closes_at = self.cleaned_data["closes_at"]
        if closes_at is None and self.instance.state == Campaign.State.LIVE:
            raise ValidationError("A live campaign has a closing date.")
        return closes_at


class FactForm(forms.ModelForm):
    """A review is of the value as it stands: another value is to be reviewed again."""

    class Meta:
        model = Fact
        fields = ["key", "value", "rule", "as_of", "source", "expires_at"]

    def clean(self) -> dict:
        cleaned = super().clean()
        if cleaned.get("rule") == Fact.Rule.DAYS_SINCE and not _is_day(cleaned.get("value", "")):
            self.add_error("value", "To count days, write the first day as YYYY-MM-DD.")
        _review_again(self, if_changed={"value", "rule"})
        return cleaned


class PrisonerForm(forms.ModelForm):
    """A review is of the story as it stands: another story is to be reviewed again."""

    class Meta:
        model = Prisoner
        fields = ["name", "story", "story_be", "story_ru", "source", "as_of", "expires_at"]
        fields += ["may_be_named", "released"]

    def clean(self) -> dict:
        _review_again(self, if_changed={"name", "story"})
        return super().clean()


def _review_again(form: forms.ModelForm, *, if_changed: set[str]) -> None:
    if if_changed & set(form.changed_data):
        form.instance.reviewed_at, form.instance.reviewed_by = None, ""


def _is_day(value: str) -> bool:
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return True


class EmailSearchForm(forms.Form):
    email = forms.EmailField(label="The exact e-mail address")
