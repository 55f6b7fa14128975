"""What is kept of a form's answer: enough to judge by, and nothing of the person."""

from letters.channels.webform.engine import Landing
from letters.channels.webform.evidence import DOTS, evidence_of, read_evidence
from letters.channels.webform.recipe import Action, Kind, Plan

PLAN = Plan(
    bioguide="X000001",
    actions=(
        Action(Kind.FILL, "#last", "O'Škłoŭ"),
        Action(Kind.FILL, "#email", "a@example.org"),
        Action(Kind.FILL, "#message", "Dear Senator,\n\nMy aunt & I live here.", is_message=True),
        Action(Kind.SELECT, "#state", wanted=("WY",)),
    ),
)


def kept(**landing) -> str:
    return evidence_of(Landing(succeeded=False, **({"log": ()} | landing)), plan=PLAN)


def test_the_page_is_kept_without_what_was_written():
    page = "<p>Sorry, O&#x27;Škłoŭ (a@example.org)</p><p>My aunt &amp; I live here.</p> in WY"
    found = read_evidence(kept(html=page))
    assert found.html == f"<p>Sorry, {DOTS} ({DOTS})</p><p>{DOTS}</p> in WY"


def test_the_log_is_masked_as_well():
    found = read_evidence(kept(log=("fill_in #email", "refused: a@example.org")))
    assert found.log == ("fill_in #email", f"refused: {DOTS}")


def test_the_picture_is_an_address_that_needs_no_request():
    assert read_evidence(kept(screenshot=b"\xff\xd8")).screenshot == "data:image/jpeg;base64,/9g="
    assert read_evidence(kept()).screenshot == ""


def test_a_huge_page_is_kept_in_part():
    assert len(kept(html="x" * 10**6, screenshot=b"x" * 10**6)) < 70_000


def test_another_channels_evidence_is_not_taken_for_it():
    assert read_evidence("HTTP 400") is None
    assert read_evidence('{"Errors": []}') is None
    assert read_evidence("[]") is None
