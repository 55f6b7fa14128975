"""The letter's POST and the bare view's, in turns, through one WSGI handler in one process.

Started by `benchmarks.posting` with the variables of the database to measure on; prints as JSON the
milliseconds of each, and how many hints a burst of letters makes.
"""

import io
import json
import logging
import sys
from statistics import median
from time import perf_counter
from urllib.parse import urlencode

from tests.environment import set_up_environment

set_up_environment()

import django  # noqa: E402

django.setup()

from django.conf import settings  # noqa: E402
from django.contrib.sessions.backends.db import SessionStore  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.core.wsgi import get_wsgi_application  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import setup_test_environment, teardown_test_environment  # noqa: E402

from benchmarks import bare  # noqa: E402
from letters import waking  # noqa: E402
from letters.models import Delivery, Letter  # noqa: E402
from tests.factories import make_campaign, make_offices_known  # noqa: E402

ROUNDS, IN_A_ROUND, WARM_UP = 20, 10, 3
BACKLOG = 200
CSRF = "c" * 32
JOURNEY = "journey:may-21"


def main() -> None:
    hints = prepare()
    letters = ROUNDS * IN_A_ROUND + BACKLOG
    post = Posting(sessions(letters))
    milliseconds: dict[str, list[float]] = {"ours": [], "bare": []}
    for number in range(ROUNDS):
        for name, one in (("ours", post.letter), ("bare", post.bare)):
            taken = [timed(one) for _ in range(IN_A_ROUND)]
            if number >= WARM_UP:
                milliseconds[name] += taken
    hints.clear()
    started = perf_counter()
    for _ in range(BACKLOG):
        post.letter()
    seconds = perf_counter() - started
    written = Letter.objects.count(), Delivery.objects.count()
    assert written == (letters, 3 * letters), written
    found = {name: median(taken) for name, taken in milliseconds.items()}
    found |= {"hints_a_letter": len(hints) / BACKLOG, "letters_a_second": BACKLOG / seconds}
    print(json.dumps(found))


def prepare() -> list[float]:
    """The product as it stands after `manage.py run`; its hints go into the list instead."""
    hints: list[float] = []
    logging.disable(logging.CRITICAL)
    settings.ROOT_URLCONF = "benchmarks.bare"
    waking.publish_hint = lambda: hints.append(perf_counter())
    call_command("migrate", verbosity=0)
    call_command("load_roster", verbosity=0)
    call_command("load_zip_map", verbosity=0)
    make_campaign()
    make_offices_known()
    bare.make_tables()
    return hints


def sessions(number: int) -> list[str]:
    """Keys of as many sessions, each of a supporter who has come to the third screen."""
    setup_test_environment()
    client = Client()
    client.get("/may-21/find/")
    address = {"street": "2101 Capitol Ave", "city": "Cheyenne", "zip": "82001"}
    client.post("/may-21/find/", address)
    client.post("/may-21/find/offices/", {"seats": ["HWY00", "SWY01", "SWY02"]})
    form = client.get("/may-21/letter/").context["form"]
    client.post("/may-21/letter/", {name: form[name].value() or "" for name in form.fields})
    teardown_test_environment()
    walked = dict(client.session)
    keys = []
    for each in range(number):
        session = SessionStore()
        session.update(walked)
        session[JOURNEY] = walked[JOURNEY] | {"form_token": f"token-{each}", "begun_at": 1}
        session.save()
        keys.append(session.session_key)
    return keys


class Posting:
    """Calls the product's own WSGI application, as gunicorn does."""

    def __init__(self, keys: list[str]):
        self.application, self.keys, self.posted = get_wsgi_application(), keys, 0

    def letter(self) -> None:
        self.posted += 1
        person = self._person() | {"prefix_title": "Ms.", "visibility": "private"}
        self._post("/may-21/you/", person, session=self.keys.pop())

    def bare(self) -> None:
        self._post("/bare/", self._person() | {"text": "Free them. " * 200})

    def _person(self) -> dict[str, str]:
        email = f"alena{self.posted}@example.org"
        return {"first_name": "Alena", "last_name": "Novak", "email": email}

    def _post(self, path: str, fields: dict[str, str], *, session: str = "") -> None:
        body = urlencode(fields | {"csrfmiddlewaretoken": CSRF}).encode()
        environ = {
            "REQUEST_METHOD": "POST",
            "PATH_INFO": path,
            "CONTENT_TYPE": "application/x-www-form-urlencoded",
            "CONTENT_LENGTH": str(len(body)),
            "HTTP_HOST": "127.0.0.1",
            "HTTP_COOKIE": f"csrftoken={CSRF}; sessionid={session}",
            "SERVER_NAME": "127.0.0.1",
            "SERVER_PORT": "80",
            "wsgi.url_scheme": "http",
            "wsgi.input": io.BytesIO(body),
            "wsgi.errors": sys.stderr,
        }
        answered = []
        answer = self.application(environ, lambda status, headers: answered.append(status))
        b"".join(answer)
        answer.close()
        assert answered == ["302 Found"], answered


def timed(one) -> float:
    """Milliseconds."""
    started = perf_counter()
    one()
    return (perf_counter() - started) * 1000


if __name__ == "__main__":
    main()
