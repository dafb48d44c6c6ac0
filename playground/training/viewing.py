"""What is looked at beside the boundary itself, and what measures it in the worker thread.

The workbench has one `Viewer` and asks it whenever it measures the boundary, so that all of a
picture is of one moment.  Nothing here knows a clock, a thread or Qt.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.errors import Refusal
from engine.graph.document import Document
from engine.train.boundary import Plane, link_of
from engine.train.maps import MapProbe, Maps
from engine.train.metrics import right
from engine.train.slopes import SlopeProbe, Slopes
from engine.train.space import Space, SpaceProbe
from playground.training.frame import framed
from playground.training.ladder import FINE
from playground.training.mapping import Ids, Numbers, Probes

ARROWS = (16, 14)  # across and up
LINES = (40, 100)  # points a side: while the picture changes, and at rest
CELLS = 25  # points a side of the grid that a layer bends


@dataclass(frozen=True, slots=True)
class Views:
    """What is to be measured.

    Attributes:
        lines: nodes whose lines of zero are drawn.
        slopes: whether arrows are.
        right: whether it is told which samples are predicted right.
        space: the outputs of the layer whose space is shown.
        finest: how fine the boundary can be told where it is shown largest.
    """

    lines: tuple[int, ...] = ()
    slopes: bool = False
    right: bool = False
    space: tuple[int, ...] = ()
    finest: int = FINE

    @property
    def any(self) -> bool:
        """Whether anything is to be measured beside the boundary."""
        return bool(self.lines or self.slopes or self.right or self.space)


def together(views: Iterable[Views]) -> Views:
    """Return what all that look want."""
    wishes = list(views)
    return Views(
        tuple(dict.fromkeys(node for one in wishes for node in one.lines)),
        any(one.slopes for one in wishes),
        any(one.right for one in wishes),
        next((one.space for one in wishes if one.space), ()),
        max((one.finest for one in wishes), default=FINE),
    )


@dataclass(frozen=True, slots=True, eq=False)
class Seen:
    """The views of one moment; None where one is not wanted or cannot be had.

    `right` flags the samples, shape (n,), that are predicted right.
    """

    lines: Maps | None = None
    slopes: Slopes | None = None
    right: NDArray[np.bool_] | None = None
    space: Space | None = None


class Viewer:
    """Measures what is wanted of one document.

    Attributes:
        wanted: what that is; `want` says so.
    """

    def __init__(self) -> None:
        self.wanted = Views()
        self._document = Document()
        self._predictions: tuple[int, ...] = ()
        self._maps = Probes(MapProbe.build)
        self._spaces = Probes(SpaceProbe.build)
        self._slopes = Probes(_slopes)
        self._space: Space | None = None

    def load(self, document: Document) -> None:
        """Turn to another document, which nobody changes."""
        self._document = document
        self._predictions = tuple(document.marked("prediction"))
        for probes in self._all():
            probes.load(document)

    def forget(self) -> None:
        """Build the probes anew: on the compiled kernels, if there are any by now."""
        for probes in self._all():
            probes.forget()

    def look(self, plane: Plane) -> None:
        """Measure another plane from now on."""
        for probes in self._all():
            probes.look(plane)

    def want(self, wanted: Views) -> None:
        """Measure these from now on."""
        self.wanted = wanted
        self._maps.keep(wanted.lines, self._predictions)
        self._spaces.keep(wanted.space)

    def set_numbers(self, ids: Ids, numbers: Numbers) -> None:
        """Give leaves other numbers."""
        for probes in self._all():
            probes.set_numbers(ids, numbers)

    def measure(self, parameters: tuple[Ids, Numbers] | None, *, fine: bool) -> Seen | None:
        """Return the views with these parameters; None if nothing is wanted."""
        wanted = self.wanted
        if not wanted.any:
            return None
        lines = self._maps.of(wanted.lines)
        slopes = self._slopes.of(self._predictions) if wanted.slopes else None
        said = self._maps.of(self._predictions) if wanted.right else None
        space = self._spaces.of(wanted.space)
        for probe in (lines, slopes, said, space):
            if probe is not None and parameters is not None:
                probe.set_numbers(*parameters)
        if space is not None:
            self._space = space.measure(CELLS, framed(space.bounds), self._space)
        return Seen(
            None if lines is None else lines.measure(LINES[fine], framed(lines.bounds)),
            None if slopes is None else slopes.measure(*ARROWS, framed(slopes.bounds)),
            None if said is None else self._right(said),
            None if space is None else self._space,
        )

    def _right(self, probe: MapProbe) -> NDArray[np.bool_] | None:
        if probe.nodes != self._predictions:  # one depends on a target, or on nothing
            return None
        values = list(probe.values(probe.samples.inputs))
        link = link_of(self._document, probe.samples)
        return right(link, values, probe.samples.labels)

    def _all(self) -> tuple[Probes[MapProbe], Probes[SpaceProbe], Probes[SlopeProbe]]:
        return self._maps, self._spaces, self._slopes


def _slopes(document: Document, _predictions: tuple[int, ...]) -> SlopeProbe | Refusal:
    return SlopeProbe.build(document)
