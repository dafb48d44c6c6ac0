"""The wires as arrays: where they begin and end, their curves, and which one is under a point.

A wire is a cubic curve, horizontal at both ends. The wire painter and the gestures use it.
"""

from collections.abc import Collection
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from engine.graph.bands import Strands, Wire
from engine.graph.document import Wire as Key
from engine.graph.geometry import input_port
from engine.graph.projection import Projection
from playground.canvas.frame.ports import OUT, Ports

Floats = NDArray[np.float64]
Index = NDArray[np.int64]

NONE = -1
PORTS = 2**31  # more than any node has: a number for each (target, port)
LEAST_REACH = 28.0  # of the horizontal part at each end
BACK_REACH, BACK_SHARE = 320.0, 0.7
PARTS, SAMPLES = 4, 7  # of a curve, and points of each part, for finding what is near


@dataclass(frozen=True, slots=True, eq=False)
class Wires:
    """All wires and bands, shape (w,) each.

    Attributes:
        start, end: item numbers; start_offset, end_offset: from their corners, shape (w, 2).
        source, target, port: the nodes and the port it joins, of a band its first.
        count: how many wires it stands for.
        weight: the parameter that its target multiplies by, -1 for none or if that can be seen.
        strands: the wires in bands; theirs are weights as well only if they cannot be seen.
        bends, bent: the points that bent wires pass through and the row of the wire of each,
            wire by wire, shape (b, 2) and (b,).
        home: the corners of all items when the bends were there, shape (n, 2).
    """

    start: Index
    end: Index
    start_offset: Floats
    end_offset: Floats
    source: Index
    target: Index
    port: Index
    count: Index
    weight: Index
    strands: Strands
    bends: Floats
    bent: Index
    home: Floats

    def __len__(self) -> int:
        return len(self.start)

    def keys(self, rows: NDArray[np.int64]) -> list[tuple[int, int]]:
        """Return (target, port) of some wires."""
        pairs = zip(self.target[rows].tolist(), self.port[rows].tolist(), strict=True)
        return list(pairs)

    def members(self, rows: Index) -> list[Key]:
        """Return (target, port) of all wires behind some rows; a band stands for several."""
        inside = np.isin(self.strands.wire, rows)
        ends = (self.strands.target[inside].tolist(), self.strands.port[inside].tolist())
        return [*self.keys(rows[self.count[rows] == 1]), *zip(*ends, strict=True)]

    def row(self, wire: Key) -> int | None:
        """Return the row of a wire, or of the band whose first it is."""
        rows = np.flatnonzero((self.target == wire[0]) & (self.port == wire[1]))
        return int(rows[0]) if len(rows) else None

    def bands_of(self, wire: Key) -> Index:
        """Return the row of the band that a wire runs in, if it runs in one, as an array."""
        ends = (self.strands.target == wire[0]) & (self.strands.port == wire[1])
        found: Index = np.unique(self.strands.wire[ends])
        return found

    def running(self, wanted: Collection[Key]) -> Index:
        """Return the rows of some wires, and of the bands in which any of them runs."""
        if not wanted:
            return np.zeros(0, np.int64)
        keys = np.array([target * PORTS + port for target, port in wanted], np.int64)
        single = np.isin(self.target * PORTS + self.port, keys) & (self.count == 1)
        strands = np.isin(self.strands.target * PORTS + self.strands.port, keys)
        return np.union1d(np.flatnonzero(single), self.strands.wire[strands])

    def among(self, wanted: frozenset[Key]) -> NDArray[np.bool_]:
        """Tell which rows are among some wires, given as (target, port): of a band all must be."""
        if not wanted:
            return np.zeros(len(self), bool)
        targets = [target for target, _port in wanted]
        single = np.isin(self.target, targets) & (self.count == 1)
        rows = np.flatnonzero(single)
        single[rows] = [key in wanted for key in self.keys(rows)]
        strands = np.flatnonzero(np.isin(self.strands.target, targets))
        ends = zip(
            self.strands.target[strands].tolist(), self.strands.port[strands].tolist(), strict=True
        )
        inside = strands[[end in wanted for end in ends]] if len(strands) else strands
        found = np.bincount(self.strands.wire[inside], minlength=len(self))
        flags: NDArray[np.bool_] = single | ((found == self.count) & (self.count > 1))
        return flags

    def weights(self, row: int) -> Index:
        """Return the weights of a wire, or of those of a band that have one."""
        own = self.weight[[row]]
        inside = self.strands.wire == row
        found: Index = own if self.count[row] == 1 else self.strands.weight[inside]
        known: Index = found[found != NONE]
        return known

    def ends(self, corners: Floats) -> tuple[Floats, Floats]:
        """Return start and end points, given the corners (n, 2) of all items."""
        begin: Floats = corners[self.start] + self.start_offset
        finish: Floats = corners[self.end] + self.end_offset
        return begin, finish

    def bends_at(self, corners: Floats) -> Floats:
        """Return the bends, (b, 2): those whose two ends are both dragged go along."""
        if not len(self.bends):
            return self.bends
        off = corners - self.home
        first, last = off[self.start[self.bent]], off[self.end[self.bent]]
        both = np.logical_and(first.any(axis=1), last.any(axis=1)).reshape(-1, 1)
        moved: Floats = self.bends + np.where(both, last, 0.0)
        return moved


