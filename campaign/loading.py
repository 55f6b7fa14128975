"""A campaign from its files into the database: texts, facts, prompts, prisoners. Data, not code."""

import json
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import transaction

from campaign.models import (
    Appeal,
    Campaign,
    ConsentText,
    Fact,
    Organization,
    Participation,
    Prisoner,
    Prompt,
)

FOLDER = Path(__file__).parent / "data"


def load_campaign(slug: str) -> tuple[Campaign, bool]:
    """The campaign of that folder, and whether it was new: what organizers edited is never undone.

    On a rehearsing installation it begins rehearsing at once; on a live one it is a draft.
    """
    known = Campaign.objects.filter(slug=slug).first()
    if known:
        return known, False
    folder = FOLDER / slug
    data = json.loads((folder / "campaign.json").read_text(encoding="utf-8"))
    statement = (folder / "statement.txt").read_text(encoding="utf-8").strip()
    with transaction.atomic():
        return _write(data, statement), True


def _write(data: dict, statement: str) -> Campaign:
    organizations = [_organization(entry) for entry in data["organizations"]]
    campaign = Campaign.objects.create(
        slug=data["slug"],
        name=data["name"],
        ask=data["ask"],
        safety=data["safety"],
        **data["in_other_languages"],
        state=Campaign.State.DRAFT if settings.LIVE else Campaign.State.REHEARSAL,
        timezone=data["timezone"],
        delivery_at=_moment(data["delivery_at"]),
        closes_at=_moment(data["closes_at"]),
        contact_email=data["contact_email"],
        responsible=next(org for org in organizations if org.slug == data["responsible"]),
    )
    for position, organization in enumerate(organizations, start=1):
        Participation.objects.create(
            campaign=campaign, organization=organization, position=position
        )
    _appeal(campaign, data["appeal"], statement)
    Prompt.objects.bulk_create(
        Prompt(campaign=campaign, position=position, **entry)
        for position, entry in enumerate(data["prompts"], start=1)
    )
    Prisoner.objects.bulk_create(
        Prisoner(campaign=campaign, **entry) for entry in data["prisoners"]
    )
    return campaign


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def _organization(entry: dict) -> Organization:
    organization, _ = Organization.objects.get_or_create(
        slug=entry["slug"], defaults={"name": entry["name"], "about": entry["about"]}
    )
    ConsentText.objects.get_or_create(
        organization=organization, version=1, defaults=entry["consent"]
    )
    return organization


def _appeal(campaign: Campaign, entry: dict, statement: str) -> None:
    facts = entry.pop("facts")
    appeal = Appeal.objects.create(campaign=campaign, statement=statement, **entry)
    Fact.objects.bulk_create(Fact(appeal=appeal, **fact) for fact in facts)
