"""Which channel carries a letter to a seat today, and why not a better one."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from django.conf import settings
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from letters.channels import channels
from letters.channels.interface import Channel, Envelope, Office, unanswered
from letters.models import Destination, Route
from letters.standing import forms_of, recipe_of
from letters.states import Reason
from representatives.congress import lookup_day
from representatives.models import Seat


@dataclass(frozen=True)
class Way:
    """The channel for a seat, and the Reason why each better one cannot carry the letter."""

    channel: Channel
    office: Office
    # Channel name → Reason, the preferred channel first.
    obstacles: dict[str, str] = field(default_factory=dict)
    # The Reason that lies with the supporter, where there is one: a question that they declined.
    told: str = Reason.NONE
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
        if self.told:
            return self.told
        # The last way that was left is the one that they finish in its place.
        own = [r for r in self.obstacles.values() if r in Reason.told_to_supporters()]
        return own[-1] if own else Reason.NO_GATEWAY_KEY


def way_to(seat: Seat) -> Way:
    """The first channel in the settings that reaches the seat, whatever it may ask."""
    return ways_to([seat])[seat.code]


def ways_to(seats: list[Seat]) -> dict[str, Way]:
    """The same for many seats, by their codes, with as many queries as for one."""
    offices = offices_of(seats)
    return {seat.code: way_for(seat, office=offices[seat.code]) for seat in seats}


def ways_to_all() -> dict[str, Way]:
    """Seat code → way, for all 541 seats."""
    return ways_to(list(Seat.objects.all()))


def way_for(seat: Seat, *, office: Office, envelope: Envelope | None = None) -> Way:
    """`way_to`, where the office is known already.

    With `envelope` the first channel that lacks no answer of its person; without one the questions
    are open still, and every channel that reaches the seat will do.
    """
    obstacles, told = {}, Reason.NONE
    for name, channel in channels().items():
        reason = channel.obstacle(office)
        if not reason and envelope is not None:
            reason = unanswered(channel, envelope)
            told = told or reason
        if not reason:
            return Way(
                channel=channel,
                office=office,
                obstacles=obstacles,
                told=told,
                left_out=_left_out(seat, channel),
            )
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
    """Seat code → all that channels ask of an office, in a handful of queries."""
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
    forms = forms_of(seats)
    return {
        seat.code: Office(
            seat_code=seat.code,
            chamber=seat.chamber,
            email=emails.get(seat.code, ""),
            form=forms.get(seat.code),
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
    # The rehearsal Congress shows it: nothing that is sent there reaches an office.
    is_stand_in: bool = False


def form_page(seat: Seat) -> FormPage:
    """The organizers' address for the form, else its recipe's, else the roster's, else the member's
    home page; in a rehearsal its stand-in, where there is one."""
    day = lookup_day()
    route = Route.objects.of_who_sits(day).filter(seat=seat, way=Route.Way.FORM).first()
    term = seat.term_on(day)
    recipe = recipe_of(term.member_id) if term else None
    if route and route.form_url:
        page = FormPage(route.form_url, True, route.text_limit, route.asks_zip4)
    elif recipe:
        page = FormPage(recipe.url, True, recipe.text_limit)
    elif term and term.contact_form:
        page = FormPage(term.contact_form, is_form=True)
    else:
        page = FormPage(term.website if term else "", is_form=False)
    if settings.LIVE or not recipe:
        return page
    stand_in = settings.SITE_URL + reverse("rehearsal-form", args=[recipe.bioguide])
    return replace(page, url=stand_in, is_form=True, is_stand_in=True)
