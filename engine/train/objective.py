"""The number that training makes smaller, over one set of samples, and its gradient.

objective = reduce(loss over the samples) + penalty nodes + alpha * sum(p**2).  The trainer owns
one for all training samples, one for the test samples and one for each size of batch.  It knows
vectors and a tape, never the document.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.graph.document import Document
from engine.graph.initialise import BIAS, part
from engine.graph.records import Node, TrainingSettings
from engine.run.machine import Machine
from engine.run.schedule import Plan
from engine.run.tape import Tape

Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Terms:
    """What the settings make of the objective.

    `mean` or sum over samples; `decay` is the alpha of each parameter, shape (parameters,).
    """

    mean: bool
    decay: Numbers

    @property
    def decays(self) -> bool:
        """Whether there is any L2 penalty."""
        return bool(self.decay.any())


@dataclass(frozen=True, slots=True)
class Measure:
    """The loss over the samples, and the objective: the loss with all penalties."""

    loss: float
    objective: float


def make_terms(document: Document, plan: Plan, training: TrainingSettings) -> Terms:
    """Return the terms of the settings for the parameters of a plan."""
    nodes = (document.node(node) for node in plan.parameters.tolist())
    decays = np.array([decay(node, training) for node in nodes], dtype=np.float64)
    return Terms(training.reduction == "mean", decays)


def decay(parameter: Node, training: TrainingSettings) -> float:
    """Return the alpha of a parameter: L2 adds 2 * alpha * p to its gradient."""
    spared = training.l2_scope == "weights" and part(parameter) == BIAS
    return 0.0 if spared else training.l2


class Objective:
    """The objective over the samples that a tape, or a program's machine, was given."""

    def __init__(self, tape: Tape | Machine) -> None:
        self.tape = tape

    def measure(self, parameters: Numbers, terms: Terms) -> Measure:
        """Run forward; parameters are (parameters,) in the order of the plan."""
        self.tape.set_parameters(parameters)
        self.tape.forward()
        plan = self.tape.plan
        loss = 0.0 if plan.output is None else self._reduced(plan.output, mean=terms.mean)
        penalties = sum(self._reduced(node, mean=True) for node in plan.penalties)
        if terms.decays:
            penalties += float(terms.decay @ (parameters * parameters))
        return Measure(loss, loss + penalties)

    def gradient(self, parameters: Numbers, terms: Terms) -> Numbers:
        """Return the gradient (parameters,) at the parameters that were measured last."""
        self.tape.backward(self._weight(terms))
        gradient = self.tape.parameter_gradient()
        if terms.decays:
            gradient += 2.0 * terms.decay * parameters
        return gradient

    def unfused(self, terms: Terms) -> Tape:
        """Return a tape that has run as far as this did, with the numbers of every node."""
        if isinstance(self.tape, Tape):
            return self.tape
        tape = self.tape.unfused()
        tape.backward(self._weight(terms))
        return tape

    def _weight(self, terms: Terms) -> float:
        return 1.0 / self.tape.lanes if terms.mean else 1.0

    def _reduced(self, node: int, *, mean: bool) -> float:
        """Reduce over samples; what depends on no sample counts once."""
        values = self.tape.values(node)
        total = float(values.sum())
        return total / len(values) if mean else total
