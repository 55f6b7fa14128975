"""Members' contact forms: the last good recipe of each, and whether letters may go by it."""

from django.db import models
from django.utils import timezone

from representatives.models import Member


class ContactForm(models.Model):
    """One member's form. How it does since `changed_at` is told by the attempts over it."""

    member = models.OneToOneField(
        Member, models.CASCADE, primary_key=True, related_name="contact_form"
    )
    # The last good one, as `Recipe.as_json` writes it; empty where there never was any.
    recipe = models.JSONField(null=True)
    # Of the public data set, or a hash of the files where that is not known.
    revision = models.CharField(max_length=80, blank=True)
    # Since when this recipe holds.
    changed_at = models.DateTimeField(default=timezone.now)
    # Why the newest file was not taken; empty where it was.
    quarantine = models.TextField(blank=True)
    # Live, a person switches it on.
    opened_at = models.DateTimeField(null=True, blank=True)
    opened_by = models.CharField(max_length=150, blank=True)
    # What the last look at the live page has shown: its character set, and what no longer fits.
    looked_at = models.DateTimeField(null=True, blank=True)
    charset = models.CharField(max_length=30, blank=True)
    trouble = models.TextField(blank=True)

    def __str__(self) -> str:
        return f"contact form of {self.member_id}"
