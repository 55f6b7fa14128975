"""Screen 4: the code from the mail. A GET never confirms: mail scanners click links."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from campaign.models import Campaign
from letters.forms import CodeForm, EmailForm
from letters.journey import Journey
from letters.models import Letter
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
from letters.views.private import open_receipt
from letters.views.screens import screen

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
    form = CodeForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return _ask(request, campaign, journey, form)
    outcome = Confirmation.WRONG
    if letter:
        outcome = confirm_with_code(letter=letter, digits=form.cleaned_data["code"])
    if outcome in BESIDE_THE_FIELD:
        form.add_error("code", outcome.label)
        return _ask(request, campaign, journey, form)
    journey.finish(outcome)
    return _answer(request, letter, outcome)


def _how_it_ended(request, campaign: Campaign, outcome: Confirmation) -> HttpResponse:
    """Asked for once more after the code: no code is on its way, and no letter waits for one."""
    if outcome in TO_THE_RECEIPT:
        # Confirmed, and erased since.
        return redirect("campaign", campaign.slug)
    context = {"campaign": campaign, "outcome": outcome}
    return render(request, "letters/not_confirmed.html", context)


def _ask(request, campaign: Campaign, journey: Journey, form: CodeForm) -> HttpResponse:
    context = {"campaign": campaign, "form": form, "email": journey.typed("you").get("email")}
    return render(request, "letters/confirm.html", context)


def _answer(request: HttpRequest, letter: Letter, outcome: Confirmation) -> HttpResponse:
    """Only the one who has just entered the code sees everything at once."""
    if outcome == Confirmation.CONFIRMED:
        open_receipt(request, letter)
    if outcome in TO_THE_RECEIPT:
        return redirect("receipt", letter.receipt_token)
    return _how_it_ended(request, letter.signatory.campaign, outcome)


@screen("confirm")
def resend(request: HttpRequest, campaign: Campaign, journey: Journey) -> HttpResponse:
    if request.method == "POST" and not journey.ended:
        letter = journey.letter
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
    form = EmailForm(
        request.POST if request.method == "POST" else None,
        initial={"email": journey.typed("you").get("email")},
    )
    if not form.is_valid():
        return render(request, "letters/email.html", {"campaign": campaign, "form": form})
    journey.keep_email(form.cleaned_data["email"])
    _tell(request, ordered=change_email(letter=letter, email=form.cleaned_data["email"]))
    return redirect("confirm", campaign.slug)


def _tell(request: HttpRequest, *, ordered: bool) -> None:
    if ordered:
        messages.success(request, _("We have sent a new code. Only the newest one works."))
    else:
        messages.error(request, _("That is all the codes we can send for this letter."))


@never_cache
@require_http_methods(["GET", "POST"])
def link(request: HttpRequest, token: str) -> HttpResponse:
    """The mailed link: one button, and only that button's POST confirms."""
    letter = _letter_of(token)
    if "resend" in request.POST:
        _tell(request, ordered=resend_code(letter=letter))
        return redirect("confirm_link", token)
    if request.method == "GET" and not letter.deliveries.filter(state=State.AWAITING_CODE).exists():
        return _used_before(request, letter)
    outcome = None
    if request.method == "POST":
        letter, outcome = confirm_with_link(token)
    if outcome is None or outcome in BESIDE_THE_FIELD:
        context = {"campaign": letter.signatory.campaign, "token": token, "outcome": outcome}
        return render(request, "letters/confirm_link.html", context)
    _finish_the_journey(request, letter, outcome)
    return _answer(request, letter, outcome)


def _used_before(request: HttpRequest, letter: Letter) -> HttpResponse:
    """Nothing is left to send: disowned, or a second letter that was taken back, or confirmed."""
    signatory = letter.signatory
    if not signatory.confirmed_at and signatory.erasure_asked_at:
        context = {"campaign": signatory.campaign, "done": signatory.person is None}
        return render(request, "letters/erased.html", context)
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
    letter = _letter_of(token)
    campaign = letter.signatory.campaign
    if request.method == "GET":
        return render(request, "letters/disown.html", {"campaign": campaign})
    done = disown_letter(letter=letter)
    return render(request, "letters/erased.html", {"campaign": campaign, "done": done})


def _letter_of(token: str) -> Letter:
    try:
        return letter_of_link(token)
    except Letter.DoesNotExist as error:
        raise Http404 from error
