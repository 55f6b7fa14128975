"""What people write about, who asks them to, and who signed."""

from campaign.models.appeal import Appeal, Fact, Prisoner
from campaign.models.campaign import Campaign, Mode, Participation
from campaign.models.organization import ConsentText, ExportLog, Organization
from campaign.models.prompt import Prompt
from campaign.models.signatory import Consent, Identity, Signatory, Visibility

__all__ = [
    "Appeal",
    "Campaign",
    "Consent",
    "ConsentText",
    "ExportLog",
    "Fact",
    "Identity",
    "Mode",
    "Organization",
    "Participation",
    "Prisoner",
    "Prompt",
    "Signatory",
    "Visibility",
]
