"""Which option of a menu is chosen."""

import pytest

from letters.channels.webform.matching import Entry, match

MENU = (
    Entry("", "Choose a topic"),
    Entry("22_MI", "Michigan"),
    Entry(" FOR ", "Foreign   Affairs"),
    Entry("Michigan", "The lake"),
    Entry("OLD", "Defense", is_disabled=True),
    Entry("DEF", "Defense"),
)


@pytest.mark.parametrize(
    ("wanted", "index"),
    [
        (("FOR",), 2),
        (("foreign affairs",), 2),
        (("Michigan",), 3),
        (("michigan",), 1),
        (("Peace", "Defense"), 5),
        (("Defense", "FOR"), 5),
        (("OLD",), None),
        (("for",), None),
        (("Choose a topic",), None),
        (("",), None),
        ((), None),
    ],
)
def test_the_best_wish_is_taken_by_its_value_and_else_by_its_text(wanted, index):
    assert match(wanted, MENU) == index
