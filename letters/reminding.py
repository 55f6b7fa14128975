"""One reminder, and never a second, of the offices that still need their supporter."""

from datetime import timedelta

from django.conf import settings
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from letters.models import Delivery, Letter, Notice

AFTER = timedelta(days=3)


def order_reminders() -> int:
    """For every letter that has lain with its supporter for some days; returns how many.

    Not after the campaign's end, nor where they said that they could not, or asked by hand.
    """
    now = timezone.now()
    open_for_days = Delivery.objects.open_hand_offs().filter(changed_at__lte=now - AFTER)
    letters = Letter.objects.bound_for_here().filter(
        Q(signatory__campaign__closes_at=None) | Q(signatory__campaign__closes_at__gt=now),
        Exists(open_for_days.filter(letter=OuterRef("pk"))),
        ~Exists(Notice.objects.filter(letter=OuterRef("pk"), kind=Notice.Kind.REMINDER)),
        signatory__campaign__state=settings.DELIVERY_MODE,
        signatory__erasure_asked_at=None,
        text_erased_at=None,
    )
    ordered = Notice.objects.bulk_create(
        [Notice(letter=letter, kind=Notice.Kind.REMINDER) for letter in letters],
        # Another worker may do the same.
        ignore_conflicts=True,
    )
    return len(ordered)
