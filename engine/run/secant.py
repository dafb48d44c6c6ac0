"""The slope from two points, beside the slope that going backward gives, and how far they differ.

The derivative explorer shows both. `secant` computes as the lecture does, in plain float64, so
that its last digits are those of `(f(x + h) - f(x)) / h` typed into Python. `error_curve` takes
all h from 1 to 1e-15 at once: small h round the digits of f off, large ones miss its bend.
"""

from dataclasses import dataclass

import numpy as np

from engine.run.result import Array
from engine.run.sweep import Sweep

SMALLEST, A_DECADE = -15, 4  # exponent of the smallest h, and how many lie in each power of ten
BEND = 1e-4  # how far apart, relative to x, slopes are compared to find the curvature
EPSILON = float(np.finfo(np.float64).eps)


@dataclass(frozen=True, slots=True)
class Secant:
    """Values at x, h ahead and h behind; the slopes follow from them."""

    h: float
    here: float
    ahead: float
    behind: float

    @property
    def forward(self) -> float:
        """(f(x + h) - f(x)) / h."""
        return (self.ahead - self.here) / self.h

    @property
    def central(self) -> float:
        """(f(x + h) - f(x - h)) / 2h."""
        return (self.ahead - self.behind) / (2 * self.h)


@dataclass(frozen=True, slots=True, eq=False)
class ErrorCurve:
    """How far both slopes are from the derivative, for each h.

    `slope` are the derivatives at the place, along each input.
    `h`, `forward`, `central` are (n,), h falling. `truncation` and `rounding` are what theory
    expects of the forward slope: |f''| h / 2 and eps |f(x)| / h.
    """

    slope: tuple[float, ...]
    h: Array
    forward: Array
    central: Array
    truncation: Array
    rounding: Array

    def best(self, errors: Array) -> int | None:
        """Return which h has the least error, the largest of several; None if none is finite."""
        known = np.where(np.isfinite(errors), errors, np.inf)
        least = int(known.argmin())
        return least if np.isfinite(known[least]) else None


def secant(sweep: Sweep, place: tuple[float, ...], h: float, axis: int = 0) -> Secant:
    """Take the slope at a place along one input, from points h apart (h is not 0)."""
    here = sweep.exactly(*place)
    return Secant(
        h,
        here,
        sweep.exactly(*_moved(place, axis, h)),
        sweep.exactly(*_moved(place, axis, -h)),
    )


def error_curve(sweep: Sweep, place: tuple[float, ...], axis: int = 0) -> ErrorCurve:
    """Compare the slopes for every h with the derivative at a place."""
    h = 10.0 ** np.linspace(0, SMALLEST, -SMALLEST * A_DECADE + 1)
    apart = BEND * max(1.0, abs(place[axis]))
    moves = np.concatenate(([0.0], h, -h, (apart, -apart)))
    places = np.repeat(np.array(place)[:, None], len(moves), axis=1)
    places[axis] += moves
    value, slopes = _in_portions(sweep, places)
    slope = slopes[axis]
    truth, (above, below) = slope[0], slope[-2:]
    ahead, behind = value[1 : 1 + len(h)], value[1 + len(h) : -2]
    with np.errstate(all="ignore"):
        curvature = abs(above - below) / (2 * apart)
        return ErrorCurve(
            tuple(slopes[:, 0].tolist()),
            h,
            abs((ahead - value[0]) / h - truth),
            abs((ahead - behind) / (2 * h) - truth),
            curvature * h / 2,
            EPSILON * abs(value[0]) / h,
        )


def _in_portions(sweep: Sweep, places: Array) -> tuple[Array, Array]:
    """Return values and slopes at places, as many at a time as the sweep has room for."""
    parts = [
        sweep.at(places[:, first : first + sweep.lanes])
        for first in range(0, places.shape[1], sweep.lanes)
    ]
    value = np.concatenate([part.value for part in parts])
    return value, np.hstack([part.slope for part in parts])


def _moved(place: tuple[float, ...], axis: int, h: float) -> tuple[float, ...]:
    return (*place[:axis], place[axis] + h, *place[axis + 1 :])
