"""Somebody says that they did not write the letter to which their mailbox was given."""

from django.db import models
from django.utils import timezone

from campaign.models import Campaign, Mode


class Disowning(models.Model):
    """That it happened, and when. Of the letter, and of who said so, it knows nothing."""

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="disownings")
    destination = models.CharField(max_length=9, choices=Mode)
    at = models.DateTimeField(default=timezone.now)
    # Before it nothing has left.
    code_was_entered = models.BooleanField()

    class Meta:
        ordering = ["-at"]

    def __str__(self) -> str:
        return f"disowned {self.at:%Y-%m-%d %H:%M}"
