"""What both engines are to the channel: one meaning, however the page is reached."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from letters.channels.webform.recipe import By, Plan


class FormChanged(Exception):
    """The page is not as its recipe says, and nothing was submitted.

    The message tells which step and selector, in words for organizers, and no personal data.
    """


@dataclass(frozen=True)
class Landing:
    """The page that came after a submission. Everything in it is still unmasked: see `evidence`."""

    # The recipe's text was absent before and is present after, or its last `find` was found.
    succeeded: bool
    # One line for each step: its kind, selector, and what came of it; no values.
    log: tuple[str, ...]
    html: str = ""
    # JPEG, with what was typed painted over; empty where there is no screen.
    screenshot: bytes = b""


@dataclass(frozen=True)
class Look:
    """What a form looks like today."""

    # What would not fit, a sentence each, for organizers; empty if all is well.
    troubles: tuple[str, ...] = ()
    # That its letters would leave in; empty where it takes every letter.
    charset: str = ""


class Engine(Protocol):
    """Fills in a form through `proxy`, the only way out, within `seconds` in all."""

    by: By

    def submit(
        self, plan: Plan, *, proxy: str, seconds: float, begin: Callable[[Plan], None]
    ) -> Landing:
        """Calls `begin` in the caller's own thread, right before the first byte of the letter may
        leave, with the plan as it really leaves (transliterated where the page's charset cannot
        take its letters).

        Before that: raises FormChanged or `Unavailable`. After it nothing but a Landing comes
        back, also where the answer never came: `succeeded` is then False and the log says why.
        """
        ...

    def look(self, plan: Plan, *, proxy: str, seconds: float) -> Look:
        """Looks without submitting anything, and no further than nothing written would leave.

        Raises `Unavailable` where the page cannot be reached.
        """
        ...
