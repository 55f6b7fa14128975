"""A worker mails and delivers in turn, and does not keep itself from the sweep."""

import pytest
from django.core import mail

from letters import tasks
from letters.models import Delivery
from letters.states import State
from tests.factories import make_delivery, make_letter

pytestmark = pytest.mark.django_db


def test_a_drain_mails_and_delivers_until_nothing_is_due(channel):
    deliveries = [make_delivery(letter=make_letter()) for _ in range(3)]

    tasks.drain()

    assert {Delivery.objects.get(id=each.id).state for each in deliveries} == {State.ACCEPTED}
    assert len(mail.outbox) == 3


def test_a_worker_that_has_drained_for_long_lets_others_go_first(channel, monkeypatch):
    hints = []
    monkeypatch.setattr(tasks, "AT_A_STRETCH", 0)
    monkeypatch.setattr(tasks.waking, "publish_hint", lambda: hints.append("more is due"))
    make_delivery()

    tasks.drain()

    assert hints == ["more is due"]
