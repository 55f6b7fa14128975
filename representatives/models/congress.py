"""The Congresses, by number."""

from django.db import models
from django.db.models import F, Q


class Congress(models.Model):
    """One Congress: half-open in time, from noon US Eastern on a January 3 to the next."""

    number = models.PositiveSmallIntegerField(primary_key=True)
    starts = models.DateTimeField()
    ends = models.DateTimeField()

    class Meta:
        verbose_name_plural = "congresses"
        constraints = [
            models.CheckConstraint(
                condition=Q(ends__gt=F("starts")), name="a_congress_ends_after_it_starts"
            )
        ]

    def __str__(self) -> str:
        return f"Congress {self.number}"
