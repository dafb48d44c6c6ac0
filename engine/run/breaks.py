"""Where a curve is not smooth: kinks, jumps, poles, and where it begins or ends.

The derivative explorer asks of every curve it draws. Intervals between neighbouring places that
look as if something were inside are cut finer and finer: what is smooth becomes straight, what is
not stays as it was.
"""

from dataclasses import dataclass, replace
from math import ceil, floor, isfinite, log10
from typing import Literal

import numpy as np

from engine.run.result import Array
from engine.run.sweep import Sweep

Kind = Literal["kink", "jump", "pole", "edge"]

CANDIDATES, CUTS, ROUNDS = 12, 16, 3
KEPT = 0.25  # of what slope or value did over the interval, for it not to be smooth
GROWTH = 100.0  # of a value over the rounds, for a pole
SPIKE = 1.5  # times as far from straight as an interval beside it
FAINT = 1e-7  # a change of slope below this share of the steepest is rounding


@dataclass(frozen=True, slots=True)
class Break:
    """A place and what the curve is on both sides: its slopes at a kink, else its values.

    `there` is the slope that going backward gives at the place itself.
    """

    kind: Kind
    place: float
    before: float
    after: float
    there: float


@dataclass(frozen=True, slots=True, eq=False)
class _Found:
    """Intervals: their ends, and value and slope there, each (2, n)."""

    ends: Array
    value: Array
    slope: Array


@np.errstate(all="ignore")
def find_breaks(sweep: Sweep, x: Array, value: Array, slope: Array) -> list[Break]:
    """Return the breaks of a curve that was swept over ascending x, from left to right.

    At most `CANDIDATES` intervals are looked into.
    """
    first = _intervals(x, value, slope)
    chosen = _suspects(first)
    if not len(chosen):
        return []
    start = _taken(first, chosen)
    found = start
    for _round in range(ROUNDS):
        found = _closer(sweep, found)
    steepest = float(np.abs(slope[np.isfinite(slope)]).max(initial=0.0))
    breaks: list[Break] = []
    for k in range(len(chosen)):
        kind = _kind(start, found, k, steepest)
        if kind is not None:
            _add(breaks, _break(kind, found, k), abs(found.ends[1, k] - found.ends[0, k]))
    return [_at_its_place(sweep, one) for one in breaks]


def _intervals(x: Array, value: Array, slope: Array) -> _Found:
    return _Found(*(np.stack((row[:-1], row[1:])) for row in (x, value, slope)))


def _taken(found: _Found, which: Array | slice) -> _Found:
    index = np.asarray(which, dtype=np.int64)
    return _Found(found.ends[:, index], found.value[:, index], found.slope[:, index])


def _suspicion(found: _Found) -> Array:
    """Return how far each interval is from being straight; infinite where it begins or ends."""
    width = found.ends[1] - found.ends[0]
    known = np.isfinite(found.value)
    turn = np.abs(found.slope[1] - found.slope[0]) * width
    rise = found.value[1] - found.value[0]
    defect = np.abs(rise - found.slope.mean(axis=0) * width)
    score: Array = np.nan_to_num(turn + defect, nan=np.inf)
    score[~known.any(axis=0)] = 0.0
    score[known.any(axis=0) & ~known.all(axis=0)] = np.inf
    return score


def _suspects(found: _Found) -> Array:
    """Return the intervals to look into, from left to right: peaks that stand out."""
    score = _suspicion(found)
    known = found.value[np.isfinite(found.value)]
    reach = float(np.ptp(known)) if len(known) else 0.0
    beside = np.concatenate(([np.inf], score, [np.inf]))
    calmer = np.minimum(beside[:-2], beside[2:])
    beside[[0, -1]] = 0.0
    peak = score >= np.maximum(beside[:-2], beside[2:])
    near = np.convolve(peak, (1, 1, 1), "same") > 0  # what lies at a place is in two intervals
    above = np.where(np.isinf(score), np.inf, score / calmer)  # by how much it stands out
    above[~near | (score <= FAINT * FAINT * reach)] = 0.0
    order = np.argsort(-above, kind="stable")[:CANDIDATES]
    return np.sort(order[above[order] > SPIKE])


def _closer(sweep: Sweep, found: _Found) -> _Found:
    """Cut each interval into pieces and keep the most suspicious one."""
    parts = np.linspace(0.0, 1.0, CUTS + 1)[:, None]
    kept = []
    together = max(1, sweep.lanes // (CUTS + 1))
    for first in range(0, found.ends.shape[1], together):
        low, high = found.ends[:, first : first + together]
        places = low + parts * (high - low)
        places[-1] = high
        swept = sweep.at(places.T.ravel())
        value = swept.value.reshape(-1, CUTS + 1)
        slope = swept.slope[0].reshape(-1, CUTS + 1)
        for x, y, slopes in zip(places.T, value, slope, strict=True):
            pieces = _intervals(x, y, slopes)
            kept.append(_taken(pieces, np.array([_suspicion(pieces).argmax()])))
    return _Found(
        np.hstack([one.ends for one in kept]),
        np.hstack([one.value for one in kept]),
        np.hstack([one.slope for one in kept]),
    )


def _kind(start: _Found, found: _Found, k: int, steepest: float) -> Kind | None:
    """Say what is in an interval that was cut down, None if the curve is smooth there."""
    value, slope = found.value[:, k], found.slope[:, k]
    known = np.isfinite(value)
    if not known.all():
        infinite = np.isinf(value).any()
        return "pole" if infinite and known.any() else "edge" if known.any() else None
    before = start.value[:, k]
    rise = abs(value[1] - value[0])
    largest = float(np.abs(before[np.isfinite(before)]).max(initial=0.0))
    if float(np.abs(value).max()) > GROWTH * max(largest, 1.0):
        return "pole"
    width = found.ends[1, k] - found.ends[0, k]
    if rise > KEPT * abs(before[1] - before[0]) and rise > GROWTH * width * np.abs(slope).max():
        return "jump"
    turned, turns = abs(np.ptp(start.slope[:, k])), abs(np.ptp(slope))
    if turns > KEPT * turned and turns > FAINT * steepest:
        return "kink"
    return None


def _break(kind: Kind, found: _Found, k: int) -> Break:
    sides = found.slope[:, k] if kind == "kink" else found.value[:, k]
    place = simplest(*found.ends[:, k].tolist())
    return Break(kind, place, float(sides[0]), float(sides[1]), float("nan"))


def _add(breaks: list[Break], one: Break, width: float) -> None:
    """Add a break, or join it to its neighbour: what lies at a place is in two intervals."""
    last = breaks[-1] if breaks else None
    if last is None or abs(one.place - last.place) > 2 * width:
        breaks.append(one)
    else:
        kind: Kind = "pole" if "pole" in (last.kind, one.kind) else last.kind
        place = simplest(*sorted((last.place, one.place)))
        breaks[-1] = replace(last, kind=kind, place=place, after=one.after)


def _at_its_place(sweep: Sweep, one: Break) -> Break:
    return replace(one, there=float(sweep.at(np.array([one.place])).slope[0, 0]))


def simplest(low: float, high: float) -> float:
    """Return the number from `low` to `high` that has the fewest decimals."""
    if low == high or not (isfinite(low) and isfinite(high)):
        return low
    if low <= 0.0 <= high:
        return 0.0
    first = -ceil(log10(max(abs(low), abs(high))))
    for decimals in range(first, 18):
        unit = 10.0**-decimals
        number = round(ceil(low / unit) * unit, max(decimals, 0))
        if low <= number <= high:
            return number
        if floor(high / unit) * unit < low:
            continue
    return (low + high) / 2
