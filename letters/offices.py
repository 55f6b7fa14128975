"""Which offices take part in each gateway: asked of the gateways, kept in our own seat codes."""

import logging
from dataclasses import dataclass

from django.utils import timezone

from letters.channels import channels
from letters.channels.cwc import CwcChannel
from letters.channels.interface import Unavailable
from letters.models import Destination

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Refreshed:
    """What came of asking one gateway: how many offices, or why the old list stays."""

    name: str
    offices: int = 0
    trouble: str = ""


def refresh_offices(*, only_old: bool = False) -> tuple[Refreshed, ...]:
    """Asks every gateway among the channels, or with `only_old` those whose list is a day old.

    Each list is swapped as a whole. A failure, an empty list included, keeps the one before.
    """
    gateways = [channel for channel in channels().values() if isinstance(channel, CwcChannel)]
    fresh = {row.name for row in Destination.objects.all() if not row.offices_are_old}
    return tuple(
        _refresh(gateway) for gateway in gateways if not (only_old and gateway.name in fresh)
    )


def _refresh(gateway: CwcChannel) -> Refreshed:
    try:
        seats = gateway.offices()
    except Unavailable as error:
        log.error("%s: no offices list, the one before stays: %s", gateway.name, error.evidence)
        return Refreshed(name=gateway.name, trouble=error.evidence)
    Destination.objects.update_or_create(
        name=gateway.name, defaults={"offices": list(seats), "offices_at": timezone.now()}
    )
    return Refreshed(name=gateway.name, offices=len(seats))
