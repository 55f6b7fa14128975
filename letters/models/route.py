"""How an office is reached: what organizers keep per seat, and what we keep per gateway."""

from datetime import date, datetime, timedelta

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from representatives.models import Member, Seat, Term

OFFICES_GOOD_FOR = timedelta(hours=24)


class DestinationQuerySet(models.QuerySet):
    def locked(self, name: str) -> "Destination":
        """Its row, made where it is missing, ours until the transaction ends."""
        self.get_or_create(name=name)
        return self.select_for_update().get(name=name)


class RouteQuerySet(models.QuerySet):
    def of_who_sits(self, on: date) -> "RouteQuerySet":
        """Those that hold on a day: what a former member had says nothing of the next one."""
        sits = Term.objects.sitting(on).filter(seat=OuterRef("seat"), member=OuterRef("member"))
        return self.filter(Q(member=None) | Exists(sits))


class Route(models.Model):
    """What organizers know of one way to a seat's member. A roster sync never touches it."""

    class Way(models.TextChoices):
        EMAIL = "email", "e-mail to the office"
        FORM = "form", "official contact form"

    seat = models.ForeignKey(Seat, models.CASCADE, related_name="routes")
    way = models.CharField(max_length=5, choices=Way)
    # Who sat there when it was entered, and whose it is; empty: nobody sat there.
    member = models.ForeignKey(
        Member, models.PROTECT, null=True, editable=False, related_name="routes"
    )
    email = models.EmailField(blank=True, help_text="The address that the office agreed to.")
    agreed_by = models.CharField(
        max_length=200, blank=True, help_text="Who in the office agreed to it, and when."
    )
    form_url = models.URLField(blank=True)
    checked_by = models.CharField(max_length=150, blank=True)
    checked_at = models.DateField(null=True, blank=True)
    # What the last check of the address found; empty: it is as it should be.
    trouble = models.CharField(max_length=200, blank=True, editable=False)
    text_limit = models.PositiveIntegerField(null=True, blank=True, help_text="characters")
    asks_zip4 = models.BooleanField("asks for ZIP+4", default=False)
    paused_until = models.DateTimeField(null=True, blank=True)

    objects = RouteQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["seat", "way"], name="a_way_to_a_seat_is_kept_once")
        ]

    def __str__(self) -> str:
        return f"{self.seat_id} by {self.get_way_display()}"


class Destination(models.Model):
    """One gateway or host, or one office's mailbox: what all workers must agree on about it."""

    name = models.CharField(max_length=120, primary_key=True)
    # Seat codes as our own; never empty once known: an empty answer is a failure, not a list.
    offices = models.JSONField(default=list)
    offices_at = models.DateTimeField(null=True)
    # A person's: until then its letters take another way.
    paused_until = models.DateTimeField(null=True, blank=True)
    # Our own: until then its letters wait, because it asked for it or answered too badly.
    rests_until = models.DateTimeField(null=True)
    # Without an answer in between; as long as there are any, a letter at a time is tried.
    failures = models.PositiveIntegerField(default=0)
    # In the hands of one worker, where only a letter at a time is sent.
    taken_until = models.DateTimeField(null=True)
    # When the next letter may leave.
    turn_at = models.DateTimeField(null=True)

    objects = DestinationQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name

    @property
    def offices_are_old(self) -> bool:
        return self.offices_at is None or self.offices_at < timezone.now() - OFFICES_GOOD_FOR

    def paused_until_later(self, now: datetime) -> datetime | None:
        """The end of an organizer's pause; None where there is none, or it is over."""
        return self.paused_until if self.paused_until and self.paused_until > now else None
