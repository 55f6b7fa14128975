"""What a supporter changes afterwards: how they are shown, what has not left, everything."""

from functools import partial

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from letters.choosing import open_seat_of
from letters.forms import VisibilityForm
from letters.models import Letter
from letters.receipt import change_visibility, not_left
from letters.receipt import disown as disown_letter
from letters.receipt import erase as erase_letter
from letters.receipt import withdraw as take_back
from letters.states import State
from letters.views.private import private_page, receipt_page
from letters.views.refusing import form_for, refuse


@private_page
def shown(request: HttpRequest, letter: Letter) -> HttpResponse:
    signatory = letter.signatory
    initial = {"visibility": signatory.visibility}
    form = form_for(request, partial(VisibilityForm, initial=initial))
    if request.method == "GET":
        context = {"campaign": signatory.campaign, "letter": letter, "form": form}
        return render(request, "letters/shown.html", context)
    if not form.is_valid():
        return refuse(request, form)
    change_visibility(letter=letter, visibility=form.cleaned_data["visibility"])
    messages.success(request, _("Changed. It holds for every list made from now on."))
    return redirect("receipt", letter.receipt_token)


@private_page
def withdraw(request: HttpRequest, letter: Letter) -> HttpResponse:
    if request.method == "GET":
        context = {
            "campaign": letter.signatory.campaign,
            "letter": letter,
            "names": _what_has_not_left(letter),
        }
        return render(request, "letters/withdraw.html", context)
    messages.info(request, _what_was_taken_back(letter, take_back(letter=letter)))
    return redirect("receipt", letter.receipt_token)


def _what_has_not_left(letter: Letter) -> list[str]:
    """Whose offices get nothing; also the representative whom we still look for."""
    names = [each.member.official_name for each in not_left(letter)]
    open_seat = open_seat_of(letter)
    if open_seat is not None and open_seat.is_unsettled:
        names.append(_("Your representative"))
    return names


def _what_was_taken_back(letter: Letter, taken_back: int) -> str:
    if taken_back:
        return ngettext(
            "Taken back: %(offices)s office gets nothing. Below stands what became of each one.",
            "Taken back: %(offices)s offices get nothing. Below stands what became of each one.",
            taken_back,
        ) % {"offices": taken_back}
    if letter.deliveries.exclude(state=State.WITHDRAWN).exists():
        return _("Nothing more can be taken back: the rest has left already, or is given up.")
    return _("Everything is taken back already: no office gets this letter.")


@private_page
def erase(request: HttpRequest, letter: Letter) -> HttpResponse:
    return _erase(request, letter, erase_letter, "letters/erase.html")


@private_page
def disown(request: HttpRequest, letter: Letter) -> HttpResponse:
    return _erase(request, letter, disown_letter, "letters/disown.html")


def _erase(request: HttpRequest, letter: Letter, verb, template: str) -> HttpResponse:
    """A page asks once more; only its POST erases."""
    context = {"campaign": letter.signatory.campaign, "letter": letter}
    if request.method == "GET":
        return render(request, template, context)
    verb(letter=letter)
    return redirect("receipt_erased", letter.receipt_token)


@receipt_page
def erased(request: HttpRequest, letter: Letter) -> HttpResponse:
    """Gone, or as soon as a letter that is just leaving has left."""
    signatory = letter.signatory
    if not signatory.erasure_asked_at:
        return redirect("receipt", letter.receipt_token)
    context = {"campaign": signatory.campaign, "done": signatory.person is None}
    return render(request, "letters/erased.html", context)
