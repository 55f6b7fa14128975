"""The campaign page and a bare template page, in turns, through one WSGI handler in one process.

Started by `benchmarks.pages` with the variables of a server that is prepared; prints as JSON the
milliseconds of each page by language.
"""

import io
import json
import logging
import sys
from statistics import median
from time import perf_counter

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.core.wsgi import get_wsgi_application  # noqa: E402
from django.utils import timezone  # noqa: E402

from campaign.models import Campaign, Signatory  # noqa: E402
from tests.factories import WYOMING, make_delivery, make_letter  # noqa: E402

ROUNDS, IN_A_ROUND, WARM_UP = 60, 10, 5
LETTERS = 300
PAGES = {"ours": "/may-21/", "bare": "/bare/page/"}


def main() -> None:
    logging.disable(logging.CRITICAL)
    settings.ROOT_URLCONF = "benchmarks.bare"
    write_letters()
    application = get_wsgi_application()
    print(json.dumps({code: in_turns(application, code) for code, _ in settings.LANGUAGES}))


def write_letters() -> None:
    """Confirmed ones, so that there is something to count."""
    campaign = Campaign.objects.get()
    for _ in range(LETTERS):
        letter = make_letter(campaign=campaign)
        for seat in WYOMING:
            make_delivery(letter=letter, seat=seat)
    Signatory.objects.update(confirmed_at=timezone.now())


def in_turns(application, language: str) -> dict[str, float]:
    milliseconds: dict[str, list[float]] = {name: [] for name in PAGES}
    for number in range(ROUNDS):
        for name, path in PAGES.items():
            taken = [timed(application, path, language) for _ in range(IN_A_ROUND)]
            if number >= WARM_UP:
                milliseconds[name] += taken
    return {name: median(taken) for name, taken in milliseconds.items()}


def timed(application, path: str, language: str) -> float:
    """Milliseconds of one GET, as a browser asks and gunicorn passes it on."""
    environ = {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": path,
        "HTTP_HOST": settings.SITE_HOST,
        "HTTP_X_FORWARDED_PROTO": "https",
        "HTTP_ACCEPT_LANGUAGE": language,
        "HTTP_ACCEPT_ENCODING": "gzip, br",
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "80",
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(),
        "wsgi.errors": sys.stderr,
    }
    answered = []
    started = perf_counter()
    answer = application(environ, lambda status, headers: answered.append(status))
    assert b"".join(answer)
    answer.close()
    taken = perf_counter() - started
    assert answered == ["200 OK"], (path, answered)
    return taken * 1000


if __name__ == "__main__":
    main()
