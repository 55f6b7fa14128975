"""What was typed wrongly: its POST redirects as well, and the page shows it once with its errors.

Back and Refresh then meet no POST, which a browser would rather not repeat than show.
"""

from collections.abc import Callable

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.datastructures import MultiValueDict
from django.utils.functional import Promise

REFUSED = "refused"


def form_for(request: HttpRequest, make: Callable[[MultiValueDict | None], Form]) -> Form:
    """Bound to this POST; on a GET to what has just been refused here, once; else unbound.

    Only a POST may go on to `is_valid()`: what was refused may be valid by now.
    """
    if request.method == "POST":
        return make(request.POST)
    refused = request.session.pop(REFUSED, {})
    if refused.get("path") != request.path:
        return make(None)
    form = make(MultiValueDict(refused["typed"]))
    if refused["error"]:
        form.add_error(refused["field"], refused["error"])
    return form


def refuse(
    request: HttpRequest,
    form: Form,
    field: str | None = None,
    error: str | Promise = "",
    *,
    page: str = "",
) -> HttpResponse:
    """Back to the same page, or to the `page` with the form. `error`: one that it does not find."""
    path = page or request.path
    request.session[REFUSED] = {
        "path": path,
        "typed": {name: request.POST.getlist(name) for name in form.fields if name in request.POST},
        "field": field,
        "error": str(error),
    }
    return redirect(path)
