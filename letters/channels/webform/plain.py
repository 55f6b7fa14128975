"""The engine for forms that need no scripts: HTTP, and an HTML parser that builds a browser's tree.

It calls itself by its own name (`visiting.HEADERS`): it is no browser, and an office that asks who
is writing deserves an answer.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from letters.channels.deadline import Deadline
from letters.channels.interface import Unavailable
from letters.channels.webform.acting import Transliterate
from letters.channels.webform.engine import FormChanged, Landing, Look
from letters.channels.webform.html.charsets import TAKING_ALL
from letters.channels.webform.lettering import transliterate
from letters.channels.webform.recipe import By, Kind, Plan
from letters.channels.webform.visiting import Visitor
from letters.channels.webform.walking import Walk

BEYOND_US = {
    Kind.SCRIPT: "a script of the recipe needs a browser",
    Kind.CAPTCHA: "the form asks for proof that a person fills it in",
}


class PlainEngine:
    """Nothing of one letter is kept for the next: no connection, no cookie, no page."""

    by = By.PLAIN

    def __init__(self, *, transliterate: Transliterate = transliterate):
        self._transliterate = transliterate

    def submit(
        self, plan: Plan, *, proxy: str, seconds: float, begin: Callable[[Plan], None]
    ) -> Landing:
        _refuse_what_is_beyond_us(plan)
        with self._walk(plan, proxy=proxy, seconds=seconds, begin=begin) as walk:
            try:
                for index in range(len(plan.actions)):
                    walk.step(index)
                return walk.landing()
            except (FormChanged, Unavailable) as error:
                if not walk.has_begun:
                    raise
                return walk.broken_off(error)

    def look(self, plan: Plan, *, proxy: str, seconds: float) -> Look:
        _refuse_what_is_beyond_us(plan)
        troubles = []
        with self._walk(plan, proxy=proxy, seconds=seconds, begin=None) as walk:
            for index, action in enumerate(plan.actions):
                try:
                    walk.step(index)
                except FormChanged as error:
                    troubles.append(str(error))
                    walk.stay()
                    if action.kind in {Kind.VISIT, Kind.CLICK}:
                        break
                if walk.is_over:
                    break
            else:
                troubles.append("no click sends the letter")
        charset = walk.charset
        return Look(tuple(troubles), "" if charset in TAKING_ALL else charset)

    @contextmanager
    def _walk(
        self, plan: Plan, *, proxy: str, seconds: float, begin: Callable[[Plan], None] | None
    ) -> Iterator[Walk]:
        visitor = Visitor(proxy)
        try:
            with Deadline(seconds):
                yield Walk(plan, visitor=visitor, begin=begin, transliterate=self._transliterate)
        finally:
            visitor.close()


def _refuse_what_is_beyond_us(plan: Plan) -> None:
    for action in plan.actions:
        if action.kind in BEYOND_US:
            raise FormChanged(f"{action.kind}: {BEYOND_US[action.kind]}")
