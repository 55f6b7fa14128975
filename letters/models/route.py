"""How an office is reached: what organizers keep per seat, and what we keep per gateway."""

from datetime import timedelta

from django.db import models
from django.utils import timezone

from representatives.models import Seat

OFFICES_GOOD_FOR = timedelta(hours=24)


class Route(models.Model):
    """What organizers know of one way to one seat. A roster sync never touches it."""

    class Way(models.TextChoices):
        EMAIL = "email", "e-mail to the office"
        FORM = "form", "official contact form"

    seat = models.ForeignKey(Seat, models.CASCADE, related_name="routes")
    way = models.CharField(max_length=5, choices=Way)
    email = models.EmailField(blank=True, help_text="The address that the office agreed to.")
    agreed_by = models.CharField(
        max_length=200, blank=True, help_text="Who in the office agreed to it, and when."
    )
    form_url = models.URLField(blank=True)
    checked_by = models.CharField(max_length=150, blank=True)
    checked_at = models.DateField(null=True, blank=True)
    text_limit = models.PositiveIntegerField(null=True, blank=True, help_text="characters")
    asks_zip4 = models.BooleanField("asks for ZIP+4", default=False)
    paused_until = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["seat", "way"], name="a_way_to_a_seat_is_kept_once")
        ]

    def __str__(self) -> str:
        return f"{self.seat_id} by {self.get_way_display()}"


class Destination(models.Model):
    """One gateway: which offices take part, and until when it rests."""

    name = models.CharField(max_length=20, primary_key=True)
    # Seat codes as our own; never empty once known: an empty answer is a failure, not a list.
    offices = models.JSONField(default=list)
    offices_at = models.DateTimeField(null=True)
    paused_until = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.name

    @property
    def offices_are_old(self) -> bool:
        return self.offices_at is None or self.offices_at < timezone.now() - OFFICES_GOOD_FOR
