"""What arrived at the rehearsal Congress, and how its gateways answer."""

from uuid import uuid4

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone

from campaign.encryption import SealedField


class Receiver(models.TextChoices):
    """The stand-ins. Those of the gateways bear the names of the channels that call them."""

    HOUSE = "house_cwc", "House gateway"
    SENATE = "senate_cwc", "Senate gateway"
    SENATE_TEST = "senate_test", "Senate gateway, testing"
    EMAIL = "email", "offices' mailboxes"
    FORM = "webform", "offices' contact forms"


class Arrival(models.Model):
    """One call at a stand-in gateway, mailbox or form, accepted or refused, as its answer says."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    receiver = models.CharField(max_length=20, choices=Receiver)
    office = models.CharField(max_length=120, blank=True)
    delivery_key = models.CharField(max_length=64, blank=True, db_index=True)
    status = models.PositiveSmallIntegerField()
    at = models.DateTimeField(default=timezone.now)
    body = SealedField()

    class Meta:
        ordering = ["-at"]
        indexes = [models.Index(fields=["receiver", "at"], name="what_came_lately")]
        constraints = [
            # The Senate answers 409 to a DeliveryId that it has taken before.
            models.UniqueConstraint(
                fields=["delivery_key"],
                condition=Q(receiver="senate_cwc", status=201),
                name="the_rehearsal_senate_takes_a_delivery_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.receiver} {self.office}: {self.status}"


class Mood(models.Model):
    """How a stand-in answers until an organizer changes it. No row: normally."""

    class Kind(models.TextChoices):
        NORMAL = "normal", "answers normally"
        MAINTENANCE = "maintenance", "closed for maintenance (503)"
        TOO_FAST = "too_fast", "finds every call too fast (429)"
        KEY_REFUSED = "key_refused", "refuses every key (401)"
        FORM_CHANGED = "form_changed", "has changed: a required field has another name"

    receiver = models.CharField(
        max_length=20,
        primary_key=True,
        choices=[choice for choice in Receiver.choices if choice[0] != Receiver.EMAIL],
    )
    kind = models.CharField("how it answers", max_length=12, choices=Kind, default=Kind.NORMAL)

    def __str__(self) -> str:
        return f"{self.get_receiver_display()} {self.get_kind_display()}"

    def clean(self) -> None:
        """Forms know no key, and gateways have no fields."""
        is_form = self.receiver == Receiver.FORM
        if self.kind == (self.Kind.KEY_REFUSED if is_form else self.Kind.FORM_CHANGED):
            raise ValidationError({"kind": "That cannot happen there."})
