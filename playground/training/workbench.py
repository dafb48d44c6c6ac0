"""What the worker thread works on: one trainer, boundary and maps, and when to do what.

Every method is an order that the thread carries out; `work` does the next few milliseconds of
what there is to do. It holds copies only and knows neither Qt nor the thread it runs in, so
tests run it by hand with a clock of their own.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from engine.errors import Refusal
from engine.graph.document import Document
from engine.train.boundary import Boundary, BoundaryProbe, Plane
from engine.train.trainer import Trainer
from playground.training.frame import framed
from playground.training.ladder import Ladder
from playground.training.mapping import Mapper, Wanted
from playground.training.news import News, Recorder
from playground.training.pace import Pace
from playground.training.viewing import Seen, Viewer, Views

NEWS_SECONDS = 1 / 55  # after two chunks of steps: numbers and maps move thirty times a second
SLOW_SECONDS = 1 / 20  # curves, which cost the window more, every other time
BOUNDARY_SECONDS = 1 / 32
# Boundary and views take at most a quarter of the time while steps are taken, and so do the maps.
BOUNDARY_SHARE = MAPS_SHARE = 0.25


class Workbench:
    """Trains one document and measures its boundary, a chunk at a time.

    Attributes:
        serial: the number of the order carried out last, told with all news.
        running: whether steps are being taken.
    """

    def __init__(self, publish: Callable[[News], None], clock: Callable[[], float]) -> None:
        self.serial = 0
        self.running = False
        self._since = 0  # the order after which nothing that was told before holds
        self._publish = publish
        self._clock = clock
        self._pace = Pace()
        self._left: int | None = None
        self._document = Document()
        self._trainer: Trainer | None = None
        self._refusal: Refusal | None = None
        self._runner = "numpy"
        self._recorder = Recorder()
        self._probe: BoundaryProbe | None = None
        self._unseen: Refusal | None = None
        self._plane = Plane()
        self._mapper = Mapper()
        self._viewer = Viewer()
        self._ladder = Ladder()
        self._detail: int | None = None
        self._views_seconds = 0.0
        self._next_boundary = 0.0
        self._next_news = self._next_curves = 0.0
        self._untold = False

    # Orders --------------------------------------------------------------------------------------

    def load(self, document: Document, *, keep: bool, runner: str = "numpy") -> None:
        """Turn to another document, or with `keep` go on with the new settings of this one."""
        self._runner = runner
        if keep and self._trainer is not None:
            self._refusal = self._adjust(self._trainer, document)
        else:
            self._build(document)
        self._document = document
        probe = BoundaryProbe.build(document)
        self._probe = None if isinstance(probe, Refusal) else probe
        self._unseen = probe if isinstance(probe, Refusal) else None
        self._mapper.load(document)
        self._viewer.load(document)
        self.want_plane(self._plane)
        self._ladder.forget()
        if self._refusal is not None:
            self.running = False
        self._look_again()

    def _build(self, document: Document) -> None:
        built = Trainer.build(document, runner=self._runner)
        self._trainer = None if isinstance(built, Refusal) else built
        self._refusal = built if isinstance(built, Refusal) else None
        self._recorder = Recorder()
        self.running = False

    def _adjust(self, trainer: Trainer, document: Document) -> Refusal | None:
        """Go on with what changed of data and settings, from the next step on."""
        before = self._document
        if (document.data, document.seeds) != (before.data, before.seeds):
            refusal = trainer.update_data(document.data, document.seeds)
            if refusal is not None:
                return refusal
        if document.training != before.training:
            return trainer.update_settings(document.training)
        return None

    def stop(self) -> None:
        """Take no more steps."""
        self.running = False
        self._look_again()

    def restore(self, step: int, ids: NDArray[np.int64], numbers: NDArray[np.float64]) -> None:
        """Stop, and go back to the parameters after so many steps; other leaves may be named."""
        self.stop()
        if self._trainer is not None:
            told = dict(zip(ids.tolist(), numbers.tolist(), strict=True))
            now = zip(self._trainer.ids.tolist(), self._trainer.parameters.tolist(), strict=True)
            self._trainer.restore(step, np.array([told.get(node, number) for node, number in now]))
            self._trainer.use_runner(self._runner)

    def use_runner(self, runner: str) -> None:
        """Run on compiled kernels from the next run on; this one keeps what it began with."""
        self._runner = runner
        self._mapper.forget()
        self._viewer.forget()
        if self._trainer is not None:
            self._trainer.use_runner(runner)

    def set_numbers(self, ids: NDArray[np.int64], numbers: NDArray[np.float64]) -> None:
        """Give leaves other numbers, from the next step on."""
        if self._trainer is not None:
            self._trainer.set_numbers(ids, numbers)
        if self._probe is not None:
            self._probe.set_numbers(ids, numbers)
        self._mapper.set_numbers(ids, numbers)
        self._viewer.set_numbers(ids, numbers)
        self._look_again()

    def want_maps(self, wanted: Wanted) -> None:
        """Measure these maps from now on."""
        self._mapper.want(wanted)
        self._untold = True
        self._next_news = 0.0

    def want_plane(self, plane: Plane) -> None:
        """Measure the boundary in this plane from now on."""
        self._plane = plane
        if self._probe is not None:
            self._probe.look(plane)
        self._mapper.look(plane)
        self._viewer.look(plane)
        self._look_again()

    def want_views(self, wanted: Views) -> None:
        """Measure these views from now on, along with the boundary."""
        self._viewer.want(wanted)
        self._ladder.finest = wanted.finest
        self._look_again()

    def set_speed(self, per_second: int | None) -> None:
        """Take so many steps a second, None for as many as possible."""
        self._pace = Pace(per_second)
        self._pace.restart()

    def go(self, steps: int | None = None) -> None:
        """Take so many steps, on top of those still to take; None for until stopped."""
        if self.running and self._left is not None and steps is not None:
            steps += self._left
        self.running = self._trainer is not None
        self._left = steps
        self._pace.restart()
        self._untold = True

    def _look_again(self) -> None:
        self._untold = True
        self._since = self.serial
        self._look_soon()
        self._next_boundary = 0.0

    def _look_soon(self) -> None:
        """Have the boundary and the views measured, if there are any, when it is time."""
        looks = self._probe is not None or self._viewer.wanted.any
        self._detail = self._ladder.quick(self._views_seconds) if looks else None

    # Working -------------------------------------------------------------------------------------

    def work(self) -> float | None:
        """Do what is due; return the seconds until more is, None if nothing will be."""
        if self.running and self._trainer is not None:
            self._advance(self._trainer)
        now = self._clock()
        if not self.running or (self._untold and now >= self._next_news):
            boundary, seen = self._look()
            if boundary is not None or seen is not None or self._untold:
                self._tell(boundary, seen, self._clock())
        return self._wait()

    def _advance(self, trainer: Trainer) -> None:
        begin = self._clock()
        steps = self._pace.steps(begin)
        if self._left is not None:
            steps = min(steps, self._left)
        if not steps:
            return
        snapshot = trainer.advance(steps)
        self._pace.took(steps, self._clock() - begin)
        self._untold = True
        if self._left is not None:
            self._left -= steps
        if snapshot.problem is not None or self._left == 0:
            self.stop()
        else:
            self._look_soon()

    def _look(self) -> tuple[Boundary | None, Seen | None]:
        """Measure the boundary and the views if that is due; at rest first quickly, then fine."""
        begin, detail = self._clock(), self._detail
        if detail is None or begin < self._next_boundary:
            return None, None
        fine = not self.running and detail >= self._ladder.fine()
        parameters = None if self._trainer is None else self._trainer.snapshot().parameters
        boundary = self._measure_boundary(detail, parameters)
        middle = self._clock()
        self._ladder.took(detail, middle - begin)
        seen = self._viewer.measure(parameters, fine=fine)
        end = self._clock()
        self._views_seconds = end - middle if seen is not None else 0.0
        self._next_boundary = begin + max((end - begin) / BOUNDARY_SHARE, BOUNDARY_SECONDS)
        self._detail = None if self.running or fine else max(self._ladder.fine(), detail)
        return boundary, seen

    def _measure_boundary(
        self, detail: int, parameters: tuple[NDArray[np.int64], NDArray[np.float64]] | None
    ) -> Boundary | None:
        if self._probe is None:
            return None
        if parameters is not None:
            self._probe.set_numbers(*parameters)
        return self._probe.measure(detail, framed(self._probe.bounds, self._probe.axes))

    def _tell(self, boundary: Boundary | None, seen: Seen | None, now: float) -> None:
        snapshot, curves = None, None
        if self._trainer is not None:
            snapshot = self._trainer.snapshot()
            if not self.running or now >= self._next_curves:
                curves = self._recorder.curves(self._trainer.history, snapshot.step)
                self._next_curves = now + SLOW_SECONDS
        maps = self._mapper.measure(None if snapshot is None else snapshot.parameters)
        took = self._clock() - now
        self._untold = False
        self._next_news = now + max(NEWS_SECONDS, took / MAPS_SHARE)
        self._publish(
            News(
                self.serial,
                self.running,
                snapshot,
                curves,
                boundary,
                self._refusal,
                self._unseen,
                maps,
                seen,
                self._since,
            )
        )

    def _wait(self) -> float | None:
        if self.running:
            return self._pace.wait()
        if self._detail is not None:
            return max(self._next_boundary - self._clock(), 0.0)
        return None
