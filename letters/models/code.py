"""Six digits by mail: what only the owner of the mailbox knows."""

from django.db import models
from django.utils import timezone

from letters.models.letter import Letter


class CodeQuerySet(models.QuerySet):
    def usable(self) -> "CodeQuerySet":
        return self.filter(used_at=None, expires_at__gt=timezone.now(), tries_left__gt=0)


class Code(models.Model):
    """A keyed hash of the digits; 30 minutes, five tries."""

    class Purpose(models.TextChoices):
        CONFIRM = "confirm", "confirm the letter"
        RECEIPT = "receipt", "open the receipt"

    letter = models.ForeignKey(Letter, models.CASCADE, related_name="codes")
    purpose = models.CharField(max_length=7, choices=Purpose)
    digest = models.CharField(max_length=64)
    expires_at = models.DateTimeField()
    tries_left = models.PositiveSmallIntegerField(default=5)
    used_at = models.DateTimeField(null=True)

    objects = CodeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["letter", "purpose"], name="the_newest_code_is_the_only_one"
            )
        ]

    def __str__(self) -> str:
        return f"code to {self.get_purpose_display()} {self.letter_id}"