def wires_of(projection: Projection, index: dict[int, int], ports: Ports) -> Wires:
    """Turn the wires of a projection into arrays."""
    wires = projection.wires
    sizes = {item.id: item.rect[2:] for item in projection.items}
    first = ports.first
    begin = np.array([first[w.source_node, OUT] for w in wires], np.int64)
    finish = np.array([_end_row(wire, ports) for wire in wires], np.int64)
    ends = ports.offset[finish]
    for number in np.flatnonzero(finish == NONE).tolist():
        ends[number] = input_port(sizes[wires[number].target], 0, 1)

    def column(values: list[int]) -> Index:
        return np.array(values, np.int64)

    strands = projection.strands
    hidden = np.array([w.target != w.target_node for w in wires], bool)
    strands = strands._replace(weight=np.where(hidden[strands.wire], strands.weight, NONE))

    return Wires(
        column([index[w.source] for w in wires]),
        column([index[w.target] for w in wires]),
        ports.offset[begin],
        ends,
        column([w.source_node for w in wires]),
        column([w.target_node for w in wires]),
        column([w.port for w in wires]),
        column([w.many for w in wires]),
        column([_hidden_weight(w) for w in wires]),
        strands,
        np.array([point for w in wires for point in w.bends], np.float64).reshape(-1, 2),
        column([row for row, w in enumerate(wires) for _bend in w.bends]),
        np.array([item.rect[:2] for item in projection.items], np.float64).reshape(-1, 2),
    )


def _end_row(wire: Wire, ports: Ports) -> int:
    """Return the row of the port or entry that a wire ends in, NONE if there is none to see."""
    if wire.target == wire.target_node or wire.target < 0:
        return ports.first.get((wire.target_node, wire.port), NONE)
    return ports.entries.get((wire.target, wire.source_node), NONE)


def _hidden_weight(wire: Wire) -> int:
    """Return the weight of a wire into a folded group."""
    seen = wire.target == wire.target_node or wire.target < 0
    return NONE if wire.weight is None or seen else wire.weight


def curves(begin: Floats, finish: Floats) -> Floats:
    """Return cubic curves from begin to finish, (w, 2) each, as shape (w, 4, 2).

    A wire that runs backward swings out on both sides.
    """
    gap = finish[:, 0] - begin[:, 0]
    reach = np.where(gap >= 0, np.maximum(gap / 2, np.minimum(LEAST_REACH, gap + LEAST_REACH)), 0)
    back = np.minimum(BACK_REACH, LEAST_REACH - gap * BACK_SHARE)
    reach = np.where(gap >= 0, reach, back)
    points = np.repeat(np.stack((begin, finish), axis=1), 2, axis=1)
    points[:, 1, 0] += reach
    points[:, 2, 0] -= reach
    return points


def along(points: Floats, t: float | Floats) -> Floats:
    """Return the points at t in 0..1 of curves (w, 4, 2), for one t or one each."""
    t = np.reshape(t, (-1, 1))
    s = 1 - t
    at: Floats = (
        s**3 * points[:, 0]
        + 3 * s**2 * t * points[:, 1]
        + 3 * s * t**2 * points[:, 2]
        + t**3 * points[:, 3]
    )
    return at


def parts_of(points: Floats, part: Index) -> Floats:
    """Return one of the PARTS of each curve (w, 4, 2), as curves."""
    return SPLITS[part] @ points


def _splits() -> Floats:
    """Return the matrices that make the control points of the parts from those of a curve."""
    cuts = np.linspace(0.0, 1.0, PARTS + 1)
    splits = np.empty((PARTS, 4, 4))
    for part, (low, high) in enumerate(pairwise(cuts.tolist())):
        for row in range(4):  # the blossom of the curve at some lows and some highs
            u, v, w = [low] * (3 - row) + [high] * row
            one = u * (1 - v) * (1 - w) + (1 - u) * v * (1 - w) + (1 - u) * (1 - v) * w
            two = u * v * (1 - w) + u * (1 - v) * w + (1 - u) * v * w
            splits[part, row] = ((1 - u) * (1 - v) * (1 - w), one, two, u * v * w)
    return splits


SPLITS = _splits()


def sampled(points: Floats) -> Floats:
    """Return points all along parts of curves (w, 4, 2), as (w, SAMPLES, 2)."""
    t = np.linspace(0.0, 1.0, SAMPLES)[:, None]
    s = 1 - t
    shares = np.concatenate((s**3, 3 * s**2 * t, 3 * s * t**2, t**3), axis=1)
    found: Floats = shares @ points
    return found


def nearest(points: Floats, x: float, y: float, reach: float) -> int | None:
    """Return the row of the part of a curve that passes nearest to a point, within `reach`."""
    if not len(points):
        return None
    off = sampled(points) - (x, y)
    distance = _from_segments(off[:, :-1], off[:, 1:]).min(axis=1)
    best = int(distance.argmin())
    return best if distance[best] <= reach**2 else None


def _from_segments(begin: Floats, finish: Floats) -> Floats:
    """Return the squared distances of the origin from segments (..., 2)."""
    (x, y), (wide, high) = np.moveaxis(begin, -1, 0), np.moveaxis(finish - begin, -1, 0)
    length = np.maximum(wide**2 + high**2, 1e-12)
    part = np.clip(-(x * wide + y * high) / length, 0.0, 1.0)
    found: Floats = (x + part * wide) ** 2 + (y + part * high) ** 2
    return found
