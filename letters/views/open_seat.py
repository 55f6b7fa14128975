"""The House seat that was left open: what the receipt says of it, and the page to choose it on."""

from dataclasses import dataclass
from functools import partial

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from letters.choosing import choice_for, choose, decline, may_choose, open_seat_of
from letters.forms import SeatForm
from letters.models import Letter, OpenSeat
from letters.models.open_seat import Outcome
from letters.naming import office_name, state_name
from letters.states import NotAllowed
from letters.views.agree import follow
from letters.views.private import private_page
from letters.views.refusing import form_for, refuse
from letters.views.words import MEANWHILE, when

STANDING: dict[str, Promise] = {
    Outcome.OPEN: gettext_lazy("We are still looking"),
    Outcome.ASKED: gettext_lazy("We are still looking, and you may know better"),
    Outcome.DECLINED: gettext_lazy("No letter, as you said"),
    Outcome.GIVEN_UP: gettext_lazy("Not found"),
    Outcome.TAKEN_BACK: gettext_lazy("Taken back"),
}
# By how many seats the last look left: none of which we know, one, several.
WHAT_WE_KNOW: tuple[Promise, ...] = (
    gettext_lazy("We do not know your district yet: nothing has gone to this office."),
    gettext_lazy(
        "We know your district by now, but not who holds its seat: it is vacant, or we have not "
        "learned it yet. Your letter waits."
    ),
    gettext_lazy("Your address fits more than one district: nothing has gone to this office."),
)
SETTLED: dict[str, Promise] = {
    Outcome.DECLINED: gettext_lazy("This office gets nothing."),
    Outcome.GIVEN_UP: gettext_lazy(
        "The campaign was over before we knew your district: nothing went to this office."
    ),
    Outcome.TAKEN_BACK: gettext_lazy("This office gets nothing."),
}
# More than these are a menu.
CARDS = 6


@dataclass(frozen=True)
class OpenLine:
    """The seat on the receipt, as long as no delivery goes there."""

    state: str
    tone: str
    standing: str
    told: str
    next: str
    may_choose: bool
    asks_you: bool
    may_be_taken_back: bool
    # Worth looking again in a few seconds.
    changes_soon: bool


def open_line(letter: Letter) -> OpenLine | None:
    """None: there is no such seat, or it is among the offices by now."""
    open_seat = open_seat_of(letter)
    if open_seat is None or open_seat.outcome not in STANDING:
        return None
    can_choose = may_choose(letter, open_seat)
    asks = can_choose and open_seat.outcome == Outcome.ASKED
    return OpenLine(
        state=state_name(open_seat.state),
        tone="you" if asks else "quiet",
        standing=str(STANDING[open_seat.outcome]),
        told=_told(open_seat),
        next=_next(letter, open_seat),
        may_choose=can_choose,
        asks_you=asks,
        may_be_taken_back=open_seat.is_unsettled,
        changes_soon=open_seat.is_unsettled and open_seat.due_at <= timezone.now(),
    )


def _told(open_seat: OpenSeat) -> str:
    known = min(len(open_seat.candidates), 2)
    return str(SETTLED.get(open_seat.outcome) or WHAT_WE_KNOW[known])


def _next(letter: Letter, open_seat: OpenSeat) -> str:
    if not open_seat.is_unsettled:
        return ""
    if letter.signatory.confirmed_at is None:
        return _("Enter the code from our mail: we look then.")
    if open_seat.due_at <= timezone.now():
        return _("We look again in a moment, and write to you when we find it.")
    at = when(open_seat.due_at, letter.signatory.campaign)
    return _("We look again on %(when)s, and write to you when we find it.") % {"when": at}


@private_page
def page(request: HttpRequest, letter: Letter) -> HttpResponse:
    if "nobody" in request.POST:
        return _decline(request, letter)
    choice = choice_for(letter)
    if choice is None:
        return redirect("receipt", letter.receipt_token)
    held = [seat.code for seat in choice.offers if seat.sitting_term]
    form = form_for(request, partial(SeatForm, choices=held))
    if request.method == "POST":
        if not form.is_valid():
            return refuse(request, form)
        seat = form.cleaned_data["seat"]
        return follow(request, letter, partial(choose, letter=letter, seat=seat))
    context = {
        "campaign": letter.signatory.campaign,
        "letter": letter,
        "choice": choice,
        "offers": [(seat, office_name(seat)) for seat in choice.offers],
        "is_menu": len(choice.offers) > CARDS,
        "is_looked_for": letter.open_seat.is_unsettled,
        "state": state_name(letter.open_seat.state),
        "form": form,
    }
    return render(request, "letters/open_seat.html", context)


def _decline(request: HttpRequest, letter: Letter) -> HttpResponse:
    try:
        decline(letter=letter)
    except NotAllowed:
        messages.info(request, MEANWHILE)
    else:
        messages.info(request, _("Done: no representative gets your letter."))
    return redirect("receipt", letter.receipt_token)
