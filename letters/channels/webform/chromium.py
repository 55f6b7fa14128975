"""The kept Chromium: one per process, on an event loop and a thread of its own.

Playwright is optional: without it, or without a browser, offices that need one become hand-offs.
"""

import asyncio
import logging
import os
import shutil
import signal
import threading
from collections.abc import Callable, Coroutine
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from typing import TypeVar

try:
    from playwright.async_api import Browser, BrowserContext, Error, Page, async_playwright
except ImportError:
    async_playwright = None

    class Error(Exception):
        """Stands where Playwright's own would: nothing raises it."""


log = logging.getLogger(__name__)

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
LETTERS_PER_BROWSER = 100
LAUNCH_SECONDS, CLOSE_SECONDS = 20, 3
# Nothing listens there: what belongs to no letter goes nowhere.
NOWHERE = "http://127.0.0.1:9"
# The last list wins, so Playwright's own are repeated where they matter here; Autofill would tell
# Google what the form looks like.
FEATURES = (
    "AutofillServerCommunication,HttpsUpgrades,HttpsFirstBalancedModeAutoEnable,PaintHolding,"
    "DestroyProfileOnBrowserClose,ThirdPartyStoragePartitioning,OptimizationHints,MediaRouter,"
    "AvoidUnnecessaryBeforeUnloadCheckSync,Translate,PreconnectToSearch,NetworkTimeServiceQuerying"
)
FLAGS = (
    f"--disable-features={FEATURES}",
    # The browser itself resolves nothing: names are the proxy's business.
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
    "--webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--disable-quic",
    "--dns-prefetch-disable",
    "--no-pings",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-domain-reliability",
    "--disable-extensions",
    "--disable-sync",
    "--disable-gpu",
    "--no-first-run",
)
CONTEXT = {
    "service_workers": "block",
    "accept_downloads": False,
    "locale": "en-US",
    "timezone_id": "America/New_York",
    "viewport": {"width": 1024, "height": 1400},
}

Result = TypeVar("Result")


@cache
def executable() -> str | None:
    """Where the browser is; None where there is none."""
    return next(filter(None, map(shutil.which, NAMES)), None)


def available() -> bool:
    """Whether this machine can fill in a form that needs a browser."""
    return async_playwright is not None and executable() is not None


@dataclass
class _Running:
    """A browser's process, and how many letters it has seen and still has open."""

    browser: "Browser"
    process: int
    begun: int = 0
    open: int = 0


@dataclass(frozen=True)
class Window:
    """One letter's own context: nothing is shared with another's."""

    context: "BrowserContext"
    page: "Page"
    running: _Running


class Chromium:
    """Runs what is asked of it on its own loop; the browser starts with the first letter."""

    def __init__(self):
        self.loop = asyncio.new_event_loop()
        self._playwright = None
        self._current: _Running | None = None
        self._starting = asyncio.Lock()
        threading.Thread(target=self.loop.run_forever, name="chromium", daemon=True).start()

    def run(self, coroutine: Coroutine[None, None, Result], *, seconds: float) -> Result:
        """From any other thread. TimeoutError where it takes longer: it is stopped then."""
        future = asyncio.run_coroutine_threadsafe(coroutine, self.loop)
        try:
            return future.result(seconds)
        except TimeoutError:
            future.cancel()
            raise

    def later(self, coroutine: Coroutine[None, None, None]) -> None:
        """From any other thread; nobody waits for it."""
        asyncio.run_coroutine_threadsafe(coroutine, self.loop)

    async def open(self, proxy: str) -> Window:
        """A window whose only way out is `proxy`. Error where no browser comes up."""
        async with self._starting:
            running = await self._browser()
            running.begun += 1
            running.open += 1
        try:
            way_out = {"server": proxy, "bypass": "<-loopback>"}
            context = await running.browser.new_context(proxy=way_out, **CONTEXT)
            page = await context.new_page()
        except BaseException:
            self._drop(running)
            asyncio.ensure_future(self._left(running))
            raise
        context.on("page", lambda popup: asyncio.ensure_future(_closed(popup)))
        return Window(context, page, running)

    async def close(self, window: Window) -> None:
        """Ends the window, also one whose page hangs; a browser that hangs is ended with it."""
        running = window.running
        try:
            async with asyncio.timeout(CLOSE_SECONDS):
                await window.context.close()
        except (Error, TimeoutError):
            self._drop(running)
        await self._left(running)

    async def end(self) -> None:
        """Ends the browser itself; the next letter starts another."""
        async with self._starting:
            running, self._current = self._current, None
            if running:
                await _end(running)
            if self._playwright:
                await self._playwright.stop()
                self._playwright = None

    async def _left(self, running: _Running) -> None:
        """The last one out of a browser that is no longer wanted ends it."""
        running.open -= 1
        if running is not self._current and not running.open:
            await _end(running)

    def _drop(self, running: _Running) -> None:
        if self._current is running:
            self._current = None

    async def _browser(self) -> _Running:
        kept = self._current
        if kept and kept.browser.is_connected() and kept.begun < LETTERS_PER_BROWSER:
            return kept
        self._current = None
        if kept and not kept.open:
            await _end(kept)
        try:
            self._current = await self._launch()
        except Error:
            # The driver may be what is broken.
            self._playwright = None
            self._current = await self._launch()
        return self._current

    async def _launch(self) -> _Running:
        if self._playwright is None:
            self._playwright = await async_playwright().start()
        browser = await self._launched(self._playwright.chromium.launch)
        session = await browser.new_browser_cdp_session()
        processes = (await session.send("SystemInfo.getProcessInfo"))["processInfo"]
        await session.detach()
        return _Running(browser, next(p["id"] for p in processes if p["type"] == "browser"))

    async def _launched(self, launch: Callable) -> "Browser":
        """With Chromium's sandbox where this machine and user can have it."""
        options = {
            "executable_path": executable(),
            "args": FLAGS,
            # A window that a page opens by itself may take a click that was meant for the page.
            "ignore_default_args": ["--disable-popup-blocking"],
            "proxy": {"server": NOWHERE, "bypass": "<-loopback>"},
            "timeout": LAUNCH_SECONDS * 1000,
        }
        if os.geteuid() != 0:
            with suppress(Error):
                return await launch(chromium_sandbox=True, **options)
        _warn_without_sandbox()
        return await launch(chromium_sandbox=False, **options)


@cache
def _warn_without_sandbox() -> None:
    log.warning("Chromium runs without its sandbox: run workers as a user that is not root.")


async def _closed(page: "Page") -> None:
    with suppress(Error):
        await page.close()


async def _end(running: _Running) -> None:
    try:
        async with asyncio.timeout(CLOSE_SECONDS):
            await running.browser.close()
    except (Error, TimeoutError):
        # Only where it still hangs; one that has crashed is no longer there.
        with suppress(ProcessLookupError):
            os.kill(running.process, signal.SIGKILL)


_of_processes: dict[int, Chromium] = {}
_making = threading.Lock()


def chromium() -> Chromium:
    """This process's own: what a fork has left of its parent's is never touched."""
    with _making:
        if os.getpid() not in _of_processes:
            _of_processes[os.getpid()] = Chromium()
        return _of_processes[os.getpid()]
