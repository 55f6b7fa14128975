"""A receipt's link shows states; the rest needs the first visit or a fresh code."""

from functools import wraps

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from campaign.languages import speak
from letters.journey import Journey
from letters.models import Letter
from letters.views.refusing import REFUSED

OPEN = "open receipts"
WANTED = "wanted page"
REPORTED = "just reported"


def open_receipt(request: HttpRequest, letter: Letter) -> None:
    """From now on this browser sees and changes everything of that letter, under a new key.

    The old key stays, and opens nothing: the second half of a double click comes with it, and
    would otherwise be a stranger.
    """
    session = request.session
    session.save()
    kept = dict(session.items())
    session.create()
    session.update(kept)
    session[OPEN] = sorted({*kept.get(OPEN, []), str(letter.id)})


def close_receipt(request: HttpRequest, letter: Letter) -> None:
    """From now on this browser knows of it what the link tells, and nothing typed for it.

    Another letter that is half written here stays, to this campaign or to another. The key
    changes: pages that a browser has set aside for Back go with it, where they stayed.
    """
    session = request.session
    session[OPEN] = [each for each in session.get(OPEN, []) if each != str(letter.id)]
    for key in (WANTED, REFUSED, REPORTED):
        session.pop(key, None)
    Journey(session, letter.signatory.campaign).forget(letter)
    session.cycle_key()


def is_open(request: HttpRequest, letter: Letter) -> bool:
    return str(letter.id) in request.session.get(OPEN, [])


def wanted_page(request: HttpRequest, letter: Letter) -> str:
    """Where they were led away from to open the receipt; the receipt itself if from nowhere."""
    receipt = reverse("receipt", args=[letter.receipt_token])
    wanted = request.session.pop(WANTED, "")
    return wanted if wanted.startswith(receipt) else receipt


def _page_of(path: str) -> str:
    """A file is asked for again on the page that offers it: a download shows nothing."""
    return f"{path.rpartition('/')[0]}/"


def receipt_page(view):
    """Makes `view(request, letter, …)` a page of a receipt: the link is enough."""

    @never_cache
    @require_http_methods(["GET", "POST"])
    @wraps(view)
    def door(request: HttpRequest, token: str, **rest) -> HttpResponse:
        known = Letter.objects.select_related("signatory__campaign", "appeal__campaign")
        try:
            letter = known.by_receipt(token)
        except Letter.DoesNotExist as error:
            raise Http404 from error
        speak(request, letter.signatory.language)
        return view(request, letter, **rest)

    return door


def private_page(view):
    """The same for what nobody else may see or do: the link and an open receipt."""

    @receipt_page
    @wraps(view)
    def door(request: HttpRequest, letter: Letter, **rest) -> HttpResponse:
        if not is_open(request, letter):
            if request.method == "GET":
                request.session[WANTED] = _page_of(request.path)
            return redirect("receipt_code", letter.receipt_token)
        if letter.signatory.person is None:
            return redirect("receipt", letter.receipt_token)
        return view(request, letter, **rest)

    return door
