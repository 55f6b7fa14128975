"""The rehearsal Congress's doors: HTTP in, HTTP out."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from letters.rehearsal.gateway import (
    BODY_BYTES,
    Call,
    Gateway,
    Reply,
    refusal_at_the_door,
    take_letter,
)


@csrf_exempt
@require_POST
def letter(request: HttpRequest, *, gateway: Gateway) -> HttpResponse:
    """A letter for an office."""
    # One byte more than is allowed tells that there is more.
    body = request.read(BODY_BYTES + 1)
    call = Call(key=_key(request), content_type=request.content_type, body=body)
    return _answered(take_letter(gateway, call))


@require_GET
def house_list(request: HttpRequest, *, gateway: Gateway) -> HttpResponseBase:
    """The offices as the House lists them: an array of codes."""
    refusal = refusal_at_the_door(gateway, key=_key(request))
    return _answered(refusal) if refusal else JsonResponse(gateway.offices, safe=False)


@require_GET
def senate_list(request: HttpRequest, *, gateway: Gateway) -> HttpResponseBase:
    """The offices as the Senate lists them: an array of objects."""
    refusal = refusal_at_the_door(gateway, key=_key(request))
    rows = [{"name": f"Rehearsal {code}", "office_code": code} for code in gateway.offices]
    return _answered(refusal) if refusal else JsonResponse(rows, safe=False)


def _key(request: HttpRequest) -> str:
    return request.GET.get("apikey") or request.headers.get("X-APIKEY", "")


def _answered(reply: Reply) -> HttpResponse:
    response = HttpResponse(reply.body, status=reply.status, content_type=reply.content_type)
    if reply.retry_after is not None:
        response.headers["Retry-After"] = str(reply.retry_after)
    return response
