"""What the marked predictions say about a set of samples.

The trainer asks for a snapshot's accuracies and R².  Predictions that the objective is computed
from are read off its tape; others, such as a probability beside a loss of logits, get a plan of
their own.
"""

import numpy as np
from numpy.typing import NDArray

from engine.errors import Refusal
from engine.graph.document import Document
from engine.run.machine import Machine
from engine.run.plan import probe_plan
from engine.run.schedule import Plan
from engine.run.tape import Tape
from engine.train.metrics import Quality, quality
from engine.train.results import Part, part_of
from engine.train.samples import Samples

Numbers = NDArray[np.float64]


class Predictions:
    """The predictions of a document; `plan` is that of its objective."""

    def __init__(self, document: Document, plan: Plan) -> None:
        self._link = document.link
        self._nodes = document.marked("prediction")
        self._own: Tape | None = None
        if any(node not in plan.row for node in self._nodes):
            own = probe_plan(document, self._nodes)
            if isinstance(own, Refusal):  # an unfinished prediction predicts nothing
                self._nodes = []
            else:
                self._own = Tape(own)
                self._own.load(document)

    def set_numbers(self, ids: NDArray[np.int64], numbers: Numbers) -> None:
        """Give leaves other numbers."""
        if self._own is not None:
            self._own.set_numbers(ids, numbers)

    def quality(self, tape: Tape | Machine, samples: Samples, part: slice) -> Quality:
        """Measure the predictions of a part of the samples; `tape` has run over it."""
        values = self.values(tape, samples, part)
        return quality(self._link, values, samples.labels[part], samples.classes)

    def part(self, tape: Tape | Machine, samples: Samples, part: slice) -> Part | None:
        """Return what is predicted of a part of the samples; None if nothing is predicted."""
        values = self.values(tape, samples, part)
        return part_of(self._link, values, samples, part) if values else None

    def values(self, tape: Tape | Machine, samples: Samples, part: slice) -> list[Numbers]:
        """Return every prediction (n,) of a part of the samples, (1,) if it depends on none.

        `tape` has run over that part; what is returned holds until it runs again.
        """
        if self._own is not None:
            self._own.set_numbers(tape.plan.parameters, tape.parameters())
            self._own.resize(tape.lanes)
            self._own.set_samples(samples.inputs[part], samples.targets[part])
            self._own.forward()
        read = self._own or tape
        return [read.values(node) for node in self._nodes]
