"""One meaning: on every office's page both engines send the same bytes, in the same order."""

import re
from dataclasses import dataclass, replace

import pytest

from letters.channels.interface import ChannelError
from letters.channels.webform.browser import BrowserEngine
from letters.channels.webform.egress import Allowed, egress
from letters.channels.webform.engine import Engine, FormChanged
from letters.channels.webform.filling import lay_out
from letters.channels.webform.homing import at_home
from letters.channels.webform.plain import PlainEngine
from letters.channels.webform.recipe import By, Kind, Plan, Recipe
from letters.models import Arrival, ContactForm
from letters.rehearsal.forms import views
from tests.letters.channels.rehearsed import RECIPES, SIGNS, make_envelope, members

BOUNDARY = re.compile(r"boundary=(.+)")
# What an office says whose recipe does not know what it says.
THANKS = "Your message is on its way"
SECONDS = 60


@dataclass(frozen=True)
class Data:
    """What one engine has sent, page after page, and whether it saw that it was taken."""

    bodies: tuple[tuple[str, bytes], ...]
    succeeded: bool


class Congress:
    """The offices' forms at `url`, to one visitor: what is bound to a visit is the same in all."""

    def __init__(self, url: str, monkeypatch):
        self.url, self._bodies = url, []
        self._read = views.read
        monkeypatch.setattr(views, "read", self._record)
        monkeypatch.setattr(views, "get_random_string", lambda length: "v" * length)

    def serve(self, recipe: Recipe) -> None:
        kept = {"recipe": recipe.as_json()}
        ContactForm.objects.update_or_create(member_id=recipe.bioguide, defaults=kept)

    def sent_by(self, engine: Engine, plan: Plan) -> Data:
        """The letter to the page as it is served now. Raises what the engine raises."""
        self._bodies.clear()
        with egress(Allowed.rehearsal(self.url)) as way:
            landing = engine.submit(plan, proxy=way.url, seconds=SECONDS, begin=lambda plan: None)
        return Data(tuple(self._bodies), landing.succeeded)

    def plan_for(self, recipe: Recipe) -> Plan:
        """Without the recipe's pauses, which write nothing."""
        page = f"{self.url}/forms/{recipe.bioguide}/"
        plan = at_home(lay_out(recipe, make_envelope(recipe, own_words=SIGNS)), page)
        actions = tuple(each for each in plan.actions if each.kind != Kind.WAIT)
        return replace(plan, actions=actions, success=plan.success or THANKS)

    def _record(self, body: bytes, *, content_type: str, charset: str):
        """Only the line between parts is of each engine's own choice."""
        boundary = BOUNDARY.search(content_type)
        own = boundary[1] if boundary else "-"
        alike = (content_type.replace(own, "-"), body.replace(own.encode(), b"-"))
        self._bodies.append(alike if boundary else (content_type, body))
        return self._read(body, content_type=content_type, charset=charset)


@pytest.fixture
def congress(rehearsal, monkeypatch):
    return Congress(rehearsal, monkeypatch)


@pytest.mark.browser
@pytest.mark.parametrize("by", [By.PLAIN, By.BROWSER])
def test_both_engines_send_the_same_bytes_to_every_office(congress, record_property, by):
    """An office whose page needs a browser serves the same form without its scripts here."""
    unequal = {}
    for name in members(by):
        congress.serve(replace(RECIPES[name], by=By.PLAIN))
        plan = congress.plan_for(RECIPES[name])
        ways = [congress.sent_by(engine, plan) for engine in (PlainEngine(), BrowserEngine())]
        if ways[0] != ways[1] or not all(each.bodies and each.succeeded for each in ways):
            unequal[name] = ways

    equal = len(members(by)) - len(unequal)
    record_property("forms", f"equal form data: {equal} of {len(members(by))} of the forms by {by}")
    assert unequal == {}


def test_no_page_that_needs_a_browser_is_one_that_plain_http_can_do(congress):
    """So there is no page, as it is served, that was left out above."""
    for name in members(By.BROWSER):
        congress.serve(RECIPES[name])
        try:
            congress.sent_by(PlainEngine(), congress.plan_for(RECIPES[name]))
        except (FormChanged, ChannelError):
            continue
    assert not Arrival.objects.filter(status=200).exists()
