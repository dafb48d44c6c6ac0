"""The maps that the canvas wants, and what measures them in the worker thread.

The workbench has one `Mapper` and asks it whenever it tells news, so that maps and the snapshot
beside them are of the same step.  Nothing here knows a clock, a thread or Qt.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray

from engine.errors import Refusal
from engine.graph.document import Document
from engine.train.boundary import Plane
from engine.train.maps import MapProbe, Maps
from playground.training.frame import framed

Ids = NDArray[np.int64]
Numbers = NDArray[np.float64]

FINE = 100  # points a side of the large map


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be measured: small maps of `nodes`, `side` points a side, and a `large` one.

    `sample` are the features of which only two vary; () stands for those of the first sample.
    """

    nodes: tuple[int, ...] = ()
    side: int = 24
    large: int | None = None
    sample: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Measured:
    """The maps of one moment; None where none are wanted or there is no plane."""

    small: Maps | None = None
    large: Maps | None = None


class Measures(Protocol):
    """A probe of some nodes."""

    def set_numbers(self, ids: Ids, numbers: Numbers) -> None:
        """Measure with other leaves from now on."""

    def look(self, plane: Plane) -> None:
        """Measure another plane from now on."""


P = TypeVar("P", bound=Measures)


class Probes(Generic[P]):
    """Probes of one document by the nodes they measure, all of them with the numbers of now."""

    def __init__(self, build: Callable[[Document, tuple[int, ...]], P | Refusal]) -> None:
        self._build = build
        self._document = Document()
        self._plane = Plane()
        self._leaves: dict[int, float] = {}
        self._made: dict[tuple[int, ...], P | None] = {}

    def load(self, document: Document) -> None:
        """Turn to another document, which nobody changes."""
        self._document = document
        self._leaves.clear()
        self._made.clear()

    def forget(self) -> None:
        """Build all of them anew when they are asked for."""
        self._made.clear()

    def look(self, plane: Plane) -> None:
        """Have all of them measure another plane."""
        self._plane = plane
        for probe in self._made.values():
            if probe is not None:
                probe.look(plane)

    def keep(self, *wanted: tuple[int, ...]) -> None:
        """Let go of all others."""
        self._made = {nodes: probe for nodes, probe in self._made.items() if nodes in wanted}

    def set_numbers(self, ids: Ids, numbers: Numbers) -> None:
        """Give leaves other numbers."""
        self._leaves.update(zip(ids.tolist(), numbers.tolist(), strict=True))
        for probe in self._made.values():
            if probe is not None:
                probe.set_numbers(ids, numbers)

    def of(self, nodes: tuple[int, ...]) -> P | None:
        """Return what measures these nodes; None for none, and where there is no plane."""
        if not nodes:
            return None
        if nodes not in self._made:
            built = self._build(self._document, nodes)
            probe = self._made[nodes] = None if isinstance(built, Refusal) else built
            if probe is not None:
                probe.look(self._plane)
            if probe is not None and self._leaves:
                ids = np.array(list(self._leaves), np.int64)
                probe.set_numbers(ids, np.array(list(self._leaves.values()), np.float64))
        return self._made[nodes]


class Mapper:
    """Measures what is wanted of one document, again only if something has changed.

    Attributes:
        measured: how many maps were measured, for those who count work.
    """

    def __init__(self) -> None:
        self.measured = 0
        self._wanted = Wanted()
        self._parameters: tuple[Ids, Numbers] | None = None
        self._probes = Probes(MapProbe.build)
        self._latest: Measured | None = Measured()

    def load(self, document: Document) -> None:
        """Turn to another document, which nobody changes."""
        self._probes.load(document)
        self._parameters = self._latest = None

    def forget(self) -> None:
        """Build the probes anew: on the compiled kernels, if there are any by now."""
        self._probes.forget()
        self._parameters = self._latest = None

    def look(self, plane: Plane) -> None:
        """Measure another plane from now on."""
        self._probes.look(plane)
        self._latest = None

    def want(self, wanted: Wanted) -> None:
        """Measure these from now on."""
        if wanted != self._wanted:
            self._wanted = wanted
            self._latest = None

    def set_numbers(self, ids: Ids, numbers: Numbers) -> None:
        """Give leaves other numbers."""
        self._probes.set_numbers(ids, numbers)
        self._latest = None

    def measure(self, parameters: tuple[Ids, Numbers] | None) -> Measured:
        """Return the maps with these parameters."""
        if parameters is not None and not _same(parameters, self._parameters):
            self._parameters = parameters
            self._latest = None
        if self._latest is None:
            wanted = self._wanted
            large = () if wanted.large is None else (wanted.large,)
            small, fine = self._maps(wanted.nodes, wanted.side), self._maps(large, FINE)
            self._probes.keep(wanted.nodes, large)
            self._latest = Measured(small, fine)
        return self._latest

    def _maps(self, nodes: tuple[int, ...], side: int) -> Maps | None:
        probe = self._probes.of(nodes)
        if probe is None or not probe.nodes:
            return None
        if self._parameters is not None:
            probe.set_numbers(*self._parameters)
        self.measured += len(probe.nodes)
        return probe.measure(side, framed(probe.bounds), self._wanted.sample)


def _same(one: tuple[Ids, Numbers], other: tuple[Ids, Numbers] | None) -> bool:
    return other is not None and one[1] is other[1]
