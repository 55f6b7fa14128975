"""One office that the supporter finishes in its official form, with everything ready to copy."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from letters.models import Delivery, Letter
from letters.receipt import could_not, hand_off, hand_off_obstacle, report_finished, undo_report
from letters.states import NotAllowed, Reason, State
from letters.views.private import private_page
from letters.views.words import office

REPORTS = {"sent": report_finished, "could-not": could_not, "undo": undo_report}


@private_page
def page(request: HttpRequest, letter: Letter, id: UUID) -> HttpResponse:
    delivery = _delivery(letter, id)
    if delivery.state != State.NEEDS_SUPPORTER or letter.text_erased_at:
        return redirect("receipt", letter.receipt_token)
    if obstacle := hand_off_obstacle(delivery):
        messages.error(request, Reason(obstacle).label)
        return redirect("receipt", letter.receipt_token)
    context = {
        "campaign": letter.signatory.campaign,
        "letter": letter,
        "delivery": delivery,
        "office": office(delivery.seat),
        "hand_off": hand_off(delivery),
        "left": _open(letter).count(),
    }
    return render(request, "letters/hand_off.html", context)


@private_page
def report(request: HttpRequest, letter: Letter, id: UUID, report: str) -> HttpResponse:
    """What the supporter says became of it; then the next office that needs them."""
    if report not in REPORTS:
        raise Http404
    delivery = _delivery(letter, id)
    if request.method == "POST":
        try:
            REPORTS[report](delivery=delivery)
        except NotAllowed:
            messages.info(request, _("This office's letter has changed meanwhile: see below."))
            return redirect("receipt", letter.receipt_token)
    following = _open(letter).exclude(id=id).first()
    if report == "undo" or following is None:
        return redirect("receipt", letter.receipt_token)
    return redirect("hand_off", letter.receipt_token, following.id)


def _delivery(letter: Letter, id: UUID) -> Delivery:
    known = letter.deliveries.select_related("seat", "member", "letter__signatory__campaign")
    return get_object_or_404(known, id=id)


def _open(letter: Letter):
    """Those still to be done, without the ones that did not work."""
    waiting = letter.deliveries.filter(state=State.NEEDS_SUPPORTER)
    return waiting.exclude(reason=Reason.YOU_COULD_NOT).order_by("seat__chamber", "seat")
