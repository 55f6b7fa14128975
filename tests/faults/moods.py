"""How a sink misbehaves: seldom, at random, and the same again for the same seed."""

import random
import threading
from dataclasses import dataclass
from enum import Enum, auto


class Act(Enum):
    """What a sink does with one letter."""

    TAKE = auto()
    # It never looks at the letter: an error, and nothing has arrived.
    REFUSE = auto()
    # It takes the letter and then answers with an error.
    TAKE_AND_FAIL = auto()
    # It takes the letter and hangs up without an answer.
    TAKE_AND_HANG_UP = auto()


@dataclass(frozen=True)
class Mood:
    """Seconds that an answer takes at most, and the share of letters that meet each mishap."""

    latency: float = 0.0
    refuses: float = 0.0
    fails: float = 0.0
    hangs_up: float = 0.0


class Temper:
    """Draws from a mood; one for all threads of a sink."""

    def __init__(self, mood: Mood, *, seed: int):
        self.mood = mood
        self._random, self._lock = random.Random(seed), threading.Lock()

    def draw(self) -> tuple[Act, float]:
        """What to do with the next letter, and after how many seconds to answer."""
        mood = self.mood
        with self._lock:
            acts = [Act.REFUSE, Act.TAKE_AND_FAIL, Act.TAKE_AND_HANG_UP, Act.TAKE]
            shares = [mood.refuses, mood.fails, mood.hangs_up]
            act = self._random.choices(acts, [*shares, 1 - sum(shares)])[0]
            return act, self._random.uniform(0, mood.latency)


WELL = Mood()
