"""A hint to the workers that something is due. Nobody waits for it; losing it costs a sweep."""

import logging
import threading
import time

from celery import current_app
from django.db import transaction
from kombu.exceptions import ChannelError, OperationalError

log = logging.getLogger(__name__)

DRAIN = "letters.tasks.drain"
# A worker that was woken drains until nothing is due: a hint for each letter would tell it nothing.
# As long as wishes follow each other the pause is twice as long.
SECONDS_BETWEEN_HINTS = 1


class Waker(threading.Thread):
    """One daemon thread per web process: tells of a wish at once, then of all others together."""

    def __init__(self):
        super().__init__(name="waker", daemon=True)
        self.wanted = threading.Event()

    def run(self) -> None:
        pause = SECONDS_BETWEEN_HINTS
        while True:
            self.wanted.wait()
            self.wanted.clear()
            publish_hint()
            # What is wished meanwhile is told afterwards: the last wish is never forgotten.
            time.sleep(pause)
            pause = 2 * SECONDS_BETWEEN_HINTS if self.wanted.is_set() else SECONDS_BETWEEN_HINTS


def publish_hint() -> None:
    """Tells the workers to drain; a broker that does not answer is only logged."""
    try:
        # Once: whoever waits for a broker that is away would hold up the next wish.
        current_app.send_task(DRAIN, retry=False)
    except (OperationalError, ChannelError, OSError) as error:
        log.warning("the broker takes no hint (%s); the sweeper will find what is due", error)


def wake_workers() -> None:
    """After the transaction, and without waiting for the broker."""
    transaction.on_commit(_wake)


_waker: Waker | None = None
_starting = threading.Lock()


def _wake() -> None:
    global _waker
    with _starting:
        # A fork keeps the object but not the thread.
        if _waker is None or not _waker.is_alive():
            _waker = Waker()
            _waker.start()
    _waker.wanted.set()
