"""Training: steps downhill on the objective of a document, and what is measured on the way.

The window's worker thread and the command line drive it.  It reads its document when it is built,
and later only to name what went wrong, so a thread gives it a copy of its own.  It never changes
a document: `edit` says how the parameters would be written back.  It starts no thread and reads
no clock; whoever drives it decides how many steps to take at a time.
"""

import math
from collections.abc import Hashable, Iterator
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from engine.errors import EngineError, Refusal
from engine.graph.document import Document
from engine.graph.edits import Edit
from engine.graph.records import DataSettings, Seeds, TrainingSettings
from engine.graph.start import learned
from engine.run.plan import training_plan
from engine.run.result import Problem
from engine.run.schedule import Plan
from engine.run.tape import Tape
from engine.train.batches import Batches, dealing, dealt
from engine.train.checks import check_columns, check_settings
from engine.train.failure import failed_backward, failed_forward
from engine.train.history import History
from engine.train.leaps import can_leap, leap
from engine.train.log import Conditions, Log
from engine.train.objective import Measure, Objective, make_terms
from engine.train.optimizers import OPTIMIZERS, Memory, State
from engine.train.results import Results
from engine.train.samples import Samples, load_samples
from engine.train.schedules import learning_rate
from engine.train.snapshot import Snapshot
from engine.train.spreads import Moment
from engine.train.steps import stepped
from engine.train.tapes import Tapes

__all__ = ["Snapshot", "Trainer"]

Numbers = NDArray[np.float64]
Ids = NDArray[np.int64]
Record = tuple[History, Log]


