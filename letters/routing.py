"""Which channel carries a letter to a seat today, and why not a better one."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.conf import settings
from django.db.models import Q
from django.utils import timezone

from campaign.models import Identity
from letters.channels import channels
from letters.channels.interface import Channel, Office, unanswered
from letters.models import Destination, Route
from letters.states import Reason
from representatives.congress import lookup_day
from representatives.models import Seat


@dataclass(frozen=True)
class Way:
    """The channel for a seat, and the Reason why each better one cannot carry the letter."""

    channel: Channel
    # Channel name → Reason, the preferred channel first.
    obstacles: dict[str, str] = field(default_factory=dict)
    # Sentences about ways to this seat's office that are not among the channels at all.
    left_out: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        return self.channel.label

    @property
    def why(self) -> tuple[str, ...]:
        """For organizers: why no better channel, one sentence each."""
        known = channels()
        told = [
            f"{known[name].label}: {Reason(reason).label}"
            for name, reason in self.obstacles.items()
            if reason != Reason.OTHER_CHAMBER
        ]
        return (*self.left_out, *told)

    @property
    def reason(self) -> str:
        """What a supporter is told where they have to finish the letter themselves."""
        if self.channel.automatic:
            return Reason.NONE
        own = [r for r in self.obstacles.values() if r in Reason.told_to_supporters()]
        return own[0] if own else Reason.NO_GATEWAY_KEY


def way_to(seat: Seat, *, person: Identity | None = None) -> Way:
    """The first channel in the settings that reaches the seat and lacks no answer of `person`.

    With `person` None the question is open still: every channel that reaches the seat will do.
    """
    return ways_to([seat], person=person)[seat.code]


def ways_to(seats: list[Seat], *, person: Identity | None = None) -> dict[str, Way]:
    """The same for many seats, by their codes, with as many queries as for one."""
    offices = offices_of(seats)
    return {seat.code: way_for(seat, office=offices[seat.code], person=person) for seat in seats}


def ways_to_all() -> dict[str, Way]:
    """Seat code → way, for all 541 seats."""
    return ways_to(list(Seat.objects.all()))


def way_for(seat: Seat, *, office: Office, person: Identity | None = None) -> Way:
    """`way_to`, where the office is known already."""
    obstacles = {}
    for name, channel in channels().items():
        reason = channel.obstacle(office)
        if not reason and person is not None:
            reason = unanswered(channel, person)
        if not reason:
            return Way(channel=channel, obstacles=obstacles, left_out=_left_out(seat, channel))
        obstacles[name] = reason
    raise LookupError("settings.CHANNELS must end in a channel that reaches every office")


def _left_out(seat: Seat, channel: Channel) -> tuple[str, ...]:
    """What is no gateway reaches both chambers, and would be no better than a gateway."""
    known = settings.GATEWAYS
    return tuple(
        sentence
        for name, sentence in settings.CHANNELS_LEFT_OUT.items()
        if (known[name]["chamber"] == seat.chamber if name in known else channel.name not in known)
    )


def offices_of(seats: Iterable[Seat]) -> dict[str, Office]:
    """Seat code → all that channels ask of an office, in three queries."""
    now, seats = timezone.now(), list(seats)
    destinations = list(Destination.objects.filter(name__in=channels()))
    listed = {row.name: frozenset(row.offices) for row in destinations}
    resting = frozenset(
        row.name for row in destinations if row.paused_until and row.paused_until > now
    )
    emails = dict(
        Route.objects.of_who_sits(lookup_day())
        .filter(Q(paused_until=None) | Q(paused_until__lte=now), way=Route.Way.EMAIL)
        .filter(seat__in=[seat.code for seat in seats])
        .values_list("seat_id", "email")
    )
    return {
        seat.code: Office(
            seat_code=seat.code,
            chamber=seat.chamber,
            email=emails.get(seat.code, ""),
            lists_known=frozenset(name for name, codes in listed.items() if codes),
            listed_by=frozenset(name for name, codes in listed.items() if seat.code in codes),
            resting=resting,
        )
        for seat in seats
    }


@dataclass(frozen=True)
class FormPage:
    """Where the supporter finishes a letter: the official form, or the home page to look in."""

    url: str
    # False: we know only the member's site, "look for Contact".
    is_form: bool
    # As far as the organizers know: characters that its message may have, whether it wants ZIP+4.
    text_limit: int | None = None
    asks_zip4: bool = False


def form_page(seat: Seat) -> FormPage:
    """The organizers' address for the form, else the roster's, else the member's home page."""
    day = lookup_day()
    route = Route.objects.of_who_sits(day).filter(seat=seat, way=Route.Way.FORM).first()
    if route and route.form_url:
        return FormPage(route.form_url, True, route.text_limit, route.asks_zip4)
    term = seat.term_on(day)
    if term and term.contact_form:
        return FormPage(term.contact_form, is_form=True)
    return FormPage(term.website if term else "", is_form=False)
