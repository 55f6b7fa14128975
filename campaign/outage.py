"""The database does not answer: a page says so, and keeps everything that was typed.

Django calls these two handlers inside its `except`. They ask neither the database nor the session,
or they would break of the same cause.
"""

import sqlite3
import sys
from dataclasses import dataclass

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.utils.cache import add_never_cache_headers
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views import defaults

SECONDS_UNTIL_THE_NEXT_TRY = 10
# Longer, or of several lines, or one of these: shown, so that nobody fears for what they wrote.
LONGEST_UNSEEN = 80
LABELS: dict[str, Promise] = {
    "own_words": _("Your own words"),
    "statement": _("The statement"),
    "subject": _("Subject"),
}


@dataclass(frozen=True)
class Typed:
    """One posted value, to be posted again."""

    name: str
    value: str

    @property
    def is_shown(self) -> bool:
        return (self.name in LABELS and bool(self.value)) or self.is_long

    @property
    def is_long(self) -> bool:
        return "\n" in self.value or len(self.value) > LONGEST_UNSEEN

    @property
    def label(self) -> str | Promise:
        return LABELS.get(self.name) or self.name.replace("_", " ").capitalize()


def server_error(request: HttpRequest) -> HttpResponse:
    """handler500: 503 where the database is out, our own mistake in all other cases."""
    if is_outage(sys.exc_info()[1]):
        return _try_again(request)
    return defaults.server_error(request)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """handler400: a session that cannot be saved is taken for one that was ended elsewhere."""
    if is_outage(exception):
        return _try_again(request)
    return defaults.bad_request(request, exception)


def is_outage(error: BaseException | None) -> bool:
    """Whether it is, or came of, a database that is locked, restarting or gone."""
    while error is not None:
        if isinstance(error, OperationalError | InterfaceError) and not _is_bad_sql(error):
            return True
        error = error.__cause__ or error.__context__
    return False


def _is_bad_sql(error: Exception) -> bool:
    """SQLite alone calls a table that is missing an operational error: waiting mends nothing."""
    cause = error.__cause__
    return isinstance(cause, sqlite3.Error) and cause.sqlite_errorname == "SQLITE_ERROR"


def _try_again(request: HttpRequest) -> HttpResponse:
    context = {"address": request.get_full_path(), "can_be_sent_again": _can_be_sent_again(request)}
    if context["can_be_sent_again"]:
        context |= {"typed": _typed(request), "csrf_token": get_token(request)}
    # Without the request no context processor runs: one of them could ask the database.
    page = HttpResponse(render_to_string("503.html", context), status=503)
    page["Retry-After"] = str(SECONDS_UNTIL_THE_NEXT_TRY)
    add_never_cache_headers(page)
    return page


def _can_be_sent_again(request: HttpRequest) -> bool:
    """Not a password, which no page repeats, and not a file, which no page can hold."""
    if request.method != "POST" or request.FILES:
        return False
    return not any("password" in name for name in request.POST)


def _typed(request: HttpRequest) -> list[Typed]:
    return [
        Typed(name, value)
        for name, values in request.POST.lists()
        for value in values
        if name != "csrfmiddlewaretoken"
    ]
