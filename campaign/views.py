"""The organizations' pages: doors to their own numbers and their own people, and nobody else's."""

from functools import wraps

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from campaign.exporting import export_csv, file_name, log_printed
from campaign.forms import PurposeForm
from campaign.inviting import invitation_link, invitations
from campaign.models import Campaign, Organization
from campaign.models.organization import is_organizer
from campaign.poster import SHEETS, poster_pdf
from campaign.presenting import list_for_congress, numbers_of


@login_required
@require_safe
@never_cache
def organizations(request: HttpRequest) -> HttpResponse:
    """Those of this login, with their campaigns."""
    own = Organization.objects.open_to(request.user).prefetch_related("campaigns")
    return render(request, "campaign/organizations.html", {"organizations": own})


@login_required
@require_safe
@never_cache
def organization_numbers(request: HttpRequest, organization: str, campaign: str) -> HttpResponse:
    """Own numbers, and the two lists to take out."""
    return _numbers_page(request, *_own(request, organization, campaign), form=PurposeForm())


@login_required
@require_safe
@never_cache
def poster(
    request: HttpRequest, organization: str, campaign: str, sheet: str, language: str
) -> HttpResponse:
    """Its invitation on paper, in one of the site's languages."""
    organization, campaign = _own(request, organization, campaign)
    if sheet not in SHEETS or language not in dict(settings.LANGUAGES):
        raise Http404
    pdf = poster_pdf(
        organization=organization,
        campaign=campaign,
        address=invitation_link(organization=organization, campaign=campaign),
        language=language,
        sheet=sheet,
        rehearsal=not settings.LIVE,
    )
    name = f"poster-{campaign.slug}-{language}-{sheet}.pdf"
    headers = {"Content-Disposition": f'inline; filename="{name}"'}
    return HttpResponse(pdf, content_type="application/pdf", headers=headers)


def taken_out(view):
    """Makes `view(request, organization, campaign, purpose)` a list's door: own people only, by a
    POST that says what for."""

    @login_required
    @require_http_methods(["GET", "HEAD", "POST"])
    @never_cache
    @wraps(view)
    def door(request: HttpRequest, organization: str, campaign: str) -> HttpResponse:
        organization, campaign = _own(request, organization, campaign)
        if request.method != "POST":
            return redirect("organization_numbers", organization.slug, campaign.slug)
        form = PurposeForm(request.POST)
        if not form.is_valid():
            return _numbers_page(request, organization, campaign, form=form)
        return view(request, organization, campaign, form.cleaned_data["purpose"])

    return door


@taken_out
def export(
    request: HttpRequest, organization: Organization, campaign: Campaign, purpose: str
) -> HttpResponse:
    """The CSV file of those who ticked the organization."""
    pieces = export_csv(
        organization=organization,
        campaign=campaign,
        by=request.user.get_username(),
        purpose=purpose,
    )
    name = file_name(organization=organization, campaign=campaign)
    return StreamingHttpResponse(
        pieces,
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@taken_out
def printed_list(
    request: HttpRequest, organization: Organization, campaign: Campaign, purpose: str
) -> HttpResponse:
    """The page to print for a meeting on the Hill."""
    states = list_for_congress(
        organization=organization, campaign=campaign, for_organizer=is_organizer(request.user)
    )
    context = {
        "organization": organization,
        "campaign": campaign,
        "states": states,
        "on": timezone.localdate(),
    }
    page = render(request, "campaign/printed_list.html", context)
    log_printed(
        organization=organization,
        campaign=campaign,
        by=request.user.get_username(),
        purpose=purpose,
        names=sum(len(district.names) for state in states for district in state.districts),
        page=page.content,
    )
    return page


def _numbers_page(
    request: HttpRequest, organization: Organization, campaign: Campaign, *, form: PurposeForm
) -> HttpResponse:
    numbers = numbers_of(
        organization=organization, campaign=campaign, for_organizer=is_organizer(request.user)
    )
    context = {
        "organization": organization,
        "campaign": campaign,
        "numbers": numbers,
        "link": invitation_link(organization=organization, campaign=campaign),
        "invitations": invitations(organization=organization, campaign=campaign),
        "sheets": SHEETS,
        "form": form,
    }
    return render(request, "campaign/organization_numbers.html", context)


def _own(request: HttpRequest, organization: str, campaign: str) -> tuple[Organization, Campaign]:
    """Both, where this login may see them and the one takes part in the other; 404 otherwise."""
    own = get_object_or_404(Organization.objects.open_to(request.user), slug=organization)
    try:
        return own, own.campaigns.get(slug=campaign)
    except Campaign.DoesNotExist as error:
        raise Http404 from error
