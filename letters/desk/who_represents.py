"""Who represents an address, and how we know: every step of a lookup, for who must answer for it.

The address comes by POST and goes into the answer alone: no URL, session or log carries it,
and like every page of the admin it is never cached.
"""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from letters.desk.forms import WhoRepresentsForm
from letters.desk.pages import desk_page, may_watch
from representatives.lookup import Explanation, Finder


@may_watch
@sensitive_post_parameters("address")
@require_http_methods(["GET", "POST"])
def who_represents(request: HttpRequest) -> HttpResponse:
    """A form, and below it the steps from the day to the members."""
    form = WhoRepresentsForm(request.POST if request.method == "POST" else None)
    return desk_page(
        request,
        "admin/desk/who_represents.html",
        title="Who represents this address, and how do we know?",
        form=form,
        explanation=_explained(form) if form.is_valid() else None,
    )


def _explained(form: WhoRepresentsForm) -> Explanation:
    asked = form.cleaned_data
    return Finder(on=asked["on"], offline=asked["offline"]).explain(asked["address"])
