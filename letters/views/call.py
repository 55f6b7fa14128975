"""After the letter: would they like to call too? Nothing on this page is about the supporter."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from campaign.models import Mode
from letters.calling import call_of
from letters.models import Letter
from letters.views.private import receipt_page


@receipt_page
def page(request: HttpRequest, letter: Letter) -> HttpResponse:
    call = call_of(letter)
    if call is None:
        return redirect("receipt", letter.receipt_token)
    context = {
        "campaign": letter.signatory.campaign,
        "letter": letter,
        "call": call,
        "is_live": letter.destination == Mode.LIVE,
    }
    return render(request, "letters/call.html", context)
