"""What a sink saw with its own eyes, one line each, in a file that nobody rewrites."""

import json
import re
import threading
import time
from dataclasses import asdict, dataclass
from pathlib import Path

# Each letter of the suite says in its own words which one it is: keys may be doubled, this not.
MARK = re.compile(r"letter-\d{6}")


@dataclass(frozen=True)
class Arrival:
    """A letter that was taken whole by an office, whatever the office then answered."""

    route: str
    key: str
    office: str
    # Which letter it is, read from its text; empty where it does not say.
    mark: str
    at: float


class ArrivalLog:
    """Appended to before the sink answers; read by the test alone."""

    def __init__(self, path: Path):
        self._file = path.open("a", buffering=1)
        self._lock = threading.Lock()
        self._seen: list[Arrival] = []

    def write(self, *, route: str, key: str, office: str, text: str) -> None:
        mark = MARK.search(text)
        with self._lock:
            arrival = Arrival(route, key, office, mark[0] if mark else "", time.monotonic())
            self._file.write(json.dumps(asdict(arrival)) + "\n")
            self._seen.append(arrival)

    def __len__(self) -> int:
        return len(self._seen)

    @property
    def arrivals(self) -> list[Arrival]:
        with self._lock:
            return list(self._seen)

    def close(self) -> None:
        self._file.close()
