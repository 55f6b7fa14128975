"""Screen 4: the code from the mail. A GET never confirms: mail scanners click links."""

from datetime import UTC, datetime
from functools import partial

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from campaign.languages import speak
from campaign.models import Campaign
from letters.forms import CodeForm, EmailForm
from letters.journey import Journey
from letters.mailing import Mailing, code_mailing
from letters.models import Letter
from letters.models.notice import SECOND_CLICK
from letters.receipt import disown as disown_letter
from letters.states import State
from letters.submission import (
    Confirmation,
    change_email,
    confirm_with_code,
    confirm_with_link,
    letter_of_link,
    resend_code,
)
from letters.views.hand_off import way_on
from letters.views.private import open_receipt
from letters.views.refusing import form_for, refuse
from letters.views.screens import screen
from letters.views.words import ENOUGH_CODES

TO_THE_RECEIPT = {Confirmation.CONFIRMED, Confirmation.ALREADY}
BESIDE_THE_FIELD = {Confirmation.WRONG, Confirmation.WORN_OUT}


@screen("confirm")
def page(request: HttpRequest, campaign: Campaign, journey: Journey) -> HttpResponse:
    letter = journey.letter
    if letter and letter.signatory.confirmed_at:
        journey.finish(Confirmation.ALREADY)
        return redirect("receipt", letter.receipt_token)
    if journey.ended:
        return _how_it_ended(request, campaign, Confirmation(journey.ended))
    form = form_for(request, CodeForm)
    if request.method == "GET":
        return _ask(request, campaign, journey, form)
    if not form.is_valid():
        return refuse(request, form)
    outcome = Confirmation.WRONG
    if letter:
        outcome = confirm_with_code(letter=letter, digits=form.cleaned_data["code"])
    if outcome in BESIDE_THE_FIELD:
        return refuse(request, form, "code", outcome.label)
    journey.finish(outcome)
    return _receipt(request, letter, outcome) or redirect("confirm", campaign.slug)


def _how_it_ended(request, campaign: Campaign, outcome: Confirmation) -> HttpResponse:
    """Asked for once more after the code: no code is on its way, and no letter waits for one."""
    if outcome in TO_THE_RECEIPT:
        # Confirmed, and erased since.
        return redirect("campaign", campaign.slug)
    context = {"campaign": campaign, "outcome": outcome}
    return render(request, "letters/not_confirmed.html", context)


def _ask(request, campaign: Campaign, journey: Journey, form: CodeForm) -> HttpResponse:
    context = _how_the_code_stands(campaign, journey) | {"form": form}
    return render(request, "letters/confirm.html", context)


@screen("confirm")
def standing(request: HttpRequest, campaign: Campaign, journey: Journey) -> HttpResponse:
    """The changing part of the page alone, for the script that asks every few seconds."""
    letter = journey.letter
    if journey.ended or (letter and letter.signatory.confirmed_at):
        return HttpResponse(status=410)
    return render(request, "letters/_code_mail.html", _how_the_code_stands(campaign, journey))


def _how_the_code_stands(campaign: Campaign, journey: Journey) -> dict:
    mailing = code_mailing(letter=journey.letter, asked_at=_asked_at(journey))
    return {
        "campaign": campaign,
        "email": journey.typed("you").get("email"),
        "mailing": mailing,
        "changing": mailing in {Mailing.ON_ITS_WAY, Mailing.NOT_TAKEN},
    }


def _asked_at(journey: Journey) -> datetime:
    return datetime.fromtimestamp(journey.submitted_at, UTC)


def _receipt(request: HttpRequest, letter: Letter, outcome: Confirmation) -> HttpResponse | None:
    """Only the one who has just entered the code sees everything, what needs them first."""
    if outcome == Confirmation.CONFIRMED:
        open_receipt(request, letter)
        return redirect(way_on(letter))
    return redirect("receipt", letter.receipt_token) if outcome in TO_THE_RECEIPT else None


