"""Which Congress sits, by the clock, and the day that lookups play on."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone

from representatives.models import StateMap

EASTERN = ZoneInfo("America/New_York")
NOON = time(12)
# Amendment XX: terms begin at noon on January 3 of each odd year. The 119th began in 2025.
FIRST_YEAR = 1787


def congress_on(day: date) -> int:
    """The number of the Congress that sits at the end of that day."""
    year = day.year if (day.month, day.day) >= (1, 3) else day.year - 1
    return (year - FIRST_YEAR) // 2


def starts_at(congress: int) -> datetime:
    """The noon at which a Congress begins, and the one before it ends."""
    return datetime.combine(date(FIRST_YEAR + 2 * congress, 1, 3), NOON, EASTERN)


def sitting_day(moment: datetime) -> date:
    """The day to look seats up for: until noon of the change, the old terms still run."""
    local = moment.astimezone(EASTERN)
    day = local.date()
    if local < starts_at(congress_on(day)):
        return day - timedelta(days=1)
    return day


def lookup_day() -> date:
    """Today; in a rehearsal its own day, at latest the last one on which every state has a map."""
    today = sitting_day(timezone.now())
    if settings.LIVE:
        return today
    mapped = StateMap.objects.last_whole_congress()
    wanted = settings.REHEARSAL_DATE or today
    if mapped is None:
        return wanted
    return min(wanted, starts_at(mapped + 1).date() - timedelta(days=1))
