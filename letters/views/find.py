"""Screen 1 of 3: an address becomes the offices that answer for it."""

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from campaign.languages import keep_speaking
from campaign.models import Campaign
from letters.forms import SHORTEST_CITY, AddressForm
from letters.journey import Journey, remember_who_invited
from letters.views.refusing import form_for, refuse
from letters.views.screens import screen
from representatives.addresses import Address
from representatives.lookup import Lookup, Outcome, Reason, find_seats

# Beside which field, and what to do. What is not here goes on to the offices.
NO_WAY_ON: dict[str, tuple[str | None, Promise]] = {
    Outcome.NOT_FOUND: (
        "zip",
        _(
            "We know no such ZIP code. Please check its five digits. If it is right, write the "
            "ZIP code of your nearest post office, or ask us."
        ),
    ),
    Reason.STATE_MISMATCH: (
        "state",
        _(
            "By our table this ZIP code does not lie in that state, and we did not find your "
            "street there. Please check ZIP code, street and state. If all three are right, ask "
            "us: without the street we cannot tell whose office it is."
        ),
    ),
    Reason.STATE_UNCONFIRMED: (
        "state",
        _(
            "By our table this ZIP code does not lie in that state, and the Census Bureau's map, "
            "which could find your street there, does not answer just now. Please check ZIP code "
            "and state, or try again in a few minutes."
        ),
    ),
    Outcome.MILITARY: (
        "street",
        _(
            "A military or diplomatic address (APO, FPO, DPO) does not say where you vote. "
            "Please write the U.S. address where you are registered."
        ),
    ),
    Outcome.NOT_REPRESENTED: (
        "zip",
        _(
            "Micronesia, the Marshall Islands and Palau have no seat in Congress. If you vote "
            "in a state, write the U.S. address where you are registered."
        ),
    ),
    Reason.NO_ROSTER: (
        None,
        _(
            "We do not have the list of the members of Congress just now, so we cannot tell you "
            "whom to write to. What you wrote is still here: please try again tomorrow."
        ),
    ),
    Outcome.UNAVAILABLE: (
        None,
        _(
            "We cannot look up addresses just now. What you wrote is still here: please try "
            "again in a few minutes."
        ),
    ),
}
# The post names no place for it, or one that is too short for the gateways.
NO_CITY = ("city", _("Write the city or town of this address, with three letters or more."))


@screen("find")
def page(request: HttpRequest, campaign: Campaign, journey: Journey) -> HttpResponse:
    journey.begin()
    initial = journey.initial("find", AddressForm.base_fields)
    form = form_for(request, partial(AddressForm, initial=initial))
    if request.method == "GET":
        return show(request, campaign, form)
    answer = _look_up(request, campaign, journey, form)
    # The one of the form on an organization's site, which its visitor now sends on.
    keep_speaking(request, answer, request.POST.get("spoken", ""))
    return answer


def _look_up(request, campaign: Campaign, journey: Journey, form: AddressForm) -> HttpResponse:
    remember_who_invited(journey, campaign, request.POST.get("from", ""))
    journey.keep("find", request.POST, fields=form.fields)
    if not form.is_valid():
        return refuse(request, form)
    address = form.address()
    lookup = find_seats(address)
    if found := obstacle(address, lookup):
        return refuse(request, form, *found)
    journey.keep_lookup(address, lookup)
    return redirect("offices", campaign.slug)


def obstacle(address: Address, lookup: Lookup) -> tuple[str | None, Promise] | None:
    """What keeps it from going on to the offices: beside which field, and what to do."""
    if found := NO_WAY_ON.get(lookup.reason) or NO_WAY_ON.get(lookup.outcome):
        return found
    return NO_CITY if len(address.city) < SHORTEST_CITY else None


def show(
    request: HttpRequest,
    campaign: Campaign,
    form: AddressForm,
    *,
    invited_by: str = "",
    spoken: str = "",
) -> HttpResponse:
    """The screen; `invited_by`: slug of the organization on whose site it began, in `spoken`."""
    place = [form["city"], form["state"]]
    ask_place = any(field.value() or field.errors for field in place)
    context = {"campaign": campaign, "form": form, "ask_place": ask_place}
    context |= {"invited_by": invited_by, "spoken": spoken}
    return render(request, "letters/find.html", context)
