"""How the browser engine fills in a form, and what it does when page or browser do not."""

import os
import signal
import threading
import time
from pathlib import Path

import pytest

from letters.channels.interface import Unavailable
from letters.channels.webform import chromium as kept
from letters.channels.webform.browser import BrowserEngine
from letters.channels.webform.chromium import chromium
from letters.channels.webform.engine import FormChanged, Landing
from letters.channels.webform.recipe import Action, Kind, Plan
from tests.letters.channels.webform.office import MESSAGE, THANKS, click, fill, make_plan, write
from tests.letters.channels.webform.site import Answer, Asked, Site

pytestmark = pytest.mark.browser
FORM = """<form method=post action=/taken><input name=first><textarea name=message></textarea>
<button id=send>Send</button></form>"""
LOOP = "<script>setTimeout(() => { while (true); }, {after})</script>"


class Letters:
    """Letters to one site, by the browser."""

    def __init__(self, site: Site, proxy: str):
        self.site, self.proxy = site, proxy
        self.begun: list[tuple[Plan, threading.Thread]] = []
        self.pages: dict[str, object] = {"/form": Answer(FORM), "/taken": Answer(THANKS)}
        site.answer = self.answer

    def answer(self, asked: Asked) -> object:
        told = self.pages.get(asked.path.partition("?")[0], Answer("", 404))
        return told(asked) if callable(told) else told

    def plan(self, *actions: Action, success: str = "Thank you") -> Plan:
        actions = actions or (write(), click())
        return make_plan(*actions, url=f"{self.site.url}/form", success=success)

    def send(self, *actions: Action, seconds: float = 20, begin=None, **more) -> Landing:
        def note(plan: Plan) -> None:
            self.begun.append((plan, threading.current_thread()))
            if begin:
                begin()

        plan = self.plan(*actions, **more)
        return BrowserEngine().submit(plan, proxy=self.proxy, seconds=seconds, begin=note)

    def look(self, *actions: Action):
        return BrowserEngine().look(self.plan(*actions), proxy=self.proxy, seconds=20)


@pytest.fixture
def letters(site, rehearsal):
    return Letters(site, rehearsal.url)


def test_a_letter_is_accepted_where_the_page_says_so(letters):
    landing = letters.send()
    assert landing.succeeded
    assert "Thank you" in landing.html
    assert landing.screenshot.startswith(b"\xff\xd8")
    assert letters.begun[0][1] is threading.current_thread()


def test_the_log_says_no_value(letters):
    landing = letters.send(fill("[name=first]", "Alena"), write(), click())
    assert len(landing.log) == 4
    assert not any("Alena" in line or "Senator" in line for line in landing.log)


def test_a_page_that_says_nothing_is_not_called_accepted(letters):
    letters.pages["/taken"] = Answer("<p>Please correct the errors below.")
    assert not letters.send(seconds=5).succeeded


def test_a_form_that_a_script_builds_is_filled_in(letters):
    letters.pages["/form"] = Answer(
        f"<div id=place></div><script>setTimeout(() => place.innerHTML = `{FORM}`, 400)</script>"
    )
    assert letters.send().succeeded


def test_a_field_that_comes_with_a_choice_is_filled_in(letters):
    letters.pages["/form"] = Answer(
        FORM.replace(
            "<button",
            "<select id=t onchange=\"more.innerHTML = '<input name=why>'\"><option>A<option>B"
            "</select><span id=more></span><button",
        )
    )
    choice = Action(Kind.SELECT, "#t", wanted=("B",), required=True)
    letters.send(choice, fill("[name=why]", "because"), write(), click())
    assert letters.site.bodies()[0].endswith(b"why=because")


def test_a_library_that_watches_the_field_notices_the_text(letters):
    """As React does: it lays a property of its own over the field's."""
    letters.pages["/form"] = Answer(
        FORM
        + """<script>
        const field = document.querySelector("[name=first]");
        const own = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value");
        let last = "";
        Object.defineProperty(field, "value", {
          get: () => own.get.call(field), set: (v) => { last = v; own.set.call(field, v); },
        });
        field.addEventListener("input", () => {
          if (own.get.call(field) !== last) field.form.action = "/taken?noticed";
        });
        </script>"""
    )
    letters.send(fill("[name=first]", "Alena"), write(), click())
    assert letters.site.asked[-1].path == "/taken?noticed"


def test_an_answer_without_a_new_page_is_seen(letters):
    letters.pages["/form"] = Answer(
        FORM.replace(
            "<form",
            "<form onsubmit=\"event.preventDefault(); fetch('/taken', {method: "
            "'POST', body: new FormData(this)}).then(() => this.outerHTML = '<p>Thank you')\"",
        )
    )
    assert letters.send().succeeded
    assert b"Senator" in letters.site.bodies()[0]


def test_a_script_of_the_recipe_is_run(letters):
    script = Action(Kind.SCRIPT, value="document.querySelector('[name=first]').value = 'by script'")
    letters.send(script, write(), click())
    assert letters.site.bodies()[0].startswith(b"first=by+script")


def test_a_text_that_would_be_cut_is_not_sent(letters):
    letters.pages["/form"] = Answer(FORM.replace("<textarea", "<textarea maxlength=20"))
    with pytest.raises(FormChanged, match="takes 20 characters and would get"):
        letters.send()
    assert (letters.begun, letters.site.bodies()) == ([], [])


