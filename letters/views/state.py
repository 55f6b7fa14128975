"""Screen 1 of 3, its small question: in which state, where the ZIP code tells another or several.

Our table of ZIP codes has errors, and a street that the map finds in the stated state is right.
"""

from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from campaign.models import Campaign
from letters.forms import StateForm
from letters.journey import Journey
from letters.views.find import obstacle
from letters.views.refusing import form_for, refuse
from letters.views.screens import screen
from representatives.lookup import find_seats


@screen("offices")
def page(request: HttpRequest, campaign: Campaign, journey: Journey) -> HttpResponse:
    form = form_for(request, StateForm)
    if request.method == "GET":
        context = {"campaign": campaign, "form": form, "address": journey.address}
        return render(request, "letters/state.html", context)
    if not form.is_valid():
        return refuse(request, form)
    state = form.cleaned_data["state"]
    address = replace(journey.address, state=state)
    lookup = find_seats(address)
    if found := obstacle(address, lookup):
        field, words = found
        return refuse(request, form, "state" if field else None, words)
    journey.keep_state(state)
    journey.keep_lookup(address, lookup)
    return redirect("offices", campaign.slug)
