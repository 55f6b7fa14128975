"""Whatever a page tries, a letter reaches its office and nobody else."""

import socket
import time
from collections.abc import Mapping
from contextlib import ExitStack, suppress

import pytest
from playwright.sync_api import Error, Page, sync_playwright

from letters.channels.interface import Unavailable
from letters.channels.webform.browser import BrowserEngine
from letters.channels.webform.egress import Allowed, egress
from letters.channels.webform.engine import FormChanged
from letters.channels.webform.plain import PlainEngine
from tests.letters.channels.webform.canary import Canary, other_address
from tests.letters.channels.webform.escapes import (
    BY_SCRIPT,
    LEADING,
    LEADING_NOWHERE,
    PLAIN_FORM,
    QUIET,
    REDIRECTED,
    THANKS,
    VISITS,
    WITHOUT_CONTROL,
)
from tests.letters.channels.webform.office import click, make_plan, write
from tests.letters.channels.webform.site import Answer, Asked, Site
from tests.machine import CHROMIUM

HOST = "www.office.senate.gov"
PUBLIC = "156.33.195.33"
SECONDS = 4
# For what comes within a second, on a busy machine.
PATIENCE = 30
ENGINES = [
    pytest.param(PlainEngine, id="plain"),
    pytest.param(BrowserEngine, id="browser", marks=pytest.mark.browser),
]


class World:
    """An office's site, a listener that nobody may reach, and the way out between them."""

    def __init__(self, mode: str, stack: ExitStack):
        self.canary = stack.enter_context(Canary())
        self.site = stack.enter_context(Site(self.answer))
        self.pages: dict[str, tuple] = {}
        self.connected: list[tuple[str, int]] = []
        live = mode == "live"
        self.origin = HOST if live else self.site.origin
        allowed = Allowed.office(HOST) if live else Allowed.rehearsal(self.site.url)
        names = {"resolve": self.resolve} if live else {}
        self.way = stack.enter_context(egress(allowed, connect=self.connect, **names))

    def resolve(self, host: str, port: int) -> list[str]:
        """Public for the office; whoever asks for anything else is led to the listener."""
        return [PUBLIC if host == HOST else "127.0.0.1"]

    def connect(self, address: tuple[str, int], seconds: float) -> socket.socket:
        self.connected.append(address)
        is_site = address in {(PUBLIC, 80), ("127.0.0.1", self.site.port)}
        port = self.site.port if is_site else self.canary.port
        return socket.create_connection(("127.0.0.1", port), seconds)

    def filled(self, text: str) -> str:
        port = self.canary.port
        places = {"there": f"127.0.0.1:{port}", "other": f"{other_address()}:{port}"}
        return text.format(port=port, site=self.origin, **places)

    def answer(self, asked: Asked) -> Answer:
        path = asked.path.removeprefix(f"http://{HOST}").partition("?")[0]
        told = self.pages.get(f"{asked.method} {path}", (404, {}, ""))
        status, fields, body = told
        fields = {name: self.filled(value) for name, value in fields.items()}
        return Answer(self.filled(body), status, fields)

    def send(self, engine, url: str = "", *, seconds: float = SECONDS) -> str:
        """What came of a letter, in a word."""
        plan = make_plan(write(), click(), url=url or f"http://{self.origin}/form")
        way = self.way.url
        try:
            engine().submit(plan, proxy=way, seconds=seconds, begin=lambda plan: None)
        except (FormChanged, Unavailable) as error:
            return type(error).__name__
        finally:
            # What a page does behind our back needs a moment.
            time.sleep(0.2)
        return "landed"

    def is_untouched(self) -> bool:
        own = {(PUBLIC, 80), ("127.0.0.1", self.site.port)}
        return not self.canary.heard and set(self.connected) <= own


@pytest.fixture
def live():
    with ExitStack() as stack:
        yield World("live", stack)


@pytest.fixture
def rehearsing():
    with ExitStack() as stack:
        yield World("rehearsal", stack)


def with_everything_quiet(world: World) -> None:
    """One page that tries all of them, each by its own path."""
    world.pages["GET /form"] = (200, {}, PLAIN_FORM[2] + "\n".join(QUIET.values()))
    world.pages["POST /form"] = THANKS
    worker = "importScripts('http://{there}/sw'); fetch('http://{there}/sw')"
    world.pages["GET /sw.js"] = (200, {"Content-Type": "text/javascript"}, worker)
    for name in REDIRECTED:
        world.pages[f"GET /to/{name}"] = (302, {"Location": f"http://{{there}}/{name}"}, "")


