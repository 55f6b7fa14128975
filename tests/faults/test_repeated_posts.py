"""The third screen posted again and again, and at once: one letter, one delivery for each seat."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
import requests

from tests.faults.conftest import written
from tests.faults.visitor import OFFICES, Visitor

ONE_LETTER = {"letters": 1, "signatories": 1, "seats": sorted(OFFICES), "codes": 1}


@pytest.fixture
def visitor(installation) -> Visitor:
    """One who stands on the third screen, and has seen it."""
    one = Visitor(installation.url, "alena@example.org").walk_to("you")
    assert one.get("you").status_code == 200
    return one


def post_at_once(visitor: Visitor, screen: str, fields: dict, number: int) -> list:
    """As many browsers' connections with the same cookies, let go in the same moment."""
    together = threading.Barrier(number)

    def post(twin: Visitor) -> requests.Response:
        together.wait()
        return twin.post(screen, fields)

    with ThreadPoolExecutor(number) as pool:
        return list(pool.map(post, [visitor.twin() for _ in range(number)]))


def where_to(answers: list[requests.Response]) -> set[tuple[int, str]]:
    return {(answer.status_code, answer.headers.get("Location", "")) for answer in answers}


def test_a_hundred_identical_posts_at_once_are_one_letter(installation, visitor):
    answers = post_at_once(visitor, "you", visitor.fields_for("you"), 100)

    assert where_to(answers) == {(302, "/may-21/confirm/")}
    assert written(installation) == ONE_LETTER
    assert "six" in visitor.get("confirm").text.lower()


def test_a_double_click_and_a_second_tab_are_the_same_letter(installation, visitor):
    tab = visitor.twin()
    tab.get("you")
    fields = visitor.fields_for("you")
    answers = post_at_once(visitor, "you", fields, 2)
    answers += [tab.post("you", fields | {"email": "another@example.org"})]

    assert where_to(answers) == {(302, "/may-21/confirm/")}
    assert written(installation) == ONE_LETTER


def test_the_code_entered_twice_at_once_leads_to_one_receipt(installation, visitor):
    visitor.post("you", visitor.fields_for("you"))
    code = installation.code_for(visitor.email)
    answers = post_at_once(visitor, "confirm", {"code": code}, 4)

    (receipt,) = where_to(answers)
    assert receipt[0] == 302
    assert receipt[1].startswith("/receipt/")
    assert written(installation)["seats"] == sorted(OFFICES)
