"""Gradient descent on a curve or a surface: x moves against its slope, on numbers of its own.

The derivative explorer draws the path; the document is never written. A step is one run of the
graph forward and backward, so whoever has other things to do takes a few at a time.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from math import isfinite

import numpy as np

from engine.run.sweep import Sweep

FARTHEST = 1e12  # beyond it descent has diverged for good


@dataclass(frozen=True, slots=True)
class Stop:
    """Where descent has come: the inputs, the value there, and the slopes."""

    place: tuple[float, ...]
    value: float
    slope: tuple[float, ...]

    @property
    def lost(self) -> bool:
        """Whether nothing finite is left to go on with."""
        numbers = (*self.place, self.value, *self.slope)
        return not all(isfinite(n) for n in numbers) or max(map(abs, self.place)) > FARTHEST


def descend(sweep: Sweep, start: tuple[float, ...], rate: float) -> Iterator[Stop]:
    """Go on for ever, x <- x - rate * slope, from a place on; ends once it is lost."""
    place = start
    while True:
        found = sweep.at(np.array(place)[:, None])
        here = Stop(place, float(found.value[0]), tuple(found.slope[:, 0].tolist()))
        yield here
        if here.lost:
            return
        place = tuple(x - rate * slope for x, slope in zip(place, here.slope, strict=True))
