"""A look at the live form: what would not fit, and nothing leaves."""

import pytest

from letters.channels.interface import Unavailable
from letters.channels.webform.engine import FormChanged, Look
from letters.channels.webform.plain import PlainEngine
from letters.channels.webform.recipe import Action, Kind
from tests.faults.servers import hang_up
from tests.letters.channels.webform.office import (
    click,
    fill,
    form,
    make_plan,
    page,
    write,
)


@pytest.fixture
def look(office):
    """Looks at a page: `look(html, *actions)`; `site` is the last one that was looked at."""

    def look(html: str, *actions: Action, pages: dict | None = None, **more) -> Look:
        look.site = office({"/form": page(html, **more)} | (pages or {}))
        plan = make_plan(*(actions or (write(), click())))
        return PlainEngine().look(plan, proxy=look.site.proxy, seconds=5)

    return look


def test_a_form_as_its_recipe_says_is_well_and_nothing_is_sent(look):
    assert look(form()) == Look()
    assert [each.method for each in look.site.asked] == ["GET"]


def test_every_trouble_is_told(look):
    topic = Action(Kind.SELECT, "select", wanted=("Peace",), required=True)
    html = form("<select name=t><option>War</select><input name=new required>")

    seen = look(html, fill("#gone", "Nina"), topic, write(), click())

    assert seen.troubles == (
        "fill_in #gone: is not in the page as it is served: it may need a browser",
        "select select: has no such option",
        "click_on #send: the field new is required and would stay empty",
    )


@pytest.mark.parametrize(
    ("charset", "told"),
    [("windows-1252", "windows-1252"), ("utf-8", ""), ("gb18030", ""), ("koi8-r", "KOI8-R")],
)
def test_the_character_set_of_the_letters_form_is_told(look, charset, told):
    assert look(form().replace("utf-8", charset), kind="text/html").charset == told
    assert look(form(attributes=f"accept-charset={charset}")).charset == told


def test_a_plan_that_never_sends_is_told(look):
    assert look(form(), write()).troubles == ("no click sends the letter",)


def test_a_button_that_is_gone_is_told(look):
    assert look(form(), write(), click("#gone")).troubles[0].startswith("click_on #gone: is not")


def test_a_page_that_is_gone_is_told_once(look):
    assert look("", status=404).troubles == ("the page answers with HTTP 404",)


def test_a_second_page_is_looked_at_where_nothing_written_would_leave(look):
    seen = look(
        "<a id=on href=/w>Write</a>",
        click("#on"),
        write("#gone"),
        click(),
        pages={"/w": page(form())},
    )

    assert seen.troubles == (
        "fill_in #gone: is not in the page as it is served: it may need a browser",
        "click_on #send: is not in the page as it is served: it may need a browser",
    )


def test_no_second_page_is_asked_for_with_something_written(look):
    first = "<form method=post action=/w><input name=zip><button id=on>Next</button></form>"

    assert look(first, fill("[name=zip]", "12345"), click("#on"), write(), click()) == Look()
    assert [each.method for each in look.site.asked] == ["GET"]


def test_a_page_that_cannot_be_reached_is_unavailable(office):
    site = office({"/form": hang_up})

    with pytest.raises(Unavailable):
        PlainEngine().look(make_plan(write(), click()), proxy=site.proxy, seconds=5)


def test_what_needs_a_browser_is_not_looked_at_without_one(look):
    with pytest.raises(FormChanged, match="needs a browser"):
        look(form(), Action(Kind.SCRIPT, value="go()"))
