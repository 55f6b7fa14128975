"""The first page: its bytes, its paint on a slow line, its shifts, and its rate."""

import http.client
import json
import re
import shlex
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from playwright.sync_api import Browser, sync_playwright

from benchmarks.rows import Row, left_out, table
from tests.environment import ROOT, bare_environment
from tests.installation import Installation, free_port
from tests.machine import BROWSER, CHROMIUM
from tests.server import KEY, SITE, compose

PAGE = "/may-21/"
HERE = f"MAP {SITE[8:]} 127.0.0.1"
LOADED = re.compile(r'<(?:link|script)\b[^>]*\b(?:href|src)="([^"]+)"')
# As the issue asks: a phone's network, and no slower processor.
SLOW_LINE = {
    "offline": False,
    "latency": 150,
    "downloadThroughput": 1.6e6 / 8,
    "uploadThroughput": 1.6e6 / 8,
}
PHONE = {"width": 360, "height": 800}
VISITS = 5
# Longer than the page takes: what moves later is seen as well.
SETTLED = 1500
WATCH = """
window.seen = {paint: 0, shift: 0};
for (const [type, note] of [
  ["largest-contentful-paint", (each) => { seen.paint = each.startTime; }],
  ["layout-shift", (each) => { seen.shift += each.value; }],
]) {
  new PerformanceObserver((list) => list.getEntries().forEach(note))
    .observe({type, buffered: true});
}
"""


@dataclass
class Place:
    """Where the page is served: how it is called, and what a proxy would add."""

    name: str
    port: int
    host: str
    headers: dict[str, str] = field(default_factory=dict)

    def get(self, path: str, encoding: str) -> tuple[int, bytes]:
        """Bytes over the wire with the answer's head, and the body as it came."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        host = {"Host": f"{self.host}:{self.port}", "Accept-Encoding": encoding}
        connection.request("GET", path, headers=host | self.headers)
        answer = connection.getresponse()
        assert answer.status == 200, (path, answer.status)
        head = sum(len(f"{name}: {value}\r\n") for name, value in answer.getheaders())
        body = answer.read()
        connection.close()
        return head + len("HTTP/1.1 200 OK\r\n\r\n") + len(body), body


def measure() -> list[Row]:
    """A stranger's `make run`, then a server's settings; the rate beside a bare page's."""
    with tempfile.TemporaryDirectory(prefix="letters-bench-") as folder:
        with laptop(Path(folder, "laptop")) as place:
            rows = seen_at(place, ("gzip",))
        site = Site(Path(folder, "server"))
        with site.served() as place:
            rows += seen_at(place, ("gzip", "br, gzip"))
        return rows + site.rates()


def seen_at(place: Place, encodings: tuple[str, ...]) -> list[Row]:
    return [*(weight(place, each) for each in encodings), *paint(place)]


def weight(place: Place, encoding: str) -> Row:
    """The page with everything that it loads, beside the same without compression."""
    plain, page = place.get(PAGE, "identity")
    ours, _ = place.get(PAGE, encoding)
    for path in LOADED.findall(page.decode()):
        plain += place.get(path, "identity")[0]
        ours += place.get(path, encoding)[0]
    name = f"first page with everything, {place.name}, {encoding}"
    return Row(name, ours / 1000, plain / 1000, ours / 1000, "<= 60", "kB")


def paint(place: Place) -> list[Row]:
    """The middle of several visits, each with an empty cache."""
    if not BROWSER.answers():
        return [left_out("largest paint", "no chromium on this machine")]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM,
            args=[
                "--no-sandbox",
                "--disable-gpu",
                f"--host-resolver-rules=MAP {SITE[8:]} 127.0.0.1",
            ],
        )
        visits = [visit(browser, place, line=SLOW_LINE) for _ in range(VISITS)]
        at_once = median(visit(browser, place)["paint"] for _ in range(VISITS))
        browser.close()
    late, shift = median(each["paint"] for each in visits), max(each["shift"] for each in visits)
    name = f"largest paint on a slow line, {place.name}"
    return [
        Row(name, late / 1000, at_once / 1000, late / 1000, "<= 1", "s"),
        Row(f"layout shift, {place.name}", shift, None, shift, "<= 0", ""),
    ]


def visit(browser: Browser, place: Place, *, line: dict | None = None) -> dict[str, float]:
    context = browser.new_context(viewport=PHONE, extra_http_headers=place.headers)
    context.add_init_script(WATCH)
    page = context.new_page()
    if line:
        context.new_cdp_session(page).send("Network.emulateNetworkConditions", line)
    page.goto(f"http://{place.host}:{place.port}{PAGE}")
    page.wait_for_timeout(SETTLED)
    seen = page.evaluate("window.seen")
    context.close()
    assert seen["paint"]
    return seen


@contextmanager
def laptop(folder: Path) -> Iterator[Place]:
    one = Installation(folder=folder).start()
    try:
        yield Place("make run", one.port, "127.0.0.1")
    finally:
        one.stop()


@dataclass
class Site:
    """A server's settings on SQLite, in a folder: what the image and `prepare` do is done."""

    folder: Path

    def __post_init__(self):
        for command in (
            "collectstatic --no-input",
            "migrate",
            "load_roster",
            "load_zip_map",
            "load_campaign",
        ):
            self.run("manage.py", *command.split(), "--verbosity", "0")

    @property
    def environment(self) -> dict[str, str]:
        return bare_environment() | {
            "DJANGO_SETTINGS_MODULE": "campaign.settings",
            "VAR_DIR": str(self.folder),
            "SITE_URL": SITE,
            "SMTP_HOST": "127.0.0.1",
            "SECRET_KEY": KEY + KEY,
            "IDENTITY_KEYS": KEY,
            "EMAIL_HASH_KEY": KEY,
        }

    def run(self, *arguments: str) -> str:
        ran = subprocess.run(
            [sys.executable, *arguments],
            cwd=ROOT,
            env=self.environment,
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        )
        return ran.stdout

    @contextmanager
    def served(self) -> Iterator[Place]:
        """By the command of docker-compose.yml."""
        place = Place("server", free_port(), SITE[8:], {"X-Forwarded-Proto": "https"})
        command = compose()["services"]["web"]["command"]
        command = command.replace("0.0.0.0:8000", f"127.0.0.1:{place.port}")
        process = subprocess.Popen(
            [sys.executable, "-m", *shlex.split(command)], cwd=ROOT, env=self.environment
        )
        try:
            wait_for(place)
            yield place
        finally:
            process.terminate()
            process.wait(30)

    def rates(self) -> list[Row]:
        """Pages a second, beside a page that has our base template around a heading."""
        found = json.loads(self.run("-m", "benchmarks.one_page").splitlines()[-1])
        rows = []
        for language, taken in found.items():
            ours, bare = 1000 / taken["ours"], 1000 / taken["bare"]
            name = f"campaign page in {language} / bare page"
            rows.append(Row(name, ours, bare, ours / bare, ">= 0.8", "1/s"))
        return rows


def wait_for(place: Place, *, within: float = 60) -> None:
    deadline = time.monotonic() + within
    while time.monotonic() < deadline:
        try:
            place.get(PAGE, "identity")
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise AssertionError(f"no answer within {within} s")


if __name__ == "__main__":
    print(table(measure()))
