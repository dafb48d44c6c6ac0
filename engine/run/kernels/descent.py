"""Many steps of gradient descent in one call: forward, objective, backward, update, and records.

The parameters are the first slots of `value`.  After an update their gradients' places hold the
parameters from before it, so that a step that ends non-finite can be taken back.
"""

from typing import NamedTuple

import numba
import numpy as np

from engine.run.kernels.op_bodies import FAST
from engine.run.kernels.sweep import backward, forward, position
from engine.run.program import Array, Index

KERNEL = numba.njit(fastmath=FAST, error_model="numpy", nogil=True)
LARGEST = 1.7976931348623157e308


class Lanes(NamedTuple):
    """Values over some samples, and room for what does not lie together."""

    value: Array
    gradient: Array
    scratch: Array
    lanes: int


class Order(NamedTuple):
    """What to do in each step.

    `rates` are the learning rates; `decay` is the alpha of each parameter by slot; `mean` says how
    the loss is reduced.  Step k learns from rows[first[k]:first[k + 1]] of the samples, or from
    all if `first` is empty.  `wanted` says before which steps to record.  `fed` are the slots that
    samples are written to.
    """

    rates: Array
    decay: Array
    mean: bool
    first: Index
    rows: Index
    wanted: Index
    fed: Index


@KERNEL
def descend(program, whole, test, part, order, records):
    """Take the steps of `order`; return how many went well.

    `records` (3, steps) gets training loss, test loss and objective before each wanted step.  If
    the objective or an update is not finite, the parameters go back to the last that were fine.
    """
    count = order.decay.size
    value, gradient = whole.value, whole.gradient
    batched = order.first.size > 0
    taken = 0
    for k in range(order.rates.size):
        if not batched or order.wanted[k]:
            forward(program, value, whole.lanes, whole.scratch)
            loss, penalty = _measure(program, value, whole.lanes, order)
            if not abs(loss + penalty) <= LARGEST:
                return _back(value, gradient, count, taken)
            if order.wanted[k]:
                records[0, k], records[2, k] = loss, loss + penalty
                if test.lanes:
                    test.value[:count] = value[:count]
                    forward(program, test.value, test.lanes, test.scratch)
                    records[1, k] = _measure(program, test.value, test.lanes, order)[0]
        if batched:
            lanes = _deal(whole, part, order, order.first[k], order.first[k + 1], program[6][0])
            forward(program, part.value, lanes, part.scratch)
            loss, penalty = _measure(program, part.value, lanes, order)
            if not abs(loss + penalty) <= LARGEST:
                return _back(value, gradient, count, taken)
            weight = 1.0 / lanes if order.mean else 1.0
            backward(program, part.value, part.gradient, lanes, weight, part.scratch)
            fine = _update(value, part.gradient, order.rates[k], order.decay)
            gradient[:count] = part.gradient[:count]
        else:
            weight = 1.0 / whole.lanes if order.mean else 1.0
            backward(program, value, gradient, whole.lanes, weight, whole.scratch)
            fine = _update(value, gradient, order.rates[k], order.decay)
        if not fine:
            value[:count] = gradient[:count]
            return taken
        taken += 1
    return taken


@KERNEL
def _back(value, gradient, count, taken):
    """Take back the step that led to where the objective is not finite."""
    if taken:
        value[:count] = gradient[:count]
        return taken - 1
    return 0


@KERNEL
def _measure(program, value, lanes, order):
    """Return the reduced loss and the sum of all penalties."""
    sizes = program[6]
    narrow = sizes[0]
    loss = 0.0
    if sizes[1] >= 0:
        loss = _reduced(value, sizes[1], narrow, lanes, order.mean)
    penalty = 0.0
    for k in range(2, sizes.size):
        penalty += _reduced(value, sizes[k], narrow, lanes, True)
    square = 0.0
    for k in range(order.decay.size):
        square += order.decay[k] * value[k] * value[k]
    return loss, penalty + square


@KERNEL
def _reduced(value, slot, narrow, lanes, mean):
    if slot < narrow:
        return value[slot]
    start = position(slot, narrow, lanes)
    own = value[start : start + lanes]
    total = 0.0
    for lane in range(lanes):
        total += own[lane]
    return total / lanes if mean else total


@KERNEL
def _deal(whole, part, order, first, last, narrow):
    """Copy the numbers that all samples share, and the samples of one batch; return how many."""
    lanes = last - first
    part.value[:narrow] = whole.value[:narrow]
    for k in range(order.fed.size):
        start = position(order.fed[k], narrow, whole.lanes)
        source = whole.value[start : start + whole.lanes]
        start = position(order.fed[k], narrow, lanes)
        for lane in range(lanes):
            part.value[start + lane] = source[order.rows[first + lane]]
    return lanes


@KERNEL
def _update(value, gradient, rate, decay):
    """Move the parameters downhill, and leave what they were in the gradients' place."""
    worst = 0.0
    for k in range(decay.size):
        before = value[k]
        after = before - rate * (gradient[k] + 2.0 * decay[k] * before)
        value[k] = after
        gradient[k] = before
        worst += 0.0 * after
    return worst == 0.0
