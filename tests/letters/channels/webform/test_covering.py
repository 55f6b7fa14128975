"""What a screenshot shows of a person: nothing that was typed."""

import io

import pytest

from letters.channels.webform.chromium import chromium
from letters.channels.webform.on_page import OnPage, patterns
from tests.letters.channels.webform.site import Answer

pytestmark = pytest.mark.browser
PAGE = """<h1>Thank you, ALENA Novak-Škłoŭ</h1><p>You wrote: Dear  Senator,<br>free <b>them</b> all
</p><p>From WY, not WYOMING.</p><input name=first value=Alena><textarea>Dear Senator,</textarea>
<img alt=Alena src=x>"""
PRIVATE = ["Alena", "Novak-Škłoŭ", "WY", "Dear Senator,\nfree"]


@pytest.fixture
def covered(site, rehearsal):
    """The page's text, and the screenshot, after everything private was covered."""
    site.answer = lambda asked: Answer(PAGE)

    async def cover() -> tuple[str, bytes]:
        window = await chromium().open(rehearsal.url)
        page = OnPage(window)
        await page.visit(site.url)
        shot = await page.shot(PRIVATE)
        (text,) = await page.ask("texts", "")
        await chromium().close(window)
        return " ".join(text.split()), shot

    return chromium().run(cover(), seconds=20)


def test_what_was_typed_is_dots_wherever_it_stands(covered):
    text, _ = covered
    assert text == (
        "Thank you, ••••• ••••••••••• You wrote: •••• •••••••• •••• them all From ••, not WYOMING."
    )


def test_the_rest_can_be_seen(covered):
    _, shot = covered
    assert shot.startswith(b"\xff\xd8") and len(io.BytesIO(shot).read()) > 2000


def test_signs_in_a_text_are_no_expression():
    assert patterns(["a.b(c)*  d"]) == [r"a\.b\(c\)\*\s+d"]


def test_a_short_text_is_covered_only_as_a_word():
    (pattern,) = patterns(["WY"])
    assert pattern.startswith("(?<!") and pattern.endswith("])")
