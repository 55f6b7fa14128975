"""Campaigns: from draft over rehearsal and live to closed and purged."""

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import models
from django.db.models import Q, prefetch_related_objects
from django.utils import timezone
from django.utils.functional import cached_property

from campaign.languages import said
from campaign.models.organization import Organization
from representatives.congress import lookup_day

if TYPE_CHECKING:
    from campaign.models.appeal import Appeal

ACCOUNT = "What the English letter says, in a few sentences: people must know what they sign."


class Mode(models.TextChoices):
    """Where a letter is bound for, fixed when it is written."""

    REHEARSAL = "rehearsal", "rehearsal"
    LIVE = "live", "live"


class CampaignQuerySet(models.QuerySet):
    def public(self) -> "CampaignQuerySet":
        """Those that a passer-by may see, open or over."""
        seen = [Campaign.State.LIVE, Campaign.State.CLOSED]
        if not settings.LIVE:
            seen.append(Campaign.State.REHEARSAL)
        return self.filter(state__in=seen)


class Campaign(models.Model):
    """What is asked, of whom, by which organizations, until when."""

    class State(models.TextChoices):
        DRAFT = "draft", "draft"
        REHEARSAL = "rehearsal", "rehearsal"
        LIVE = "live", "live"
        CLOSED = "closed", "closed"
        PURGED = "purged", "purged"

    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=120)
    ask = models.TextField(help_text="What the letter asks for, in two sentences.")
    safety = models.TextField(help_text="“Is it safe for me and my family?”: the honest answer.")
    # The same for those who read another language; empty: they read it in English.
    name_be = models.CharField("name (Belarusian)", max_length=120, blank=True)
    name_ru = models.CharField("name (Russian)", max_length=120, blank=True)
    ask_be = models.TextField("ask (Belarusian)", blank=True)
    ask_ru = models.TextField("ask (Russian)", blank=True)
    safety_be = models.TextField("safety (Belarusian)", blank=True)
    safety_ru = models.TextField("safety (Russian)", blank=True)
    account_be = models.TextField("the letter in short (Belarusian)", blank=True, help_text=ACCOUNT)
    account_ru = models.TextField("the letter in short (Russian)", blank=True, help_text=ACCOUNT)
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    timezone = models.CharField(max_length=40, default="America/New_York")
    delivery_at = models.DateTimeField(
        null=True, blank=True, help_text="Hold every letter until this hour; empty: send at once."
    )
    closes_at = models.DateTimeField(null=True, blank=True)
    identity_days = models.PositiveSmallIntegerField(
        default=90, help_text="Days after the end until names and addresses are erased."
    )
    responsible = models.ForeignKey(
        Organization, models.PROTECT, related_name="+", help_text="Answers for people's data."
    )
    contact_email = models.EmailField()
    organizations = models.ManyToManyField(
        Organization, through="Participation", related_name="campaigns"
    )

    objects = CampaignQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="live") | Q(closes_at__isnull=False),
                name="a_live_campaign_has_a_closing_date",
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def said_name(self) -> str:
        """In the language of who reads it, as the three below; `name` is the organizers' own."""
        return said(self, "name")

    @property
    def said_ask(self) -> str:
        return said(self, "ask")

    @property
    def said_safety(self) -> str:
        return said(self, "safety")

    @property
    def said_account(self) -> str:
        """What the English letter says, in short; empty for those who read English."""
        return said(self, "account")

    @property
    def is_over(self) -> bool:
        ended = self.state in {self.State.CLOSED, self.State.PURGED}
        return ended or (self.closes_at is not None and self.closes_at <= timezone.now())

    @property
    def sends_at(self) -> datetime:
        """When a letter confirmed now leaves: on the campaign's day, or at once. Rehearsals
        never wait."""
        now = timezone.now()
        return max(now, self.delivery_at) if settings.LIVE and self.delivery_at else now

    @property
    def today(self) -> date:
        """The day where the campaign is at home; in a rehearsal, the rehearsal's own."""
        if not settings.LIVE:
            return lookup_day()
        return timezone.localdate(timezone=ZoneInfo(self.timezone))

    @property
    def sending_day(self) -> date:
        """The day on which a letter that a channel sends by itself leaves, if confirmed now."""
        if not settings.LIVE:
            return self.today
        return timezone.localdate(self.sends_at, ZoneInfo(self.timezone))

    @property
    def coming_day(self) -> date | None:
        """The day on which the letters leave, where the campaign is at home, until it is over."""
        home = ZoneInfo(self.timezone)
        day = self.delivery_at and timezone.localdate(self.delivery_at, home)
        return day if day and day >= timezone.localdate(timezone=home) else None

    @property
    def identities_end_at(self):
        """When names and addresses are erased; None as long as no closing date is set."""
        return self.closes_at and self.closes_at + timedelta(days=self.identity_days)

    @cached_property
    def current_appeal(self) -> "Appeal | None":
        """The newest version that can be shown; in a live campaign rather one that is reviewed.

        Where none is, letters are still written, and held until somebody has reviewed its facts.
        Read once, with its facts: a row that is read anew sees what has changed since.
        """
        versions = self.appeals.order_by("-version").prefetch_related("facts")
        complete = [appeal for appeal in versions if not appeal.missing_facts]
        reviewed = [appeal for appeal in complete if appeal.is_reviewed]
        if self.state == self.State.LIVE and reviewed:
            return reviewed[0]
        return complete[0] if complete else None

    @property
    def takes_letters(self) -> bool:
        """Only where the campaign and the installation agree: both live, or both rehearsing."""
        agree = self.state == settings.DELIVERY_MODE and not self.is_over
        return agree and self.current_appeal is not None

    @cached_property
    def signing_organizations(self) -> list[Organization]:
        """Those whose names close the appeal, in their order."""
        # Asks nothing where a caller with many letters has prefetched them.
        prefetch_related_objects([self], "participations__organization")
        return [row.organization for row in self.participations.all() if row.signs]


class Participation(models.Model):
    """An organization in a campaign: its place in the list, and whether it signs the appeal."""

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="participations")
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="participations")
    position = models.PositiveSmallIntegerField(default=1)
    signs = models.BooleanField("signs the appeal", default=True)

    class Meta:
        ordering = ["position", "organization__name"]
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "organization"],
                name="an_organization_takes_part_once_in_a_campaign",
            )
        ]

    def __str__(self) -> str:
        return f"{self.organization} in {self.campaign}"
