"""The hand-off: reaches everybody, sends nothing."""

import pytest

from letters.channels.hand_off import HandOffChannel
from letters.channels.interface import NeedsSupporter, Office


@pytest.mark.parametrize(("seat", "chamber"), [("HGU00", "house"), ("STX01", "senate")])
def test_every_office_is_reached(seat, chamber):
    assert HandOffChannel(name="hand_off").obstacle(Office(seat, chamber)) == ""


def test_only_a_person_can_finish_it(envelope):
    channel = HandOffChannel(name="hand_off")

    assert not channel.automatic
    with pytest.raises(NeedsSupporter):
        channel.compose(envelope)
    with pytest.raises(NeedsSupporter):
        channel.send("", envelope=envelope, begin=lambda: pytest.fail("nothing leaves"))


def test_its_text_has_no_name_and_no_address(envelope):
    (part,) = HandOffChannel(name="hand_off").parts(envelope)

    assert part.text.startswith("Dear Senator Barrasso,\n\nI am your constituent.")
    assert "Main Street" not in part.text
