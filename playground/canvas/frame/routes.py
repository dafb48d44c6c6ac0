"""The curves of all wires, bent ones included: pieces of cubic curves, and the wire of each.

A wire with k bends is k + 1 pieces that pass through them smoothly, level at both ports. Painter,
hit test, knife and chips take their curves from here; plain wires, which are nearly all, cost
nothing more for it.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from playground.canvas.frame.wires import (
    PARTS,
    SPLITS,
    Wires,
    along,
    curves,
    nearest,
    parts_of,
    sampled,
)

Floats = NDArray[np.float64]
Index = NDArray[np.int64]

HANDLE = 1 / 3  # of the way to the next point, for the handles of a curve at a bend


@dataclass(frozen=True, eq=False)
class Pieces:
    """Curves, shape (p, 4, 2), and the row of the wire each is part of, shape (p,).

    The pieces of a bent wire follow each other, from its beginning to its end.
    """

    points: Floats
    wire: Index

    def reaching(
        self,
        low: tuple[float, float],
        high: tuple[float, float],
        wanted: NDArray[np.bool_] | None = None,
    ) -> tuple[Index, Floats]:
        """Return what may reach into a rectangle, of the wires flagged: parts, and whose each is.

        The first are rows of wires, shape (k,), the second curves, shape (k, 4, 2).
        """
        left, top, right, bottom = self._boxes
        across = (left <= high[0]) & (right >= low[0])
        near = np.flatnonzero(across & (top <= high[1]) & (bottom >= low[1]))
        piece, part = np.divmod(near, PARTS)
        wire = self.wire[piece]
        if wanted is not None:
            piece, part, wire = (one[wanted[wire]] for one in (piece, part, wire))
        return wire, parts_of(self.points[piece], part)

    @cached_property
    def _boxes(self) -> tuple[Floats, Floats, Floats, Floats]:
        """What surrounds each part of each piece: the mouse asks with every move."""
        parts = SPLITS @ self.points[:, None]
        low, high = parts.min(axis=2).reshape(-1, 2), parts.max(axis=2).reshape(-1, 2)
        return (low[:, 0].copy(), low[:, 1].copy(), high[:, 0].copy(), high[:, 1].copy())


def pieces_of(wires: Wires, corners: Floats) -> Pieces:
    """Return the curves of all wires, given the corners (n, 2) of all items."""
    begin, finish = wires.ends(corners)
    bent = np.unique(wires.bent)
    if not len(bent):
        return Pieces(curves(begin, finish), np.arange(len(wires)))
    plain = np.setdiff1d(np.arange(len(wires)), bent)
    bends = wires.bends_at(corners)
    rows = np.concatenate((bent, wires.bent, bent))
    order = np.concatenate((np.zeros(len(bent)), np.ones(len(bends)), np.full(len(bent), 2)))
    sorting = np.lexsort((order, rows))
    through = np.concatenate((begin[bent], bends, finish[bent]))[sorting]
    row = rows[sorting]
    return Pieces(
        np.concatenate((curves(begin[plain], finish[plain]), _through(through, row))),
        np.concatenate((plain, row[:-1][row[:-1] == row[1:]])),
    )


def curves_through(points: Floats) -> Floats:
    """Return the pieces (k - 1, 4, 2) of one wire through all of its points (k, 2)."""
    return _through(points, np.zeros(len(points), np.int64))


def _through(points: Floats, row: Index) -> Floats:
    """Return the curves between the points of each wire; `row` says whose each point is."""
    joins = row[:-1] == row[1:]
    here, there = points[:-1][joins], points[1:][joins]
    first = np.concatenate(([True], ~joins))
    last = np.concatenate((~joins, [True]))
    before, behind = np.roll(points, 1, axis=0), np.roll(points, -1, axis=0)
    away = behind - before
    ways = away / np.maximum(np.linalg.norm(away, axis=1, keepdims=True), 1e-9)
    level = first | last
    ways[level] = (1.0, 0.0)
    level_curves = curves(here, there)
    reach = np.linalg.norm(there - here, axis=1) * HANDLE
    out = np.where(level[:-1][joins], level_curves[:, 1, 0] - here[:, 0], reach)
    into = np.where(level[1:][joins], there[:, 0] - level_curves[:, 2, 0], reach)
    leaving = here + ways[:-1][joins] * out[:, None]
    coming = there - ways[1:][joins] * into[:, None]
    return np.stack((here, leaving, coming, there), axis=1)


def points_on(pieces: Pieces, rows: Index, parts: Floats) -> Floats:
    """Return the points (r, 2) that lie some part (0 to 1) of the way along some wires."""
    counts = np.bincount(pieces.wire)
    firsts = np.full(len(counts), len(pieces.wire), np.int64)
    np.minimum.at(firsts, pieces.wire, np.arange(len(pieces.wire)))
    reach = parts * counts[rows]
    place = np.minimum(reach.astype(np.int64), counts[rows] - 1)
    return along(pieces.points[firsts[rows] + place], reach - place)


def lengths(pieces: Pieces) -> Floats:
    """Return how long each wire is, measured straight from bend to bend."""
    spans = np.hypot(*(pieces.points[:, 3] - pieces.points[:, 0]).T)
    total = np.zeros(pieces.wire.max(initial=-1) + 1)
    np.add.at(total, pieces.wire, spans)
    return total


def wire_near(
    pieces: Pieces,
    point: tuple[float, float],
    reach: float,
    wanted: NDArray[np.bool_] | None = None,
) -> int | None:
    """Return the row of the wire (among those flagged) that passes nearest, within reach."""
    x, y = point
    near = (x - reach, y - reach), (x + reach, y + reach)
    wire, parts = pieces.reaching(*near, wanted)
    found = nearest(parts, x, y, reach)
    return None if found is None else int(wire[found])


def piece_near(points: Floats, point: tuple[float, float]) -> int:
    """Return which of the pieces of one wire comes nearest to a point."""
    part = np.tile(np.arange(PARTS), len(points))
    found = nearest(parts_of(np.repeat(points, PARTS, axis=0), part), *point, float("inf"))
    return found // PARTS if found is not None else 0


def crossed(pieces: Pieces, begin: tuple[float, float], finish: tuple[float, float]) -> Index:
    """Return the rows of all wires that a straight cut crosses, ascending."""
    cut = np.array((begin, finish), np.float64)
    (left, top), (right, bottom) = cut.min(axis=0).tolist(), cut.max(axis=0).tolist()
    wire, parts = pieces.reaching((left, top), (right, bottom))
    samples = sampled(parts)
    meets = _meet(samples[:, :-1], samples[:, 1:], cut[0], cut[1]).any(axis=1)
    rows: Index = np.unique(wire[meets])
    return rows


def _meet(a: Floats, b: Floats, c: Floats, d: Floats) -> NDArray[np.bool_]:
    """Tell which segments a-b, shape (..., 2), meet the segment c-d."""

    def side(p: Floats, q: Floats, r: Floats) -> Floats:
        turn: Floats = (q[..., 0] - p[..., 0]) * (r[..., 1] - p[..., 1]) - (
            q[..., 1] - p[..., 1]
        ) * (r[..., 0] - p[..., 0])
        return turn

    apart = (side(a, b, c) * side(a, b, d) > 0) | (side(c, d, a) * side(c, d, b) > 0)
    met: NDArray[np.bool_] = ~apart
    return met
