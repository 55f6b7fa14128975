"""The campaign's part of the organizers' desk."""

from campaign.admin.appeals import AppealAdmin, FactAdmin, PrisonerAdmin
from campaign.admin.campaigns import CampaignAdmin
from campaign.admin.organizations import ExportLogAdmin, OrganizationAdmin
from campaign.admin.signatories import SignatoryAdmin

__all__ = [
    "AppealAdmin",
    "CampaignAdmin",
    "ExportLogAdmin",
    "FactAdmin",
    "OrganizationAdmin",
    "PrisonerAdmin",
    "SignatoryAdmin",
]
