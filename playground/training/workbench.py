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
from engine.train.boundary import Boundary, BoundaryProbe
from engine.train.shares import Question, Shares
from engine.train.snapshot import Snapshot
from engine.train.spreads import Spreads
from engine.train.trainer import Trainer
from playground.training.frame import framed
from playground.training.mapping import Mapper, Wanted
from playground.training.news import News, Recorder
from playground.training.pace import Pace
from playground.training.sharing import Sharer
from playground.training.watching import Watcher

NEWS_SECONDS = 1 / 55  # after two chunks of steps: numbers and maps move thirty times a second
SLOW_SECONDS = 1 / 20  # boundary and curves, which cost the window more, every other time
SHARES_SECONDS = 1 / 10  # whose gradient it is has to be read, not watched
# Boundary, maps and shares take at most a quarter of the time each while steps are taken.
BOUNDARY_SHARE = MAPS_SHARE = SHARES_SHARE = 0.25
COARSE, FINE = 60, 100


class Workbench:
    """Trains one document and measures its boundary, a chunk at a time.

    Attributes:
        serial: the number of the order carried out last, told with all news.
        running: whether steps are being taken.
    """

    def __init__(self, publish: Callable[[News], None], clock: Callable[[], float]) -> None:
        self.serial = 0
        self.running = False
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
        self._mapper = Mapper()
        self._sharer = Sharer()
        self._next_shares = 0.0
        self._watcher = Watcher()
        self._detail: int | None = None
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
        self._sharer.load(document)
        if self._refusal is not None:
            self.running = False
        self._look_again()

    def _build(self, document: Document) -> None:
        built = Trainer.build(document, runner=self._runner)
        self._trainer = None if isinstance(built, Refusal) else built
        self._refusal = built if isinstance(built, Refusal) else None
        self._recorder = Recorder()
        self._watcher.begin(document, self._trainer)
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
        if self._trainer is not None:
            self._trainer.use_runner(runner)

    def set_numbers(self, ids: NDArray[np.int64], numbers: NDArray[np.float64]) -> None:
        """Give leaves other numbers, from the next step on."""
        if self._trainer is not None:
            self._trainer.set_numbers(ids, numbers)
        if self._probe is not None:
            self._probe.set_numbers(ids, numbers)
        self._mapper.set_numbers(ids, numbers)
        self._sharer.set_numbers(ids, numbers)
        self._look_again()

    def want_maps(self, wanted: Wanted) -> None:
        """Measure these maps from now on."""
        self._mapper.want(wanted)
        self._untold = True
        self._next_news = 0.0

    def want_shares(self, question: Question | None) -> None:
        """Take the gradient apart by sample from now on, or (None) no longer."""
        self._sharer.want(question)
        self._untold = True
        self._next_news = self._next_shares = 0.0

    def watch(self, *, seen: bool) -> None:
        """Tell how weights and gradients are spread from now on, or write it down seldom."""
        self._watcher.look(seen=seen)
        self._untold = True
        self._next_news = 0.0

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
        self._detail = COARSE if self._probe is not None else None
        self._next_boundary = 0.0

    # Working -------------------------------------------------------------------------------------

    def work(self) -> float | None:
        """Do what is due; return the seconds until more is, None if nothing will be."""
        if self.running and self._trainer is not None:
            self._advance(self._trainer)
        now = self._clock()
        if not self.running or (self._untold and now >= self._next_news):
            boundary = self._measure_boundary()
            if boundary is not None or self._untold:
                self._tell(boundary, self._clock())
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
        elif self._probe is not None:
            self._detail = COARSE

    def _measure_boundary(self) -> Boundary | None:
        begin = self._clock()
        if self._probe is None or self._detail is None or begin < self._next_boundary:
            return None
        if self._trainer is not None:
            self._probe.set_numbers(*self._trainer.snapshot().parameters)
        boundary = self._probe.measure(self._detail, framed(self._probe.bounds))
        took = self._clock() - begin
        self._next_boundary = begin + max(took / BOUNDARY_SHARE, SLOW_SECONDS)
        self._detail = FINE if self._detail == COARSE and not self.running else None
        return boundary

    def _tell(self, boundary: Boundary | None, now: float) -> None:
        snapshot, curves = None, None
        if self._trainer is not None:
            snapshot = self._trainer.snapshot()
            if not self.running or now >= self._next_curves:
                curves = self._recorder.curves(self._trainer.history, snapshot.step)
                self._next_curves = now + SLOW_SECONDS
        maps = self._mapper.measure(None if snapshot is None else snapshot.parameters)
        took = self._clock() - now
        shares = self._measure_shares(snapshot)
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
                shares,
                self._spreads(now),
            )
        )

    def _spreads(self, now: float) -> Spreads | None:
        """Write down how weights and gradients are spread, if it is time; tell it who looks."""
        trainer, watcher = self._trainer, self._watcher
        if trainer is not None and watcher.is_due(trainer, now, running=self.running):
            watcher.measure(trainer)
            watcher.rest(now, self._clock())
        return watcher.news()

    def _measure_shares(self, snapshot: Snapshot | None) -> Shares | Refusal | None:
        """Take the gradient apart; None if nobody asks, or while it is too early for others."""
        if self._sharer.question is None:
            return None
        begin = self._clock()
        if self.running and begin < self._next_shares:
            return None
        shares = self._sharer.measure(None if snapshot is None else snapshot.parameters)
        took = self._clock() - begin
        self._next_shares = begin + max(SHARES_SECONDS, took / SHARES_SHARE)
        return shares

    def _wait(self) -> float | None:
        if self.running:
            return self._pace.wait()
        if self._detail is not None:
            return max(self._next_boundary - self._clock(), 0.0)
        return None
