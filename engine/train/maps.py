"""What any node says all over the plane of two features: the maps on neurons, layers and features.

The worker thread measures them between chunks of steps; a script may as well.  A probe is built
once for a structure and a choice of nodes, and then measures again and again with other
parameters; it reads its document only while it is built.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from gettext import gettext as _

import numpy as np
from numpy.typing import NDArray

from engine.errors import Refusal
from engine.graph.document import Document
from engine.graph.records import LEAF
from engine.run.compiler import is_complete
from engine.run.probe import Probe
from engine.train.boundary import (
    Boundary,
    Bounds,
    Ids,
    Numbers,
    Plane,
    default_bounds,
    grid,
    link_of,
)
from engine.train.metrics import CLASS_SCORES
from engine.train.samples import Samples, load_samples

Axes = tuple[int, int]

PLAIN = "score"  # the link of what is read as it is: from -1 over 0 to 1


@dataclass(frozen=True, slots=True, eq=False)
class Maps:
    """What nodes say on a grid, read-only float32 (nodes, side, side); row 0 lies at the bottom.

    `links` tell, node by node, how the numbers are read: that of the document for its prediction.
    The first of `axes` runs along x, the second along y; they are numbers of features.
    """

    nodes: tuple[int, ...]
    scores: NDArray[np.float32]
    links: tuple[str, ...]
    bounds: Bounds
    axes: Axes

    @property
    def side(self) -> int:
        """How many points there are along each axis."""
        return int(self.scores.shape[1])

    def boundary(self, row: int) -> Boundary:
        """Return one map as the boundary that it would be."""
        return Boundary(self.scores[row], self.bounds, self.links[row])


def axes_of(document: Document, columns: int) -> Axes | None:
    """Return the two features that span the plane: the first two of the graph that data feed.

    `columns` is how many the data have.  None if there are not two.
    """
    used = {n.index for n in document.nodes() if n.op == LEAF and n.role == "feature"}
    fed = sorted(index for index in used if index < columns)
    return (fed[0], fed[1]) if len(fed) > 1 else None


def mapped(document: Document, axes: Collection[int]) -> frozenset[int]:
    """Return the nodes that have a map: they change over the plane, and depend on no target."""
    leaves = [node for node in document.nodes() if node.is_leaf]
    moving = [n.id for n in leaves if n.role == "feature" and n.index in axes]
    answers = [n.id for n in leaves if n.role == "target"]
    wires = document.wires()
    missing = [
        node.id
        for node in document.nodes()
        if not node.is_leaf and not is_complete(node, len(wires.get(node.id, ())))
    ]
    return frozenset(_onward(document, moving) - _onward(document, [*answers, *missing]))


def _onward(document: Document, nodes: Iterable[int]) -> set[int]:
    """Return nodes and everything that is computed from them."""
    succ, seen = document.graph.succ, set(nodes)
    waiting = list(seen)
    while waiting:
        for target in succ[waiting.pop()]:
            if target not in seen:
                seen.add(target)
                waiting.append(target)
    return seen


class MapProbe:
    """Measures the maps of some nodes of one document; made by `build`.

    Attributes:
        nodes: those that it measures.
        samples: the data of the document.
        axes, bounds: the features and the part of the plane that it measures; `look` sets them.
    """

    def __init__(
        self,
        probe: Probe,
        nodes: tuple[int, ...],
        links: tuple[str, ...],
        axes: Axes,
        samples: Samples,
    ) -> None:
        self.nodes = nodes
        self.samples = samples
        self._probe = probe
        self._links = links
        self._usual = axes
        self.look(Plane())

    @classmethod
    def build(cls, document: Document, nodes: Sequence[int]) -> "MapProbe | Refusal":
        """Make ready to measure the nodes that have a map, or say why there is no plane."""
        samples = load_samples(document.data, document.seeds)
        if isinstance(samples, Refusal):
            return samples
        axes = None if samples is None else axes_of(document, samples.inputs.shape[1])
        if samples is None or axes is None:
            return Refusal(
                _("There are no maps to draw"),
                _("a plane needs data for two features of the graph"),
            )
        known = mapped(document, range(samples.inputs.shape[1]))
        wanted = tuple(node for node in nodes if node in known)
        probe = Probe.build(document, wanted)
        if isinstance(probe, Refusal):
            return probe
        read = document.marked("prediction") if document.link != CLASS_SCORES else []
        link = link_of(document, samples)
        links = tuple(link if node in read else PLAIN for node in wanted)
        return cls(probe, wanted, links, axes, samples)

    def look(self, plane: Plane) -> None:
        """Measure another plane from now on; axes that the data do not have are not taken."""
        (first, second), self._held = plane.within(self.samples.inputs, self._usual)
        self.axes = (first, second)
        self.bounds = plane.bounds or default_bounds(self.samples, self.axes)

    def set_numbers(self, ids: Ids, numbers: Numbers) -> None:
        """Measure with other parameters, or other leaves, from now on."""
        self._probe.set_numbers(ids, numbers)

    def values(self, inputs: Numbers) -> Numbers:
        """Return what the nodes say of samples (n, features), shape (nodes, n)."""
        return self._probe.measure(inputs)

    def measure(
        self, side: int, bounds: Bounds | None = None, sample: Sequence[float] = ()
    ) -> Maps:
        """Measure `side` times `side` points.

        Features that are no axis have the numbers of `sample`; without, those of the plane.
        """
        bounds = bounds or self.bounds
        row = np.asarray(sample, np.float64) if len(sample) else self._held
        points = np.tile(row, (side * side, 1))
        points[:, self.axes] = grid(bounds, side)
        with np.errstate(all="ignore"):  # what is too great for float32 is infinite
            scores = self._probe.measure(points).astype(np.float32)
        scores.flags.writeable = False
        shape = (len(self.nodes), side, side)
        return Maps(self.nodes, scores.reshape(shape), self._links, bounds, self.axes)
