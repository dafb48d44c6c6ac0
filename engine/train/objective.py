"""The number that training makes smaller, over one set of samples, and its gradient.

objective = reduce(loss over the samples) + penalty nodes + l2 * sum(p**2) + l1 * sum(|p|).
The trainer owns one for all training samples, one for the test samples and one for each size of
batch.  It knows vectors and a tape, never the document.
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
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Terms:
    """What the settings make of the objective.

    `mean` or sum over samples; `decay` and `lasso` are the alphas of L2 and L1 of each parameter,
    shape (parameters,).  `clip` and `limit` say how a gradient is clipped before it is used.
    With `truncates`, L1 is no part of the gradient but comes after the step, see
    `engine.train.steps.truncated`.
    """

    mean: bool
    decay: Numbers
    lasso: Numbers
    clip: str
    limit: float
    truncates: bool = False

    @property
    def decays(self) -> bool:
        """Whether there is any L1 or L2 penalty."""
        return bool(self.decay.any() or self.lasso.any())


@dataclass(frozen=True, slots=True)
class Measure:
    """The loss over the samples, and the objective: the loss with all penalties."""

    loss: float
    objective: float


def make_terms(document: Document, plan: Plan, training: TrainingSettings) -> Terms:
    """Return the terms of the settings for the parameters of a plan."""
    nodes = [document.node(node) for node in plan.parameters.tolist()]
    decays = np.array([decay(node, training) for node in nodes], dtype=np.float64)
    lassos = np.array([lasso(node, training) for node in nodes], dtype=np.float64)
    mean = training.reduction == "mean"
    truncates = training.l1 > 0 and training.l1_rule == "truncated"
    return Terms(mean, decays, lassos, training.clip, training.clip_limit, truncates)


def decay(parameter: Node, training: TrainingSettings) -> float:
    """Return the alpha of a parameter: L2 adds 2 * alpha * p to its gradient."""
    return 0.0 if _is_spared(parameter, training) else training.l2


def lasso(parameter: Node, training: TrainingSettings) -> float:
    """Return the alpha of a parameter: L1 adds alpha * sign(p) to its gradient, 0 where p is 0."""
    return 0.0 if _is_spared(parameter, training) else training.l1


def _is_spared(parameter: Node, training: TrainingSettings) -> bool:
    return training.l2_scope == "weights" and part(parameter) == BIAS


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
            penalties += float(terms.lasso @ np.abs(parameters))
        return Measure(loss, loss + penalties)

    def gradient(self, parameters: Numbers, terms: Terms) -> Numbers:
        """Return the gradient (parameters,) at the parameters that were measured last."""
        self.tape.backward(self._weight(terms))
        gradient = self.tape.parameter_gradient()
        if terms.decays:
            gradient += 2.0 * terms.decay * parameters
            if not terms.truncates:
                gradient += terms.lasso * np.sign(parameters)
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