def load_all(world: World, engine) -> None:
    with_everything_quiet(world)
    # All of them at once are slow on a busy machine; and they have the longer to get through.
    assert world.send(engine, seconds=30) == "landed"
    time.sleep(1)
    assert world.site.bodies()


def lead(world: World, engine, ways: Mapping[str, tuple]) -> None:
    for name, (form, answer) in ways.items():
        world.pages["GET /form"], world.pages["POST /form"] = form, answer
        asked = len(world.site.asked)
        world.send(engine)
        assert len(world.site.asked) > asked, name
        assert world.is_untouched(), (name, world.canary.heard)


@pytest.mark.parametrize("engine", ENGINES)
def test_no_attempt_reaches_another_host(rehearsing, engine, record_property):
    """What a page loads by itself, where it leads, and where a recipe would."""
    load_all(rehearsing, engine)
    lead(rehearsing, engine, LEADING | BY_SCRIPT)
    for url in VISITS:
        assert rehearsing.send(engine, rehearsing.filled(url)) in {"FormChanged", "Unavailable"}

    attempts = len([*QUIET, *LEADING, *BY_SCRIPT, *VISITS])
    heard = len(rehearsing.canary.heard)
    record_property("escapes", f"{heard} of {attempts} escapes by {engine.by} were heard")
    assert attempts >= 40
    assert rehearsing.is_untouched(), rehearsing.canary.heard


@pytest.mark.parametrize("engine", ENGINES)
def test_live_nothing_that_a_page_loads_reaches_another_host(live, engine):
    load_all(live, engine)

    assert live.is_untouched(), live.canary.heard


def test_live_no_way_of_a_page_leads_to_another_host(live):
    """By plain HTTP: the browser sees the same proxy, and what it lets through is shown here."""
    lead(live, PlainEngine, LEADING)

    assert live.is_untouched(), live.canary.heard


@pytest.fixture(scope="module")
def free_browser():
    """One that no proxy holds."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.mark.browser
def test_without_the_proxy_what_a_page_loads_would_reach_it(rehearsing, free_browser):
    """Or the tests above would show nothing."""
    with_everything_quiet(rehearsing)
    page = free_browser.new_page()
    page.goto(f"{rehearsing.site.url}/form", wait_until="domcontentloaded")
    for _ in range(20):
        page.wait_for_timeout(1500)
        heard = {path.strip("/") for path in rehearsing.canary.heard}
        if set(QUIET) - WITHOUT_CONTROL <= heard and "udp" in heard:
            break
    page.close()
    assert set(QUIET) - WITHOUT_CONTROL <= heard, set(QUIET) - WITHOUT_CONTROL - heard
    # By WebRTC and WebTransport.
    assert "udp" in heard


@pytest.mark.browser
def test_without_the_proxy_the_ways_of_a_page_would_lead_there(rehearsing, free_browser):
    ways = LEADING | BY_SCRIPT
    for name in ways.keys() - LEADING_NOWHERE:
        rehearsing.pages["GET /form"], rehearsing.pages["POST /form"] = ways[name]
        rehearsing.canary.heard.clear()
        page = free_browser.new_page()
        with suppress(Error):
            page.goto(f"{rehearsing.site.url}/form", wait_until="commit")
        assert leads_away(page, rehearsing.canary), name
        page.close()


def leads_away(page: Page, canary: Canary) -> bool:
    """By itself, or with a click on the form's button."""
    deadline = time.monotonic() + PATIENCE
    while not canary.heard and time.monotonic() < deadline:
        page.wait_for_timeout(50)
        with suppress(Error):
            if page.locator("#send").count():
                page.locator("#send").click(timeout=1000, no_wait_after=True)
    return bool(canary.heard)


@pytest.mark.parametrize("engine", ENGINES)
def test_a_name_that_is_bound_anew_leads_nowhere(engine):
    with ExitStack() as stack:
        world = World("live", stack)
        answers = iter([[PUBLIC]])
        world.resolve = lambda host, port: next(answers, ["127.0.0.1"])
        allowed = Allowed.office(HOST)
        world.way = stack.enter_context(
            egress(allowed, resolve=lambda *asked: world.resolve(*asked), connect=world.connect)
        )
        world.pages["GET /form"], world.pages["POST /form"] = PLAIN_FORM, THANKS
        world.send(engine)
        assert world.connected == [(PUBLIC, 80)]
        assert (world.canary.heard, world.site.bodies()) == ([], [])
        assert any("not public" in each for each in world.way.refused)
