"""A channel of our own, in place of the outside world."""

from collections.abc import Callable

import pytest

from letters.channels.hand_off import HandOffChannel
from letters.channels.interface import Ask, Channel, Envelope, Office, Question, whole_text
from letters.states import Reason


class FakeChannel(Channel):
    """Reaches every office, and does what the test tells it."""

    label = "Fake channel"

    def __init__(self, *, name: str):
        super().__init__(name=name)
        self.sent: list[tuple[str, str]] = []
        self.refuses: list[Exception] = []
        self.refuses_before_leaving: list[Exception] = []
        self.hinders = ""
        self.asks: Callable[[str], tuple[Question, ...]] = lambda seat_code: ()

    def obstacle(self, office: Office) -> str:
        return self.hinders

    def questions(self, envelope: Envelope) -> tuple[Question, ...]:
        return self.asks(envelope.seat_code)

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


def asks_everything(seat_code: str) -> tuple[Question, ...]:
    """What an office's form may want to know: one question of each kind."""
    return (
        Question(Ask.PHONE, "phone", declined=Reason.PHONE_MISSING),
        Question(
            Ask.PREFIX,
            f"prefix {seat_code}",
            declined=Reason.PREFIX_MISSING,
            choices=("Mr", "Mrs", "Ms", "Rabbi"),
        ),
        Question(
            Ask.CHOICE,
            f"topic {seat_code}",
            declined=Reason.ANSWER_MISSING,
            choices=("Agriculture", "Veterans"),
        ),
        Question(Ask.TEXT, f"text {seat_code}", declined=Reason.TOO_LONG, limit=100),
    )


@pytest.fixture
def channel(monkeypatch):
    """The only channel before the hand-off."""
    fake = FakeChannel(name="fake")
    listed = {"fake": fake, "hand_off": HandOffChannel(name="hand_off")}
    for module in (
        "routing",
        "briefing",
        "delivery",
        "settling",
        "pacing",
        "reading",
        "setting_off",
    ):
        monkeypatch.setattr(f"letters.{module}.channels", lambda: listed)
    return fake
