"""How many steps to take before looking up again.

The worker asks it before every chunk. A chunk lasts less than a frame of the screen, so that
orders are answered at once, and a second holds no more steps than the person wants to watch. The
time comes in as an argument: this must never read a clock itself.
"""

import math
from bisect import bisect_left, bisect_right

SPEEDS: tuple[int | None, ...] = (1, 2, 5, 10, 30, 60, 300, 1000, None)
DEFAULT_SPEED = 60
CHUNK_SECONDS = 0.010  # after each, the worker may have to wait for the interpreter
LONGEST_DEBT = 0.1  # seconds of steps that are made up for after a pause of the machine


class Pace:
    """Turns a wanted number of steps per second (None: as many as possible) into chunks."""

    def __init__(self, per_second: int | None = None) -> None:
        self.per_second = per_second
        self._step_seconds = CHUNK_SECONDS
        self._owed = 0.0
        self._last: float | None = None

    def set_speed(self, per_second: int | None) -> None:
        """Take so many steps a second from now on; what is owed so far stays owed."""
        if self.per_second is None:
            self._last = None
        self.per_second = per_second

    def restart(self) -> None:
        """Forget the time before: the next chunk is a single step, taken at once."""
        self._owed, self._last = 1.0, None

    def steps(self, now: float) -> int:
        """Return how many steps to take now; 0 while none is due."""
        fitting = max(1, int(CHUNK_SECONDS / self._step_seconds))
        if self.per_second is None:
            return fitting
        passed = 0.0 if self._last is None else now - self._last
        self._last = now
        most = 1.0 + LONGEST_DEBT * self.per_second
        self._owed = min(self._owed + passed * self.per_second, most)
        return min(int(self._owed), fitting)

    def took(self, steps: int, seconds: float) -> None:
        """Learn from a chunk how long a step lasts; half of what it knew stays."""
        self._owed -= steps
        self._step_seconds = max((self._step_seconds + seconds / steps) / 2, 1e-9)

    def wait(self) -> float:
        """Return the seconds until the next step is due, 0.0 if one is."""
        if self.per_second is None or self._owed >= 1.0:
            return 0.0
        return (1.0 - self._owed) / self.per_second


def neighbour(speed: int | None, by: int) -> int | None:
    """Return the next higher speed of the table (1) or the next lower (-1); itself at an end."""
    known = [one or math.inf for one in SPEEDS]
    now = speed or math.inf
    place = bisect_right(known, now) if by > 0 else bisect_left(known, now) - 1
    return SPEEDS[place] if 0 <= place < len(SPEEDS) else speed
