"""The curves of all wires, bent ones included: pieces of cubic curves, and the wire of each.

A wire with k bends is k + 1 pieces that pass through them smoothly, level at both ports. Painter,
hit test, knife and chips take their curves from here; plain wires, which are nearly all, cost
nothing more for it.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from playground.canvas.frame.wires import Wires, along, curves, nearest

Floats = NDArray[np.float64]
Index = NDArray[np.int64]

HANDLE = 1 / 3  # of the way to the next point, for the handles of a curve at a bend
SAMPLES = 24


@dataclass(frozen=True, slots=True, eq=False)
class Pieces:
    """Curves, shape (p, 4, 2), and the row of the wire each is part of, shape (p,).

    The pieces of a bent wire follow each other, from its beginning to its end.
    """

    points: Floats
    wire: Index


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
    among = np.flatnonzero(wanted[pieces.wire]) if wanted is not None else slice(None)
    found = nearest(pieces.points[among], *point, reach)
    return None if found is None else int(pieces.wire[among][found])


def piece_near(points: Floats, point: tuple[float, float]) -> int:
    """Return which of the pieces of one wire comes nearest to a point."""
    found = nearest(points, *point, float("inf"))
    return found if found is not None else 0


def crossed(pieces: Pieces, begin: tuple[float, float], finish: tuple[float, float]) -> Index:
    """Return the rows of all wires that a straight cut crosses, ascending."""
    cut = np.array((begin, finish), np.float64)
    low, high = pieces.points.min(axis=1), pieces.points.max(axis=1)
    near = ((low <= cut.max(axis=0)) & (high >= cut.min(axis=0))).all(axis=1)
    points = pieces.points[near]
    steps = np.linspace(0.0, 1.0, SAMPLES)
    samples = np.stack([along(points, float(t)) for t in steps], axis=1)
    meets = _meet(samples[:, :-1], samples[:, 1:], cut[0], cut[1]).any(axis=1)
    rows: Index = np.unique(pieces.wire[near][meets])
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
