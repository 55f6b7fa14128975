"""Screen 5: what became of the letter at each office. Private, and honest."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from letters.calling import call_of
from letters.hand_off import known_obstacles
from letters.mailing import refuses_mail
from letters.models import Letter
from letters.printing import copy_pdf
from letters.reading import texts_by_office
from letters.receipt import mail_copy
from letters.sharing import sharing_texts
from letters.states import Reason
from letters.views.hand_off import just_reported
from letters.views.open_seat import open_line
from letters.views.private import is_open, private_page, receipt_page
from letters.views.words import Line, line


@receipt_page
def page(request: HttpRequest, letter: Letter) -> HttpResponse:
    campaign = letter.signatory.campaign
    address = request.build_absolute_uri(reverse("campaign", args=[campaign.slug]))
    context = _states(request, letter) | {
        "campaign": campaign,
        "erased": letter.signatory.person is None,
        "refuses_mail": refuses_mail(letter),
        "can_call": call_of(letter) is not None,
        "sharing": sharing_texts(campaign, address=address),
        "reported": just_reported(request, letter),
    }
    return render(request, "letters/receipt.html", context)


@receipt_page
def states(request: HttpRequest, letter: Letter) -> HttpResponse:
    """The changing part of the page alone, for the script that asks every few seconds."""
    return render(request, "letters/_states.html", _states(request, letter))


def _states(request: HttpRequest, letter: Letter) -> dict:
    known = letter.deliveries.select_related("seat", "member").order_by("seat__chamber", "seat")
    stopped = known_obstacles(known)
    lines: list[Line] = [line(each, obstacle=stopped.get(each.id, Reason.NONE)) for each in known]
    open_seat = open_line(letter)
    return {
        "letter": letter,
        "is_open": is_open(request, letter) and letter.signatory.person is not None,
        "lines": lines,
        "open_seat": open_seat,
        "needing_you": [each for each in lines if each.needs_you],
        "asking_you": [each for each in lines if each.asks_you],
        "changing": any(each.changes_soon for each in [*lines, open_seat] if each),
        "can_withdraw": any(each.has_not_left for each in lines)
        or (open_seat is not None and open_seat.may_be_taken_back),
    }


@private_page
def text(request: HttpRequest, letter: Letter) -> HttpResponse:
    context = {
        "campaign": letter.signatory.campaign,
        "letter": letter,
        "texts": texts_by_office(letter),
    }
    return render(request, "letters/receipt_text.html", context)


@private_page
def printed(request: HttpRequest, letter: Letter) -> HttpResponse:
    """The same on paper, under a name that says nothing."""
    pdf = copy_pdf(letter)
    if not pdf:
        return redirect("receipt_text", letter.receipt_token)
    headers = {"Content-Disposition": 'attachment; filename="copy.pdf"'}
    return HttpResponse(pdf, content_type="application/pdf", headers=headers)


@private_page
def copy(request: HttpRequest, letter: Letter) -> HttpResponse:
    if request.method == "POST":
        if mail_copy(letter=letter):
            messages.success(request, _("A copy is on its way to your mailbox."))
        else:
            messages.error(
                request,
                _("You have asked for several copies already. Please try again in an hour."),
            )
    return redirect("receipt", letter.receipt_token)
