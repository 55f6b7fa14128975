"""From an organization's own site: a small form there posts street and ZIP to the first screen.

No token can stand on somebody else's page, and browsers send no cookie along. So this answers
with the first screen, filled in, and keeps nothing: neither in the database nor in the session,
which a page of anybody's could otherwise replace. The visitor sends it on themselves.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from campaign.languages import is_spoken, speak
from campaign.models import Campaign
from letters.forms import AddressForm
from letters.journey import Journey, remember_who_invited
from letters.views.find import show
from letters.views.screens import not_open

POSTED = ("street", "zip")


@csrf_exempt
@never_cache
@require_http_methods(["GET", "POST"])
def page(request: HttpRequest, slug: str, organization: str) -> HttpResponse:
    """The address is in no URL: a GET knows only who invited, and asks for it."""
    campaign = get_object_or_404(Campaign.objects.public().select_related("responsible"), slug=slug)
    if not campaign.takes_letters:
        return not_open(request, campaign)
    if request.method == "GET":
        remember_who_invited(Journey(request.session, campaign), campaign, organization)
        return redirect("find", slug)
    language = request.POST.get("language", "")
    if is_spoken(language):
        speak(request, language)
    form = AddressForm(initial={name: request.POST.get(name, "") for name in POSTED})
    return show(request, campaign, form, invited_by=organization, spoken=language)
