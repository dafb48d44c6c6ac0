"""What the worker thread works on: one trainer, boundary and maps, and when to do what.

Every method is an order that the thread carries out; `work` does the next few milliseconds of
what there is to do. It holds copies only and knows neither Qt nor the thread it runs in, so
tests run it by hand with a clock of their own.
"""

import math
from collections.abc import Callable
from dataclasses import replace

import numpy as np

from engine.errors import Refusal
from engine.graph.document import Document
from engine.train.boundary import Boundary, Plane
from engine.train.optimizers import Memory
from engine.train.shares import Question, Shares
from engine.train.snapshot import Snapshot
from engine.train.spreads import Spreads
from engine.train.stops import Watch, watched_loss
from engine.train.trainer import Record, Trainer
from playground.training.examining import Examiner
from playground.training.ledger import Ids, Numbers
from playground.training.mapping import Mapper, Wanted
from playground.training.news import Curves, News
from playground.training.pace import Pace
from playground.training.plotting import Plotter
from playground.training.sharing import Sharer
from playground.training.viewing import Seen, Views
from playground.training.watching import Watcher

# After two chunks of steps: with what is measured then, all moves thirty times a second.
NEWS_SECONDS = 1 / 55
RESULTS_SECONDS = 1 / 20  # what is predicted of each sample costs the window more
SHARES_SECONDS = 1 / 10  # whose gradient it is has to be read, not watched
# The maps take at most a quarter of the time while steps are taken; so do the shares.
MAPS_SHARE = SHARES_SHARE = 0.25
MOST_SHELVED = 8  # runs that undo can lead back to with their curves


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
        self._run = 0
        self._shelf: dict[int, tuple[Record, Snapshot | None]] = {}
        self._best: Snapshot | None = None
        self._watch: Watch | None = None
        self._ended = ""
        self._plotter = Plotter(clock)
        self._mapper = Mapper()
        self._sharer = Sharer()
        self._next_shares = 0.0
        self._watcher = Watcher()
        self._examiner = Examiner(clock)
        self._next_news = self._next_results = 0.0
        self._untold = False
        self._wants_results = False

    # Orders --------------------------------------------------------------------------------------

    def load(self, document: Document, *, keep: bool, runner: str = "numpy", run: int = 0) -> None:
        """Turn to another document, or with `keep` go on with the new settings of this one.

        `run` is the number of the run that begins without `keep`, or because there was none.
        """
        self._runner = runner
        self._run = run
        if keep and self._trainer is not None:
            self._refusal = self._adjust(self._trainer, document)
        else:
            self._build(document)
        self._document = document
        self._plotter.load(document)
        self._mapper.load(document)
        self._sharer.load(document)
        if self._refusal is not None:
            self.running = False
        self._look_again()

    def _build(self, document: Document) -> None:
        built = Trainer.build(document, runner=self._runner)
        self._trainer = None if isinstance(built, Refusal) else built
        self._refusal = built if isinstance(built, Refusal) else None
        self._shelf, self._best, self._watch, self._ended = {}, None, None, ""
        self._watcher.begin(document, self._trainer)
        self._examiner.begin(document)
        self.running = False

    def _adjust(self, trainer: Trainer, document: Document) -> Refusal | None:
        """Go on with what changed of data and settings, from the next step on."""
        before = self._document
        seeds = replace(document.seeds, init=before.seeds.init)  # what they drew is told by number
        if (document.data, seeds) != (before.data, before.seeds):
            self._best = None  # its loss is one on other points
            self._examiner.begin(before)
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

    def restore(
        self, step: int, ids: Ids, numbers: Numbers, run: int = 0, memory: Memory | None = None
    ) -> None:
        """Stop, and go to the parameters after so many steps of a run, or begin that run there.

        Other leaves may be named.  The optimiser goes on with its memory of that moment.
        """
        self.stop()
        if self._trainer is not None:
            self._turn_to(self._trainer, run)
            told = dict(zip(ids.tolist(), numbers.tolist(), strict=True))
            now = zip(self._trainer.ids.tolist(), self._trainer.parameters.tolist(), strict=True)
            self._trainer.restore(step, np.array([told.get(k, v) for k, v in now]), memory)
            self._trainer.use_runner(self._runner)

    def _turn_to(self, trainer: Trainer, run: int) -> None:
        """Lay what was recorded of this run aside and go on with that of another, or a new one."""
        if run == self._run:
            return
        record, best = self._shelf.pop(run, (None, None))
        self._shelf[self._run] = (trainer.turn_to(record), self._best)
        self._run, self._best = run, best
        self._examiner.begin(self._document)
        if len(self._shelf) > MOST_SHELVED:
            del self._shelf[next(iter(self._shelf))]

    def use_runner(self, runner: str) -> None:
        """Run on compiled kernels from the next run on; this one keeps what it began with."""
        self._runner = runner
        self._mapper.forget()
        self._plotter.forget()
        if self._trainer is not None:
            self._trainer.use_runner(runner)

    def set_numbers(self, ids: Ids, numbers: Numbers) -> None:
        """Give leaves other numbers, from the next step on."""
        if self._trainer is not None:
            self._trainer.set_numbers(ids, numbers)
            if not np.isin(ids, self._trainer.ids).all():
                self._best = None  # its loss is one with another number
        self._plotter.set_numbers(ids, numbers)
        self._mapper.set_numbers(ids, numbers)
        self._sharer.set_numbers(ids, numbers)
        self._look_again()

    def want_maps(self, wanted: Wanted) -> None:
        """Measure these maps from now on."""
        self._mapper.want(wanted)
        self._untold = True
        self._next_news = 0.0

    def want_results(self, *, on: bool) -> None:
        """Tell what is predicted of every sample from now on, or no longer."""
        self._wants_results = on
        self._untold = self._untold or on
        self._next_results = 0.0

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

    def want_plane(self, plane: Plane) -> None:
        """Measure the boundary in this plane from now on."""
        self._plotter.look(plane)
        self._mapper.look(plane)
        self._look_again()

    def want_views(self, wanted: Views) -> None:
        """Measure these views from now on, along with the boundary."""
        self._plotter.want(wanted)
        self._look_again()

    def set_speed(self, per_second: int | None) -> None:
        """Take so many steps a second, None for as many as possible."""
        self._pace.set_speed(per_second)

    def go(self, steps: int | None = None) -> None:
        """Take so many steps, on top of those still to take.

        None for until stopped, or until the run ends by itself as its settings say.
        """
        if self.running and self._left is not None and steps is not None:
            steps += self._left
        self._begin(steps)

    def go_epochs(self, epochs: int = 1) -> None:
        """Take steps to the end of the epoch under way, or of so many."""
        if self._trainer is not None:
            ahead = (self._left or 0) if self.running else 0
            step, batches = self._trainer.step, self._trainer.batches
            self._begin(batches.to_epoch(step, batches.epoch(step + ahead) + epochs))

    def _begin(self, steps: int | None) -> None:
        self.running = self._trainer is not None
        self._ended, self._watch = "", None
        if self._trainer is not None:
            self._weigh(self._trainer.snapshot())
            self._watch = Watch(self._trainer) if steps is None else None
        self._left = steps
        self._pace.restart()
        self._untold = True

    def _look_again(self) -> None:
        self._untold = True
        self._since = self.serial
        self._plotter.plot_at_once()

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
        if self._watch is not None:
            steps = self._watch.most(steps)
        snapshot = trainer.advance(steps)
        self._pace.took(steps, self._clock() - begin)
        self._untold = True
        self._weigh(snapshot)
        if self._left is not None:
            self._left -= steps
        stopped = self._watch.look(snapshot) if self._watch is not None else None
        if stopped is not None:
            self._ended = stopped.text
            self.stop()
        elif snapshot.problem is not None or self._left == 0:
            self.stop()
        else:
            self._plotter.plot_soon()

    def _weigh(self, snapshot: Snapshot) -> None:
        """Keep the moment of the least loss of those that were measured, the end of each chunk."""
        if self._trainer is not None and self._best is not snapshot:
            settings = self._trainer.settings
            least = math.inf if self._best is None else watched_loss(self._best, settings)
            if watched_loss(snapshot, settings) < least:
                self._best = snapshot

    def _look(self) -> tuple[Boundary | None, Seen | None]:
        """Measure the boundary and the views if that is due."""
        parameters = None if self._trainer is None else self._trainer.snapshot().parameters
        return self._plotter.measure(parameters, running=self.running)

    def _tell(self, boundary: Boundary | None, seen: Seen | None, now: float) -> None:
        snapshot, curves, results = None, None, None
        if self._trainer is not None:
            snapshot = self._trainer.snapshot()
            trainer = self._trainer
            curves = Curves.of(trainer.history, snapshot.step, self._run, trainer.log)
            if self._wants_results and (not self.running or now >= self._next_results):
                results = trainer.results()
                self._next_results = now + RESULTS_SECONDS
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
                self._plotter.unseen,
                maps,
                self._best,
                self._ended,
                results,
                shares,
                self._spreads(now),
                seen,
                self._since,
                self._examiner.report(self._trainer, running=self.running),
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
            wait = self._pace.wait()
            due = max(self._next_news - self._clock(), 0.0) if self._untold else wait
            return min(wait, due)
        return self._plotter.wait()
