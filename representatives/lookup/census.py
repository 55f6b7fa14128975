"""The Census Bureau's geocoder: the district of a street, on the map of the sitting Congress.

Keyless; documented at https://geocoding.geo.census.gov/geocoder/Geocoding_Services_API.html.
Its default vintage answers on the next Congress's map months too early, so the vintage and the
layer are asked for by name, and an answer for another Congress is refused.
"""

import json
import time
from collections.abc import Callable
from concurrent.futures import Future
from functools import partial
from threading import Thread

import requests

from representatives.addresses import Address
from representatives.districts import District
from representatives.lookup.answers import Reason
from representatives.lookup.breaker import breaker_for
from representatives.lookup.interface import Match, ProviderFailed
from representatives.states import BY_FIPS

BENCHMARK = "Public_AR_Current"
VINTAGES = {
    119: ("ACS2025_Current", "119th Congressional Districts"),
    120: ("ACS2026_Current", "120th Congressional Districts"),
}
# At large, and the delegate or commissioner of DC and PR. Water ("ZZ") is nobody's district.
NUMBER_ZERO = {"00", "98"}
LONGEST_ANSWER = 1_000_000


class CensusGeocoder:
    """Finds streets. `url` is the geocoder's, `timeout` the seconds that one answer may take."""

    needs_street = True

    def __init__(self, *, url: str, timeout: float):
        self.url = url
        self.timeout = timeout
        self._breaker = breaker_for(url)

    def basis(self, congress: int) -> str:
        """Whose map it is asked for."""
        vintage, layer = VINTAGES.get(congress, ("none", "none"))
        return f"vintage {vintage}, layer {layer}"

    def matches(self, address: Address, *, congress: int) -> tuple[Match, ...]:
        """Every place that the geocoder finds for a street, with its district."""
        if congress not in VINTAGES:
            raise ProviderFailed(Reason.GEOCODER_DOWN, f"no vintage for Congress {congress}")
        if self._breaker.is_resting:
            raise ProviderFailed(Reason.GEOCODER_DOWN, "resting")
        vintage, layer = VINTAGES[congress]
        known = {"street": address.street, "city": address.city, "state": address.state}
        asked = {name: text for name, text in known.items() if text} | {
            "zip": address.zip,
            "benchmark": BENCHMARK,
            "vintage": vintage,
            "layers": layer,
            "format": "json",
        }
        try:
            found = _read(self._ask(asked), layer=layer, congress=congress)
        except ProviderFailed:
            self._breaker.failed()
            raise
        # Not before its answer was read: a page and a failed layer come with a 200 too.
        self._breaker.answered()
        return found

    def _ask(self, asked: dict[str, str]) -> bytes | None:
        """The answer's body; None where the geocoder cannot work with such an address."""
        try:
            status, body = _in_time(self.timeout, partial(self._ask_twice, asked))
        except (requests.RequestException, TimeoutError) as error:
            # Not chained: the text of the cause carries the URL, and the URL the address.
            raise ProviderFailed(Reason.GEOCODER_DOWN, type(error).__name__) from None
        if status == 400:
            return None
        if status != 200:
            raise ProviderFailed(Reason.GEOCODER_DOWN, f"HTTP {status}")
        return body

    def _ask_twice(self, asked: dict[str, str]) -> tuple[int, bytes]:
        """A server's error is tried once more, in what is left of the time."""
        ends = time.monotonic() + self.timeout
        status, body = self._request(asked, ends=ends)
        return self._request(asked, ends=ends) if status >= 500 else (status, body)

    def _request(self, asked: dict[str, str], *, ends: float) -> tuple[int, bytes]:
        """One request; a body that drips is given up as well."""
        if (left := ends - time.monotonic()) <= 0:
            raise requests.Timeout
        # A redirect would show the address to another server.
        with requests.get(
            self.url, params=asked, timeout=left, allow_redirects=False, stream=True
        ) as response:
            body = b""
            for piece in response.iter_content(8192):
                body += piece
                if len(body) > LONGEST_ANSWER or time.monotonic() > ends:
                    raise requests.Timeout
            return response.status_code, body


def _in_time(seconds: float, ask: Callable[[], tuple[int, bytes]]) -> tuple[int, bytes]:
    """What `ask` returns or raises; TimeoutError if time is over first.

    For the name service, which knows no timeout: its thread is left behind, and no process that
    ends waits for it.
    """
    answer = Future()

    def run() -> None:
        try:
            answer.set_result(ask())
        except Exception as error:  # noqa: BLE001  a thread's own report would show the address
            answer.set_exception(error)

    Thread(target=run, daemon=True).start()
    return answer.result(seconds)


def _read(body: bytes | None, *, layer: str, congress: int) -> tuple[Match, ...]:
    if body is None:
        return ()
    try:
        found = json.loads(body)["result"]["addressMatches"]
        places = [
            (record, match.get("addressComponents", {}).get("zip", ""))
            for match in found
            for record in match["geographies"][layer]
        ]
        matches = (_match(record, zip_code, congress=congress) for record, zip_code in places)
        return tuple(match for match in matches if match)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        # Not chained: what could not be read is the answer, which repeats the address.
        detail = f"unreadable answer, {type(error).__name__}"
        raise ProviderFailed(Reason.GEOCODER_DOWN, detail) from None


def _match(record: dict, zip_code: str, *, congress: int) -> Match | None:
    """The district of one place; None for water. A layer can fail inside an answer of 200."""
    if "GEOID" not in record:
        raise ProviderFailed(Reason.GEOCODER_DOWN, "the layer failed")
    if str(record["CDSESSN"]) != str(congress):
        raise ProviderFailed(Reason.GEOCODER_DOWN, "the answer is for another Congress")
    geoid = record["GEOID"]
    state, code = BY_FIPS[geoid[:2]].code, geoid[2:]
    if code == "ZZ":
        return None
    return Match(District(state, 0 if code in NUMBER_ZERO else int(code)), zip_code)
