"""A plan carried out in the browser, action by action, up to the click that sends it and beyond."""

import asyncio
import time
from dataclasses import replace
from urllib.parse import urlsplit

from letters.channels.interface import Unavailable, unix_lines
from letters.channels.webform.arriving import refuse_what_is_no_page
from letters.channels.webform.deciding import NotThere, as_sent, changes
from letters.channels.webform.engine import FormChanged
from letters.channels.webform.judging import Seen, has_succeeded, is_found, last_find, may_send
from letters.channels.webform.on_page import OnPage
from letters.channels.webform.recipe import Action, Kind, Plan

FILLING = {Kind.FILL, Kind.SELECT, Kind.CHOOSE, Kind.CHECK, Kind.UNCHECK}
# How long scripts may take to build what is required, and a page to say that it has the letter.
BUILD_SECONDS, FIND_SECONDS = 10, 15
# How long a button may stay disabled, and an answer be looked at of which nothing is expected.
READY_SECONDS = 2
WAIT_SECONDS = 20
SENDS_NOTHING = "no click sends the letter"


class Browsing:
    """`plan` becomes the plan as it leaves. `log` tells each step, without what was written."""

    def __init__(self, page: OnPage, plan: Plan, *, ends: float):
        self.page, self.plan, self._ends = page, plan, ends
        self.log: list[str] = []
        self._at = 0
        # The index of the click that may send the letter.
        self._sends_at = -1
        self._before = Seen(text="")
        # What was written to last: a page's search has a button too.
        self._near = ""

    @property
    def written(self) -> list[str]:
        return [each.value for each in self.plan.actions if each.kind == Kind.FILL]

    async def prepare(self) -> None:
        """Everything before the click that may send it. Raises FormChanged or Unavailable."""
        while action := self.next:
            if self._has_message and await self.sends(action):
                await self._check_message()
                if action.kind == Kind.CLICK:
                    await self._check_button(action)
                self._sends_at = self._at
                self._before = await self._seen()
                return
            await self.do_next()
        raise FormChanged(SENDS_NOTHING)

    async def press(self) -> bool:
        """The click and all that follows; whether the page says that it has the letter."""
        try:
            await self.do_next()
            while self.next and not await self._has_succeeded():
                await self.do_next()
        except (FormChanged, Unavailable) as error:
            self.log.append(f"stopped: {error}")
        tells = self.plan.success or last_find(self.plan, after=self._sends_at)
        seconds = self._patience(FIND_SECONDS if tells else READY_SECONDS)
        return await self.page.until(
            self._has_succeeded, seconds=0 if self.page.is_lost else seconds
        )

    @property
    def next(self) -> Action | None:
        return self.plan.actions[self._at] if self._at < len(self.plan.actions) else None

    async def do_next(self) -> None:
        """The next action, or all that write until the next one that does not."""
        if self.next.kind in FILLING:
            await self._fill()
            return
        action, self._at = self.next, self._at + 1
        came_of_it = await _WAYS[action.kind](self, action)
        self.log.append(f"{action}: {came_of_it}")

    def skip(self) -> None:
        self._at += 1

    async def is_there(self, action: Action) -> bool:
        """Whether its selector finds something; FormChanged where it must and does not in time."""

        async def holds() -> bool:
            (found,) = await self.page.read([action.selector])
            if found is None:
                raise FormChanged(f"{action.selector} is no selector")
            return bool(found)

        seconds = self._patience(BUILD_SECONDS) if action.is_needed else 0
        there = await self.page.until(holds, seconds=seconds)
        if action.is_needed and not there:
            raise NotThere(f"{action.selector} is not on the page")
        return there

    async def _fill(self) -> None:
        until = time.monotonic() + self._patience(BUILD_SECONDS)
        while self.next and self.next.kind in FILLING:
            wanted, at = [], self._at
            for action, found in await self._with_fields():
                action = as_sent(action, found)
                try:
                    changed = changes(action, found)
                except FormChanged as error:
                    may_come = isinstance(error, NotThere) and time.monotonic() < until
                    if wanted or (action.is_needed and may_come):
                        break
                    if action.is_needed:
                        raise
                    self.log.append(f"{error}, left out")
                else:
                    wanted += changed
                    self.log.append(f"{action}: written")
                self._keep(action)
            if wanted:
                await self.page.write(wanted)
            elif self._at == at:
                await asyncio.sleep(0.05)

    async def _with_fields(self):
        actions = []
        for action in self.plan.actions[self._at :]:
            if action.kind not in FILLING:
                break
            actions.append(action)
        return zip(actions, await self.page.read([each.selector for each in actions]), strict=True)

    def _keep(self, action: Action) -> None:
        """The action is through, and this is how it leaves."""
        actions = self.plan.actions
        kept = (*actions[: self._at], action, *actions[self._at + 1 :])
        self._near = action.selector
        self.plan, self._at = replace(self.plan, actions=kept), self._at + 1

    async def _visit(self, action: Action) -> str:
        if urlsplit(action.value).scheme not in {"http", "https"}:
            raise FormChanged("the recipe's address is no web page")
        await self.page.visit(action.value)
        refuse_what_is_no_page(self.page.answer)
        return f"HTTP {self.page.answer.status}"

    async def _inject(self, action: Action) -> str:
        if not await self.is_there(action):
            return "skipped"
        await self.page.ask("inject", {"selector": action.selector, "html": action.value})
        return "done"

    async def _script(self, action: Action) -> str:
        trouble = await self.page.run(action.value)
        await self.page.settle()
        return trouble or "done"

    async def _wait(self, action: Action) -> str:
        await asyncio.sleep(self._patience(min(float(action.value or 0), WAIT_SECONDS)))
        return "done"

    async def _find(self, action: Action) -> str:
        """Before the letter has left, what is not there ends it; after it, that is the verdict."""

        async def holds() -> bool:
            return await self._finds(action) or await self._has_succeeded()

        seconds = 0 if self.page.is_lost else self._patience(FIND_SECONDS)
        if await self.page.until(holds, seconds=seconds):
            return "found"
        if self._sends_at < 0:
            raise NotThere(f"{action.selector or 'the text'} was not found on the page")
        return "not found"

    async def _click(self, action: Action) -> str:
        if not await self.is_there(action):
            return "skipped"
        if not await self.page.click(action.selector, near=self._near):
            raise NotThere(f"{action.selector} is no longer on the page")
        await self.page.settle()
        if self._sends_at < 0:
            refuse_what_is_no_page(self.page.answer)
        return f"HTTP {self.page.answer.status}"

    async def _captcha(self, action: Action) -> str:
        raise FormChanged("the form asks for proof that a person fills it in")

    @property
    def _has_message(self) -> bool:
        return any(each.is_message for each in self.plan.actions[: self._at])

    async def sends(self, action: Action) -> bool:
        """Whether the letter, if it stands there, may leave with this."""
        if action.kind == Kind.SCRIPT:
            # None of the known idioms: it may click on anything.
            return True
        if action.kind != Kind.CLICK or not await self.is_there(action):
            return False
        target = await self._target(action)
        return may_send(message_is_filled=True, tag=target["tag"], kind=target["kind"])

    async def _check_button(self, action: Action) -> None:
        """A click that HTML itself stops would look like a letter that may have left."""
        objections = []

        async def is_ready() -> bool:
            nonlocal objections
            objections = (await self._target(action))["objections"]
            return not objections

        if not await self.page.until(is_ready, seconds=self._patience(READY_SECONDS)):
            raise FormChanged(f"{action}: {', '.join(objections)}")

    async def _target(self, action: Action) -> dict:
        click = {"selector": action.selector, "near": self._near}
        target = await self.page.ask("target", click)
        if target is None:
            raise NotThere(f"{action}: is no longer on the page")
        return target

    async def _check_message(self) -> None:
        """The letter stands in its field to the last character, whatever scripts do."""
        message = next(each for each in self.plan.actions if each.is_message)
        (found,) = await self.page.read([message.selector])
        if not found or found[0].value.replace("\r\n", "\n") != unix_lines(message.value):
            raise FormChanged(f"{message.selector} does not keep the letter as it was written")

    async def _has_succeeded(self) -> bool:
        if self._sends_at < 0:
            return False
        return has_succeeded(self.plan, before=self._before, after=await self._seen())

    async def _seen(self) -> Seen:
        find = last_find(self.plan, after=self._sends_at)
        (text,) = await self.page.ask("texts", "") or [""]
        was_found = find is not None and await self._finds(find)
        return Seen(text, was_found, self.page.answer.status)

    async def _finds(self, find: Action) -> bool:
        return is_found(find, await self.page.ask("texts", find.selector))

    def _patience(self, seconds: float) -> float:
        return max(0.0, min(seconds, self._ends - time.monotonic()))


_WAYS = {
    Kind.VISIT: Browsing._visit,
    Kind.INJECT: Browsing._inject,
    Kind.SCRIPT: Browsing._script,
    Kind.WAIT: Browsing._wait,
    Kind.FIND: Browsing._find,
    Kind.CLICK: Browsing._click,
    Kind.CAPTCHA: Browsing._captcha,
}
