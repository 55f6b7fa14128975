"""A pause for a server that does not answer, so that nobody waits for it in vain."""

import time
from functools import cache

FAILURES = 3
REST_SECONDS = 60


class Breaker:
    """Rests a minute after three failures in a row; one a server and process."""

    def __init__(self):
        self._failures = 0
        self._rests_until = 0.0

    @property
    def is_resting(self) -> bool:
        return time.monotonic() < self._rests_until

    def failed(self) -> None:
        """One more failure; the third and each one after it begin a rest."""
        self._failures += 1
        if self._failures >= FAILURES:
            self._rests_until = time.monotonic() + REST_SECONDS

    def answered(self) -> None:
        self._failures = 0


@cache
def breaker_for(url: str) -> Breaker:
    """The breaker of a server's address."""
    return Breaker()