@screen("confirm")
def resend(request: HttpRequest, campaign: Campaign, journey: Journey) -> HttpResponse:
    if request.method == "POST" and not journey.ended:
        letter = journey.letter
        if letter is None and _asked_at(journey) < timezone.now() - SECOND_CLICK:
            journey.keep_letter(None)
        _tell(request, ordered=letter is None or resend_code(letter=letter))
    return redirect("confirm", campaign.slug)


@screen("confirm")
def email(request: HttpRequest, campaign: Campaign, journey: Journey) -> HttpResponse:
    letter = journey.letter
    if journey.ended:
        return redirect("confirm", campaign.slug)
    if letter is None:
        # Not written, or gone: the last screen asks for the address again.
        journey.reopen()
    if letter is None or letter.signatory.confirmed_at:
        return redirect("confirm", campaign.slug)
    initial = {"email": journey.typed("you").get("email")}
    form = form_for(request, partial(EmailForm, initial=initial))
    if request.method == "GET":
        return render(request, "letters/email.html", {"campaign": campaign, "form": form})
    if not form.is_valid():
        return refuse(request, form)
    email = form.cleaned_data["email"]
    ordered = change_email(letter=letter, email=email)
    if ordered:
        journey.keep_email(email)
    _tell(request, ordered=ordered)
    return redirect("confirm", campaign.slug)


def _tell(request: HttpRequest, *, ordered: bool) -> None:
    if ordered:
        messages.success(request, _("A new code is on its way. Only the newest one works."))
    else:
        messages.error(request, ENOUGH_CODES)


@never_cache
@require_http_methods(["GET", "POST"])
def link(request: HttpRequest, token: str) -> HttpResponse:
    """The mailed link: one button, and only that button's POST confirms."""
    letter = _letter_of(request, token)
    if request.method == "GET":
        return _ask_by_link(request, letter, token)
    if "resend" in request.POST:
        _tell(request, ordered=resend_code(letter=letter))
        return redirect("confirm_link", token)
    letter, outcome = confirm_with_link(token)
    if outcome in BESIDE_THE_FIELD:
        messages.error(request, outcome.label)
    else:
        _finish_the_journey(request, letter, outcome)
    return _receipt(request, letter, outcome) or redirect("confirm_link", token)


def _ask_by_link(request: HttpRequest, letter: Letter, token: str) -> HttpResponse:
    campaign = letter.signatory.campaign
    if not letter.deliveries.filter(state=State.AWAITING_CODE).exists():
        return _used_before(request, letter)
    if not campaign.takes_letters:
        return _how_it_ended(request, campaign, Confirmation.CLOSED)
    context = {"campaign": campaign, "token": token}
    return render(request, "letters/confirm_link.html", context)


def _used_before(request: HttpRequest, letter: Letter) -> HttpResponse:
    """Nothing is left to send: disowned, or a second letter that was taken back, or confirmed."""
    signatory = letter.signatory
    if not signatory.confirmed_at and signatory.erasure_asked_at:
        return redirect("receipt_erased", letter.receipt_token)
    if not signatory.confirmed_at:
        return _how_it_ended(request, signatory.campaign, Confirmation.WROTE_BEFORE)
    messages.info(request, Confirmation.ALREADY.label)
    return redirect("receipt", letter.receipt_token)


def _finish_the_journey(request: HttpRequest, letter: Letter, outcome: Confirmation) -> None:
    """If it was this browser's: another letter may be half written here."""
    journey = Journey(request.session, letter.signatory.campaign)
    if journey.letter == letter:
        journey.finish(outcome)


@never_cache
@require_http_methods(["GET", "POST"])
def disown(request: HttpRequest, token: str) -> HttpResponse:
    """Whoever has the mailbox may say so without any code."""
    letter = _letter_of(request, token)
    signatory = letter.signatory
    if request.method == "GET" and signatory.erasure_asked_at is None:
        return render(request, "letters/disown.html", {"campaign": signatory.campaign})
    if request.method == "POST":
        disown_letter(letter=letter)
    return redirect("receipt_erased", letter.receipt_token)


def _letter_of(request: HttpRequest, token: str) -> Letter:
    try:
        letter = letter_of_link(token)
    except Letter.DoesNotExist as error:
        raise Http404 from error
    speak(request, letter.signatory.language)
    return letter
