"""One letter's way through the pages of a form, action by action."""

import time
from collections.abc import Callable
from urllib.parse import urlsplit

from selectolax.lexbor import LexborNode

from letters.channels.deadline import deadline_in_force
from letters.channels.interface import Unavailable
from letters.channels.webform.acting import ABSENT, Transliterate, act, changed, misses
from letters.channels.webform.arriving import page_of, refuse_what_is_no_page
from letters.channels.webform.engine import FormChanged, Landing
from letters.channels.webform.html.charsets import UTF_8
from letters.channels.webform.html.controls import Controls, kind_of
from letters.channels.webform.html.page import Page, ancestors, attribute, joined
from letters.channels.webform.html.submitting import Request, charset_of, request_of
from letters.channels.webform.html.validity import objections
from letters.channels.webform.judging import (
    TOGGLES,
    Seen,
    has_succeeded,
    is_found,
    last_find,
    may_send,
    pick,
)
from letters.channels.webform.recipe import Action, Kind, Plan
from letters.channels.webform.visiting import Answer, Visitor

SENDING = {"submit", "image"}
CLICKABLE = {"a", "button", "input", "label"}
LONGEST_REFRESH = 5


class Walk:
    """Without `begin` it only looks, and ends before anything written would leave."""

    def __init__(
        self,
        plan: Plan,
        *,
        visitor: Visitor,
        begin: Callable[[Plan], None] | None,
        transliterate: Transliterate,
    ):
        self.has_begun = False
        # A look has come as far as it may.
        self.is_over = False
        # That the letter's form is sent in.
        self.charset = UTF_8
        self._plan, self._visitor = plan, visitor
        self._begin, self._transliterate = begin, transliterate
        self._log: list[str] = []
        self._arrive(Page("", url="about:blank", charset=UTF_8))
        # Text → as it was written.
        self._written: dict[str, str] = {}
        self._before = Seen("")
        self._find: Action | None = None

    def step(self, index: int) -> None:
        """Does one action of the plan. Raises FormChanged or Unavailable."""
        action = self._plan.actions[index]
        if action.kind == Kind.VISIT:
            self._leave(Request(joined("", action.value)))
            self._note(action, f"HTTP {self._page.status}")
        elif action.kind == Kind.FIND:
            self._look_for(action)
        elif action.kind == Kind.CLICK:
            self._click(index, action)
        elif action.kind != Kind.WAIT:
            self._act(action)

    def stay(self) -> None:
        """A look goes to no other page from here: not all of the form could be filled in."""
        self._is_typed_into = True

    def landing(self) -> Landing:
        """Where the way has ended. FormChanged where no click has sent anything."""
        if not self.has_begun:
            raise FormChanged("no click sends the letter")
        succeeded = self._says_yes() or (self._goes_on() and self._says_yes())
        return self._landed(succeeded)

    def broken_off(self, error: FormChanged | Unavailable) -> Landing:
        """After the letter has begun to leave nothing is known for certain."""
        told = error.evidence if isinstance(error, Unavailable) else str(error)
        self._log.append(f"after the letter began to leave: {told}")
        return self._landed(False)

    def _landed(self, succeeded: bool) -> Landing:
        return Landing(succeeded=succeeded, log=tuple(self._log), html=self._page.html)

    def _act(self, action: Action) -> None:
        self._is_typed_into |= action.kind == Kind.FILL
        done = act(self._controls, action, self._transliterate)
        self._note(action, done.outcome)
        if done.field is None:
            return
        self._form = self._controls.owner(done.field)
        if action.kind == Kind.FILL:
            self._written[action.value] = done.text
        if action.is_message:
            self._has_message = True
            self.charset = charset_of(self._controls, self._form)

    def _look_for(self, action: Action) -> None:
        found = is_found(action, self._page.texts(action.selector))
        if not (found or self.has_begun):
            raise changed(action, ABSENT)
        self._note(action, "there" if found else "not there")

    def _click(self, index: int, action: Action) -> None:
        node = self._clicked(action)
        if node is None:
            return
        sends = may_send(message_is_filled=self._has_message, tag=node.tag, kind=kind_of(node))
        if node.tag == "input" and kind_of(node) in TOGGLES:
            self._toggle(action, node)
            return
        request = self._request(action, node)
        if request is None:
            return
        if self._begin is None and (sends or self._is_typed_into):
            self.is_over = True
            return
        if sends and not self.has_begun:
            self._find = last_find(self._plan, after=index)
            self._before = self._seen()
            self._leave(request, begin=self._begin_to_send)
        else:
            self._leave(request)
        self._note(action, f"HTTP {self._page.status}")

    def _clicked(self, action: Action) -> LexborNode | None:
        """What the click works on; None where it changes nothing."""
        found = self._page.all(action.selector)
        if not found:
            self._note(action, misses(action, ABSENT).outcome)
            return None
        around = [_clickable(each) for each in found]
        form = self._form
        in_form = [form is not None and self._controls.owner(each) == form for each in around]
        node = around[pick(in_form)]
        if node.tag != "label":
            return node
        labelled = self._controls.labelled_by(node)
        if labelled is not None and kind_of(labelled) in TOGGLES | SENDING:
            return labelled
        self._note(action, "only points at a field")
        return None

    def _toggle(self, action: Action, node: LexborNode) -> None:
        if self._controls.is_disabled(node):
            self._note(action, misses(action, "is locked").outcome)
            return
        is_radio = kind_of(node) == "radio"
        self._controls.check(node, is_radio or not self._controls.is_checked(node))
        self._form = self._controls.owner(node)
        self._note(action, "toggled")

    def _request(self, action: Action, node: LexborNode) -> Request | None:
        """What a click there asks for; None where an optional one asks for nothing."""
        form = self._controls.owner(node)
        if kind_of(node) in SENDING and form is not None:
            return self._submission(action, form, node)
        href = attribute(node, "href").strip()
        if node.tag == "a" and href and not href.startswith("#") and not self._has_message:
            return self._secure(action, Request(self._page.absolute(href)))
        if self._has_message:
            raise changed(action, "is no button that sends the form: it may need a browser")
        self._note(action, misses(action, "does nothing without a browser").outcome)
        return None

    def _submission(self, action: Action, form: LexborNode, button: LexborNode) -> Request:
        if self._controls.is_disabled(button):
            raise changed(action, "is locked")
        faults = objections(self._controls, form, button)
        if faults:
            raise changed(action, ", ".join(faults))
        return self._secure(action, request_of(self._controls, form, button))

    def _secure(self, action: Action, request: Request) -> Request:
        schemes = urlsplit(self._page.url).scheme, urlsplit(request.url).scheme
        if schemes == ("https", "http"):
            raise changed(action, "leads from an encrypted page to one that is not")
        return request

    def _begin_to_send(self) -> None:
        self._plan = self._plan.with_values(
            lambda text: self._written.get(text) or self._transliterate(text, self.charset)
        )
        self._begin(self._plan)
        self.has_begun = True

    def _leave(self, request: Request, *, begin: Callable[[], None] | None = None) -> None:
        """Goes to another page; before the letter has begun to leave it must be one."""
        self._arrive_with(self._visitor.go(request, coming_from=self._coming_from, begin=begin))
        if not self.has_begun:
            self._goes_on()

    def _goes_on(self) -> bool:
        """Follows a page that gives way to another one by itself, once."""
        seconds, url = self._page.next or (LONGEST_REFRESH + 1, "")
        if seconds > LONGEST_REFRESH or seconds >= deadline_in_force().left:
            return False
        time.sleep(seconds)
        self._arrive_with(self._visitor.go(Request(url), coming_from=self._coming_from))
        self._log.append(f"the page leads on by itself: HTTP {self._page.status}")
        return True

    def _arrive_with(self, answer: Answer) -> None:
        if not self.has_begun:
            refuse_what_is_no_page(answer)
        if answer.broke_off:
            self._log.append(f"the answer broke off: {answer.broke_off}")
        self._arrive(page_of(answer))

    def _arrive(self, page: Page) -> None:
        self._page, self._controls = page, Controls(page)
        # The form of the field that was touched last; whether a text, and the message, stand here.
        self._form: LexborNode | None = None
        self._is_typed_into = self._has_message = False

    @property
    def _coming_from(self) -> str:
        return self._page.url if self._page.url.startswith("http") else ""

    def _seen(self) -> Seen:
        find, page = self._find, self._page
        found = find is not None and is_found(find, page.texts(find.selector))
        return Seen(page.text, was_found=found, status=page.status)

    def _says_yes(self) -> bool:
        return has_succeeded(self._plan, before=self._before, after=self._seen())

    def _note(self, action: Action, outcome: str) -> None:
        self._log.append(f"{action}: {outcome}")


def _clickable(node: LexborNode) -> LexborNode:
    """A click on the words on a button is one on the button."""
    around = (each for each in (node, *ancestors(node)) if each.tag in CLICKABLE)
    return next(around, node)
