"""Screen 0: what is asked and by whom, and the pages that answer questions about it.

They are the same for everybody, with no token and nobody's data: these alone are compressed. What
is secret beside what a stranger may add could be guessed by the page's length (BREACH).
"""

from dataclasses import dataclass

from django.conf import settings
from django.contrib.messages import get_messages
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from campaign.calendar_file import calendar_file
from campaign.models import Campaign
from letters.journey import Journey, remember_who_invited
from letters.models import Delivery
from letters.sharing import sharing_texts

# Fewer could be somebody whom a reader knows.
SHOWN_FROM = 5
# How old the page may be, and its counts. Each web process keeps its own, and nobody's data.
PAGE_SECONDS, COUNT_SECONDS = 2, 60


@dataclass(frozen=True)
class Counts:
    """Of confirmed letters on this installation; None where it is too few to show."""

    letters: int | None
    states: int | None
    offices: int | None


def count(campaign: Campaign) -> Counts:
    signed = campaign.signatories.confirmed().filter(destination=settings.DELIVERY_MODE)
    written = Delivery.objects.confirmed().filter(letter__signatory__in=signed)
    return Counts(
        letters=_enough(signed.count()),
        states=_enough(signed.values("state").distinct().count()),
        offices=_enough(written.values("seat").distinct().count()),
    )


def _enough(number: int) -> int | None:
    return number if number >= SHOWN_FROM else None


@require_safe
@gzip_page
def home(request: HttpRequest) -> HttpResponse:
    campaigns = list(Campaign.objects.public())
    if len(campaigns) == 1:
        return redirect("campaign", campaigns[0].slug)
    return render(request, "letters/home.html", {"campaigns": campaigns})


@require_safe
@gzip_page
def page(request: HttpRequest, slug: str) -> HttpResponse:
    if "from" in request.GET:
        # Out of the address: who passes it on does not say whose invitation brought them.
        campaign = _public(slug)
        remember_who_invited(Journey(request.session, campaign), campaign, request.GET["from"])
        return redirect("campaign", slug)
    if len(get_messages(request)):
        return _render(request, slug)
    # Nothing in it is of the one who asks: rendered once for all who read the same language.
    key = f"page:{slug}:{get_language()}"
    content = cache.get(key)
    if content is None:
        content = _render(request, slug).content
        cache.set(key, content, PAGE_SECONDS)
    return HttpResponse(content)


def _render(request: HttpRequest, slug: str) -> HttpResponse:
    campaign = _public(slug)
    template = "letters/campaign.html" if campaign.takes_letters else "letters/not_open.html"
    counts = cache.get_or_set(f"counts:{campaign.pk}", lambda: count(campaign), COUNT_SECONDS)
    return render(request, template, {"campaign": campaign, "counts": counts})


@require_safe
@gzip_page
def privacy(request: HttpRequest, slug: str) -> HttpResponse:
    return render(request, "letters/privacy.html", {"campaign": _public(slug)})


@require_safe
@gzip_page
def contact(request: HttpRequest, slug: str) -> HttpResponse:
    return render(request, "letters/contact.html", {"campaign": _public(slug)})


@require_safe
@gzip_page
def abroad(request: HttpRequest, slug: str) -> HttpResponse:
    campaign = _public(slug)
    address = request.build_absolute_uri(reverse("campaign", args=[slug]))
    sharing = sharing_texts(campaign, address=address)
    return render(request, "letters/abroad.html", {"campaign": campaign, "sharing": sharing})


@require_safe
def calendar(request: HttpRequest, slug: str) -> HttpResponse:
    """The campaign's day for a calendar, under a name that says nothing."""
    campaign = _public(slug)
    day = campaign.coming_day
    if day is None:
        raise Http404
    url = f"{settings.SITE_URL}{reverse('campaign', args=[slug])}"
    file = calendar_file(day=day, campaign_url=url, made_at=timezone.now())
    headers = {"Content-Disposition": 'attachment; filename="day.ics"'}
    return HttpResponse(file, content_type="text/calendar; charset=utf-8", headers=headers)


def _public(slug: str) -> Campaign:
    public = Campaign.objects.public().select_related("responsible")
    return get_object_or_404(public, slug=slug)
