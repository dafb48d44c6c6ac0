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
from engine.graph.properties import set_values
from engine.graph.records import DataSettings, Seeds, TrainingSettings
from engine.run.plan import training_plan
from engine.run.result import Problem
from engine.run.schedule import Plan
from engine.train.batches import Batches
from engine.train.checks import check_columns, check_settings
from engine.train.failure import failed_backward, failed_forward
from engine.train.history import History
from engine.train.leaps import can_leap, leap
from engine.train.objective import Measure, Objective, clipped, make_terms
from engine.train.optimizers import OPTIMIZERS, State
from engine.train.samples import Samples, load_samples
from engine.train.schedules import learning_rate
from engine.train.snapshot import Snapshot
from engine.train.tapes import Tapes

__all__ = ["Snapshot", "Trainer"]

Numbers = NDArray[np.float64]
Ids = NDArray[np.int64]


class Trainer:
    """Trains the parameters of one document; made by `build`.

    Attributes:
        ids: the parameters' ids, ascending.
        parameters: their numbers in that order, read-only; a new vector after every step.
        step: how many updates were made.
        state: what the optimiser remembers, replaced by every step.
        history: what was measured so far.
        log: which settings or data came into force at which step.
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
        self.history = History(record_every)
        self.log: list[tuple[int, TrainingSettings | DataSettings]] = []
        self._document = document
        self._plan = plan
        self._shuffle = document.seeds.shuffle
        self._tapes = Tapes(document, plan, samples, runner)
        self._before: tuple[int, Numbers, State] | None = None  # where the last step began
        self._measure: Measure | None = None
        self._latest: Snapshot | None = None
        self._problem: Problem | None = None
        values = [document.node(node).value for node in plan.parameters.tolist()]
        state = OPTIMIZERS[document.training.optimizer].start(len(self.ids))
        self._move(0, np.array(values, dtype=np.float64), state)
        self._follow(document.training)
        self._batches = self._dealt()

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
        return learning_rate(self._settings, self.step)

    @property
    def epoch(self) -> int:
        """How many times every sample was learned from."""
        return self._batches.epoch(self.step)

    @property
    def steps_per_epoch(self) -> int:
        """How many steps deal out all samples once."""
        return self._batches.in_epoch

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
        with np.errstate(all="ignore"):  # what is not finite is told as a problem
            for _step in range(steps - self._leap(steps)):
                if not self._take_step():
                    break
        return self.snapshot()

    def _leap(self, steps: int) -> int:
        """Take steps with the compiled kernels while they end well; return how many."""
        descender = self._tapes.descender
        if descender is None or not can_leap(self._settings):
            return 0
        descender.start(self.parameters)
        ahead = range(self.step, self.step + steps)
        made = leap(
            descender,
            ahead,
            self._settings,
            self.state,
            self._terms,
            self._batches,
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
        gradient = clipped(objective.gradient(self.parameters, self._terms), self._terms)
        updated, state = self._optimizer.step(
            self.parameters, gradient, self.learning_rate, self.state, self._settings
        )
        if not np.isfinite(updated).all():
            self._stop(
                failed_backward(self._document, objective.unfused(self._terms), self.step + 1)
            )
            return False
        before = (self.step, self.parameters, self.state)
        self._move(self.step + 1, updated, state)
        self._before = before
        return True

    def _measured_batch(self) -> Objective | None:
        """Run the objective of this step forward; None if it is not finite."""
        if self._batches.in_epoch == 1:
            return self._tapes.whole if self._is_fine() else None
        if self.history.wants(self.step) and not self._is_fine():
            return None
        batch = self._tapes.batch(self._batches.rows(self.step))
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
            self.history.add(self.step, measure.loss, self._test_loss(), measure.objective)
        return measure

    def _test_loss(self) -> float | None:
        test = self._tapes.test
        return test.measure(self.parameters, self._terms).loss if test is not None else None

    def _told(self, measure: Measure) -> Snapshot:
        test_loss = self._test_loss()
        train, test = self._tapes.qualities()
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
            remembered=dict(zip(self._optimizer.titles, self.state.vectors, strict=True)),
        )

    # Edits meanwhile -----------------------------------------------------------------------------

    def edit(self, title: str, gesture: Hashable | None = None) -> Edit:
        """Return the edit that writes the parameters into the document it was built from."""
        written = set_values(self._document, self.ids.tolist(), self.parameters.tolist(), title)
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
            before, rule = self._settings, self._optimizer
            self._follow(training)
            self.state = self._optimizer.resume(self.state, rule, len(self.ids))
            if (training.batch, training.order) != (before.batch, before.order):
                self._batches = self._dealt(self.step, self.epoch)
        return refusal

    def update_data(self, data: DataSettings, seeds: Seeds) -> Refusal | None:
        """Go on with other data from the next step on, unless that makes no sense."""
        samples = load_samples(data, seeds)
        if isinstance(samples, Refusal):
            return samples
        refusal = check_columns(self._document, self._plan, samples)
        if refusal is None:
            self._shuffle = seeds.shuffle
            self._tapes.use(samples)
            self._batches = self._dealt(self.step, self.epoch)
            self._move(self.step, self.parameters, self.state)
            self.log.append((self.step, data))
        return refusal

    def restore(self, step: int, numbers: Numbers) -> None:
        """Go to the parameters (parameters,) after so many steps; later entries are dropped.

        The optimiser begins anew there: what it remembered belongs to other parameters.
        """
        if numbers.shape != self.parameters.shape:
            raise EngineError(f"there are {len(self.ids)} parameters, not {numbers.shape}")
        state = self._optimizer.start(len(self.ids))
        self._move(step, np.array(numbers, dtype=np.float64), state)
        self.history.forget_after(step)
        if step < self._batches.first_step:
            self._batches = self._dealt()

    def use_runner(self, runner: str) -> None:
        """Go on with another runner; a run that has begun keeps its own."""
        if self.step == 0 and runner != self.runner:
            self._tapes.use_runner(runner)
            self._move(0, self.parameters, self.state)

    def _follow(self, training: TrainingSettings) -> None:
        self._settings = training
        self._optimizer = OPTIMIZERS[training.optimizer]
        self._terms = make_terms(self._document, self._plan, training)
        self._move(self.step, self.parameters, self.state)
        self.log.append((self.step, training))

    def _dealt(self, step: int = 0, epoch: int = 0) -> Batches:
        """Begin an epoch at a step."""
        count = self._tapes.count
        seed = self._shuffle if self._settings.order == "shuffled" else None
        return Batches(count, self._settings.batch or count, seed, step, epoch)
