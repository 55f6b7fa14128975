"""Offices' sites on loopback, and letters sent to them by the plain engine."""

from contextlib import ExitStack

import pytest

from letters.channels.webform.egress import Allowed, egress
from letters.channels.webform.recipe import Action
from tests.faults.servers import running
from tests.letters.channels.webform.office import (
    THANKS,
    Office,
    Sent,
    click,
    make_plan,
    page,
    plain_run,
    write,
)
from tests.letters.channels.webform.site import Answer, Site


@pytest.fixture
def office():
    """Starts a site: `office({"/form": page(…)})`, until the test is over."""
    with ExitStack() as sites:
        yield lambda pages: sites.enter_context(running(Office(pages)))


@pytest.fixture
def send(office):
    """Sends a letter by a form: `send(html, *actions)`; a POST to it is thanked for."""

    def send(html: str | bytes, *actions: Action, pages: dict | None = None, **page_more) -> Sent:
        site = office(
            {"/form": page(html, **page_more), "POST /form": page(THANKS)} | (pages or {})
        )
        return plain_run(site, make_plan(*(actions or (write(),)), click()))

    return send


@pytest.fixture
def site():
    with Site(lambda asked: Answer(f"<p>{asked.path}</p>")) as one:
        yield one


@pytest.fixture
def rehearsal(site):
    """The way out of a rehearsal that has `site` for its Congress."""
    with egress(Allowed.rehearsal(site.url)) as way:
        yield way
