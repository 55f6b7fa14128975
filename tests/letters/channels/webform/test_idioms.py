"""The five idioms of recipes' scripts, however they are written."""

import re

import pytest

from letters.channels.webform.intake.idioms import Idiom, understand
from letters.channels.webform.recipe import By, Kind
from tests.letters.channels.webform.writing import read_with, script, step_of, steps_of

VALUE = 'document.querySelector("#message").value'


def sends(form: str) -> str:
    """What sends that form: also a button that does not say what it is for."""
    return f'{form} [type="submit"], {form} button:not([type])'


def changed(text: str, by: str) -> str:
    """What a field's text becomes by a script that changes `#message`."""
    (effect,) = understand(by)
    assert (effect.idiom, effect.selector) == (Idiom.TRANSFORM, "#message"), effect.html
    for change in effect.changes:
        text = re.sub(change.pattern, change.becomes, text)
    return text


@pytest.mark.parametrize(
    ("by", "before", "after"),
    [
        (f"{VALUE} = {VALUE}.replace(/\"/g, '');", 'a "b" "c"', "a b c"),
        (f"{VALUE}={VALUE}.replace(/'/g, \"\")", "it's", "its"),
        (f"{VALUE} = {VALUE}.replace('\"', '')", '"a"', 'a"'),
        (f"{VALUE} = {VALUE}.replaceAll('.', '-')", "1.2.3", "1-2-3"),
        (f"{VALUE} = {VALUE}.replace(/\\n/g, ' ');", "a\nb\nc", "a b c"),
        (f"{VALUE} = {VALUE}.replace(/\\(/g,'[').replace(/\\)/g,']')", "(a)", "[a]"),
        (f"{VALUE} = {VALUE}.replace(/[^0-9]/g, '')", "(202) 555-0123", "2025550123"),
        (f"{VALUE} = {VALUE}.replace(/\\D/g,'');", "202-555-0123", "2025550123"),
        (f"{VALUE} = {VALUE}.replace(/(\\d{{3}})(\\d{{3}})(\\d+)/, '$1-$2-$3')", "2025550123",
         "202-555-0123"),
        (f"{VALUE} = {VALUE}.replace(/1(\\d{{10}})/, '$1')", "12025550123", "2025550123"),
        (f"{VALUE} = {VALUE}.substr(0, 3)+'-'+{VALUE}.substr(3)", "2025550123", "202-5550123"),
        (f"{VALUE} = '(' + {VALUE}.slice(0,3) + ') ' + {VALUE}.substring(3,6) + '-' "
         f"+ {VALUE}.substring(6)", "2025550123", "(202) 555-0123"),
        (f"{VALUE} = {VALUE}.substr(0,7)+'-'+{VALUE}.substr(7, 4)", "202-5550123", "202-555-0123"),
        (f"{VALUE} = {VALUE}.trim()", "  a b ", "a b"),
        (f"{VALUE} = {VALUE}.replace(/a/g, '\\ud83d\\ude00')", "a", "\N{GRINNING FACE}"),
        (f"{VALUE} = {VALUE}.replace(/x$/, '$$1')", "xx\n", "xx\n"),
        ("var el = document.getElementById('message'); el.value = el.value.replace(/a/gi, 'b')",
         "aA", "bb"),
        ("$('#message').val($('#message').val().replace(/a/g, '\\u0062'))", "aca", "bcb"),
        (f"if ({VALUE[:-6]} !== null) {{ {VALUE} = {VALUE}.replace(/a/g, ''); }}", "abc", "bc"),
        (f"try {{ {VALUE} = {VALUE}.replace(/a/g, '') }} catch (e) {{}}", "abc", "bc"),
    ],
)  # fmt: skip
def test_a_change_of_a_text_is_made_as_the_script_makes_it(by, before, after):
    assert changed(before, by) == after


