"""A page in the kept browser, as the browser engine reads it, writes on it and clicks on it."""

import asyncio
import re
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from requests.structures import CaseInsensitiveDict

from letters.channels.webform.chromium import Error, Window
from letters.channels.webform.deciding import Found
from letters.channels.webform.visiting import Answer

VERBS = Path(__file__).with_name("in_page.js").read_text()
LOAD_SECONDS = 10
# How long after a click a page may take to set out for another.
SETTING_OUT_SECONDS = 0.15
GLANCE_SECONDS = 0.03
PAUSE_SECONDS = 0.05
SHOT_SECONDS = 2
SHOT_HEIGHT = 6000
# Shorter ones are covered as whole words only, or half the page would be gone.
SHORT = 4
SPECIAL = re.compile(r"[.*+?^${}()|\[\]\\/]")


class OnPage:
    """Lives on the browser's loop. Every await may raise Error where the page or browser is gone;
    nothing here has a time limit of its own unless it says so: the letter has."""

    def __init__(self, window: Window):
        self._page = window.page
        # What the whole page came with.
        self.answer = Answer("about:blank", 200, CaseInsensitiveDict(), b"")
        self._setting_out = self._has_failed = False
        self._page.on("request", self._asked)
        self._page.on("requestfailed", self._failed)
        self._page.on("response", self._answered)
        self._page.on("framenavigated", self._arrived)

    @property
    def is_lost(self) -> bool:
        """It set out for another page, and none or an error came."""
        return self._has_failed or self.answer.status >= 400

    async def visit(self, url: str) -> None:
        """Error where there was no answer."""
        await self._page.goto(url, wait_until="domcontentloaded", timeout=0)
        await self._loaded()

    async def ask(self, verb: str, argument: Any = None) -> Any:
        """What in_page.js says; asked again where the page gives way to another meanwhile."""
        while True:
            try:
                return await self._page.evaluate(f"(it) => ({VERBS}).{verb}(it)", argument)
            except Error as error:
                if not _gave_way(error):
                    raise
            await self._loaded()

    async def read(self, selectors: list[str]) -> list[list[Found] | None]:
        """The fields that each selector finds; None where it is no selector."""
        answers = await self.ask("read", selectors)
        return [
            each and list(map(Found.told, each)) if each is not None else None for each in answers
        ]

    async def write(self, changes: list[dict]) -> None:
        await self.ask("write", changes)
        await self.settle(GLANCE_SECONDS)

    async def click(self, selector: str, *, near: str) -> bool:
        """By the mouse where it would hit it; False where there is nothing to click on any more."""
        click = {"selector": selector, "near": near}
        point = await self.ask("point", click)
        if point and "missing" in point:
            return False
        if point:
            await self._page.mouse.click(point["x"], point["y"])
        else:
            with suppress(Error):
                # The page may be gone before it has answered.
                await self._page.evaluate(f"(it) => ({VERBS}).click(it)", click)
        return True

    async def run(self, script: str) -> str:
        """Runs a recipe's script; the name of its error, or empty."""
        try:
            await self._page.evaluate(f"() => {{\n{script}\n}}")
        except Error as error:
            return "" if _gave_way(error) else "the script failed"
        return ""

    async def settle(self, seconds: float = SETTING_OUT_SECONDS) -> None:
        """Until the page that it has set out for is there, if it sets out within `seconds`."""
        ends = time.monotonic() + seconds
        while not self._setting_out and time.monotonic() < ends:
            await asyncio.sleep(GLANCE_SECONDS / 3)
        ends = time.monotonic() + LOAD_SECONDS
        while self._setting_out and time.monotonic() < ends:
            await asyncio.sleep(GLANCE_SECONDS / 3)
        await self._loaded()

    async def until(self, holds: Callable[[], Awaitable[bool]], *, seconds: float) -> bool:
        """Whether it comes to hold in time."""
        ends = time.monotonic() + seconds
        while not await holds():
            if time.monotonic() >= ends:
                return False
            await asyncio.sleep(PAUSE_SECONDS)
        return True

    async def html(self) -> str:
        return await self._page.content()

    async def shot(self, private: list[str]) -> bytes:
        """A JPEG with these texts and all fields painted over; empty where none came in time.

        The page is spoilt by it.
        """
        with suppress(Error, TimeoutError):
            async with asyncio.timeout(SHOT_SECONDS):
                await self.ask("cover", {"patterns": patterns(private)})
                height = await self._page.evaluate("document.documentElement.scrollHeight")
                return await self._page.screenshot(
                    type="jpeg", quality=50, scale="css", full_page=height < SHOT_HEIGHT
                )
        return b""

    async def _loaded(self) -> None:
        with suppress(Error):
            await self._page.wait_for_load_state("load", timeout=LOAD_SECONDS * 1000)

    def _asked(self, request) -> None:
        if _is_of_whole_page(request, self._page):
            self._setting_out = True

    def _failed(self, request) -> None:
        if _is_of_whole_page(request, self._page):
            self._setting_out, self._has_failed = False, True

    def _answered(self, response) -> None:
        if _is_of_whole_page(response.request, self._page):
            self._has_failed = False
            headers = CaseInsensitiveDict(response.headers)
            self.answer = Answer(response.url, response.status, headers, b"")

    def _arrived(self, frame) -> None:
        if frame == self._page.main_frame:
            self._setting_out = False


def patterns(private: list[str]) -> list[str]:
    """Regular expressions of JavaScript that find these texts, also each line of a long one."""
    texts = {line.strip() for text in private for line in [text, *text.splitlines()]}
    return [_pattern(text) for text in sorted(texts - {""}, key=len, reverse=True)]


def _pattern(text: str) -> str:
    words = r"\s+".join(SPECIAL.sub(r"\\\g<0>", word) for word in text.split())
    return rf"(?<![\p{{L}}\p{{N}}]){words}(?![\p{{L}}\p{{N}}])" if len(text) < SHORT else words


def _gave_way(error: Error) -> bool:
    return "context was destroyed" in str(error) or "navigat" in str(error)


def _is_of_whole_page(request, page) -> bool:
    try:
        return request.is_navigation_request() and request.frame == page.main_frame
    except Error:
        # Of a frame that is only coming into being, so not the page's own.
        return False
