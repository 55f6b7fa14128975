"""A rehearsal's plan leads to the rehearsal's form, and nowhere else."""

import pytest

from letters.channels.webform.filling import lay_out
from letters.channels.webform.homing import at_home
from letters.channels.webform.recipe import Kind, Step
from tests.letters.channels.webform.letters import make_field, make_letter, make_recipe

HOME = "http://127.0.0.1:8000/congress/forms/X000000/?a=1&b=2"
ESCAPED = HOME.replace("&", "&amp;")


def homed(*steps: Step) -> list[str]:
    plan = at_home(lay_out(make_recipe(*steps), make_letter()), HOME)
    return [each.value for each in plan.actions]


def test_every_page_that_is_visited_is_the_rehearsals():
    again = Step(Kind.VISIT, value="https://outreach.example.senate.gov/page-2")

    assert homed(again)[:2] == [HOME, HOME]


@pytest.mark.parametrize(
    "action",
    [
        'action="https://www.example.senate.gov/contact"',
        "ACTION = 'https://www.example.senate.gov/contact'",
        "action=https://www.example.senate.gov/contact",
        'action="https&#58;&#47;&#47;www.example.senate&period;gov/contact"',
        'action="//www.example.senate.gov/contact"',
        'action="/contact"',
    ],
)
def test_a_form_that_is_put_into_the_page_posts_there(action):
    html = f'<form id="f" {action} method="post"><input name="a"></form>'

    [injected] = [value for value in homed(Step(Kind.INJECT, "main", html)) if "<form" in value]

    assert f'"{ESCAPED}"' in injected
    assert injected.startswith('<form id="f" ') and injected.endswith(
        ' method="post">' + html[-23:]
    )
    assert "senate" not in injected


def test_a_button_posts_there_too():
    html = '<button formaction="https://www.example.senate.gov/" data-action="x">Send</button>'

    [injected] = [value for value in homed(Step(Kind.INJECT, "main", html)) if "<button" in value]

    assert injected == f'<button formaction="{ESCAPED}" data-action="x">Send</button>'


def test_what_is_written_stays_as_it_is():
    assert "nina@example.org" in homed(make_field("$EMAIL"))
