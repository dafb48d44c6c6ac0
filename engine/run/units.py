"""Faults of a network over its samples: what is not finite, and what can no longer learn.

Asked of a tape that has just run forward and backward over a batch, it reads whole steps at a
time and costs about as much as one more run backward.  It must never change the tape.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from gettext import gettext as _
from typing import Literal

import numpy as np

from engine.graph.document import Document
from engine.ops import OPS, Op
from engine.run.diagnosis import first_problem
from engine.run.machine import Machine
from engine.run.plan import ancestors
from engine.run.result import Flags, Index
from engine.run.schedule import WIDE, Step
from engine.run.tape import Array, Tape

Kind = Literal["non-finite", "dead", "saturated", "vanishing"]
FLAT = 1 - 0.99**2  # of the slope in the middle: that of tanh where it is 0.99 or -0.99
MOST = 0.95  # of the samples
FAINT = 1e-8  # a gradient below this part of the largest does not move its parameter
FAR = 1e3  # an input that every squashing op takes for infinite


@dataclass(frozen=True, slots=True)
class Fault:
    """A node that goes wrong, how, and that in a sentence."""

    kind: Kind
    node: int
    text: str


@dataclass(frozen=True, slots=True)
class Still:
    """An activation that stands still: the share of samples in which it is flat, and its value."""

    kind: Kind
    node: int
    share: float
    value: float


def unit_faults(document: Document, tape: Tape | Machine) -> tuple[Fault, ...]:
    """Return the first node that is not finite, then units and parameters that stand still.

    A parameter's gradient is *vanishing* beside the largest.  In each kind the faults come by id.
    """
    full = tape.unfused() if isinstance(tape, Machine) else tape
    asked = set(activations_of(document))
    still = (unit for unit in still_units(full) if unit.node in asked)
    units = (Fault(unit.kind, unit.node, _told(document, unit)) for unit in still)
    return (*_not_finite(document, full), *units, *_vanishing(document, tape))


def activations_of(document: Document) -> list[int]:
    """Return the activations that predictions depend on, all of them if nothing is predicted.

    One in a loss is flat where that is 0, which is what it is for.
    """
    predictions = document.marked("prediction")
    asked = {node.id for node in ancestors(document, predictions)}
    return [
        node.id
        for node in document.nodes()
        if (node.id in asked or not predictions) and bends(node.op)
    ]


def bends(op: str) -> bool:
    """Whether an op is an activation."""
    return op in OPS and OPS[op].category == "activations"


def still_units(tape: Tape) -> tuple[Still, ...]:
    """Return the activations that pass no gradient on, by kind and id; the tape has run forward.

    One is *dead* if it is flat in every sample, and says the same in each; *saturated* if it
    squashes and is almost flat in most.
    """
    units = [unit for step in tape.plan.steps for unit in _still_units(tape, step)]
    return tuple(sorted(units, key=lambda unit: (unit.kind, unit.node)))


def _not_finite(document: Document, tape: Tape) -> Iterator[Fault]:
    problem = first_problem(document, tape)
    if problem is not None:
        yield Fault("non-finite", problem.node, problem.text)


def _told(document: Document, unit: Still) -> str:
    name = document.name(unit.node)
    if unit.kind == "dead":
        text = _("{name} is dead: it is {value:.4g} with slope 0 in every sample")
        return text.format(name=name, value=unit.value)
    text = _("{name} is saturated: it is flat in {share:.0%} of samples")
    return text.format(name=name, share=unit.share)


def _still_units(tape: Tape, step: Step) -> Iterator[Still]:
    """Look at all nodes of a step at once."""
    if step.op.category != "activations":
        return
    output = tape.value[step.section][step.start : step.stop]
    slopes = np.broadcast_to(np.abs(_slopes(tape, step, output)), output.shape)
    middle, squashing = _squashes(step.op, step.attributes, len(output))
    flat = (slopes < FLAT * middle[:, None]).mean(axis=1)
    still = ((slopes == 0.0) & (output == output[:, :1])).all(axis=1)
    offset = tape.plan.narrow if step.section == WIDE else 0
    ids = tape.plan.ids[offset + step.start : offset + step.stop]
    for row in np.flatnonzero(np.where(squashing, flat >= MOST, still)).tolist():
        kind: Kind = "saturated" if squashing[row] else "dead"
        share = float(flat[row]) if squashing[row] else 1.0
        yield Still(kind, int(ids[row]), share, float(output[row, 0]))


def _slopes(tape: Tape, step: Step, output: Array) -> Array | float:
    """Return the local derivative of one-input ops, (nodes, lanes) or broadcast to that."""
    [slopes] = step.op.array.partials(step.inputs(tape.value), output, step.attributes)
    return slopes


def _squashes(op: Op, attributes: tuple[Array, ...], count: int) -> tuple[Array, Flags]:
    """Return the slope in the middle, and whether an op is flat far out on both sides; (nodes,).

    So are tanh and sigmoid; a ReLU is flat on one side only, a step everywhere.
    """
    points = np.array([[-FAR, 0.0, FAR]])
    [slopes] = op.array.partials([points], op.array.forward([points], attributes), attributes)
    left, middle, right = np.broadcast_to(np.abs(slopes), (count, 3)).T
    squashing: Flags = (middle > 0.0) & (left < FLAT * middle) & (right < FLAT * middle)
    return middle, squashing


def _vanishing(document: Document, tape: Tape | Machine) -> Iterator[Fault]:
    plan = tape.plan
    sizes = np.abs(tape.parameter_gradient())
    largest = float(np.max(sizes, where=np.isfinite(sizes), initial=0.0))
    faint: Index = plan.parameters[plan.reached[plan.parameter_rows] & (sizes < FAINT * largest)]
    for node in faint.tolist():
        text = _("The gradient of {name} vanishes: it is less than {part} of the largest")
        yield Fault("vanishing", node, text.format(name=document.name(node), part=FAINT))
