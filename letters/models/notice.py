"""Mails to supporters are rows too: written with what they tell, mailed by the same sweeper."""

import re
from datetime import timedelta
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from letters.models.letter import Letter

SECOND_CLICK = timedelta(seconds=10)
MESSAGE_ID = re.compile(r"<([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.[0-9]+@([^<>\s]+)>")
# How the occasion of a code begins that is made like any other, but leaves for no mailbox.
WITHHELD = "withheld "


class NoticeQuerySet(models.QuerySet):
    def by_message_id(self, text: str) -> "Notice | None":
        """Whose mail, of one try or another, the text names; None: no mail of this installation."""
        named = (each[1] for each in MESSAGE_ID.finditer(text) if each[2] == settings.SITE_HOST)
        return self.filter(id__in=list(named)).first()

    def bound_for_here(self) -> "NoticeQuerySet":
        """Of rehearsal letters on a rehearsing installation, of live ones on a live one."""
        return self.filter(letter__destination=settings.DELIVERY_MODE)

    def unsettled(self) -> "NoticeQuerySet":
        """Neither mailed nor given up, and not refused by the mail server of the address."""
        return self.filter(mailed_at=None, gave_up_at=None, refused_at=None)

    def due(self) -> "NoticeQuerySet":
        """To be mailed now and in nobody's hands."""
        now = timezone.now()
        return (
            self.bound_for_here()
            .unsettled()
            .filter(due_at__lte=now)
            .filter(Q(lease_until=None) | Q(lease_until__lt=now))
            .order_by("due_at")
        )

    def just_ordered(self) -> "NoticeQuerySet":
        """Within the seconds in which somebody clicks twice."""
        return self.filter(ordered_at__gt=timezone.now() - SECOND_CLICK)


class Notice(models.Model):
    class Kind(models.TextChoices):
        CODE = "code", "the code that confirms the letter"
        RECEIPT_CODE = "receipt_code", "the code that opens the receipt"
        RECEIPT = "receipt", "the receipt's link"
        ALREADY_WROTE = "already_wrote", "you have written before"
        COPY = "copy", "a copy of the letter"
        NEEDS_SUPPORTER = "needs_supporter", "an office needs you"
        HELD = "held", "something has changed"
        REMINDER = "reminder", "an office still needs you"
        FOUND = "found", "the seat that was left open is found"
        CHOOSE = "choose", "the seat that was left open is to be chosen"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    letter = models.ForeignKey(Letter, models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=15, choices=Kind)
    occasion = models.CharField(max_length=40, blank=True)
    ordered_at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField(default=timezone.now)
    lease_until = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    mailed_at = models.DateTimeField(null=True)
    gave_up_at = models.DateTimeField(null=True)
    # For good, by the mail server of the address: at once, or in a mail that came back.
    refused_at = models.DateTimeField(null=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["letter", "kind", "occasion"], name="an_occasion_is_told_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} for {self.letter_id}"

    @property
    def message_id(self) -> str:
        """The name of the mail, which tells no person.

        Another one for each try: some mailboxes drop what they take for a repeat, and a code that
        is mailed again has other digits.
        """
        return f"<{self.id}.{self.tries}@{settings.SITE_HOST}>"

    @property
    def is_withheld(self) -> bool:
        return self.occasion.startswith(WITHHELD)
