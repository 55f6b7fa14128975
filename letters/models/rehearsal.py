"""What arrived at the rehearsal Congress."""

from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils import timezone

from campaign.encryption import SealedField


class Arrival(models.Model):
    """One call at a stand-in gateway or mailbox, accepted or refused, as its answer says."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    receiver = models.CharField(max_length=20)
    office = models.CharField(max_length=120, blank=True)
    delivery_key = models.CharField(max_length=64, blank=True, db_index=True)
    status = models.PositiveSmallIntegerField()
    at = models.DateTimeField(default=timezone.now)
    body = SealedField()

    class Meta:
        ordering = ["-at"]
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
