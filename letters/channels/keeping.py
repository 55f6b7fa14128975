"""A connection kept open between letters: one per thread, for a moment, never across a fork."""

import os
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

# Whoever is on the other side hangs up on idle connections, some after five seconds.
IDLE_SECONDS = 2

Connection = TypeVar("Connection")


@dataclass(frozen=True)
class _Kept(Generic[Connection]):
    connection: Connection
    process: int
    since: float


class Keeper(threading.local, Generic[Connection]):
    """Holds what went well. A connection is taken out for its use: one in trouble never returns.

    `part` says goodbye to one that has become too old.
    """

    def __init__(self, *, part: Callable[[Connection], None]):
        self._part = part
        self._kept: _Kept[Connection] | None = None

    def take(self) -> Connection | None:
        """The connection that this thread used a moment ago; None if there is none."""
        kept, self._kept = self._kept, None
        # After a fork it is the parent's: not a word on it, not even goodbye.
        if kept is None or kept.process != os.getpid():
            return None
        if time.monotonic() - kept.since < IDLE_SECONDS:
            return kept.connection
        self._part(kept.connection)
        return None

    def keep(self, connection: Connection) -> None:
        self._kept = _Kept(connection=connection, process=os.getpid(), since=time.monotonic())
