"""What stands above the app list: the campaigns to watch, and how old our data is."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.utils import timezone

from campaign.models import Campaign
from letters.models import Delivery, Notice, OpenSeat
from letters.models.letter import CODE_ENTERED_WITHIN
from letters.standing import tally
from representatives.models import Snapshot, Standing


@dataclass(frozen=True)
class DataAge:
    """One loaded table: the day on which its source was last true; None if never loaded."""

    label: str
    as_of: date | None
    days: int | None
    standing: Standing = Standing.TOO_OLD


@dataclass(frozen=True)
class Front:
    """The organizers' first page; without campaigns for those who may not see letters."""

    may_watch: bool
    campaigns: tuple[Campaign, ...]
    ages: tuple[DataAge, ...]
    # Letters whose writers asked that a volunteer brings them.
    to_be_carried: int
    # Letters whose representative is still looked for.
    open_seats: int
    # Codes of the last days that the mail server of their address refused.
    codes_refused: int
    # How contact forms stand today, in words → how many.
    forms: tuple[tuple[str, int], ...]
    # Tables that wait for a person.
    proposed: int


def front_page(*, user) -> Front:
    """What this login sees above the app list."""
    may_watch = user.has_perm("letters.view_delivery")
    campaigns = tuple(Campaign.objects.all()) if may_watch else ()
    carried = Delivery.objects.bound_for_here().to_be_carried().count() if may_watch else 0
    seats = OpenSeat.objects.confirmed().unsettled() if may_watch else OpenSeat.objects.none()
    codes = Notice.objects.bound_for_here().filter(kind=Notice.Kind.CODE)
    refused = codes.filter(refused_at__gt=timezone.now() - CODE_ENTERED_WITHIN)
    forms = tuple(_forms()) if may_watch else ()
    return Front(
        may_watch,
        campaigns,
        ages=data_ages(),
        to_be_carried=carried,
        open_seats=seats.filter(letter__destination=settings.DELIVERY_MODE).count(),
        codes_refused=refused.count() if may_watch else 0,
        forms=forms,
        proposed=Snapshot.objects.filter(status=Snapshot.Status.PROPOSED).count(),
    )


def _forms() -> Iterator[tuple[str, int]]:
    """Those that take letters first, then the reasons why others do not."""
    counted = tally()
    for reason in sorted(counted):
        yield (str(reason.label) if reason else "Letters may go by it."), counted[reason]


def data_ages() -> tuple[DataAge, ...]:
    """The age of each kind of table, by the one in force."""
    today = timezone.localdate()
    return tuple(_age(kind, today) for kind in Snapshot.Kind)


def _age(kind: Snapshot.Kind, today: date) -> DataAge:
    current = Snapshot.objects.current(kind)
    if current is None:
        return DataAge(label=kind.label, as_of=None, days=None)
    days, standing = current.age_in_days(today), current.standing(today)
    return DataAge(label=kind.label, as_of=current.as_of, days=days, standing=standing)
