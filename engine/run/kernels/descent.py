"""Many steps of gradient descent in one call: forward, objective, backward, update, and records.

The parameters are the first slots of `value`.  After an update their gradients' places hold the
parameters from before it, and `former` the optimiser's state, so that a step that ends non-finite
can be taken back.
"""

import math

import numba

from engine.run.encode import BACKWARD, CLIP_NONE, CLIP_NORM, DESCEND, FORWARD
from engine.run.kernels.op_bodies import FAST
from engine.run.kernels.sweep import backward, copy, forward, position
from engine.run.kernels.updates import update

KERNEL = numba.njit(fastmath=FAST, error_model="numpy", nogil=True, _nrt=False)
ENTRY = numba.njit(fastmath=FAST, error_model="numpy", nogil=True, cache=True)
WHOLE, TEST, PART = range(3)
LARGEST = 1.7976931348623157e308


@KERNEL
def _run(task, program, whole, test, part, order, records):
    """Go forward, go backward, or take the steps of `order`; return how many went well.

    Only this is called from Python, and kept in the cache on disk.  `records` (3, steps) gets
    training loss, test loss and objective before each wanted step.  If the objective or an update
    is not finite, the parameters go back to the last that were fine.
    """
    count = order.decay.size
    value, gradient = whole.value, whole.gradient
    batched = order.first.size > 0
    penalised = _is_penalised(order.decay, order.lasso)
    taken = 0
    for k in range(order.rates.size):
        over, lanes = whole, whole.lanes
        for stage in range(3):
            if not _is_due(stage, task, batched, order.wanted[k], test.lanes):
                continue
            over = (whole, test, part)[stage]
            lanes = over.lanes
            if stage == TEST:
                copy(over.value, value, count)
            elif stage == PART:
                lanes = _deal(
                    whole, part, order, order.first[k], order.first[k + 1], program[6][0]
                )
            forward(program, over.value, lanes, over.scratch)
            if task == FORWARD:
                return 1
            loss, penalty = _measure(
                program, over.value, lanes, order.mean, order.decay, order.lasso, penalised
            )
            if stage == TEST:
                records[1, k] = loss
            elif not abs(loss + penalty) <= LARGEST:
                return _back(value, gradient, order, taken)
            elif order.wanted[k] and stage == WHOLE:
                records[0, k], records[2, k] = loss, loss + penalty
        over, lanes = (part, lanes) if batched else (whole, whole.lanes)
        weight = 1.0 / lanes if order.mean else 1.0
        if task == BACKWARD:
            weight = order.rates[0]
        backward(program, over.value, over.gradient, lanes, weight, over.scratch)
        if task == BACKWARD:
            return 1
        if penalised:
            _penalise(value, over.gradient, order.decay, order.lasso, order.truncates)
        if order.clip != CLIP_NONE:
            _clip(over.gradient, order)
        update(
            order.rule,
            value,
            over.gradient,
            order.rates[k],
            float(order.updates + taken + 1),
            order.state,
            order.former,
            order.numbers,
        )
        if order.truncates:
            _truncate(value, over.gradient, order.rates[k], order)
        if batched:
            copy(gradient, over.gradient, count)
        if not _is_fine(value, count):
            _undo(value, gradient, order)
            return taken
        taken += 1
    return taken


@KERNEL
def _is_due(stage, task, batched, wanted, tests):
    """Whether a step runs over all samples, the test samples, or its batch."""
    if task != DESCEND:
        return stage == WHOLE and task == FORWARD
    if stage == WHOLE:
        return not batched or wanted
    return batched if stage == PART else wanted and tests > 0


@KERNEL
def _back(value, gradient, order, taken):
    """Take back the step that led to where the objective is not finite."""
    if taken:
        _undo(value, gradient, order)
        return taken - 1
    return 0


@KERNEL
def _undo(value, gradient, order):
    """Put back the parameters and the state from before the last step."""
    copy(value, gradient, order.decay.size)
    for k in range(order.state.shape[0]):
        copy(order.state[k], order.former[k], order.decay.size)


@KERNEL
def _measure(program, value, lanes, mean, decay, lasso, penalised):
    """Return the reduced loss and the sum of all penalties."""
    sizes = program[6]
    narrow = sizes[0]
    loss = 0.0
    if sizes[1] >= 0:
        loss = _reduced(value, sizes[1], narrow, lanes, mean)
    penalty = 0.0
    for k in range(2, sizes.size):
        penalty += _reduced(value, sizes[k], narrow, lanes, True)
    added = 0.0
    if penalised:
        for k in range(decay.size):
            added += decay[k] * value[k] * value[k] + lasso[k] * abs(value[k])
    return loss, penalty + added


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
    copy(part.value, whole.value, narrow)
    for k in range(order.fed.size):
        start = position(order.fed[k], narrow, whole.lanes)
        source = whole.value[start : start + whole.lanes]
        start = position(order.fed[k], narrow, lanes)
        for lane in range(lanes):
            part.value[start + lane] = source[order.rows[first + lane]]
    return lanes


@KERNEL
def _is_penalised(decay, lasso):
    """Whether there is any L1 or L2."""
    total = 0.0
    for k in range(decay.size):
        total += decay[k] + lasso[k]
    return total > 0.0


@KERNEL
def _penalise(value, gradient, decay, lasso, truncates):
    """Add what L1 and L2 add to the gradient; L1 that truncates comes after the step."""
    for k in range(decay.size):
        gradient[k] += 2.0 * decay[k] * value[k]
        if not truncates:
            gradient[k] += lasso[k] * _sign(value[k])


@KERNEL
def _sign(p):
    return (1.0 if p > 0.0 else 0.0) - (1.0 if p < 0.0 else 0.0)


@KERNEL
def _truncate(value, before, rate, order):
    """Let L1 make parameters smaller after a step; what it would take across 0 stays there.

    The last vector of the state flags them, so that it is taken back with the rest.
    """
    last = order.state.shape[0] - 1
    dead, former = order.state[last], order.former[last]
    for k in range(order.decay.size):
        former[k] = dead[k]
        shrunk = value[k] - rate * order.lasso[k] * _sign(before[k])
        if dead[k] > 0.0:
            value[k] = before[k]
        elif value[k] * shrunk < 0.0:
            value[k], dead[k] = 0.0, 1.0
        else:
            value[k] = shrunk


@KERNEL
def _clip(gradient, order):
    """Shorten the gradient to the limit, or cut each of its numbers at it."""
    limit, count = order.limit, order.decay.size
    if order.clip == CLIP_NORM:
        squares = 0.0
        for k in range(count):
            squares += gradient[k] * gradient[k]
        factor = limit / (math.sqrt(squares) + 1e-6)
        if not factor >= 1.0:
            for k in range(count):
                gradient[k] *= factor
        return
    for k in range(count):
        g = gradient[k]
        gradient[k] = limit if g > limit else (-limit if g < -limit else g)


@KERNEL
def _is_fine(value, count):
    """Whether all parameters are finite."""
    worst = 0.0
    for k in range(count):
        worst += 0.0 * value[k]
    return worst == 0.0


@ENTRY
def run(task, program, whole, test, part, order, records):
    """Do a task; the one function that Python calls, and the only one kept in a cache on disk."""
    return _run(task, program, whole, test, part, order, records)
