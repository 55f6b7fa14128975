"""What the screens of the journey share: an open campaign, a journey, no screen left out."""

from functools import wraps

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods
from django.views.i18n import set_language

from campaign.models import Campaign
from letters.journey import Journey


def screen(name: str):
    """Makes `view(request, campaign, journey)` a screen of the journey.

    Not open: a page says so. A screen ahead unanswered: there first. Letter written: to its code.
    """

    def decorate(view):
        @never_cache
        @require_http_methods(["GET", "POST"])
        @wraps(view)
        def door(request: HttpRequest, slug: str) -> HttpResponse:
            public = Campaign.objects.public().select_related("responsible")
            campaign = get_object_or_404(public, slug=slug)
            journey = Journey(request.session, campaign)
            waits_for_code = journey.is_submitted and name != "find"
            if waits_for_code and name != "confirm":
                return redirect("confirm", slug)
            if not campaign.takes_letters and not waits_for_code:
                return not_open(request, campaign)
            if missing := journey.first_missing(before=name):
                return redirect(missing, slug)
            if "language" in request.POST:
                # Chosen in the middle of a form: what is typed so far stays.
                journey.keep(name, request.POST, fields=request.POST)
                return set_language(request)
            return view(request, campaign, journey)

        return door

    return decorate


def not_open(request: HttpRequest, campaign: Campaign) -> HttpResponse:
    """Before the opening, and after the end: what a supporter can do instead."""
    if request.method == "POST":
        return redirect(request.path)
    return render(request, "letters/not_open.html", {"campaign": campaign})
