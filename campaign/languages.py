"""Which language a page speaks: the supporter's own; English where organizations work."""

from django.conf import settings
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.middleware.locale import LocaleMiddleware
from django.utils import translation

DESK = ("/admin/", "/organizations/")


class SpokenLanguage(LocaleMiddleware):
    """The one that was chosen, else the browser's, else English."""

    def process_request(self, request: HttpRequest) -> None:
        if not request.path_info.startswith(DESK):
            super().process_request(request)
            return
        # Its words are not in the catalogues: half of a page would speak another language.
        translation.activate(settings.LANGUAGE_CODE)
        request.LANGUAGE_CODE = settings.LANGUAGE_CODE


def speak(request: HttpRequest, language: str) -> None:
    """A letter's own language, where its reader has chosen none in this browser.

    A mail's link often opens in a browser that has never seen us, and speaks another.
    """
    if settings.LANGUAGE_COOKIE_NAME not in request.COOKIES:
        translation.activate(language)
        request.LANGUAGE_CODE = translation.get_language()


def is_spoken(code: str) -> bool:
    return code in dict(settings.LANGUAGES)


def keep_speaking(request: HttpRequest, response: HttpResponse, language: str) -> None:
    """As if its reader had chosen it, where they have chosen none in this browser."""
    if is_spoken(language) and settings.LANGUAGE_COOKIE_NAME not in request.COOKIES:
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            language,
            max_age=settings.LANGUAGE_COOKIE_AGE,
            path=settings.LANGUAGE_COOKIE_PATH,
            domain=settings.LANGUAGE_COOKIE_DOMAIN,
            secure=settings.LANGUAGE_COOKIE_SECURE,
            httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
            samesite=settings.LANGUAGE_COOKIE_SAMESITE,
        )


def said(row: Model, name: str) -> str:
    """A row's words in the active language, where its organizers wrote them; else in English.

    A text `purpose` has columns `purpose_be`, `purpose_ru` … beside it.
    """
    return getattr(row, f"{name}_{translation.get_language()}", "") or getattr(row, name, "")
