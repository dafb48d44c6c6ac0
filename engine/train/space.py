"""The plane as a layer bends it: where its grid and the data lie in the layer's own space.

The worker thread measures it beside the boundary.  Two units are the two directions of the
picture.  Of more, the two principal components of the grid are, turned so that the picture stands
as near as possible to the one before it: else it would flip and spin while a network trains.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from gettext import gettext as _

import numpy as np
from numpy.typing import NDArray

from engine.errors import Refusal
from engine.graph.document import Document
from engine.train.boundary import Boundary, Bounds, Ids, Numbers, Plane, grid, link_of
from engine.train.maps import MapProbe, Maps

MOST_POINTS = 2000
FLAT = 1e-12  # no wider than this is no width


@dataclass(frozen=True, slots=True, eq=False)
class Space:
    """What one layer makes of the plane, scaled to lie between -1 and 1.

    Attributes:
        nodes: the outputs of the layer's units.
        plane, bent: the points of the grid before and after, (side, side, 2), row 0 at the bottom.
        before, after: the samples `rows` in the plane and as the layer sees them, (n, 2).
        boundary: what is predicted at the points of the grid, None if that is not known.
        share: how much of the grid's variance the picture shows, from 0 to 1.
    """

    nodes: tuple[int, ...]
    plane: Numbers
    bent: Numbers
    before: Numbers
    after: Numbers
    rows: NDArray[np.int64]
    boundary: Boundary | None
    share: float


class SpaceProbe:
    """Measures the space of one layer; made by `build`.

    Attributes:
        nodes: the outputs of the units that depend on the features.
    """

    def __init__(
        self, probe: MapProbe, nodes: tuple[int, ...], predictions: list[int], link: str
    ) -> None:
        self.nodes = nodes
        self._probe = probe
        self._units = [probe.nodes.index(node) for node in nodes]
        self._predictions = [probe.nodes.index(node) for node in predictions]
        self._link = link
        count = len(probe.samples.inputs)
        spread = np.linspace(0, count - 1, min(count, MOST_POINTS))
        self._rows: NDArray[np.int64] = np.unique(spread.astype(np.int64))

    @classmethod
    def build(cls, document: Document, nodes: Sequence[int]) -> "SpaceProbe | Refusal":
        """Make ready to measure the space of some units, or say why there is none."""
        read = document.marked("prediction")
        probe = MapProbe.build(document, (*nodes, *(node for node in read if node not in nodes)))
        if isinstance(probe, Refusal):
            return probe
        known = tuple(node for node in nodes if node in probe.nodes)
        if not known:
            return Refusal(
                _("There is no space to draw"), _("no unit of the layer depends on the plane")
            )
        read = read if set(read) <= set(probe.nodes) else []
        return cls(probe, known, read, link_of(document, probe.samples))

    @property
    def bounds(self) -> Bounds:
        """The part of the plane, unless it is told another."""
        return self._probe.bounds

    def look(self, plane: Plane) -> None:
        """Bend another plane from now on."""
        self._probe.look(plane)

    def set_numbers(self, ids: Ids, numbers: Numbers) -> None:
        """Measure with other parameters, or other leaves, from now on."""
        self._probe.set_numbers(ids, numbers)

    def measure(
        self, side: int, bounds: Bounds | None = None, last: Space | None = None
    ) -> Space | None:
        """Measure a grid of `side` times `side` points; None if a number is not finite.

        `last` is what was measured before: the new picture is turned towards it.
        """
        maps = self._probe.measure(side, bounds)
        inputs = self._probe.samples.inputs[self._rows]
        units = maps.scores[self._units].reshape(len(self._units), -1).astype(np.float64).T
        points = self._probe.values(inputs)[self._units].T
        if not (np.isfinite(units).all() and np.isfinite(points).all()):
            return None
        plane = grid(maps.bounds, side)
        flat, own = _boxed(plane, plane, inputs[:, maps.axes])
        turned = last.bent.reshape(-1, 2) if last and _alike(last, self.nodes, side) else flat
        seen, shown, share = projected(units, points, turned)
        bent, after = _boxed(seen, seen, shown)
        shape = (side, side, 2)
        return Space(
            self.nodes,
            flat.reshape(shape),
            bent.reshape(shape),
            own,
            after,
            self._rows,
            self._boundary(maps),
            share,
        )

    def _boundary(self, maps: Maps) -> Boundary | None:
        scores = maps.scores[self._predictions]
        if not len(scores):
            return None
        if len(scores) == 2:
            scores = scores[1:] - scores[:1]
        return Boundary(scores if len(scores) > 2 else scores[0], maps.bounds, self._link)


def projected(units: Numbers, points: Numbers, towards: Numbers) -> tuple[Numbers, Numbers, float]:
    """Return units (n, d) and points (m, d) in two directions, and the share of variance shown.

    More than two directions become the principal ones of the units, turned and mirrored to lie as
    near as they can to `towards` (n, 2): the orthogonal Procrustes problem.
    """
    if units.shape[1] <= 2:
        missing = ((0, 0), (0, 2 - units.shape[1]))
        return np.pad(units, missing), np.pad(points, missing), 1.0
    middle = units.mean(axis=0)
    centred = units - middle
    variances, directions = np.linalg.eigh(centred.T @ centred)
    main = directions[:, :-3:-1]
    left, _sizes, right = np.linalg.svd((centred @ main).T @ (towards - towards.mean(axis=0)))
    main = main @ left @ right
    total = float(variances.sum())
    share = float(variances[-2:].sum()) / total if total > FLAT else 1.0
    return centred @ main, (points - middle) @ main, share


def _boxed(frame: Numbers, *tables: Numbers) -> tuple[Numbers, ...]:
    """Return places scaled alike in both directions, so that `frame` lies between -1 and 1."""
    low, high = frame.min(axis=0), frame.max(axis=0)
    half = max(float((high - low).max()) / 2, FLAT)
    return tuple((table - (low + high) / 2) / half for table in tables)


def _alike(last: Space, nodes: tuple[int, ...], side: int) -> bool:
    return last.nodes == nodes and last.bent.shape[0] == side
