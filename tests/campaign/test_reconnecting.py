"""A worker whose broker is away asks again and again, and never less often."""

from unittest.mock import ANY

from campaign.celery import app
from campaign.reconnecting import SteadyConsumer


class Broker:
    """Keeps how a worker asks for it."""

    def ensure_connection(self, errback, max_retries, **how):
        self.asked = {"max_retries": max_retries} | how


def test_workers_look_for_their_broker_without_end_and_without_longer_pauses():
    broker = Broker()
    consumer = SteadyConsumer.__new__(SteadyConsumer)
    consumer.app, consumer.first_connection_attempt = app, False

    consumer.ensure_connected(broker)

    assert broker.asked == {"max_retries": None, "interval_step": 0, "callback": ANY}


def test_workers_are_started_that_way():
    assert app.conf.worker_consumer == f"{SteadyConsumer.__module__}:{SteadyConsumer.__name__}"


def test_beat_tries_a_publication_again_on_a_new_connection():
    """Without this it would keep the one that broke."""
    assert app.conf.task_publish_retry
