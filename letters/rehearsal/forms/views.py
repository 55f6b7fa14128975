"""The doors of the offices' contact forms: HTTP in, HTTP out."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.crypto import get_random_string, salted_hmac
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe
from lxml.html import HtmlElement

from letters.models import Mood
from letters.rehearsal.forms import showing
from letters.rehearsal.forms.building import Sheet, built, mounted, thanks
from letters.rehearsal.forms.office import Office, mood_of_forms, office_of
from letters.rehearsal.forms.reading import Sent, Unreadable, read
from letters.rehearsal.forms.selecting import CannotBuild
from letters.rehearsal.forms.taking import Taken, carried, take

BODY_BYTES = 256 * 1024
MAINTENANCE_SECONDS = 60
# Binds what is sent to the visit in which the form was shown.
VISITOR = "rehearsal_visitor"
NOTHING = Sent(pairs=())


@never_cache
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def form_page(request: HttpRequest, *, bioguide: str) -> HttpResponseBase:
    """An office's form; what it sends comes to the same address."""
    office = _office(bioguide)
    closed = _closed()
    if closed:
        return closed
    visitor = request.COOKIES.get(VISITOR) or get_random_string(24)
    if request.method == "POST":
        answer = _posted(request, office, visitor)
    else:
        answer = _shown(office, _number_asked_for(request, office), visitor)
    answer.set_cookie(VISITOR, visitor, httponly=True, samesite="Lax", path=request.path)
    return answer


@never_cache
@require_safe
def form_fields(request: HttpRequest, *, bioguide: str) -> HttpResponseBase:
    """What the page's script builds the form from."""
    office = _office(bioguide)
    number = _number_asked_for(request, office)
    form = built(office.form, _sheet(office, number, request.COOKIES.get(VISITOR, "")))
    return _closed() or JsonResponse(showing.described(form), safe=False)


@require_safe
def form_thanks(request: HttpRequest, *, bioguide: str) -> HttpResponse:
    """Where stacks that redirect say thank you."""
    office = _office(bioguide)
    return _page(office, thanks(office.form))


def _office(bioguide: str) -> Office:
    try:
        office = office_of(bioguide)
    except CannotBuild as error:
        raise Http404(str(error)) from error
    if office is None:
        raise Http404("There is no recipe for that member's form.")
    return office


def _closed() -> HttpResponse | None:
    mood = mood_of_forms()
    if mood == Mood.Kind.MAINTENANCE:
        return _later(503, "Closed for maintenance.", seconds=MAINTENANCE_SECONDS)
    if mood == Mood.Kind.TOO_FAST:
        return _later(429, "Too many requests.", seconds=1)
    return None


def _later(status: int, words: str, *, seconds: int) -> HttpResponse:
    headers = {"Retry-After": str(seconds)}
    return HttpResponse(words, status=status, content_type="text/plain", headers=headers)


def _shown(office: Office, number: int, visitor: str) -> HttpResponse:
    if office.form.is_built_by_script:
        fields = reverse("rehearsal-form-fields", args=[office.form.bioguide])
        return _page(
            office, mounted(office.form, showing.placeholder(f"{fields}?page={number + 1}"))
        )
    return _page(office, mounted(office.form, built(office.form, _sheet(office, number, visitor))))


def _posted(request: HttpRequest, office: Office, visitor: str) -> HttpResponseBase:
    # One byte more than is allowed tells that there is more.
    body = request.read(BODY_BYTES + 1)
    if len(body) > BODY_BYTES:
        return HttpResponse("It is too large.", status=413, content_type="text/plain")
    kind = request.headers.get("Content-Type", "")
    try:
        sent = read(body, content_type=kind, charset=office.form.charset)
    except Unreadable as error:
        return HttpResponse(str(error), status=400, content_type="text/plain")
    taken = take(office, sent, tokens=_tokens(office, visitor))
    if office.form.is_sent_by_script and request.headers.get("Accept") == "application/json":
        return _told_to_script(office, taken)
    if taken.page is None:
        return _thanked(office)
    form = built(office.form, _sheet(office, taken.page, visitor, sent))
    return _page(office, *_faults(taken), mounted(office.form, form))


def _told_to_script(office: Office, taken: Taken) -> JsonResponse:
    content = thanks(office.form) if taken.page is None else showing.faults(taken.faults)
    return JsonResponse({"accepted": taken.page is None, "content": showing.described(content)})


def _thanked(office: Office) -> HttpResponse:
    if office.form.style.redirects:
        return HttpResponseRedirect(reverse("rehearsal-form-thanks", args=[office.form.bioguide]))
    return _page(office, thanks(office.form))


def _faults(taken: Taken) -> list[HtmlElement]:
    return [showing.faults(taken.faults)] if taken.faults else []


def _sheet(office: Office, number: int, visitor: str, sent: Sent = NOTHING) -> Sheet:
    form = office.form
    address = reverse("rehearsal-form", args=[form.bioguide]) + form.style.address
    return Sheet(
        number,
        tokens=_tokens(office, visitor),
        typed={name: sent.values(name) for name, _ in sent.pairs},
        carried=carried(form, sent, to=number),
        action=address if form.style.address else "",
    )


def _page(office: Office, *content: HtmlElement) -> HttpResponse:
    charset = office.form.charset
    body = showing.page(showing.Frame(office.title, charset), *content)
    return HttpResponse(body, content_type=f"text/html; charset={charset}")


def _tokens(office: Office, visitor: str) -> dict[str, str]:
    """Each hidden field says who visits which office."""
    visit = f"{office.form.bioguide} {visitor}"
    names = office.form.style.tokens
    return {name: salted_hmac(f"rehearsal form {name}", visit).hexdigest() for name in names}


def _number_asked_for(request: HttpRequest, office: Office) -> int:
    """From 0; the address counts from 1."""
    asked = request.GET.get("page", "")
    number = int(asked) if asked.isdecimal() and len(asked) < 3 else 1
    return min(max(number, 1), len(office.form.pages)) - 1
