"""One meaning: on the same page both engines send the same bytes in the same order."""

import re

import pytest

from letters.channels.webform.browser import BrowserEngine
from letters.channels.webform.plain import PlainEngine
from letters.channels.webform.recipe import Plan
from tests.faults.servers import running
from tests.letters.channels.webform.forms import FORMS
from tests.letters.channels.webform.office import (
    OFFICE,
    THANKS,
    Asked,
    Office,
    click,
    make_plan,
    page,
    write,
)
from tests.letters.channels.webform.whole_forms import WHOLE_FORMS

pytestmark = pytest.mark.browser
LETTER = "Dear Senator,\n\nplain & simple: 100%;\tyours ~*!'()"
BOUNDARY = re.compile(rb"(boundary=|--)-{4}\w+")
PICTURES = {"/favicon.ico", "/x"}
HERE = f"{OFFICE}/form?here=1"


def sent_by(engine, plan: Plan, pages: dict) -> tuple[list[tuple], bool, Plan]:
    """What arrives on the way, whether it counts as accepted, and the plan as it left."""
    begun: list[Plan] = []
    with running(Office(pages)) as site:
        landing = engine.submit(plan, proxy=site.proxy, seconds=30, begin=begun.append)
        # A browser asks for pictures too.
        asked = [told(each) for each in site.asked if each.path not in PICTURES]
    (left,) = begun
    return asked, landing.succeeded, left


def told(asked: Asked) -> tuple:
    kind = BOUNDARY.sub(b"--", asked.header("Content-Type").encode())
    return asked.method, asked.url, kind, BOUNDARY.sub(b"--", asked.body)


@pytest.mark.parametrize("fact", FORMS)
def test_a_form_is_sent_alike(fact):
    thanks = page(THANKS)
    pages = {"GET /form": page(FORMS[fact]), "POST /form": thanks}
    pages |= {"/taken": thanks, "/deep/er/taken": thanks}
    plan = make_plan(write(value=LETTER), click(), url=HERE)
    assert sent_by(PlainEngine(), plan, pages) == sent_by(BrowserEngine(), plan, pages)


@pytest.mark.parametrize("fact", WHOLE_FORMS)
def test_a_letter_is_filled_in_alike(fact):
    form = WHOLE_FORMS[fact]
    plan = make_plan(*form.actions, url=HERE)
    by_plain = sent_by(PlainEngine(), plan, form.pages)
    by_browser = sent_by(BrowserEngine(), plan, form.pages)
    assert by_plain == by_browser
    assert by_plain[1], "accepted"
