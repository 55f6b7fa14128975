"""How an organization invites: a link with its code, and a form for its own site."""

from dataclasses import dataclass

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import override

from campaign.models import Campaign, Organization


@dataclass(frozen=True)
class Invitation:
    """What its site and its posters say in one language."""

    code: str
    language: str
    # HTML to paste into a page.
    form: str


def invitation_link(*, organization: Organization, campaign: Campaign) -> str:
    """The code is the organization's: it tells who invited, and nothing of who comes."""
    page = reverse("campaign", args=[campaign.slug])
    return f"{settings.SITE_URL}{page}?from={organization.slug}"


def invitations(*, organization: Organization, campaign: Campaign) -> list[Invitation]:
    """One in each language of the site."""
    return [
        Invitation(
            code=code,
            language=name,
            form=_form(organization=organization, campaign=campaign, language=code),
        )
        for code, name in settings.LANGUAGES
    ]


def _form(*, organization: Organization, campaign: Campaign, language: str) -> str:
    target = reverse("invited", args=[campaign.slug, organization.slug])
    context = {
        "language": language,
        "campaign": campaign,
        "target": f"{settings.SITE_URL}{target}",
        "privacy": f"{settings.SITE_URL}{reverse('privacy', args=[campaign.slug])}",
        "site_name": settings.SITE_NAME,
    }
    with override(language):
        return render_to_string("campaign/_form_to_paste.html", context).strip()
