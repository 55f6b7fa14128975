"""What a sink saw with its own eyes, one line each, in a file that nobody rewrites."""

import hashlib
import hmac
import json
import re
import threading
import time
from dataclasses import asdict, dataclass
from pathlib import Path

# Each letter of the suite says in its own words which one it is: keys may be doubled, this not.
MARK = re.compile(r"letter-\d{6}")
# The processes under test get it too, so that whoever reads their rows can tell whose each is.
EMAIL_HASH_KEY = "the fault suite's own key, under which no real address was ever hashed"


@dataclass(frozen=True)
class Arrival:
    """A letter that was taken whole by an office, whatever the office then answered."""

    route: str
    # Empty where the office is told none: there `person` says which delivery it was.
    key: str
    office: str
    # Which letter it is, read from its text; empty where it does not say.
    mark: str
    at: float
    # Of whoever is named in a form as its sender: see `person_of`.
    person: str = ""


def person_of(email: str) -> str:
    """A supporter, as the rows name them without telling who it is."""
    return hmac.new(EMAIL_HASH_KEY.encode(), email.encode(), hashlib.sha256).hexdigest()


class ArrivalLog:
    """Appended to before the sink answers; read by the test alone."""

    def __init__(self, path: Path):
        self._file = path.open("a", buffering=1)
        self._lock = threading.Lock()
        self._seen: list[Arrival] = []

    def write(self, *, route: str, office: str, text: str, key: str = "", email: str = "") -> None:
        found = MARK.search(text)
        mark, person = found[0] if found else "", person_of(email) if email else ""
        with self._lock:
            arrival = Arrival(route, key, office, mark, time.monotonic(), person)
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
