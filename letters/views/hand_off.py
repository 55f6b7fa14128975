"""One office that the supporter finishes in its official form, with everything ready to copy."""

from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy

from letters.fields import without_control_characters
from letters.forms import SentForm
from letters.hand_off import (
    ask_by_hand,
    could_not,
    hand_off,
    hand_off_obstacle,
    known_obstacles,
    over,
    report_finished,
    undo_report,
)
from letters.models import Delivery, Letter
from letters.models.delivery import DeliveryQuerySet
from letters.naming import office_name
from letters.printing import letter_pdf
from letters.states import NotAllowed, Reason, State
from letters.views.private import REPORTED, private_page
from letters.views.refusing import form_for, refuse
from letters.views.words import COME_BACK, MEANWHILE, Line, line

# What may keep somebody, in their own words.
WHY_NOT = (
    (Reason.FORM_NOT_FOUND.value, gettext_lazy("The form is not there, or does not work")),
    (Reason.FORM_ASKED_MORE.value, gettext_lazy("It asks for something I do not have")),
    (Reason.YOU_COULD_NOT.value, gettext_lazy("Something else")),
)


def way_on(letter: Letter) -> str:
    """The first office that needs the supporter now; the receipt where none does."""
    for following in _with_all(letter.deliveries.open_hand_offs()):
        obstacle = hand_off_obstacle(following)
        if obstacle in Reason.asks_its_supporter():
            return reverse("seat", args=[letter.receipt_token, following.id])
        if not obstacle:
            return reverse("hand_off", args=[letter.receipt_token, following.id])
    return reverse("receipt", args=[letter.receipt_token])


@private_page
def first(request: HttpRequest, letter: Letter) -> HttpResponse:
    """For links that are older than what was done since."""
    return redirect(way_on(letter))


@private_page
def page(request: HttpRequest, letter: Letter, id: UUID) -> HttpResponse:
    """The hand-off. A POST is a letter that is being shortened: it comes back counted."""
    delivery = delivery_of(letter, id)
    if not _is_open(delivery):
        return redirect("receipt", letter.receipt_token)
    obstacle = hand_off_obstacle(delivery)
    if obstacle in Reason.asks_its_supporter():
        return redirect("seat", letter.receipt_token, id)
    if obstacle:
        messages.error(request, COME_BACK.get(obstacle, Reason(obstacle).label))
        return redirect("receipt", letter.receipt_token)
    ready = hand_off(delivery)
    form = form_for(request, partial(SentForm, initial={"text": ready.message}))
    if request.method == "POST":
        return refuse(request, form)
    context = {
        "campaign": letter.signatory.campaign,
        "letter": letter,
        "delivery": delivery,
        "office": office_name(delivery.seat),
        "why": Reason(delivery.reason).label,
        "hand_off": ready,
        "form": form,
        "too_long_by": over(_typed(form), ready.page.text_limit),
        "left": _left(letter, delivery),
        "reasons": WHY_NOT,
        "reported": just_reported(request, letter),
    }
    return render(request, "letters/hand_off.html", context)


@private_page
def printed(request: HttpRequest, letter: Letter, id: UUID) -> HttpResponse:
    """The letter on paper, under a name that says nothing."""
    delivery = delivery_of(letter, id)
    if not _is_open(delivery) or hand_off_obstacle(delivery):
        return redirect("receipt", letter.receipt_token)
    headers = {"Content-Disposition": 'attachment; filename="letter.pdf"'}
    return HttpResponse(letter_pdf(delivery), content_type="application/pdf", headers=headers)


@private_page
def report(request: HttpRequest, letter: Letter, id: UUID, report: str) -> HttpResponse:
    """What the supporter says became of it; then the next office that needs them."""
    if report not in REPORTS:
        raise Http404
    delivery = delivery_of(letter, id)
    form = SentForm(request.POST)
    if "text" in request.POST and not form.is_valid():
        return refuse(request, form, page=reverse("hand_off", args=[letter.receipt_token, id]))
    if request.method == "POST":
        try:
            REPORTS[report](delivery, request.POST)
        except NotAllowed:
            # The second half of a double click says what is known, and goes on.
            if report != "sent" or delivery_of(letter, id).state != State.SELF_REPORTED:
                messages.info(request, MEANWHILE)
                return redirect("receipt", letter.receipt_token)
    if report == "undo":
        return redirect("hand_off", letter.receipt_token, id)
    request.session[REPORTED] = str(id)
    return redirect(way_on(letter))


def _sent(delivery: Delivery, typed: QueryDict) -> None:
    """Only a letter that had to be shortened comes with its text."""
    report_finished(delivery=delivery, text=without_control_characters(typed.get("text", "")))


def _could_not(delivery: Delivery, typed: QueryDict) -> None:
    could_not(delivery=delivery, why=typed.get("why", ""))


def _by_hand(delivery: Delivery, typed: QueryDict) -> None:
    ask_by_hand(delivery=delivery)


def _undo(delivery: Delivery, typed: QueryDict) -> None:
    undo_report(delivery=delivery)


REPORTS = {"sent": _sent, "could-not": _could_not, "by-hand": _by_hand, "undo": _undo}


def _left(letter: Letter, this_one: Delivery) -> int:
    """How many offices need them, with this one: as many as their receipt says."""
    known = letter.deliveries.open_hand_offs().select_related("seat")
    ready = {each.id for each in known} - set(known_obstacles(known))
    return len(ready | {this_one.id})


def _typed(form: SentForm) -> str:
    return without_control_characters(form["text"].value() or "")


def just_reported(request: HttpRequest, letter: Letter) -> Line | None:
    """The office that was reported right before this page, once, if that can be undone."""
    reported = request.session.pop(REPORTED, None)
    delivery = _with_all(letter.deliveries).filter(id=reported).first()
    if delivery is None:
        return None
    told = line(delivery)
    given_up = delivery.state == State.NEEDS_SUPPORTER and delivery.reason in Reason.could_not()
    return told if told.can_be_undone or given_up else None


def _is_open(delivery: Delivery) -> bool:
    return delivery.state == State.NEEDS_SUPPORTER and not delivery.letter.text_erased_at


def delivery_of(letter: Letter, id: UUID) -> Delivery:
    return get_object_or_404(_with_all(letter.deliveries), id=id)


def _with_all(deliveries: DeliveryQuerySet) -> DeliveryQuerySet:
    return deliveries.select_related("seat", "member", "letter__signatory__campaign")
