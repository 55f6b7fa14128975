"""The desk's own pages: doors, each with one question behind it."""

from collections import Counter
from dataclasses import dataclass
from operator import attrgetter
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.admin import site
from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from campaign.models import Campaign, Mode
from letters.desk.choosing import Choice, headings
from letters.desk.counting import GROUPS, HEADINGS, Counts, Tally, Trouble, send_counts_of
from letters.desk.roster_health import roster_health
from letters.desk.seats import SeatLine, seat_lines
from letters.desk.words import desk_words
from representatives.models import Chamber
from representatives.states import STATES

SEAT_COLUMNS = {"seat": "seat", "place": "place", "member": "member"}
ROUTE_COLUMNS = SEAT_COLUMNS | {
    "party": "party",
    "channel": "today's channel",
    "form": "official form",
}
COUNT_COLUMNS = (
    SEAT_COLUMNS
    | HEADINGS
    | {"personal": "personal", "stories": "stories told", "channel": "channel today"}
)
FORMS = {
    "known": "official form known",
    "unknown": "official form not known",
    "wrong": "official form's address wrong",
}
LINE_KEYS = {
    "seat": attrgetter("code"),
    "place": attrgetter("place"),
    "member": attrgetter("member"),
    "party": attrgetter("party"),
    "channel": attrgetter("channel_label"),
    "form": attrgetter("form"),
}

may_watch = permission_required("letters.view_delivery", raise_exception=True)


@dataclass(frozen=True)
class SeatRow:
    """A seat with its letters."""

    line: SeatLine
    tally: Tally
    # Of how many prisoners the office heard the story.
    stories: int


@dataclass(frozen=True)
class Tile:
    """One figure at the top of the counts."""

    label: str
    number: int

    def __str__(self) -> str:
        return f"{self.number:,}"


@dataclass(frozen=True)
class TroubleRow:
    """Deliveries that wait for somebody, with the address of their list."""

    state: str
    reason: str
    number: int
    link: str


@may_watch
@require_safe
def send_counts(request: HttpRequest, slug: str) -> HttpResponse:
    """A campaign's letters: tiles, by state, and all 541 seats."""
    campaign = get_object_or_404(Campaign, slug=slug)
    choice = Choice.read(request.GET)
    destination = choice.letters if choice.letters in Mode else settings.DELIVERY_MODE
    counts = send_counts_of(campaign=campaign, destination=destination)
    lines = seat_lines()
    rows = [
        SeatRow(line, counts.seats[line.code], counts.stories.get(line.code, 0))
        for line in choice.among(lines)
    ]
    return desk_page(
        request,
        "admin/desk/send_counts.html",
        title=f"Send counts: {campaign}",
        campaign=campaign,
        destination=Mode(destination),
        destinations=[(mode.label, choice.link(letters=mode)) for mode in Mode],
        counts=counts,
        tiles=_tiles(counts),
        troubles=[_trouble_row(trouble, campaign, destination) for trouble in counts.troubles],
        group_headings=list(HEADINGS.values())[1:],
        rows=choice.ordered(rows, _row_keys()),
        headings=headings(COUNT_COLUMNS, choice),
        **_filters(choice, lines),
    )


@may_watch
@require_safe
def seat_routes(request: HttpRequest) -> HttpResponse:
    """How a letter travels to each of the 541 seats today, and why no better way."""
    choice = Choice.read(request.GET)
    lines = seat_lines()
    per_channel = Counter((line.channel, line.channel_label) for line in lines)
    return desk_page(
        request,
        "admin/desk/seat_routes.html",
        title="Routes: today's channel of every seat, and why",
        lines=choice.ordered(choice.among(lines), LINE_KEYS),
        headings=headings(ROUTE_COLUMNS, choice),
        summary=[
            (label, number, choice.link(channel=name))
            for (name, label), number in per_channel.most_common()
        ]
        + [
            (FORMS[form], number, choice.link(form=form))
            for form, number in Counter(line.form for line in lines if line.form).most_common()
        ],
        **_filters(choice, lines),
    )


@may_watch
@require_safe
def roster(request: HttpRequest) -> HttpResponse:
    """How old what we know of Congress is, what changed last, and what is amiss."""
    return desk_page(
        request,
        "admin/desk/roster.html",
        title="Roster and maps: how old, what changed, what is missing",
        health=roster_health(),
        may_decide=request.user.has_perm("representatives.change_snapshot"),
    )


def desk_page(request: HttpRequest, template: str, **context) -> HttpResponse:
    """A page of ours inside the admin's frame."""
    return render(request, template, site.each_context(request) | context)


def _tiles(counts: Counts) -> list[Tile]:
    """Accepted, self-reported and by hand each have their own: they are never added."""
    groups = [Tile(HEADINGS[name], getattr(counts.offices, name)) for name in GROUPS]
    return [
        Tile("letters confirmed", counts.letters),
        Tile("offices written to", counts.offices_written_to),
        *groups,
        Tile("disowned", len(counts.disownings)),
    ]


def _trouble_row(trouble: Trouble, campaign: Campaign, destination: str) -> TroubleRow:
    query = urlencode(
        {
            "state": trouble.state,
            "reason__exact": trouble.reason,
            "letter__destination__exact": destination,
            "letter__appeal__campaign__id__exact": campaign.pk,
        }
    )
    return TroubleRow(
        state=desk_words(trouble.state),
        reason=trouble.label,
        number=trouble.number,
        link=f"{reverse('admin:letters_delivery_changelist')}?{query}",
    )


def _row_keys() -> dict:
    of_line = {name: lambda row, key=key: key(row.line) for name, key in LINE_KEYS.items()}
    of_tally = {name: attrgetter(f"tally.{name}") for name in HEADINGS}
    of_row = {
        "personal": lambda row: row.tally.personal_share or 0,
        "stories": attrgetter("stories"),
    }
    return of_line | of_tally | of_row


def _filters(choice: Choice, lines: list[SeatLine]) -> dict:
    return {
        "choice": choice,
        "chambers": Chamber.choices,
        "states": [(state.code, state.name) for state in STATES.values()],
        "forms": FORMS.items(),
        "channels": sorted({(line.channel, line.channel_label) for line in lines}),
        "total": len(lines),
        "everything": Choice(letters=choice.letters).link(),
    }
