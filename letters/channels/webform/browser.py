"""The engine for forms that need scripts: one letter in a window of the kept browser."""

import time
from collections.abc import Callable

from letters.channels.interface import Unavailable
from letters.channels.webform.browsing import Browsing
from letters.channels.webform.chromium import Error, Window, chromium
from letters.channels.webform.engine import Landing, Look
from letters.channels.webform.looking import look
from letters.channels.webform.on_page import OnPage
from letters.channels.webform.recipe import By, Plan
from letters.states import Reason

# Kept back for the page as evidence, of a call's whole time.
EVIDENCE_SECONDS, EVIDENCE_SHARE = 3, 0.25


class BrowserEngine:
    """Fills in a form with Chromium. `chromium.available()` tells whether this machine has it."""

    by = By.BROWSER

    def submit(
        self, plan: Plan, *, proxy: str, seconds: float, begin: Callable[[Plan], None]
    ) -> Landing:
        """See Engine. The browser works on a thread of its own, `begin` is called in this one."""
        with _Letter(plan, proxy=proxy, seconds=seconds) as letter:
            letter.prepare()
            begin(letter.walk.plan)
            return letter.press()

    def look(self, plan: Plan, *, proxy: str, seconds: float) -> Look:
        """See Engine. Nothing is written, so nothing can leave."""
        with _Letter(plan, proxy=proxy, seconds=seconds) as letter:
            return letter.look()


class _Letter:
    """A window from its opening to its end, as the calling thread sees it."""

    def __init__(self, plan: Plan, *, proxy: str, seconds: float):
        self._plan, self._proxy = plan, proxy
        self._ends = time.monotonic() + seconds
        self._for_evidence = min(EVIDENCE_SECONDS, seconds * EVIDENCE_SHARE)
        self._browser = chromium()
        self._window: Window | None = None
        self.walk: Browsing | None = None

    def __enter__(self) -> "_Letter":
        return self

    def __exit__(self, *_) -> None:
        if self._window:
            self._browser.later(self._browser.close(self._window))

    def prepare(self) -> None:
        """Up to the click that may send it. FormChanged, or Unavailable."""
        self._in_time(self._prepare())

    def look(self) -> Look:
        return self._in_time(self._look())

    def press(self) -> Landing:
        """The click, and what comes of it, whatever that is."""
        trouble = "the time was over"
        try:
            left = self._ends - time.monotonic()
            if left > 0:
                return self._browser.run(self._press(), seconds=left)
        except TimeoutError:
            pass
        except Error as error:
            trouble = f"the browser failed: {type(error).__name__}"
        return Landing(succeeded=False, log=(*self.walk.log, trouble))

    def _in_time(self, work):
        try:
            return self._browser.run(work, seconds=max(0, self._ends - time.monotonic()))
        except TimeoutError:
            evidence = "the time was over"
        except Error as error:
            # Its message may carry an address in which a form's fields stand.
            evidence = f"the browser failed: {_name(error)}"
        raise Unavailable(Reason.UNREACHABLE, evidence=evidence)

    async def _open(self) -> None:
        self._window = await self._browser.open(self._proxy)
        self.walk = Browsing(OnPage(self._window), self._plan, ends=self._ends - self._for_evidence)

    async def _prepare(self) -> None:
        await self._open()
        await self.walk.prepare()

    async def _look(self) -> Look:
        await self._open()
        return await look(self.walk)

    async def _press(self) -> Landing:
        succeeded = await self.walk.press()
        page, html, shot = self.walk.page, "", b""
        try:
            html = await page.html()
            shot = await page.shot(self.walk.written)
        except Error as error:
            self.walk.log.append(f"no evidence: {_name(error)}")
        return Landing(succeeded, tuple(self.walk.log), html, shot)


def _name(error: Error) -> str:
    """What it was, without the address that it was about."""
    words = str(error).split()
    return next((word for word in words if word.startswith("net::")), type(error).__name__)
