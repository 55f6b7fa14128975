"""The letter that a campaign suggests, and the facts and people that it states."""

import re
from datetime import date
from typing import Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone

from campaign.languages import said
from campaign.models.campaign import Campaign

MEANING = "The script's sentences one by one, in the same lines: shown beside the English."
STORY = "What the story says: shown beside the English, goes into no letter."
PLACEHOLDER = re.compile(r"\{(\w+)\}")
# The Library of Congress's topics that both gateways take, CWC 2.0.
TOPICS = (
    """
Agriculture and Food|Animals|Armed Forces and National Security|Arts, Culture, Religion
Civil Rights and Liberties, Minority Issues|Commerce|Congress|Crime and Law Enforcement
Economics and Public Finance|Education|Emergency Management|Energy|Environmental Protection
Families|Finance and Financial Sector|Foreign Trade and International Finance
Government Operations and Politics|Health|Housing and Community Development|Immigration
International Affairs|Labor and Employment|Law|Native Americans
Public Lands and Natural Resources|Science, Technology, Communications
Social Sciences and History|Social Welfare|Sports and Recreation|Taxation
Transportation and Public Works|Water Resources Development
""".strip()
    .replace("\n", "|")
    .split("|")
)


def sentences(text: str) -> list[str]:
    """A sentence a line; empty lines are none."""
    return [line.strip() for line in text.splitlines() if line.strip()]


class Appeal(models.Model):
    """One version of the text. A text that a letter has used is never changed, only followed."""

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="appeals")
    version = models.PositiveSmallIntegerField(default=1)
    subject = models.CharField(max_length=500)
    opening = models.TextField(help_text="In the first person: “I am your constituent …”")
    statement = models.TextField(
        help_text="The organizations' text. {prisoners} stands for the fact with that key."
    )
    short_statement = models.TextField(
        blank=True, help_text="For forms that cap the message; may name facts too."
    )
    # For a call after the letter: said by phone, so never filled into a letter, nor frozen with it.
    call_script = models.TextField(
        blank=True,
        help_text="What to ask for on the phone, in English, a sentence a line; {day} stands for "
        "that fact. Nothing is shown while it is empty, or a fact that it names is missing, not "
        "reviewed or expired.",
    )
    call_meaning_be = models.TextField("what it means (Belarusian)", blank=True, help_text=MEANING)
    call_meaning_ru = models.TextField("what it means (Russian)", blank=True, help_text=MEANING)
    topic = models.CharField(
        max_length=80,
        default="International Affairs",
        choices=[(topic, topic) for topic in TOPICS],
    )

    class Meta:
        ordering = ["campaign", "version"]
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "version"], name="an_appeal_version_exists_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.campaign}, version {self.version}"

    def clean(self) -> None:
        """Each sentence stands beside what it means."""
        super().clean()
        for name in ("call_meaning_be", "call_meaning_ru"):
            meaning = sentences(getattr(self, name))
            if meaning and len(meaning) != len(sentences(self.call_script)):
                raise ValidationError({name: "Write as many lines as the script has sentences."})

    @property
    def missing_facts(self) -> set[str]:
        """Keys that the texts name and no fact has: such a version cannot be shown to anybody."""
        texts = self.subject + self.opening + self.statement + self.short_statement
        return set(PLACEHOLDER.findall(texts)) - {fact.key for fact in self.facts.all()}

    @property
    def said_call_meaning(self) -> str:
        """In the language of who calls; empty for those who read English."""
        return said(self, "call_meaning")

    @property
    def is_reviewed(self) -> bool:
        """A person has checked every one of its facts."""
        return all(fact.reviewed_at for fact in self.facts.all())

    @property
    def facts_as_of(self) -> date | None:
        """The oldest day of which all the figures are true."""
        return min((fact.as_of for fact in self.facts.all()), default=None)


class ReviewedQuerySet(models.QuerySet):
    """What a person checks against its source, and which is good until a day."""

    def to_be_reviewed(self) -> Self:
        return self.filter(reviewed_at=None)

    def expired(self, on: date) -> Self:
        return self.filter(expires_at__lte=on)


class Fact(models.Model):
    """A figure, an age, a name in custody or a year, with its source, its day and its expiry."""

    class Rule(models.TextChoices):
        AS_WRITTEN = "as_written", "as written"
        DAYS_SINCE = "days_since", "days since the day in the value (YYYY-MM-DD)"

    appeal = models.ForeignKey(Appeal, models.CASCADE, related_name="facts")
    key = models.SlugField(max_length=40)
    value = models.CharField(max_length=120)
    rule = models.CharField(max_length=12, choices=Rule, default=Rule.AS_WRITTEN)
    as_of = models.DateField()
    source = models.CharField(max_length=300)
    reviewed_at = models.DateTimeField(null=True, blank=True)
    reviewed_by = models.CharField(max_length=150, blank=True)
    expires_at = models.DateField(null=True, blank=True)

    objects = ReviewedQuerySet.as_manager()

    class Meta:
        ordering = ["appeal", "key"]
        constraints = [
            models.UniqueConstraint(fields=["appeal", "key"], name="a_fact_is_stated_once")
        ]

    def __str__(self) -> str:
        return f"{self.key}: {self.value}"

    def words(self, on: date) -> str:
        """What a letter sent on that day says."""
        if self.rule == self.Rule.DAYS_SINCE:
            return f"{(on - date.fromisoformat(self.value)).days:,}"
        return self.value

    def is_expired(self, on: date) -> bool:
        return self.expires_at is not None and self.expires_at <= on


class PrisonerQuerySet(ReviewedQuerySet):
    def meant_to_be_named(self) -> Self:
        """Whatever was reviewed, or has expired since."""
        return self.filter(may_be_named=True, released=False)

    def nameable(self) -> Self:
        """Those whose story a letter may carry today: to Congress, only a reviewed one."""
        known = self.meant_to_be_named().exclude(expires_at__lte=timezone.localdate())
        return known.exclude(reviewed_at=None) if settings.LIVE else known

    def to_be_reviewed(self) -> Self:
        return super().to_be_reviewed().meant_to_be_named()


class Prisoner(models.Model):
    """One person's story, which a letter may carry if they may be named."""

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="prisoners")
    name = models.CharField(max_length=120)
    story = models.TextField(max_length=1000, help_text="One paragraph, in English.")
    story_be = models.TextField("what the story says (Belarusian)", blank=True, help_text=STORY)
    story_ru = models.TextField("what the story says (Russian)", blank=True, help_text=STORY)
    source = models.CharField(max_length=300)
    as_of = models.DateField()
    reviewed_at = models.DateTimeField(null=True, blank=True)
    reviewed_by = models.CharField(max_length=150, blank=True)
    expires_at = models.DateField(null=True, blank=True)
    may_be_named = models.BooleanField(default=False)
    released = models.BooleanField(default=False)

    objects = PrisonerQuerySet.as_manager()

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def said_story(self) -> str:
        """In the language of who signs; empty for those who read English."""
        words = said(self, "story")
        return "" if words == self.story else words

    def may_be_named_on(self, day: date) -> bool:
        """In a letter to Congress."""
        return (
            self.may_be_named
            and not self.released
            and self.reviewed_at is not None
            and (self.expires_at is None or self.expires_at > day)
        )
