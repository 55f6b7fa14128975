"""An office that is not as it was: its writer agrees, chooses again, or takes the letter back."""

from collections.abc import Callable
from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from letters.agreeing import Question, agree, question_for, take_back
from letters.forms import SeatForm
from letters.models import Delivery, Letter
from letters.naming import office_name
from letters.states import NotAllowed, Reason, State
from letters.views.hand_off import delivery_of
from letters.views.private import private_page
from letters.views.refusing import form_for, refuse
from letters.views.words import COME_BACK, MEANWHILE


@private_page
def page(request: HttpRequest, letter: Letter, id: UUID) -> HttpResponse:
    delivery = delivery_of(letter, id)
    if "take_back" in request.POST:
        return _take_back(request, delivery)
    question = question_for(delivery)
    if question is None or question.reason in COME_BACK:
        if question:
            messages.info(request, COME_BACK[question.reason])
        return redirect("receipt", letter.receipt_token)
    held = [seat.code for seat in question.offers if seat.sitting_term]
    form = form_for(request, partial(SeatForm, choices=held))
    if request.method == "POST":
        if not form.is_valid():
            return refuse(request, form)
        return follow(
            request, letter, partial(agree, delivery=delivery, seat=form.cleaned_data["seat"])
        )
    context = {
        "campaign": letter.signatory.campaign,
        "letter": letter,
        "delivery": delivery,
        "office": office_name(delivery.seat),
        "why": _why(delivery, question),
        "offers": [(seat, office_name(seat)) for seat in question.offers],
        "is_choice": question.is_choice,
        "ticked": not question.is_choice,
        "may_go": bool(held),
        "form": form,
    }
    return render(request, "letters/agree.html", context)


def _why(delivery: Delivery, question: Question) -> str:
    """They may have come from a link that is older than what we know now."""
    if question.reason == Reason.MEMBER_CHANGED:
        words = _("%(name)s no longer holds this seat.")
        return words % {"name": delivery.member.official_name}
    return str(Reason(question.reason).label)


def follow(request: HttpRequest, letter: Letter, send: Callable[[], Delivery]) -> HttpResponse:
    """Sends the letter where its supporter said; on to the form, if they finish it there."""
    try:
        going = send()
    except NotAllowed:
        messages.info(request, MEANWHILE)
        return redirect("receipt", letter.receipt_token)
    if going.state == State.NEEDS_SUPPORTER:
        return redirect("hand_off", letter.receipt_token, going.id)
    messages.success(request, _("Thank you. Below stands when it goes."))
    return redirect("receipt", letter.receipt_token)


def _take_back(request: HttpRequest, delivery: Delivery) -> HttpResponse:
    try:
        take_back(delivery=delivery)
    except NotAllowed:
        messages.info(request, MEANWHILE)
    else:
        messages.info(request, _("Taken back: this office gets nothing."))
    return redirect("receipt", delivery.letter.receipt_token)
