"""One letter into one form by three ways, in turns, in one process.

Started by `benchmarks.forms`; prints as JSON the seconds of a letter by each way.
"""

import json
import logging
from statistics import median
from time import perf_counter

from tests.environment import set_up_environment

set_up_environment()

import django  # noqa: E402

django.setup()

from playwright.sync_api import sync_playwright  # noqa: E402

from letters.channels.webform.browser import BrowserEngine  # noqa: E402
from letters.channels.webform.egress import Allowed, egress  # noqa: E402
from letters.channels.webform.plain import PlainEngine  # noqa: E402
from letters.channels.webform.recipe import Kind, Plan  # noqa: E402
from tests.letters.channels.webform.office import click, fill, make_plan, write  # noqa: E402
from tests.letters.channels.webform.site import Answer, Asked, Site  # noqa: E402
from tests.letters.channels.webform.whole_forms import select  # noqa: E402
from tests.machine import CHROMIUM  # noqa: E402

ROUNDS, WARM_UP = 8, 1
# As long as the letter of the first campaign.
LETTER = "Please stand up for those who are held for their convictions. " * 40
TEXTS = ("first", "last", "street", "city", "zip", "email", "phone", "subject")
FORM = (
    "<!doctype html><form method=post action=/taken>"
    + "".join(f"<label>{name}<input name={name}></label>" for name in TEXTS)
    + "<select name=prefix><option value=''>Choose<option>Mr.<option>Ms.</select>"
    "<select name=topic><option value=''>Choose<option>Taxes<option>Foreign affairs</select>"
    "<textarea name=message></textarea><button id=send>Send</button></form>"
)


def main() -> None:
    logging.disable(logging.CRITICAL)
    with Site(answer) as site, egress(Allowed.rehearsal(site.url)) as way:
        plan = plan_for(site)
        ways = {
            "kept": lambda: engine(BrowserEngine(), plan, way.url),
            "typing": lambda: new_browser(plan, way.url, is_typing=True),
            "setting": lambda: new_browser(plan, way.url, is_typing=False),
            "plain": lambda: engine(PlainEngine(), plan, way.url),
        }
        seconds: dict[str, list[float]] = {name: [] for name in ways}
        for number in range(ROUNDS):
            for name, send in ways.items():
                taken = timed(send)
                if number >= WARM_UP:
                    seconds[name].append(taken)
        assert len(site.bodies()) == len(ways) * ROUNDS
        assert len(set(site.bodies())) == 1, "all send the same"
    print(json.dumps({name: median(taken) for name, taken in seconds.items()}))


def answer(asked: Asked) -> Answer:
    if asked.method == "POST":
        return Answer("<h1>Thank you</h1>")
    return Answer(FORM if asked.path == "/form" else "", 200 if asked.path == "/form" else 404)


def plan_for(site: Site) -> Plan:
    texts = [fill(f"[name={name}]", f"What stands in {name}") for name in TEXTS]
    menus = [select("[name=prefix]", "Ms."), select("[name=topic]", "Foreign affairs")]
    return make_plan(*texts, *menus, write(value=LETTER), click(), url=f"{site.url}/form")


def engine(one, plan: Plan, proxy: str) -> None:
    landing = one.submit(plan, proxy=proxy, seconds=60, begin=lambda plan: None)
    assert landing.succeeded, landing.log


def new_browser(plan: Plan, proxy: str, *, is_typing: bool) -> None:
    """A browser for this letter alone, with the same evidence; fields are set one by one, or typed
    into."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM,
            args=["--no-sandbox", "--disable-gpu"],
            proxy={"server": proxy},
        )
        page = browser.new_page()
        for action in plan.actions:
            if action.kind == Kind.VISIT:
                page.goto(action.value)
            elif action.kind == Kind.FILL:
                field = page.locator(action.selector)
                write = field.press_sequentially if is_typing else field.fill
                write(action.value, timeout=60_000)
            elif action.kind == Kind.SELECT:
                page.locator(action.selector).select_option(label=action.wanted[0])
            else:
                page.locator(action.selector).click()
        page.get_by_text(plan.success).wait_for()
        assert page.content() and page.screenshot(type="jpeg")
        browser.close()


def timed(send) -> float:
    started = perf_counter()
    send()
    return perf_counter() - started


if __name__ == "__main__":
    main()
