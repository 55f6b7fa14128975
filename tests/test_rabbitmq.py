"""Production's parts on one machine: RabbitMQ carries the hint, PostgreSQL keeps the rows."""

import os

import pytest

from tests.installation import Installation
from tests.ownership import BROKER, own_database, own_queue

pytestmark = pytest.mark.rabbitmq

# A letter as it is once its code was entered, due now, and nobody told of it.
MAKE_A_WAITING_LETTER = """
from tests.factories import make_delivery
print(make_delivery().id)
"""
TELL_THE_WORKERS = "from letters.waking import publish_hint; publish_hint()"
STATE = 'from letters.models import Delivery; print(Delivery.objects.get(seat="HWY00").state)'


@pytest.fixture
def database_url():
    """A database of its own where PostgreSQL answers; an empty text means SQLite."""
    with own_database(f"letters_rabbitmq_{os.getpid()}") as url:
        yield url


@pytest.fixture
def queue():
    with own_queue(f"letters-test-{os.getpid()}") as name:
        yield name


@pytest.fixture
def installation(tmp_path, database_url, queue):
    """One whose sweeper sleeps for a day: only a hint can wake its worker."""
    one = Installation(
        folder=tmp_path / "var",
        variables={
            "BROKER_URL": BROKER,
            "BROKER_QUEUE": queue,
            "DATABASE_URL": database_url,
            "SWEEP_SECONDS": str(24 * 60 * 60),
        },
    ).start()
    yield one
    one.stop()


def test_a_hint_over_rabbitmq_makes_a_worker_deliver(installation):
    def state() -> str:
        return installation.manage("shell", "--no-imports", "-c", STATE).strip()

    installation.manage("shell", "--no-imports", "-c", MAKE_A_WAITING_LETTER)
    assert state() == "waiting"
    installation.manage("shell", "--no-imports", "-c", TELL_THE_WORKERS)
    installation.wait_for(lambda: state() == "accepted")
