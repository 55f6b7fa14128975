"""What a clock that was wrong for a while has put too far away comes near again."""

import logging
from datetime import timedelta

from django.conf import settings
from django.db.models import Q
from django.utils import timezone

from letters import open_seats
from letters.models import Delivery, Notice, OpenSeat
from letters.states import Reason, State

log = logging.getLogger(__name__)

# No letter that is tried again, and no mail, is ever put off for longer.
FARTHEST = timedelta(days=1)


def bring_near() -> int:
    """Makes due what waits beyond any pause of ours; returns how many rows."""
    now = timezone.now()
    far = Q(due_at__gt=now + FARTHEST) & ~Q(reason=Reason.PACED)
    # A long queue to one office may last for days.
    far |= Q(due_at__gt=now + settings.GIVE_UP_AFTER, reason=Reason.PACED)
    deliveries = Delivery.objects.filter(far, state=State.WAITING)
    moved = deliveries.exclude(reason=Reason.ON_THE_DAY).update(due_at=now, reason=Reason.NONE)
    notices = Notice.objects.unsettled()
    moved += notices.filter(due_at__gt=now + FARTHEST).update(due_at=now)
    moved += notices.filter(lease_until__gt=now + FARTHEST).update(lease_until=None)
    seats = OpenSeat.objects.unsettled()
    moved += seats.filter(due_at__gt=now + open_seats.LONGEST_PAUSE).update(due_at=now)
    moved += seats.filter(lease_until__gt=now + FARTHEST).update(lease_until=None)
    if moved:
        log.warning("%d rows waited beyond any pause of ours: was the clock put back?", moved)
    return moved