class Trainer:
    """Trains the parameters of one document; made by `build`.

    Attributes:
        ids: the parameters' ids, ascending.
        parameters: their numbers in that order, read-only; a new vector after every step.
        step: how many updates were made.
        state: what the optimiser remembers, replaced by every step.
        history: what was measured so far.
        log: which settings and data came into force at which step.
        batches: which samples each step learns from.
    """

    def __init__(
        self,
        document: Document,
        plan: Plan,
        samples: Samples | None,
        record_every: int = 1,
        runner: str = "numpy",
    ) -> None:
        self.ids: Ids = plan.parameters
        self._record_every = record_every
        self.history = History(record_every)
        self.log = Log()
        self._document = document
        self._plan = plan
        self._conditions = Conditions(document.training, document.data, document.seeds)
        self._tapes = Tapes(document, plan, samples, runner)
        self._is_back = False
        self._before: tuple[int, Numbers, State] | None = None  # where the last step began
        self._measure: Measure | None = None
        self._latest: Snapshot | None = None
        self._problem: Problem | None = None
        values = [document.node(node).value for node in plan.parameters.tolist()]
        state = OPTIMIZERS[document.training.optimizer].start(len(self.ids))
        self._move(0, np.array(values, dtype=np.float64), state)
        self._follow(document.training)
        self.batches = self._dealt()

    @classmethod
    def build(
        cls, document: Document, record_every: int = 1, runner: str = "numpy"
    ) -> "Trainer | Refusal":
        """Make ready to train a document, or say why it cannot be trained.

        The history gets an entry for every `record_every` steps.  The runner "numba" takes the
        compiled kernels if they are loaded and know every op; a run keeps the one it began with.
        """
        plan = training_plan(document)
        if isinstance(plan, Refusal):
            return plan
        samples = load_samples(document.data, document.seeds)
        if isinstance(samples, Refusal):
            return samples
        refusal = check_settings(document.training) or check_columns(document, plan, samples)
        return refusal or cls(document, plan, samples, record_every, runner)

    @property
    def runner(self) -> str:
        """What computes this run: "numpy" or "numba"."""
        return self._tapes.runner

    @property
    def samples(self) -> Samples | None:
        """The data, None if there is none or the objective does not depend on it."""
        return self._tapes.samples

    @property
    def learning_rate(self) -> float:
        """The learning rate of the step to come."""
        return learning_rate(self.settings, self.step)

    @property
    def epoch(self) -> int:
        """How many times every sample was learned from."""
        return self.batches.epoch(self.step)

    @property
    def settings(self) -> TrainingSettings:
        """How it is trained now."""
        return self._conditions.training

    # Taking steps --------------------------------------------------------------------------------

    def run(self, steps_per_snapshot: int) -> Iterator[Snapshot]:
        """Train on and on, yielding a snapshot after so many steps, until a problem."""
        while True:
            snapshot = self.advance(steps_per_snapshot)
            yield snapshot
            if snapshot.problem is not None:
                return

    def advance(self, steps: int = 1) -> Snapshot:
        """Take so many steps, fewer only if one ends non-finite, and say where that led.

        A step that ends non-finite is taken back; calling again tries it again.
        """
        if self._problem is not None:
            self._problem = self._latest = None
        if self._is_back:
            self._forget_later()
        with np.errstate(all="ignore"):  # what is not finite is told as a problem
            for _step in range(steps - self._leap(steps)):
                if not self._take_step():
                    break
        return self.snapshot()

    def _leap(self, steps: int) -> int:
        """Take steps with the compiled kernels while they end well; return how many."""
        descender = self._tapes.descender
        if descender is None or not can_leap(self.settings):
            return 0
        descender.start(self.parameters)
        ahead = range(self.step, self.step + steps)
        made = leap(
            descender,
            ahead,
            self.settings,
            self.state,
            self._terms,
            self.batches,
            self.history,
        )
        if made.taken:
            self._move(self.step + made.taken, made.parameters, made.state)
            self._before = (self.step - 1, made.before, made.state_before)
        return made.taken

    def _take_step(self) -> bool:
        objective = self._measured_batch()
        if objective is None:
            return False
        updated, state = self._stepped(objective.gradient(self.parameters, self._terms))
        if not np.isfinite(updated).all():
            self._stop(
                failed_backward(self._document, objective.unfused(self._terms), self.step + 1)
            )
            return False
        before = (self.step, self.parameters, self.state)
        self._move(self.step + 1, updated, state)
        self._before = before
        return True

    def _stepped(self, gradient: Numbers) -> tuple[Numbers, State]:
        """Return parameters and state after the step to come, with this gradient."""
        return stepped(
            self._optimizer,
            self.parameters,
            gradient,
            self.learning_rate,
            self.state,
            self.settings,
            self._terms,
        )

    def _measured_batch(self) -> Objective | None:
        """Run the objective of this step forward; None if it is not finite."""
        if self.batches.is_whole:
            return self._tapes.whole if self._is_fine() else None
        if self.history.wants(self.step) and not self._is_fine():
            return None
        batch = self._tapes.batch(self.batches.rows(self.step))
        measure = batch.measure(self.parameters, self._terms)
        if math.isfinite(measure.objective):
            return batch
        self._fail(batch)
        return None

    def _move(self, step: int, parameters: Numbers, state: State) -> None:
        """Stand elsewhere, with nothing measured there yet."""
        parameters.flags.writeable = False
        self.step, self.parameters, self.state = step, parameters, state
        self._before = self._measure = self._latest = self._problem = None

    def _fail(self, objective: Objective) -> None:
        """Note which node is not finite; go back to the last parameters that were fine."""
        tape = objective.unfused(self._terms)
        problem = failed_forward(self._document, tape, self.step)
        if self._before is not None:
            self._move(*self._before)
        self._stop(problem)

    def _stop(self, problem: Problem) -> None:
        self._problem, self._latest = problem, None

    # Measuring -----------------------------------------------------------------------------------

    def snapshot(self) -> Snapshot:
        """Return where the run stands, measured over all samples."""
        if self._latest is None:
            with np.errstate(all="ignore"):
                self._is_fine()
                self._latest = self._told(self._measured())
        return self._latest

    def results(self) -> Results | None:
        """Return what is predicted of every sample here, None without samples or predictions."""
        with np.errstate(all="ignore"):
            self._measured()
            self._test_loss()
            return self._tapes.results(self.step)

    def moment(self) -> Moment:
        """Return gradient and update here, over all samples; no step is taken."""
        objective = self._tapes.whole
        with np.errstate(all="ignore"):
            objective.measure(self.parameters, self._terms)
            gradient = objective.gradient(self.parameters, self._terms)
            after, _state = self._stepped(gradient)
            return Moment(self.step, self.ids, self.parameters, gradient, after - self.parameters)

    def plain_tape(self, most: int) -> Tape:
        """Return a tape run both ways here, of at most so many numbers; see `Tapes.plain`."""
        return self._tapes.plain(self.parameters, self._terms, most)

    def _is_fine(self) -> bool:
        """Whether the objective is finite here; if not, the step that led here failed."""
        if math.isfinite(self._measured().objective):
            return True
        self._fail(self._tapes.whole)
        return False

    def _measured(self) -> Measure:
        """Return the measure over all training samples; recorded if an entry is due."""
        if self._measure is None:
            self._measure = self._tapes.whole.measure(self.parameters, self._terms)
        measure = self._measure
        if self.history.wants(self.step) and math.isfinite(measure.objective):
            self.history.add(
                self.step, measure.loss, self._test_loss(), measure.objective, self.epoch
            )
        return measure

    def _test_loss(self) -> float | None:
        test = self._tapes.test
        return test.measure(self.parameters, self._terms).loss if test is not None else None

    def _told(self, measure: Measure) -> Snapshot:
        test_loss = self._test_loss()
        train, test = self._tapes.qualities()
        if train.accuracy is not None:
            self.history.add_accuracies(self.step, self.epoch, train.accuracy, test.accuracy)
        return Snapshot(
            step=self.step,
            epoch=self.epoch,
            parameters=(self.ids, self.parameters),
            train_loss=measure.loss,
            test_loss=test_loss,
            objective=measure.objective,
            train_accuracy=train.accuracy,
            test_accuracy=test.accuracy,
            train_r2=train.r_squared,
            test_r2=test.r_squared,
            learning_rate=self.learning_rate,
            problem=self._problem,
            memory=Memory(self._optimizer, self.state),
        )

    # Edits meanwhile -----------------------------------------------------------------------------

    def edit(self, title: str, gesture: Hashable | None = None) -> Edit:
        """Return the edit that writes the parameters into the document it was built from."""
        written = learned(self._document, self.ids.tolist(), self.parameters.tolist(), title)
        return replace(written, gesture=gesture)

    def set_numbers(self, ids: Ids, numbers: Numbers) -> None:
        """Give parameters and other leaves other numbers from the next step on."""
        self._tapes.set_numbers(ids, numbers)
        told = dict(zip(ids.tolist(), numbers.tolist(), strict=True))
        now = zip(self.ids.tolist(), self.parameters.tolist(), strict=True)
        self._move(
            self.step, np.array([told.get(node, number) for node, number in now]), self.state
        )

    def update_settings(self, training: TrainingSettings) -> Refusal | None:
        """Go on with other settings from the next step on, unless they make no sense."""
        refusal = check_settings(training)
        if refusal is None:
            before, rule = self.settings, self._optimizer
            self._follow(training)
            self.state = self._optimizer.resume(self.state, rule, len(self.ids))
            if dealing(training) != dealing(before):
                self.batches = self._dealt(self.step, self.epoch)
        return refusal

    def update_data(self, data: DataSettings, seeds: Seeds) -> Refusal | None:
        """Go on with other data from the next step on, unless that makes no sense."""
        samples = load_samples(data, seeds)
        if isinstance(samples, Refusal):
            return samples
        refusal = check_columns(self._document, self._plan, samples)
        if refusal is None:
            self._conditions = replace(self._conditions, data=data, seeds=seeds)
            self._tapes.use(samples)
            self.batches = self._dealt(self.step, self.epoch)
            self._move(self.step, self.parameters, self.state)
            self.history.forget_after(self.step - 1)  # what was measured here was on other points
            self.log.note(self.step, self._conditions)
        return refusal

    def restore(self, step: int, numbers: Numbers, memory: Memory | None = None) -> None:
        """Go to the parameters (parameters,) after so many steps.

        The next step drops what was recorded later.  Without memory the optimiser begins anew.
        """
        if numbers.shape != self.parameters.shape:
            raise EngineError(f"there are {len(self.ids)} parameters, not {numbers.shape}")
        state = self._optimizer.start(len(self.ids))
        if memory is not None:
            state = self._optimizer.resume(memory.state, memory.rule, len(self.ids))
        self._move(step, np.array(numbers, dtype=np.float64), state)
        self._is_back = True
        if step < self.batches.first_step:
            self.batches = self._dealt()

    def _forget_later(self) -> None:
        """Drop what was recorded after the step that it was gone back to."""
        self.history.forget_after(self.step)
        self.log.note(self.step, self._conditions)
        self._is_back = False

    def turn_to(self, record: Record | None = None) -> Record:
        """Go on in another record, an empty one if none is given; return the one up to now."""
        before = (self.history, self.log)
        self.history, self.log = record or (History(self._record_every), Log())
        if record is None:
            self.log.note(0, self._conditions)
        return before

    def use_runner(self, runner: str) -> None:
        """Go on with another runner; a run that has begun keeps its own."""
        if self.step == 0 and runner != self.runner:
            self._tapes.use_runner(runner)
            self._move(0, self.parameters, self.state)

    def _follow(self, training: TrainingSettings) -> None:
        self._conditions = replace(self._conditions, training=training)
        self._optimizer = OPTIMIZERS[training.optimizer]
        self._terms = make_terms(self._document, self._plan, training)
        self._move(self.step, self.parameters, self.state)
        self.log.note(self.step, self._conditions)

    def _dealt(self, step: int = 0, epoch: int = 0) -> Batches:
        """Begin an epoch at a step."""
        seed = self._conditions.seeds.shuffle
        return dealt(self._tapes.count, self.settings, seed, step, epoch)
