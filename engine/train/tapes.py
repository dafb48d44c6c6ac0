"""The tapes of a training run: over all training samples, over the test samples, over a batch.

Only the trainer uses it, in its thread.  It keeps apart what a run computes from how it goes on.
"""

from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from engine.graph.document import Document
from engine.run import compiled
from engine.run.compiled import CompiledRunner
from engine.run.descender import Descender
from engine.run.machine import Machine, make_program
from engine.run.program import Program
from engine.run.schedule import Plan
from engine.run.tape import Tape
from engine.train.metrics import Quality
from engine.train.objective import Objective, Terms
from engine.train.predictions import Predictions
from engine.train.results import Results
from engine.train.samples import Samples

Ids = NDArray[np.int64]
Numbers = NDArray[np.float64]
AnyTape = TypeVar("AnyTape", bound=Tape | Machine)
NONE = np.empty((1, 0))  # one sample without columns: the leaves keep their own numbers


class Tapes:
    """Objectives by set of samples.

    Attributes:
        samples: the data, None if the objective depends on none; then there is one lane.
        whole: the objective over all training samples.
        test: the objective over the test samples, None without any.
        runner: "numba" where compiled kernels run the plan's program, else "numpy".
    """

    def __init__(
        self, document: Document, plan: Plan, samples: Samples | None, runner: str = "numpy"
    ) -> None:
        self.samples = samples if plan.fed else None
        self._document = document
        self._plan = plan
        self._told: dict[int, float] = {}
        self._predictions = Predictions(document, plan)
        self.use_runner(runner)

    def use_runner(self, runner: str) -> None:
        """Run on compiled kernels ("numba"), where they can be had, or on NumPy."""
        self._program = _program(self._document, self._plan) if runner == "numba" else None
        self.runner = "numpy" if self._program is None else "numba"
        self._set_up()

    def _set_up(self) -> None:
        self._parts: dict[int, Objective] = {}
        self.test: Objective | None = None
        self._descender: Descender | None = None
        self._plain: Tape | None = None
        if self.samples is None:
            self.whole = self._over(NONE, NONE)
            return
        train, test = self.samples.train, self.samples.test
        self.whole = self._over(self.samples.inputs[train], self.samples.targets[train])
        if self.samples.tests:
            self.test = self._over(self.samples.inputs[test], self.samples.targets[test])

    def plain(self, parameters: Numbers, terms: Terms, most: int) -> Tape:
        """Return a tape with every node's numbers, run forward and backward with the parameters.

        It takes as many training samples, evenly spread, as make at most so many numbers in all,
        and one at least.  It is valid until the next call.
        """
        if self._plain is None:
            count = self.whole.tape.lanes
            lanes = min(count, max(1, most // len(self._plan.ids)))
            self._plain = self._filled(Tape(self._plan, lanes))
            if self.samples is not None:
                rows = np.arange(lanes) * count // lanes + self.samples.train.start
                self._plain.set_samples(self.samples.inputs[rows], self.samples.targets[rows])
        self._plain.set_parameters(parameters)
        self._plain.forward()
        self._plain.backward(1.0 / self._plain.lanes if terms.mean else 1.0)
        return self._plain

    def _over(self, inputs: Numbers, targets: Numbers) -> Objective:
        tape = self._filled(self._tape(len(inputs)))
        tape.set_samples(inputs, targets)
        return Objective(tape)

    def _filled(self, tape: AnyTape) -> AnyTape:
        """Give a tape the leaves' numbers."""
        tape.load(self._document)
        told = self._told
        tape.set_numbers(np.array(list(told), np.int64), np.array(list(told.values())))
        return tape

    def _tape(self, lanes: int) -> Tape | Machine:
        if self._program is None:
            return Tape(self._plan, lanes)
        return Machine(self._plan, self._program, lanes, CompiledRunner)

    @property
    def descender(self) -> Descender | None:
        """Takes many steps on the tape `whole` in one call; None without compiled kernels."""
        whole = self.whole.tape
        if self._descender is None and isinstance(whole, Machine):
            test = None if self.test is None else self.test.tape
            self._descender = Descender(whole, test if isinstance(test, Machine) else None)
        return self._descender

    @property
    def count(self) -> int:
        """How many samples there are to learn from."""
        return self.whole.tape.lanes

    def batch(self, rows: Ids) -> Objective:
        """Return the objective over some of the training samples; valid until the next call."""
        if self.samples is None:
            return self.whole
        inputs, targets = self.samples.inputs[rows], self.samples.targets[rows]
        part = self._parts.get(len(rows))
        if part is None:
            part = self._parts[len(rows)] = self._over(inputs, targets)
        else:
            part.tape.set_samples(inputs, targets)
        return part

    def use(self, samples: Samples | None) -> None:
        """Turn to other samples; numbers that were told stay."""
        self.samples = samples if self._plan.fed else None
        self._set_up()

    def set_numbers(self, ids: Ids, numbers: Numbers) -> None:
        """Give leaves other numbers than the document's, in all tapes from now on."""
        self._told.update(zip(ids.tolist(), numbers.tolist(), strict=True))
        tests = [] if self.test is None else [self.test]
        for objective in (self.whole, *tests, *self._parts.values()):
            objective.tape.set_numbers(ids, numbers)
        if self._plain is not None:
            self._plain.set_numbers(ids, numbers)
        self._predictions.set_numbers(ids, numbers)

    def qualities(self) -> tuple[Quality, Quality]:
        """Return how good training and test samples are predicted; both have been measured."""
        if self.samples is None:
            return (Quality(), Quality())
        train = self._predictions.quality(self.whole.tape, self.samples, self.samples.train)
        if self.test is None:
            return (train, Quality())
        return (train, self._predictions.quality(self.test.tape, self.samples, self.samples.test))

    def results(self, step: int) -> Results | None:
        """Return what is predicted of every sample; both parts must have been measured."""
        if self.samples is None:
            return None
        train = self._predictions.part(self.whole.tape, self.samples, self.samples.train)
        if train is None or self.test is None:
            return None if train is None else Results(step, train)
        test = self._predictions.part(self.test.tape, self.samples, self.samples.test)
        return Results(step, train, test)


def _program(document: Document, plan: Plan) -> Program | None:
    """Lower a plan for the compiled kernels; None where they are missing or do not know an op."""
    read = [node for node in document.marked("prediction") if node in plan.row]
    program = make_program(plan, np.array(read, dtype=np.int64))
    return program if compiled.supports(program) else None
