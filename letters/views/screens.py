"""What the screens of the journey share: an open campaign, a journey, no screen left out."""

from functools import wraps

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods
from django.views.i18n import set_language

from campaign.models import Campaign
from letters.journey import Journey
from letters.submission import Confirmation

# Posted after a session had ended, or after another tab had gone on: the screens ahead come again.
TOO_LATE = {
    "letter": _(
        "Too much time has passed, or you have gone on in another tab: please answer this again. "
        "Your own words are kept."
    ),
    "you": _(
        "Too much time has passed, or you have gone on in another tab: please answer this again. "
        "What you have just typed is kept."
    ),
    "confirm": _(
        "Too much time has passed for this page. If you have written a letter, open the link in "
        "our mail: it confirms your letter, or sends a new code."
    ),
}
# Of a session that has ended nobody knows which figures stood there: untouched, they would count
# as edited.
OF_THEIR_DAY = {"subject", "statement"}
NOT_KEPT = _(
    "If you had changed the statement or the subject, those changes are gone: its figures may be "
    "others by now."
)


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
            if name == "find":
                # The screens of the code look themselves, and the others lead there.
                _finish_if_confirmed(journey)
            waits_for_code = journey.submitted_at and name != "find"
            if waits_for_code and name != "confirm":
                return redirect("confirm", slug)
            if not campaign.takes_letters and not waits_for_code:
                return not_open(request, campaign)
            changes_language = request.method == "POST" and "language" in request.POST
            if missing := journey.first_missing(before=name):
                if request.method == "POST" and name in TOO_LATE:
                    _keep_what_came_late(request, journey, name)
                return set_language(request) if changes_language else redirect(missing, slug)
            if changes_language:
                # Chosen in the middle of a form: what is typed so far stays.
                journey.keep(name, request.POST, fields=request.POST)
                return set_language(request)
            return view(request, campaign, journey)

        return door

    return decorate


def _keep_what_came_late(request: HttpRequest, journey: Journey, name: str) -> None:
    """Nobody writes their own words twice because a page stood open for too long."""
    messages.info(request, TOO_LATE[name])
    if name == "confirm":
        return
    is_known = bool(journey.shown)
    known = request.POST.keys() if is_known else request.POST.keys() - OF_THEIR_DAY
    journey.keep(name, request.POST, fields=known)
    if name == "letter" and not is_known:
        messages.info(request, NOT_KEPT)


def _finish_if_confirmed(journey: Journey) -> None:
    """By the mailed link on another device: nothing of it stays on this one, either."""
    letter = journey.letter if journey.submitted_at and not journey.ended else None
    if letter and letter.signatory.confirmed_at:
        journey.finish(Confirmation.ALREADY)


def not_open(request: HttpRequest, campaign: Campaign) -> HttpResponse:
    """Before the opening, and after the end: what a supporter can do instead."""
    if request.method == "POST":
        return redirect(request.path)
    return render(request, "letters/not_open.html", {"campaign": campaign})
