"""Screen 1 of 3, its result: one card per office, or the districts to choose from."""

from dataclasses import dataclass
from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from campaign.models import Campaign
from letters.forms import DistrictForm, OfficesForm
from letters.journey import OPEN, Journey
from letters.naming import office_name, state_name
from letters.routing import Way, ways_to
from letters.views.refusing import form_for, refuse
from letters.views.screens import screen
from representatives.lookup import Lookup, Outcome, Reason, SeatFound
from representatives.models import Seat
from representatives.states import STATES

# Why there is something to choose, or no representative, and what helps.
WHY: dict[str, Promise] = {
    Reason.SPLIT_ZIP: _("Your ZIP code lies in more than one district."),
    Reason.SEVERAL_STATES: _(
        "Your ZIP code lies in more than one state, and we do not have the new lines of all their "
        "districts yet."
    ),
    Reason.DISTRICT_UNKNOWN: _("Your ZIP code alone does not tell your district."),
    Reason.PO_BOX: _(
        "A PO box does not tell where you live. Your letter can go to your senators; for your "
        "representative, go back and write the street address of your home."
    ),
    Reason.STREET_NOT_FOUND: _(
        "Your ZIP code lies in more than one district, and the Census Bureau's map does not know "
        "your street. Check the street, or choose below."
    ),
    Reason.STREET_AMBIGUOUS: _(
        "Your street and ZIP code lie in more than one district. Check the street number, or "
        "choose below."
    ),
    Reason.STREET_ELSEWHERE: _(
        "The Census Bureau's map has your street in another ZIP code. Check street and ZIP code, "
        "or choose below."
    ),
    Reason.GEOCODER_DOWN: _(
        "Your ZIP code lies in more than one district, and the Census Bureau's map does not "
        "answer just now. You can choose yourself."
    ),
    Reason.LEFT_OPEN: _(
        "That is all right. Your street address tells your district: you can go back and check it."
    ),
}
# The same where nothing can be chosen, because the ZIP code tells no more than the state.
WHY_SENATORS_ALONE: dict[str, Promise] = WHY | {
    Reason.DISTRICT_UNKNOWN: _(
        "Your ZIP code tells your state alone. Check street and ZIP code, or go on."
    ),
    Reason.NO_MAP: _(
        "The districts of your state have new lines since January 3, and only your street can tell "
        "yours. Check street and ZIP code, or go on."
    ),
    Reason.STREET_NOT_FOUND: _(
        "The Census Bureau's map does not know your street, and your ZIP code tells your state "
        "alone. Check the street, or go on."
    ),
    Reason.STREET_AMBIGUOUS: _(
        "Your street lies in more than one district, and your ZIP code tells your state alone. "
        "Check the street number, or go on."
    ),
    Reason.STREET_ELSEWHERE: _(
        "The Census Bureau's map has your street elsewhere, and your ZIP code tells your state "
        "alone. Check street and ZIP code, or go on."
    ),
    Reason.GEOCODER_DOWN: _(
        "Your ZIP code tells your state alone, and the Census Bureau's map does not answer just "
        "now."
    ),
}
LATER = _(
    "The letters to your senators do not wait. We look for your representative again during the "
    "next days, and write to you by e-mail."
)
# Where no seat can be written to: whether each is known to be vacant, and what helps.
WHY_NOBODY: dict[bool, Promise] = {
    True: _(
        "There is nobody to write to until this seat is filled. Please come back after the "
        "election, and pass this page on to people in other districts meanwhile."
    ),
    False: _(
        "A new Congress has begun, and we have not learned yet who holds this seat. Please come "
        "back in a few days, and pass this page on to people in other districts meanwhile."
    ),
}
NO_SENATORS = _(
    "%(state)s: there are no senators here, and your letter goes to the delegate in the House."
)
NO_SENATORS_IN_PUERTO_RICO = _(
    "%(state)s: there are no senators here, and your letter goes to the Resident Commissioner in "
    "the House."
)


@dataclass(frozen=True)
class Card:
    """One office as the supporter sees it before the letter is written."""

    seat: SeatFound
    office: str
    way: Way | None
    ticked: bool