def test_a_text_that_a_script_cuts_is_not_sent(letters):
    cutting = "<textarea oninput='this.value = this.value.slice(0, 10)'"
    letters.pages["/form"] = Answer(FORM.replace("<textarea", cutting))
    with pytest.raises(FormChanged, match="does not keep the letter"):
        letters.send()
    assert (letters.begun, letters.site.bodies()) == ([], [])


@pytest.mark.parametrize(
    ("page", "why"),
    [
        (FORM.replace("<input name=first", "<input name=first required"), "first is required"),
        (FORM.replace("<button", "<button disabled"), "is locked"),
    ],
)
def test_a_click_that_would_do_nothing_is_none(letters, page, why):
    letters.pages["/form"] = Answer(page)
    with pytest.raises(FormChanged, match=why):
        letters.send()
    assert letters.begun == []


def test_the_letter_leaves_in_letters_that_the_page_can_take(letters):
    latin = {"Content-Type": "text/html; charset=iso-8859-1"}
    letters.pages["/form"] = Answer(FORM, fields=latin)
    letters.send()
    (plan, _) = letters.begun[0]
    assert "Nina" in plan.message and plan.message != MESSAGE
    assert b"Nina" in letters.site.bodies()[0]


def test_a_dialog_and_a_popup_stop_nothing(letters):
    letters.pages["/form"] = Answer(FORM + "<script>alert(1); open('/form')</script>")
    assert letters.send().succeeded


def test_two_letters_share_no_cookie(letters):
    letters.pages["/form"] = Answer(FORM, fields={"Set-Cookie": "session=1"})
    letters.send()
    letters.send()
    cookies = [each.field("Cookie") for each in letters.site.asked if each.path == "/form"]
    assert cookies == ["", ""]


def test_a_page_that_is_gone_has_changed(letters):
    letters.pages["/form"] = Answer("gone", 404)
    with pytest.raises(FormChanged, match="404"):
        letters.send()


def test_a_server_in_trouble_is_tried_again(letters):
    letters.pages["/form"] = Answer("sorry", 500)
    with pytest.raises(Unavailable):
        letters.send()


@pytest.mark.parametrize(
    "page",
    [
        Answer(FORM + LOOP.replace("{after}", "0")),
        lambda asked: time.sleep(10),
        lambda asked: (time.sleep(0.2) or b"HTTP/1.1 200 OK\r\n" for _ in range(50)),
    ],
    ids=["loops", "hangs", "drips"],
)
def test_a_page_that_does_not_come_is_given_up_in_time(letters, page):
    letters.pages["/form"] = page
    began = time.monotonic()
    with pytest.raises(Unavailable):
        letters.send(seconds=2)
    assert time.monotonic() - began < 3
    assert letters.begun == []


@pytest.mark.parametrize(
    "page",
    [Answer(LOOP.replace("{after}", "0")), lambda asked: time.sleep(10)],
    ids=["loops", "hangs"],
)
def test_an_answer_that_does_not_come_is_given_up_in_time(letters, page):
    letters.pages["/taken"] = page
    began = time.monotonic()
    landing = letters.send(seconds=4)
    assert time.monotonic() - began < 5
    assert not landing.succeeded
    assert len(letters.begun) == 1


def kill_the_browser() -> None:
    os.kill(chromium()._current.process, signal.SIGKILL)


def test_a_browser_that_dies_before_is_no_letter(letters):
    def die(asked: Asked) -> Answer:
        kill_the_browser()
        return Answer(FORM)

    letters.pages["/form"] = die
    with pytest.raises(Unavailable):
        letters.send()
    letters.pages["/form"] = Answer(FORM)
    assert letters.send().succeeded, "the next letter has a new browser"


def test_a_browser_that_dies_after_leaves_it_open(letters):
    landing = letters.send(begin=kill_the_browser)
    assert not landing.succeeded
    assert "the browser failed" in landing.log[-1]


def test_a_browser_that_stands_still_is_replaced(letters):
    assert letters.send().succeeded
    stopped = chromium()._current.process
    os.kill(stopped, signal.SIGSTOP)
    with pytest.raises(Unavailable):
        letters.send(seconds=2)
    assert letters.send().succeeded
    ends = time.monotonic() + 10
    while Path(f"/proc/{stopped}").exists() and time.monotonic() < ends:
        time.sleep(0.1)
    assert not Path(f"/proc/{stopped}").exists()


def test_after_so_many_letters_the_browser_is_a_new_one(letters, monkeypatch):
    letters.send()
    monkeypatch.setattr(kept, "LETTERS_PER_BROWSER", chromium()._current.begun + 1)
    processes = [letters.send() and chromium()._current.process for _ in range(2)]
    assert processes[0] != processes[1]


def test_a_look_writes_nothing_and_sends_nothing(letters):
    look = letters.look(fill("[name=first]", "Alena"), write(), click())
    assert (look.troubles, look.charset) == ((), "")
    assert [asked.method for asked in letters.site.asked if asked.body] == []


def test_a_look_tells_each_thing_that_does_not_fit(letters):
    letters.pages["/form"] = Answer(
        FORM.replace("<textarea", "<textarea maxlength=9"),
        fields={"Content-Type": "text/html; charset=koi8-u"},
    )
    menu = Action(Kind.SELECT, "[name=first]", wanted=("NY",), required=True)
    look = letters.look(menu, write(), click())
    assert [each.split(": ")[1][:10] for each in look.troubles] == ["is no menu", "takes 9 ch"]
    assert look.charset.lower() == "koi8-u"


def test_a_fork_has_a_browser_of_its_own():
    ours = chromium()
    child = os.fork()
    if not child:
        os._exit(int(chromium() is ours))
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
