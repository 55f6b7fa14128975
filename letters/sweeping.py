"""What a clock that was wrong for a while has put too far away comes near again."""

import logging
from datetime import timedelta

from django.utils import timezone

from letters.models import Delivery, Notice
from letters.states import Reason, State

log = logging.getLogger(__name__)

# Nothing that is tried again, and no mail, is ever put off for longer.
FARTHEST = timedelta(days=1)
# These wait for a moment that somebody has chosen.
WAIT_FOR_A_DAY = [Reason.ON_THE_DAY]


def bring_near() -> int:
    """Makes due what waits beyond any pause of ours; returns how many rows."""
    now = timezone.now()
    deliveries = Delivery.objects.filter(state=State.WAITING, due_at__gt=now + FARTHEST)
    moved = deliveries.exclude(reason__in=WAIT_FOR_A_DAY).update(due_at=now)
    notices = Notice.objects.filter(mailed_at=None, gave_up_at=None)
    moved += notices.filter(due_at__gt=now + FARTHEST).update(due_at=now)
    moved += notices.filter(lease_until__gt=now + FARTHEST).update(lease_until=None)
    if moved:
        log.warning("%d rows waited beyond any pause of ours: was the clock put back?", moved)
    return moved