@dataclass(frozen=True)
class OpenChoice:
    """For those who do not know their district: the senators of that state alone."""

    value: str
    state: str


@screen("offices")
def page(request: HttpRequest, campaign: Campaign, journey: Journey) -> HttpResponse:
    if "again" in request.POST:
        journey.choose("")
        return redirect("offices", campaign.slug)
    if journey.seats is None:
        return _choose(request, campaign, journey)
    return _tick(request, campaign, journey)


def _choose(request: HttpRequest, campaign: Campaign, journey: Journey) -> HttpResponse:
    lookup = journey.lookup
    opens = [
        OpenChoice(OPEN + state, state_name(state))
        for state in lookup.states
        if not STATES[state].is_territory
    ]
    values = [found.district for found in lookup.house] + [each.value for each in opens]
    form = form_for(request, partial(DistrictForm, choices=values))
    if request.method == "POST":
        if not form.is_valid():
            return refuse(request, form)
        journey.choose(form.cleaned_data["seat"])
        return redirect("offices", campaign.slug)
    context = {
        "campaign": campaign,
        "form": form,
        "candidates": [(found, office_name(found)) for found in lookup.house],
        "opens": opens,
        "states": _states_to_choose(lookup),
        "is_po_box": journey.address.is_po_box,
        "why": WHY.get(lookup.reason, ""),
    }
    return render(request, "letters/districts.html", context)


def _states_to_choose(lookup: Lookup) -> list[tuple[str, str]]:
    """Code and name of each, where the address may lie in several."""
    several = lookup.states if len(lookup.states) > 1 else ()
    return [(code, state_name(code)) for code in several]


def _tick(request: HttpRequest, campaign: Campaign, journey: Journey) -> HttpResponse:
    lookup = journey.seats
    taken = [found.seat for found in lookup.seats if found.is_held]
    form = form_for(request, partial(OfficesForm, choices=taken))
    if request.method == "POST":
        if not form.is_valid():
            return refuse(request, form)
        journey.keep_offices(form.cleaned_data["seats"])
        return redirect("letter", campaign.slug)
    context = {
        "campaign": campaign,
        "form": form,
        "cards": cards(lookup, unticked=_unticked(form, journey, taken)),
        "address": journey.address,
        "state": lookup.states[0],
        "lookup": lookup,
        "why": _why_senators_alone(journey, lookup),
        "can_choose_again": journey.lookup != lookup,
        "nobody_sits": "" if taken else _why_nobody(lookup),
        "no_senators": _why_no_senators(lookup.states[0]) if taken else "",
    }
    return render(request, "letters/offices.html", context)


def _why_senators_alone(journey: Journey, lookup: Lookup) -> str:
    if lookup.outcome != Outcome.STATE_ONLY:
        return ""
    if not journey.seat_is_open:
        # Nothing tells more of a PO box later, whatever its owner has chosen.
        return str(WHY_SENATORS_ALONE[Reason.PO_BOX])
    return f"{WHY_SENATORS_ALONE.get(lookup.reason, '')} {LATER}".strip()


def _why_no_senators(state: str) -> str:
    """Why there is a single card: the District and the territories have one office."""
    if not STATES[state].is_territory:
        return ""
    words = NO_SENATORS_IN_PUERTO_RICO if state == "PR" else NO_SENATORS
    return words % {"state": state_name(state)}


def _why_nobody(lookup: Lookup) -> Promise:
    return WHY_NOBODY[all(found.is_vacant for found in lookup.seats)]


def _unticked(form: OfficesForm, journey: Journey, taken: list[str]) -> set[str]:
    if form.is_bound:
        return set(taken) - set(form["seats"].value())
    return journey.unticked


def cards(lookup: Lookup, *, unticked: set[str]) -> list[Card]:
    """A seat that nobody is known to hold has no way and no tick."""
    ways = ways_to(list(Seat.objects.filter(code__in=[found.seat for found in lookup.seats])))
    return [
        Card(
            found,
            office_name(found),
            ways[found.seat] if found.is_held else None,
            ticked=found.seat not in unticked,
        )
        for found in lookup.seats
    ]
