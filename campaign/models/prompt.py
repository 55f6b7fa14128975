"""Sentences that help a supporter to begin: read in their language, written in English."""

import re

from django.db import models

from campaign.languages import said
from campaign.models.campaign import Campaign

# What a supporter fills in themselves.
BLANK = re.compile(r"_{3,}")


class Prompt(models.Model):
    """One sentence: `sentence` goes into the own words, a label says what it is and means."""

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="prompts")
    position = models.PositiveSmallIntegerField(default=1)
    key = models.SlugField(max_length=40)
    sentence = models.CharField(
        max_length=300, help_text="In English, as offices read it; ___ is a blank to fill in."
    )
    label_en = models.CharField("label", max_length=300, help_text="What it is about.")
    label_be = models.CharField(
        "label in Belarusian", max_length=300, blank=True, help_text="The sentence, with its ___."
    )
    label_ru = models.CharField(
        "label in Russian", max_length=300, blank=True, help_text="The sentence, with its ___."
    )

    class Meta:
        ordering = ["position", "key"]
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "key"], name="a_prompt_is_offered_once_in_a_campaign"
            )
        ]

    def __str__(self) -> str:
        return self.label_en

    @property
    def said_label(self) -> str:
        """In the page's language; in English where there is none."""
        return said(self, "label") or self.label_en
