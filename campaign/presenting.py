"""What may be said about an organization's people: its numbers, and the list for the Hill."""

import math
from collections import Counter
from dataclasses import dataclass
from itertools import groupby

from django.conf import settings
from django.db.models import Count

from campaign.exporting import people_of
from campaign.models import Campaign, Organization, Signatory, Visibility
from representatives.states import STATES

# Fewer than this many people are never counted out to anybody but the organizers.
FEW = 5


@dataclass(frozen=True)
class Figure:
    """A count that may be too small to show."""

    number: int
    shown_to_the_last: bool

    def __str__(self) -> str:
        if self.shown_to_the_last or self.number >= FEW:
            return f"{self.number:,}"
        return f"fewer than {FEW}"


@dataclass(frozen=True)
class Numbers:
    """An organization's own people in a campaign, counted."""

    allowed: Figure
    # People who came by its invitation link, whether or not they ticked its box.
    invited: Figure
    # State's name, figure; states without anybody are left out.
    states: tuple[tuple[str, Figure], ...]


@dataclass(frozen=True)
class District:
    """Constituents of one district: those who allow their names, and how many do not."""

    # "TX-37"; empty where the district is not known.
    code: str
    names: tuple[str, ...]
    unnamed: Figure

    @property
    def unnamed_sentence(self) -> str:
        """Empty where everybody may be named."""
        if not self.unnamed.number:
            return ""
        more = "more " if self.names else ""
        word = "constituent" if str(self.unnamed) == "1" else "constituents"
        start = "and " if self.names else ""
        return f"{start}{self.unnamed} {more}{word} who asked not to be named"


@dataclass(frozen=True)
class StatePage:
    """A state's part of the list."""

    name: str
    districts: tuple[District, ...]


def numbers_of(*, organization: Organization, campaign: Campaign, for_organizer: bool) -> Numbers:
    """Counts under FEW are hidden from everybody but organizers."""

    def figure(number: int) -> Figure:
        return Figure(number, shown_to_the_last=for_organizer)

    by_state = Counter(dict(_count(people_of(organization=organization, campaign=campaign))))
    invited = Signatory.objects.confirmed().filter(
        campaign=campaign, destination=settings.DELIVERY_MODE, source=organization.slug
    )
    return Numbers(
        allowed=figure(by_state.total()),
        invited=figure(invited.count()),
        states=tuple(
            (name, figure(number))
            for name, number in sorted((STATES[code].name, n) for code, n in by_state.items())
        ),
    )


def list_for_congress(
    *, organization: Organization, campaign: Campaign, for_organizer: bool
) -> tuple[StatePage, ...]:
    """By state and district; private people are only in the count of the unnamed."""
    people = people_of(organization=organization, campaign=campaign)
    unnamed = _unnamed(people)
    names = _names(people)
    places = sorted(names.keys() | unnamed.keys(), key=_by_name_and_number)
    return tuple(
        StatePage(
            name=STATES[state].name,
            districts=tuple(
                District(
                    code=district,
                    names=names.get((state, district), ()),
                    unnamed=Figure(unnamed[state, district], shown_to_the_last=for_organizer),
                )
                for _, district in of_state
            ),
        )
        for state, of_state in groupby(places, key=lambda place: place[0])
    )


def _by_name_and_number(place: tuple[str, str]) -> tuple:
    """TX-4 before TX-37; a district that is not known comes last."""
    state, district = place
    number = district.rpartition("-")[2]
    return STATES[state].name, int(number) if number.isdecimal() else math.inf


def _count(people) -> list[tuple[str, int]]:
    return people.values_list("state").annotate(number=Count("id")).order_by()


def _unnamed(people) -> Counter:
    private = people.filter(visibility=Visibility.PRIVATE)
    rows = private.values_list("state", "district").annotate(number=Count("id")).order_by()
    return Counter({(state, district): number for state, district, number in rows})


def _names(people) -> dict[tuple[str, str], tuple[str, ...]]:
    names = {}
    for signatory in people.showable().iterator(chunk_size=500):
        names.setdefault((signatory.state, signatory.district), []).append(signatory.display_name)
    return {place: tuple(sorted(found, key=str.casefold)) for place, found in names.items()}
