"""Evaluate a document: every value, gradient and local derivative, for one sample or the batch.

The window, the command line and the tests all call `evaluate`.  Pass the plan of the document's
structure to rerun without compiling.
"""

from collections.abc import Iterable, Sequence
from typing import Protocol

import numpy as np

from engine.graph.document import Document
from engine.run.diagnosis import problems
from engine.run.plan import display_plan
from engine.run.result import Array, Index, Result, freeze
from engine.run.schedule import NARROW, Plan
from engine.run.tape import Tape, sampled


class Data(Protocol):
    """Samples: inputs (n, features), targets (n, columns), and the rows that are for training."""

    @property
    def inputs(self) -> Array: ...

    @property
    def targets(self) -> Array: ...

    @property
    def train(self) -> slice: ...


class Plans:
    """The display plans of one structure, and what can be kept between evaluations.

    One for a single sample, and one for the batch if it is asked for.  `evaluate` keeps its tape
    and the leaves' own numbers here, so that a changed number costs no more than a rerun.
    """

    def __init__(self, document: Document) -> None:
        plan = display_plan(document)
        self.single = plan
        self.tape = Tape(plan, keep_partials=True)
        ends = zip(plan.edge_target.tolist(), plan.edge_port.tolist(), strict=True)
        self.edge_row = {end: index for index, end in enumerate(ends)}
        known = document.records()
        records = {node: known[node] for node in plan.ids.tolist()}
        self.fed = [n for n in records.values() if n.is_leaf and n.role in ("feature", "target")]
        self._leaves = [node for node, record in records.items() if record.is_leaf]
        self._rows = np.array([plan.row[node] for node in self._leaves], dtype=np.int64)
        self._place = {node: k for k, node in enumerate(self._leaves)}
        self._own = np.array([records[node].value for node in self._leaves], dtype=np.float64)
        self._over: tuple[Index, Index] | None = None
        self._batch: Plan | None = None
        self.latest: tuple[Array, Array] | None = None  # of the batch, as `_over_batch` returns it

    def batch(self, document: Document) -> Plan:
        """Return the plan over lanes of the document, whose structure is still the same."""
        if self._batch is None:
            self._batch = display_plan(document, lanes=True)
        return self._batch

    def load(self, document: Document, changed: Iterable[int] | None) -> None:
        """Write the leaves' own numbers to the tape, reading only those that changed."""
        for node in self._leaves if changed is None else changed:
            place = self._place.get(node)
            if place is not None:
                self._own[place] = document.node(node).value
        self.tape.value[NARROW][self._rows, 0] = self._own

    def lay_over(self, ids: Index, numbers: Array) -> None:
        """Write other numbers over some leaves'; knows the rows of the ids it saw last."""
        if self._over is None or self._over[0] is not ids:
            rows = [self.single.row.get(node, -1) for node in ids.tolist()]
            self._over = (ids, np.array(rows, dtype=np.int64))
        rows_known = self._over[1] >= 0
        self.tape.value[NARROW][self._over[1][rows_known], 0] = numbers[rows_known]


def make_plans(document: Document) -> Plans:
    """Compile what `evaluate` needs; holds until the structure changes."""
    return Plans(document)


def evaluate(
    document: Document,
    *,
    plans: Plans | None = None,
    data: Data | None = None,
    sample: int | None = None,
    scope: str = "sample",
    probe: Sequence[float] | None = None,
    numbers: tuple[Index, Array] | None = None,
    changed: Iterable[int] | None = None,
    afresh: bool = True,
) -> Result:
    """Compute a document forward and backward.

    `sample` is the row of `data` that the features and targets take their numbers from; `probe`
    gives the features other numbers; without either the leaves have their own.  `numbers` (ids,
    values) stand in for the leaves' numbers, such as parameters while training.  With the scope
    "batch" the gradients are those of the reduced loss over the training rows of `data`, plus
    penalties; values and local derivatives stay those of the sample.  Unless they are wanted
    `afresh`, they may be the ones that were computed last with the same plans.  `changed` are the
    nodes whose own numbers changed since the last evaluation with these plans; None says that
    nothing is known.
    """
    plans = plans or make_plans(document)
    tape = plans.tape
    plans.load(document, changed)
    if numbers is not None:
        plans.lay_over(*numbers)
    _feed(plans, data, sample, probe)
    tape.forward()
    tape.backward()
    gradient, contribution = tape.gradient[NARROW][:, 0], tape.contribution[NARROW][:, 0]
    if scope == "batch" and data is not None and len(data.inputs[data.train]):
        if afresh or plans.latest is None:
            plans.latest = _over_batch(document, plans, data, numbers)
        gradient, contribution = plans.latest
    return _result(document, plans, gradient, contribution)


def _feed(
    plans: Plans, data: Data | None, sample: int | None, probe: Sequence[float] | None
) -> None:
    """Write the current sample to the feature and target leaves, which have one lane here."""
    for node in plans.fed:
        number: float | None = None
        if data is not None and sample is not None and 0 <= sample < len(data.inputs):
            row = slice(sample, sample + 1)
            numbers = sampled(
                data.inputs[row], data.targets[row], node.role, node.index, node.encoding
            )
            number = None if numbers is None else float(numbers[0])
        if probe is not None and node.role == "feature" and node.index < len(probe):
            number = float(probe[node.index])
        if number is not None:
            plans.tape.values(node.id)[:] = number


def _over_batch(
    document: Document, plans: Plans, data: Data, numbers: tuple[Index, Array] | None
) -> tuple[Array, Array]:
    """Return gradients and contributions, in the order of the single plan, over the batch."""
    plan = plans.batch(document)
    inputs, targets = data.inputs[data.train], data.targets[data.train]
    tape = Tape(plan, len(inputs))
    tape.load(document)
    if numbers is not None:
        tape.set_numbers(*numbers)
    tape.set_samples(inputs, targets)
    tape.forward()
    mean = document.training.reduction == "mean"
    tape.backward(1.0 / len(inputs) if mean else 1.0)
    gradient = np.concatenate([section.sum(axis=1) for section in tape.gradient])
    contribution = np.concatenate([section.sum(axis=1) for section in tape.contribution])
    rows = [plan.row[node] for node in plans.single.ids.tolist()]
    ends = zip(plan.edge_target.tolist(), plan.edge_port.tolist(), strict=True)
    place = {end: index for index, end in enumerate(ends)}
    edges = [place[end] for end in plans.edge_row]
    return gradient[rows], contribution[edges]


def _result(document: Document, plans: Plans, gradient: Array, contribution: Array) -> Result:
    plan, tape = plans.single, plans.tape
    found = problems(document, tape)
    arrays = (
        tape.value[NARROW][:, 0].copy(),
        gradient.copy(),
        tape.partial[NARROW][:, 0].copy(),
        contribution.copy(),
    )
    for array in arrays:
        freeze(array)
    value, gradient, partial, contribution = arrays
    return Result(
        ids=plan.ids,
        row=plan.row,
        value=value,
        gradient=gradient,
        computed=plan.computed,
        reached=plan.reached,
        edge_row=plans.edge_row,
        partial=partial,
        contribution=contribution,
        problems=found,
        output=plan.output,
        revision=document.revision,
        reasons={problem.node: problem for problem in found},
    )