@pytest.mark.parametrize(
    "text",
    [
        "document.querySelector('#wrapper').style.display = 'block'",
        "document.querySelector('nav').remove()",
        "document.querySelector('.SiteHeader')?.remove();",
        'el = document.getElementsByClassName("SiteLayout__header"); el[0]?.remove();',
        "var el = document.querySelector('#a'); el.style.position = 'absolute'; el.style.top = '0'",
        "if (document.querySelector('a')) { document.querySelector('a').style.display = 'block'; }",
        "if ($('.a').length > 0) $('.a').hide()",
        "document.querySelector('#tab').removeAttribute('hidden');",
        "document.getElementById('a').classList.add('open', 'now')",
        'document.querySelector("#feedback").removeClass("hide")',
        "Array.prototype.forEach.call(document.querySelectorAll('style,[rel=\"stylesheet\"]'), "
        "function(element){ try{ element.parentNode.removeChild(element) } catch(err){} });",
        "document.querySelectorAll('.banner').forEach(each => each.remove());",
        "window.scrollTo(0, 500); console.log('there')",
        "$('.menu').hide(); jQuery('.menu').css('color', 'red')",
        "(function() { document.querySelector('footer').remove(); })();",
        "setTimeout(() => { document.querySelector('.spinner').hidden = true }, 500)",
        "document.querySelector('#a').dispatchEvent(new Event('change', {bubbles: true}))",
        "/* nothing */ // at all",
        "",
    ],
)
def test_decoration_is_dropped(text):
    assert [effect.idiom for effect in understand(text)] == [Idiom.COSMETIC]


@pytest.mark.parametrize(
    ("text", "selector"),
    [
        ("document.querySelector('.btn').click();", ".btn"),
        ('document.querySelector("a[rel=\\"next\\"].btn").click()', 'a[rel="next"].btn'),
        ("document.getElementById('submit-1').click()", "#submit-1"),
        ("document.getElementById('1EAF').click()", '[id="1EAF"]'),
        ("document.getElementsByClassName('btn send')[0].click()", ".btn.send"),
        ("document.querySelectorAll('.btn')[0].click()", ".btn"),
        ("document.getElementsByName('go')[0].click()", '[name="go"]'),
        ("document.getElementById('f').querySelector('button').click()", "#f button"),
        ("jQuery('#gform_1').trigger('submit',[true]);", sends("#gform_1")),
        ("$('#gform_1').submit()", sends("#gform_1")),
        ("document.querySelector('#f').requestSubmit()", sends("#f")),
        ("$('.go').trigger(\"click\")", ".go"),
        ("window.document.querySelector('.go').dispatchEvent(new MouseEvent('click'))", ".go"),
    ],
)  # fmt: skip
def test_a_click_and_a_submission_become_a_click(text, selector):
    (effect,) = understand(text)

    assert (effect.idiom, effect.selector) == (Idiom.CLICK, selector)


def test_a_guarded_click_after_the_one_that_sends_is_dropped():
    guarded = "document.querySelector('#search') && document.querySelector('#search').click();"

    clicks = steps_of(read_with(last=(script(guarded),)), Kind.CLICK)

    assert [step.selector for step in clicks] == ["#submit"]


@pytest.mark.parametrize(
    "text",
    [
        'document.querySelector("#g-recaptcha-response").style.display = "block";',
        "document.querySelector('#g-recaptcha-response').style.cssText = 'display: block'",
        "document.querySelector('#f').insertAdjacentHTML('beforeend', "
        "\"<textarea name='g-recaptcha-response'></textarea>\");",
        "document.getElementById('g-recaptcha-response').innerHTML = 'x'",
        "document.querySelector('[name=g-recaptcha-response]').value = 'x'",
        "grecaptcha.execute()",
    ],
)
def test_what_handles_a_captcha_is_for_a_person(text):
    reading = read_with(script(text))

    assert reading.recipe.by == By.PERSON
    assert len(steps_of(reading, Kind.CAPTCHA)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "document.querySelector('#a').value = Date.now()",
        f"{VALUE} = document.querySelector('#other').value.replace(/a/g, '')",
        f"{VALUE} = {VALUE}.toUpperCase()",
        f"{VALUE} = document.querySelectorAll('#message')[1].value.replace(/a/g, '')",
        f"{VALUE} = {VALUE}.replace(/(a+)+$/g, '')",
        f"{VALUE} = {VALUE}.replace(/a/g, function(x) {{ return x }})",
        f"{VALUE} = {VALUE}.substr(3) + {VALUE}.substr(0, 3)",
        "document.querySelectorAll('.box').forEach(function(x) { x.click() })",
        "document.querySelectorAll('.box')[3].click()",
        "document.querySelector('#input_1').remove()",
        "document.querySelector('#a').removeAttribute('maxlength')",
        "document.querySelector('#a').insertAdjacentHTML('beforeend', '<b>x</b>')",
        "if (a) { b() } else { c() }",
        "if (a) document.querySelector('.btn').click()",
        "if (!document.querySelector('.done')) document.querySelector('.btn').click()",
        "if (document.querySelector('.done') == null) document.querySelector('.btn').click()",
        f"if ({VALUE} != 'x') document.querySelector('.btn').click()",
        "while (true) {}",
        "fetch('/x')",
        "submitTheForm()",
        "document.forms[0].submit()",
        "`${evil}`",
        "'unclosed",
        "/unclosed",
        "a b c",
        "((((((((((((((((((((((((((((((((((((((((",
        "a" + ".b" * 500,
        "(" * 5000,
        "\0",
    ],
)
def test_what_is_beyond_the_idioms_is_not_known(text):
    assert [effect.idiom for effect in understand(text)] == [Idiom.UNKNOWN]


