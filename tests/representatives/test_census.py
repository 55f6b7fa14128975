"""The border to the Census geocoder: what it answers, and what it must not be believed."""

import logging
import threading
import time
from contextlib import nullcontext
from http.server import BaseHTTPRequestHandler, HTTPServer
from itertools import count
from threading import Thread
from types import SimpleNamespace

import pytest
import requests
import responses

from representatives.addresses import Address
from representatives.lookup import breaker, census
from representatives.lookup.census import CensusGeocoder
from representatives.lookup.interface import ProviderFailed

ADDRESS = Address("78701", "1100 Congress Ave", "Austin", "TX")
LAYER = "119th Congressional Districts"
servers = count(1)


@pytest.fixture
def server():
    """A geocoder that no other test has made fail."""
    return f"https://geocoder-{next(servers)}.test/address"


@pytest.fixture
def ask(server):
    """Ask the geocoder once, of which `answers` come in order."""

    def ask(*answers, congress=119):
        with responses.RequestsMock() as web:
            for answer in answers:
                web.get(server, **answer)
            geocoder = CensusGeocoder(url=server, timeout=5)
            found = geocoder.matches(ADDRESS, congress=congress)
            ask.params = web.calls[-1].request.params
            return " ".join(f"{match.district} {match.zip}" for match in found)

    return ask


class Clock:
    """Stands still, but for the seconds that a test lets an answer take."""

    now = 0

    def monotonic(self):
        return self.now

    def fails_after(self, seconds):
        def fail(request):
            self.now += seconds
            return 500, {}, ""

        return fail


@pytest.fixture
def clock(monkeypatch):
    clock = Clock()
    monkeypatch.setattr(census, "time", clock)
    return clock


def place(geoid="4837", session="119", layer=LAYER):
    record = {"GEOID": geoid, "CDSESSN": session, "BASENAME": "37"}
    return {"addressComponents": {"zip": "78701"}, "geographies": {layer: [record]}}


def answer(*places):
    return {"json": {"result": {"addressMatches": list(places)}}}


def test_a_street_has_its_district(ask):
    assert ask(answer(place())) == "TX-37 78701"


def test_the_map_of_the_sitting_congress_is_asked_for_by_name(ask):
    ask(answer(place()))

    assert ask.params["vintage"] == "ACS2025_Current"
    assert ask.params["layers"] == LAYER
    assert ask.params["benchmark"] == "Public_AR_Current"


def test_the_next_congress_has_its_own_map(ask):
    layer = "120th Congressional Districts"

    assert ask(answer(place("4810", "120", layer)), congress=120) == "TX-10 78701"
    assert (ask.params["vintage"], ask.params["layers"]) == ("ACS2026_Current", layer)


@pytest.mark.parametrize(
    ("geoid", "found"),
    [("5600", "WY-0 78701"), ("1198", "DC-0 78701"), ("7298", "PR-0 78701"), ("26ZZ", "")],
)
def test_districts_without_a_number_are_read(ask, geoid, found):
    assert ask(answer(place(geoid))) == found


def test_every_place_is_answered(ask):
    assert ask(answer(place("4837"), place("4835"))) == "TX-37 78701 TX-35 78701"


def test_a_street_that_is_not_found_is_no_failure(ask):
    assert ask(answer()) == ""
    assert ask({"status": 400, "json": {"errors": ["Street address is empty"]}}) == ""


def test_one_server_error_is_tried_again(ask):
    assert ask({"status": 500}, answer(place())) == "TX-37 78701"


FAILURES = {
    "another Congress": [answer(place(session="120"))],
    "the next Congress's layer": [answer(place(layer="120th Congressional Districts"))],
    "a layer that failed": [
        answer({"geographies": {LAYER: [{"status": "Layer query encountered an error"}]}})
    ],
    "two server errors": [{"status": 500}, {"status": 503}],
    "a page": [{"body": "<html>1100 Congress Ave</html>"}],
    "a list": [{"json": []}],
    "a state that is none": [answer(place("9901"))],
    "a number that is none": [answer(place("48xy"))],
    "a flood": [{"body": b'{"result": {"addressMatches": []}}' + b" " * 2_000_000}],
    "a timeout": [{"body": requests.Timeout("…/address?street=1100+Congress+Ave")}],
    "no network": [{"body": requests.ConnectionError("/address?street=1100+Congress+Ave")}],
}


@pytest.mark.parametrize("answers", FAILURES.values(), ids=FAILURES)
def test_what_cannot_be_believed_is_a_failure_without_the_address(ask, answers, caplog):
    caplog.set_level(logging.DEBUG)

    with pytest.raises(ProviderFailed) as failure:
        ask(*answers)

    seen = f"{failure.value!r} {failure.value} {failure.getrepr(chain=True)} {caplog.text}"
    assert failure.value.reason == "geocoder_down"
    assert failure.value.__cause__ is None
    assert "Congress Ave" not in seen and "Congress+Ave" not in seen


