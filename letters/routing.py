"""Which channel carries a letter to a seat today, and why not a better one."""

from dataclasses import dataclass, field

from django.db.models import Q
from django.utils import timezone

from campaign.models import Identity
from letters.channels import channels
from letters.channels.interface import Channel, Office, unanswered
from letters.models import Route
from letters.states import Reason
from representatives.models import Seat


@dataclass(frozen=True)
class Way:
    """The channel for a seat, and the Reason why each better one cannot carry the letter."""

    channel: Channel
    obstacles: dict[str, str] = field(default_factory=dict)

    @property
    def reason(self) -> str:
        """The reason nearest to this channel: what a supporter is told."""
        return next(reversed(self.obstacles.values()), Reason.NONE)