def test_an_unknown_script_is_kept_for_the_browser():
    reading = read_with(script("whatever('#a')"))

    assert (reading.recipe.by, step_of(reading, Kind.SCRIPT).value) == (
        By.BROWSER,
        "whatever('#a')",
    )
    assert "it calls something of the page's own" in reading.recipe.why


def test_an_unknown_script_that_could_send_the_form_is_for_a_person():
    recipe = read_with(after=(script("theForm.submit()"),)).recipe

    assert recipe.by == By.PERSON
    assert recipe.why == "A script of the recipe could send the form by itself."


def test_a_script_is_never_run_as_well_as_understood():
    text = f"document.querySelector('.btn').click(); {VALUE.replace('message', 'x')} = unknown()"

    reading = read_with(after=(script(text),))

    assert [step.selector for step in steps_of(reading, Kind.CLICK)] == ["#submit"]
    assert reading.recipe.by == By.PERSON


def test_a_script_after_the_last_click_is_dropped():
    recipe = read_with(last=(script("whatever('#thanks')"),)).recipe

    assert (recipe.by, recipe.steps[-1].kind) == (By.PLAIN, Kind.CLICK)


def test_a_button_that_is_let_be_pressed_needs_the_browser():
    recipe = read_with(after=(script("document.querySelector('#submit').disabled = false"),)).recipe

    assert (recipe.by, recipe.why) == (
        By.BROWSER, "A script must run in the page: it lets a button be pressed.",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("field", "target"),
    [
        ('selector: "#a"', "#a"),
        ('selector: "form #a"', "#a"),
        ("selector: \"textarea[name='a']\"", "[name=a]"),
        ('selector: "#input_2_1", name: a', "[name='a']"),
        ('selector: "#input_2_1", name: "form_fields[a1]"', "#form-field-a1"),
    ],
)
def test_a_change_finds_its_field(field, target):
    by = f'document.querySelector("{target}").value'

    reading = read_with(
        f"- fill_in: [{{{field}, value: $PHONE}}]", script(f"{by} = {by}.replace(/-/g, '')")
    )

    assert [change.pattern for change in step_of(reading, Kind.FILL).changes] == ["-"]
    assert reading.recipe.by == By.PLAIN


@pytest.mark.parametrize("target", ["textarea", ".textarea", "form .textarea"])
def test_a_change_of_the_textarea_is_one_of_the_letter(target):
    by = f'document.querySelector("{target}").value'

    reading = read_with(
        after=('- fill_in: [{selector: "#b", value: $EMAIL}]', script(f"{by} = {by}.trim()"))
    )

    letter, email = steps_of(reading, Kind.FILL)
    assert (len(letter.changes), len(email.changes)) == (1, 0)


def test_a_change_before_anything_is_filled_in_changes_nothing():
    reading = read_with(script(f"{VALUE} = {VALUE}.trim()"))

    assert step_of(reading, Kind.FILL).changes == ()


def test_a_change_of_a_field_that_no_step_fills_in_is_for_the_browser():
    by = 'document.querySelector("#other").value'

    assert read_with(after=(script(f"{by} = {by}.trim()"),)).recipe.by == By.BROWSER
