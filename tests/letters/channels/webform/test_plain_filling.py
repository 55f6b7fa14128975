"""What each action does to a page's fields, by the bytes that arrive."""

import re

import pytest

from letters.channels.webform.engine import FormChanged
from letters.channels.webform.recipe import Action, Kind
from tests.letters.channels.webform.office import MESSAGE, fill, form, write

MENU = "<select name=t><option value>Choose<option value=1_A>Trade<option value=2_B>Peace</select>"
RADIOS = """<div id=group><label><input type=radio name=r value=m checked>Mr.</label>
    <input type=radio name=r value=f id=f><label for=f>Ms.  <b>or</b> Mrs.</label></div>"""
BOXES = """<span id=boxes><input type=checkbox name=b value=1><input type=checkbox name=b value=2
    checked><input type=checkbox name=b value=3 disabled></span>"""


def act(kind: Kind, selector: str, *wanted: str, required: bool = True) -> Action:
    return Action(kind, selector, wanted=wanted, required=required)


def test_every_character_arrives_as_it_was_written(send):
    sent = send(form("<input name=who>"), fill("[name=who]", "Škłoŭ, Ніна"), write())

    assert dict(sent.last.entries)["message"] == MESSAGE.replace("\n", "\r\n")
    assert dict(sent.last.entries)["who"] == "Škłoŭ, Ніна"


@pytest.mark.parametrize(
    ("fields", "action", "entries"),
    [
        (MENU, act(Kind.SELECT, "select", "2_B"), [("t", "2_B")]),
        (MENU, act(Kind.SELECT, "select", "none", "peace"), [("t", "2_B")]),
        (MENU, act(Kind.SELECT, "select", "none", required=False), [("t", "")]),
        (
            "<select multiple name=t><option selected>1<option>2</select>",
            act(Kind.SELECT, "select", "2"),
            [("t", "2")],
        ),
        (RADIOS, act(Kind.CHOOSE, "[name=r]", "f"), [("r", "f")]),
        (RADIOS, act(Kind.CHOOSE, "#group", "ms. or mrs."), [("r", "f")]),
        (RADIOS, act(Kind.CHOOSE, "[name=r]", "x", required=False), [("r", "m")]),
        (RADIOS, act(Kind.CHECK, "#f"), [("r", "f")]),
        (BOXES, act(Kind.CHOOSE, "#boxes", "1"), [("b", "1"), ("b", "2")]),
        (BOXES, act(Kind.CHECK, "[name=b]"), [("b", "1"), ("b", "2")]),
        (BOXES, act(Kind.CHECK, "[name=b]", "1"), [("b", "1"), ("b", "2")]),
        (BOXES, act(Kind.CHECK, "[name=b]", "3", required=False), [("b", "2")]),
        (BOXES, act(Kind.UNCHECK, "[name=b]", "2"), []),
        ("<input name=x>", fill("#gone", "1", required=False), [("x", "")]),
        ("<input name=x value=NY readonly>", fill("[name=x]", "NY"), [("x", "NY")]),
        ("<input name=x maxlength=2>", fill("[name=x]", "abc", required=False), [("x", "")]),
        ("<input name=x maxlength=3 type=number>", fill("[name=x]", "12345"), [("x", "12345")]),
        ("<input type=hidden name=x>", fill("[name=x]", "1"), [("x", "1")]),
        ("<input name=trap><input name=x>", fill("[name=x]", "1"), [("trap", ""), ("x", "1")]),
    ],
)
def test_an_action_changes_what_it_names_and_nothing_else(send, fields, action, entries):
    sent = send(form(fields), action, write())

    assert [each for each in sent.last.entries if each[0] != "message"] == entries


@pytest.mark.parametrize(
    ("fields", "action", "why"),
    [
        ("", fill("#gone"), "fill_in #gone: is not in the page as it is served"),
        ("<input name=x maxlength=2>", fill("[name=x]", "abc"), "takes 2 characters and would get"),
        ("<input name=x>", fill("[name=x]", "a\nb"), "takes one line only"),
        ("<input name=x disabled>", fill("[name=x]", "a"), "is locked"),
        ("<input name=x type=number>", fill("[name=x]", "(202)"), "only what is a number"),
        (MENU, fill("select", "Trade"), "is no text field"),
        (MENU, act(Kind.SELECT, "select", "none"), "has no such option"),
        (MENU, act(Kind.SELECT, "select", ""), "has no such option"),
        ("<input name=x>", act(Kind.SELECT, "[name=x]", "1"), "is no menu"),
        ("<select name=x disabled><option>1</select>", act(Kind.SELECT, "select", "1"), "locked"),
        (RADIOS, act(Kind.CHOOSE, "[name=r]", "x"), "has no such choice"),
        ("<input name=x>", act(Kind.CHOOSE, "[name=x]", "1"), "is no radio button"),
        (BOXES, act(Kind.CHECK, "[value='3']"), "is locked"),
        ("", fill("a["), "a[: is no selector"),
        ("", Action(Kind.FIND, "h1"), "find h1: is not in the page"),
        ("<h1>Write</h1>", Action(Kind.FIND, "h1", "Vote"), "find h1: is not in the page"),
        (
            "",
            Action(Kind.SCRIPT, value="x()"),
            "javascript: a script of the recipe needs a browser",
        ),
        ("", Action(Kind.CAPTCHA, value="true"), "recaptcha: the form asks for proof"),
    ],
)
def test_a_form_that_does_not_take_what_it_must_gets_no_letter(send, fields, action, why):
    with pytest.raises(FormChanged, match=re.escape(why)) as caught:
        send(form(fields), action, write())

    assert MESSAGE not in str(caught.value)


def test_a_message_that_is_too_long_for_its_field_is_not_cut(send):
    with pytest.raises(FormChanged, match="takes 20 characters"):
        send("<form method=post><textarea name=message maxlength=20></textarea><button id=send>")


def test_a_form_that_a_script_would_build_is_put_into_the_page_first(send):
    injected = Action(Kind.INJECT, "#main", form("<input type=hidden name=x value=1>"))

    sent = send(
        "<noscript>Scripts, please</noscript><div id=main><input name=x></div>", injected, write()
    )

    assert [name for name, _ in sent.last.entries] == ["message", "x"]


def test_the_letter_is_transliterated_where_the_form_cannot_take_it_and_begin_is_told(send):
    page = (
        form("<input name=who>").replace("charset=utf-8", "charset=windows-1252").encode("cp1252")
    )

    sent = send(page, fill("[name=who]", "Ніна Škłoŭ"), write(value="“Ніна”"), kind="text/html")

    assert b"who=Nina+%8Aklou" in sent.last.body
    assert b"message=%93Nina%94" in sent.last.body
    assert [each.value for each in sent.begun[0].actions[1:3]] == ["Nina Šklou", "“Nina”"]


def test_the_forms_own_wish_for_a_character_set_counts(send):
    page = form(attributes="accept-charset=koi8-r")

    sent = send(page, write(value="Жизнь Ł"))

    assert sent.last.body.startswith(b"message=%F6%C9%DA%CE%D8+L&")
    assert sent.begun[0].message == "Жизнь L"


def test_what_the_letter_leaves_as_is_what_begin_is_told(send):
    sent = send(form())

    assert [each.message for each in sent.begun] == [MESSAGE]
