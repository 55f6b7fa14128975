"""What organizations and organizers fill in."""

from django import forms

from campaign.models import ExportLog


class PurposeForm(forms.ModelForm):
    """Nothing leaves without saying what for."""

    class Meta:
        model = ExportLog
        fields = ["purpose"]
        labels = {"purpose": "What do you need the list for?"}
        help_texts = {"purpose": "It is kept in the export log, with your login and the time."}
        error_messages = {"purpose": {"required": "Say what you need the list for."}}