def test_a_layer_that_failed_is_recognised_inside_a_200(ask):
    with pytest.raises(ProviderFailed, match="the layer failed"):
        ask(*FAILURES["a layer that failed"])


def test_a_redirect_does_not_take_the_address_elsewhere(server):
    with responses.RequestsMock(assert_all_requests_are_fired=False) as web:
        web.get(server, status=302, headers={"Location": "https://elsewhere.test/"})
        elsewhere = web.get("https://elsewhere.test/", **answer(place()))
        with pytest.raises(ProviderFailed, match="HTTP 302"):
            CensusGeocoder(url=server, timeout=5).matches(ADDRESS, congress=119)

    assert elsewhere.call_count == 0


def test_nobody_waits_longer_than_the_timeout(server):
    over, left_behind = threading.Event(), []

    def dawdle(request):
        left_behind.append(threading.current_thread())
        over.wait(5)
        return 200, {}, "{}"

    with responses.RequestsMock(assert_all_requests_are_fired=False) as web:
        web.add_callback("GET", server, dawdle)
        began = time.monotonic()
        with pytest.raises(ProviderFailed, match="Timeout"):
            CensusGeocoder(url=server, timeout=0.1).matches(ADDRESS, congress=119)
        over.set()

    assert time.monotonic() - began < 3
    assert all(thread.daemon for thread in left_behind)


@pytest.mark.parametrize(("seconds", "left"), [(0, 5), (3, 2)])
def test_the_second_try_has_what_is_left_of_the_time(server, clock, seconds, left):
    with responses.RequestsMock() as web:
        web.add_callback("GET", server, clock.fails_after(seconds))
        web.get(server, **answer(place()))
        CensusGeocoder(url=server, timeout=5).matches(ADDRESS, congress=119)

        assert web.calls[1].request.req_kwargs["timeout"] == left


def test_there_is_no_second_try_when_the_time_is_over(server, clock):
    with responses.RequestsMock() as web:
        web.add_callback("GET", server, clock.fails_after(5))
        with pytest.raises(ProviderFailed, match="Timeout"):
            CensusGeocoder(url=server, timeout=5).matches(ADDRESS, congress=119)

        assert len(web.calls) == 1


def test_the_geocoder_says_whose_map_it_is_asked_for(server):
    geocoder = CensusGeocoder(url=server, timeout=5)

    assert geocoder.basis(119) == f"vintage ACS2025_Current, layer {LAYER}"


def test_a_congress_without_a_known_vintage_is_not_asked(ask):
    with pytest.raises(ProviderFailed, match="no vintage for Congress 121"):
        ask(congress=121)


@pytest.mark.parametrize(
    "failure",
    ["a timeout", "two server errors", "a layer that failed", "another Congress", "a page"],
)
def test_after_three_failures_the_geocoder_rests(ask, failure):
    for _ in range(3):
        with pytest.raises(ProviderFailed):
            ask(*FAILURES[failure])

    with pytest.raises(ProviderFailed, match="resting"):
        ask()


def test_an_answer_makes_up_for_earlier_failures(ask):
    for fails in (True, True, False, True):
        with pytest.raises(ProviderFailed) if fails else nullcontext():
            ask({"body": requests.Timeout()} if fails else answer(place()))

    assert ask(answer(place())) == "TX-37 78701"


def test_after_a_minute_the_geocoder_is_asked_again(ask, server, monkeypatch):
    monkeypatch.setattr(breaker, "REST_SECONDS", 0)
    for _ in range(3):
        with pytest.raises(ProviderFailed):
            ask({"body": requests.Timeout()})

    assert ask(answer(place())) == "TX-37 78701"


def test_a_rest_lasts_a_minute(monkeypatch):
    clock = iter([0, 59.9, 60])
    monkeypatch.setattr(breaker, "time", SimpleNamespace(monotonic=lambda: next(clock)))
    resting = breaker.Breaker()
    for _ in range(3):
        resting.failed()

    assert (resting.is_resting, resting.is_resting) == (True, False)


@pytest.fixture
def real_server():
    """A geocoder on loopback that finds nothing."""

    class Nothing(BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b'{"result": {"addressMatches": []}}')

        def log_message(self, *args):
            """Say nothing."""

    with HTTPServer(("127.0.0.1", 0), Nothing) as web:
        Thread(target=web.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{web.server_port}/address"
        web.shutdown()


def test_no_log_of_a_real_request_has_the_address(real_server, caplog):
    caplog.set_level(logging.DEBUG)

    CensusGeocoder(url=real_server, timeout=5).matches(ADDRESS, congress=119)

    assert "Congress" not in caplog.text
