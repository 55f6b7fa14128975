"""A channel of our own, in place of the outside world."""

import pytest

from letters.channels.hand_off import HandOffChannel
from letters.channels.interface import Channel, Envelope, Office, whole_text


class FakeChannel(Channel):
    """Reaches every office, and does what the test tells it."""

    label = "Fake channel"

    def __init__(self, *, name: str):
        super().__init__(name=name)
        self.sent: list[tuple[str, str]] = []
        self.refuses: list[Exception] = []
        self.refuses_before_leaving: list[Exception] = []
        self.hinders = ""

    def obstacle(self, office: Office) -> str:
        return self.hinders

    def compose(self, envelope: Envelope) -> str:
        return whole_text(envelope)

    def send(self, submission, *, envelope, begin) -> str:
        if self.refuses_before_leaving:
            raise self.refuses_before_leaving.pop(0)
        begin()
        self.sent.append((envelope.delivery_key, submission))
        if self.refuses:
            raise self.refuses.pop(0)
        return f"reference of {envelope.seat_code}"


@pytest.fixture
def channel(monkeypatch):
    """The only channel before the hand-off."""
    fake = FakeChannel(name="fake")
    listed = {"fake": fake, "hand_off": HandOffChannel(name="hand_off")}
    for module in ("routing", "briefing", "delivery", "settling", "pacing", "reading"):
        monkeypatch.setattr(f"letters.{module}.channels", lambda: listed)
    return fake
