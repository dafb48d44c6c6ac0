"""The boundary and its views in the worker: when they are measured, and how finely.

The workbench says when the picture has changed and asks before it tells news. While steps are
taken it is measured coarsely, for a quarter of the time at most; at rest first quickly, then fine.
Nothing here knows a thread or Qt.
"""

from collections.abc import Callable

from engine.errors import Refusal
from engine.graph.document import Document
from engine.train.boundary import Boundary, BoundaryProbe, Plane
from playground.training.frame import framed
from playground.training.ladder import Ladder
from playground.training.mapping import Ids, Numbers
from playground.training.viewing import Seen, Viewer, Views

SHARE = 0.25  # of the time at most is spent on it while steps are taken


class Plotter:
    """Measures boundary and views of one document, of the same moment.

    Attributes:
        unseen: why there is no boundary, None if there is one.
    """

    def __init__(self, clock: Callable[[], float]) -> None:
        self.unseen: Refusal | None = None
        self._clock = clock
        self._probe: BoundaryProbe | None = None
        self._plane = Plane()
        self._viewer = Viewer()
        self._ladder = Ladder()
        self._detail: int | None = None  # how finely to measure next, None if all is measured
        self._views_seconds = 0.0
        self._next = 0.0

    def load(self, document: Document) -> None:
        """Turn to another document, which nobody changes."""
        probe = BoundaryProbe.build(document)
        self._probe = None if isinstance(probe, Refusal) else probe
        self.unseen = probe if isinstance(probe, Refusal) else None
        if self._probe is not None:
            self._probe.look(self._plane)
        self._viewer.load(document)
        self._ladder.forget(0 if self._probe is None else self._probe.size)

    def forget(self) -> None:
        """Build the probes of the views anew: on the compiled kernels, if there are any by now."""
        self._viewer.forget()

    def look(self, plane: Plane) -> None:
        """Measure another plane from now on."""
        self._plane = plane
        if self._probe is not None:
            self._probe.look(plane)
        self._viewer.look(plane)

    def want(self, wanted: Views) -> None:
        """Measure these views from now on, along with the boundary."""
        self._viewer.want(wanted)
        self._ladder.finest = wanted.finest

    def set_numbers(self, ids: Ids, numbers: Numbers) -> None:
        """Give leaves other numbers."""
        if self._probe is not None:
            self._probe.set_numbers(ids, numbers)
        self._viewer.set_numbers(ids, numbers)

    def plot_soon(self) -> None:
        """Have it measured, if there is anything to measure, when it is time."""
        looks = self._probe is not None or self._viewer.wanted.any
        self._detail = self._ladder.quick(self._views_seconds) if looks else None

    def plot_at_once(self) -> None:
        """Have it measured now."""
        self.plot_soon()
        self._next = 0.0

    def wait(self) -> float | None:
        """Return the seconds until it is time to measure, None if nothing is to be."""
        return None if self._detail is None else max(self._next - self._clock(), 0.0)

    def measure(
        self, parameters: tuple[Ids, Numbers] | None, *, running: bool
    ) -> tuple[Boundary | None, Seen | None]:
        """Return boundary and views with these parameters if it is time; None where not."""
        begin, detail = self._clock(), self._detail
        if detail is None or begin < self._next:
            return None, None
        fine = not running and detail >= self._ladder.fine()
        boundary = self._boundary(detail, parameters)
        middle = self._clock()
        self._ladder.took(detail, middle - begin)
        seen = self._viewer.measure(parameters, fine=fine)
        end = self._clock()
        self._views_seconds = end - middle if seen is not None else 0.0
        self._next = begin + (end - begin) / SHARE
        self._detail = None if running or fine else max(self._ladder.fine(), detail)
        return boundary, seen

    def _boundary(self, detail: int, parameters: tuple[Ids, Numbers] | None) -> Boundary | None:
        if self._probe is None:
            return None
        if parameters is not None:
            self._probe.set_numbers(*parameters)
        return self._probe.measure(detail, framed(self._probe.bounds, self._probe.axes))
