"""A fresh code by mail opens a receipt again once the first visit is over, or it was closed."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from letters.codes import Verdict
from letters.forms import CodeForm
from letters.mailing import receipt_code_mailing
from letters.models import Letter
from letters.receipt import ask_for_code, unlock
from letters.views.private import (
    close_receipt,
    is_open,
    open_receipt,
    receipt_page,
    wanted_page,
)
from letters.views.refusing import form_for, refuse
from letters.views.words import ENOUGH_CODES

# What to do next.
CLOSED = {
    Verdict.WRONG: gettext_lazy("That code does not open it. Look again, or ask for a new one."),
    Verdict.WORN_OUT: gettext_lazy("That code is no longer good. Please ask for a new one."),
}


@receipt_page
def page(request: HttpRequest, letter: Letter) -> HttpResponse:
    if is_open(request, letter) or letter.signatory.person is None:
        return redirect("receipt", letter.receipt_token)
    form = form_for(request, CodeForm)
    if request.method == "GET":
        context = {"campaign": letter.signatory.campaign, "letter": letter, "form": form}
        context["mailing"] = receipt_code_mailing(letter)
        return render(request, "letters/unlock.html", context)
    if not form.is_valid():
        return refuse(request, form)
    verdict = unlock(letter=letter, digits=form.cleaned_data["code"])
    if verdict != Verdict.RIGHT:
        return refuse(request, form, "code", CLOSED[verdict])
    open_receipt(request, letter)
    return redirect(wanted_page(request, letter))


@receipt_page
def ask(request: HttpRequest, letter: Letter) -> HttpResponse:
    may_ask = request.method == "POST" and letter.signatory.person is not None
    # That a code is on its way the page says by itself.
    if may_ask and not ask_for_code(letter=letter):
        messages.error(request, ENOUGH_CODES)
    return redirect("receipt_code", letter.receipt_token)


@receipt_page
def close(request: HttpRequest, letter: Letter) -> HttpResponse:
    """The same as if the first visit were over; closing twice does no harm."""
    if request.method == "POST":
        close_receipt(request, letter)
        messages.success(request, _("This page is closed on this device."))
    return redirect("receipt", letter.receipt_token)
