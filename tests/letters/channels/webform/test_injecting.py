"""A form that a recipe puts into the page is written anew, and posts to the Congress only."""

import pytest

from letters.channels.webform.intake.injecting import written_anew
from letters.channels.webform.intake.reading import Quarantined
from letters.channels.webform.recipe import By, Kind
from tests.letters.channels.webform.writing import read_with, script, step_of

PAGE = "https://www.example.senate.gov/contact/email"


def anew(html: str, *selectors: str) -> str:
    return written_anew(html, page=PAGE, selectors=selectors)


def test_controls_stay_in_order_and_prose_goes():
    html = (
        '<p>Dear <b>constituent</b></p><form id="f" method="post" class="x"><fieldset>'
        '<legend>You</legend><label for="a">Name*</label><input id="a" name="b" type="text" '
        'placeholder="Required" maxlength="9"><select name="s"><option value="">Pick</option>'
        '<option value="Mr.">Mr.</option><option value="G" selected>General</option></select>'
        '<input type="checkbox" name="c" value="1" checked><textarea name="m" id="m"></textarea>'
        "<script>alert(1)</script><iframe src='https://example.org'></iframe>"
        '<button type="submit" onclick="x()">Send</button></fieldset></form>'
    )

    assert anew(html, "#m") == (
        '<form id="f" method="post"><input type="text" name="b" id="a" maxlength="9">'
        '<select name="s"><option value="">Pick</option><option>Mr.</option>'
        '<option value="G" selected>General</option></select>'
        '<input type="checkbox" name="c" value="1" checked><textarea name="m" id="m"></textarea>'
        '<button type="submit">Send</button></form>'
    )


@pytest.mark.parametrize(
    ("action", "address"),
    [
        ("/contact/send", "https://www.example.senate.gov/contact/send"),
        ("send?a=1&amp;b=2", "https://www.example.senate.gov/contact/send?a=1&amp;b=2"),
        ("http://www.example.senate.gov/x", "https://www.example.senate.gov/x"),
        ("&#104;ttps://outreach.senate.gov/x", "https://outreach.senate.gov/x"),
        (" ht\ntps://www.house.gov/x ", "https://www.house.gov/x"),
    ],
)
def test_an_action_becomes_a_whole_address(action, address):
    assert anew(f'<form action="{action}"></form>') == f'<form action="{address}"></form>'


def test_a_form_without_an_action_posts_to_its_page():
    assert anew('<form action=""></form>') == "<form></form>"


@pytest.mark.parametrize(
    "html",
    [
        '<form action="https://example.org/"></form>',
        '<form action="//example.org/"></form>',
        '<form action="&#104;ttps&colon;&sol;&sol;example.org/"></form>',
        '<form action="https://example.org\\@www.senate.gov/"></form>',
        '<form action="https://www.senate.gov:81/"></form>',
        '<form action="javascript:alert(1)"></form>',
        '<form action="https://[1/"></form>',
        '<form><button formaction="https://example.org/">x</button></form>',
        '<form><input type="submit" formaction="/x"></form>',
    ],
)
def test_a_form_that_posts_elsewhere_is_quarantined(html):
    with pytest.raises(Quarantined, match="that it puts in posts"):
        anew(html)


def test_what_later_steps_hold_on_to_stays():
    html = (
        '<div class="row"><div class="controls big" id="x"><form><label for="a">Yes</label>'
        '<input name="one"><button class="btn red" type="submit">Go</button></form></div></div>'
    )

    written = anew(html, ".controls .btn", "label[for='a']", "#x", "#not-there")

    assert written == (
        '<div id="x" class="controls"><form><label for="a">Yes</label><input name="one">'
        '<button type="submit" class="btn">Go</button></form></div>'
    )


def test_a_step_that_counts_elements_keeps_them_all():
    html = "<form><p>Text</p><p><input name=a></p><p><input name=b></p></form>"

    assert anew(html, "p:nth-child(3) input") == (
        '<form><p></p><p><input name="a"></p><p><input name="b"></p></form>'
    )


def test_a_newsletter_that_is_ticked_already_is_not():
    ticked = '<input type="checkbox" id="enews" value="EMAIL.OPTIN" checked>'

    assert anew(ticked) == '<input type="checkbox" id="enews" value="EMAIL.OPTIN">'


def test_values_cannot_break_out_of_their_attributes():
    assert anew("<input name=a value='\"><script>'>") == (
        '<input name="a" value="&quot;&gt;&lt;script&gt;">'
    )


def test_a_script_that_puts_a_form_in_becomes_a_step():
    put_in = script(
        "document.querySelector('.main').innerHTML = '<form action=\"/send\"><p>Hello</p>' + "
        "\"<textarea id='message' name='m'></textarea><button id='submit'>Go</button></form>\""
    )

    recipe = read_with(put_in).recipe

    step = next(step for step in recipe.steps if step.kind == Kind.INJECT)
    assert (step.selector, recipe.by) == (".main", By.PLAIN)
    assert step.value == (
        '<form action="https://www.example.senate.gov/send">'
        '<textarea name="m" id="message"></textarea><button id="submit">Go</button></form>'
    )


@pytest.mark.parametrize(
    ("said", "limit"), [("5000", 5000), ("", None), ("-1", None), ("many", None)]
)
def test_a_letter_is_as_long_as_the_form_that_is_put_in_takes(said, limit):
    field = f'<textarea id="message" name="m" maxlength="{said}"></textarea>'
    put_in = script(f"document.querySelector('.main').innerHTML = '<form>{field}</form>'")

    assert read_with(put_in).recipe.text_limit == limit


def test_what_the_recipe_says_of_its_limit_holds():
    field = '<textarea id="message" name="m" maxlength="5000"></textarea>'
    put_in = script(f"document.querySelector('.main').innerHTML = '<form>{field}</form>'")
    said = '- fill_in: [{selector: "#message", value: $MESSAGE, max_length: 500}]'

    assert read_with(put_in, said).recipe.text_limit == 500


def test_a_form_with_a_captcha_is_for_a_person():
    put_in = script("document.querySelector('a').innerHTML = '<div class=\"g-recaptcha\"></div>'")

    assert read_with(put_in).recipe.by == By.PERSON
    assert step_of(read_with(put_in), Kind.CAPTCHA)


def test_a_form_that_is_nested_too_deeply_is_quarantined():
    with pytest.raises(Quarantined, match="nested too deeply"):
        anew("<div>" * 300 + "<form></form>")
