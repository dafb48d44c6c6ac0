"""Run a program's steps forward and backward over flat buffers.

`program` is an `Encoded`.  Slot s below `narrow` is value[s]; slot s of the others is the lanes
from narrow + (s - narrow) * lanes on.  `scratch` is room for inputs that do not lie together.
Modes say whether a share is dropped, added, or the first of its gradient.
"""

import numba

from engine.run.encode import (
    BIAS,
    CODE,
    COUNT,
    DENSE,
    DOT,
    ENTRY,
    EXTRA,
    KIND,
    MAP,
    MODE,
    OUT,
    PLACE,
    REACHED,
    TERMS,
    TRAINED,
    WEIGHTS,
    WIDE,
)
from engine.run.kernels import dense, op_chains
from engine.run.kernels.op_bodies import FAST
from engine.run.program import FIRST, NOT_WANTED

KERNEL = numba.njit(fastmath=FAST, error_model="numpy", nogil=True, _nrt=False)
# Written into their caller: a function of its own would be compiled, and optimised, once more.
WITHIN = numba.njit(fastmath=FAST, error_model="numpy", nogil=True, _nrt=False, inline="always")


@KERNEL
def position(slot, narrow, lanes):
    """Return where a slot's numbers begin."""
    return slot if slot < narrow else narrow + (slot - narrow) * lanes


@KERNEL
def copy(target, source, count):
    """Copy the first numbers; unlike an assignment of slices it needs no room in between."""
    for k in range(count):
        target[k] = source[k]


@WITHIN
def forward(program, value, lanes, scratch):
    """Compute what every step writes."""
    table, index, _mode, port, offset, attribute, sizes = program
    narrow = sizes[0]
    for s in range(table.shape[0]):
        step = table[s]
        width = lanes if step[WIDE] else 1
        size = step[COUNT] * width
        start = position(step[OUT], narrow, lanes)
        out = value[start : start + size]
        kind = step[KIND]
        if kind == DENSE:
            _dense_forward(step, port, value, narrow, lanes)
        elif kind == DOT:
            _dot_forward(step, index, offset, value, out, narrow, lanes)
        elif kind == MAP:
            x = _input(0, step, index, port, value, scratch, narrow, lanes)
            y = x
            if step[TERMS] > 1:
                y = _input(1, step, index, port, value, scratch, narrow, lanes)
            op_chains.forward(step[CODE], out, x, y, attribute[step[TRAINED] :])
        else:
            x = _inputs(step, index, value, scratch, narrow, lanes)
            op_chains.forward_many(step[CODE], out, x)


@WITHIN
def backward(program, value, gradient, lanes, weight, scratch):
    """Compute the gradients of weight * (sum of the output over lanes) + penalties."""
    table, index, mode, port, offset, attribute, sizes = program
    narrow = sizes[0]
    _seed(sizes, gradient, lanes, weight)
    for s in range(table.shape[0] - 1, -1, -1):
        step = table[s]
        if not step[REACHED]:
            continue
        width = lanes if step[WIDE] else 1
        size = step[COUNT] * width
        start = position(step[OUT], narrow, lanes)
        up = gradient[start : start + size]
        kind = step[KIND]
        if kind == DENSE:
            _dense_backward(step, index, mode, port, value, gradient, scratch, narrow, lanes)
        elif kind == DOT:
            _dot_backward(step, index, mode, offset, value, gradient, up, narrow, lanes)
        elif kind == MAP:
            out = value[start : start + size]
            x = _input(0, step, index, port, value, scratch, narrow, lanes)
            y = x
            if step[TERMS] > 1:
                y = _input(1, step, index, port, value, scratch, narrow, lanes)
            numbers = attribute[step[TRAINED] :]
            for k in range(step[TERMS]):
                place, shared = port[step[EXTRA] + k, PLACE], port[step[EXTRA] + k, MODE]
                if shared == NOT_WANTED:
                    continue
                if shared == FIRST and place >= 0:
                    end = position(place, narrow, lanes)
                    share = gradient[end : end + size]
                    op_chains.backward(step[CODE], k, share, x, y, out, up, numbers)
                    continue
                share = scratch[step[TERMS] * size : (step[TERMS] + 1) * size]
                op_chains.backward(step[CODE], k, share, x, y, out, up, numbers)
                entry = step[ENTRY] + k * step[COUNT]
                _scatter(share, entry, step[COUNT], index, mode, gradient, narrow, lanes, width)
        else:
            out = value[start : start + size]
            x = _inputs(step, index, value, scratch, narrow, lanes)
            terms = step[TERMS]
            room = scratch[terms * size : 2 * terms * size].reshape(terms, size)
            slopes = scratch[2 * terms * size : 2 * terms * size + terms]
            op_chains.backward_many(step[CODE], room, x, out, up, slopes)
            for k in range(terms):
                entry = step[ENTRY] + k * step[COUNT]
                _scatter(room[k], entry, step[COUNT], index, mode, gradient, narrow, lanes, width)


@KERNEL
def _seed(sizes, gradient, lanes, weight):
    narrow, output = sizes[0], sizes[1]
    for k in range(1, sizes.size):
        if sizes[k] >= 0:
            start = position(sizes[k], narrow, lanes)
            gradient[start : start + (lanes if sizes[k] >= narrow else 1)] = 0.0
    if output >= narrow:
        start = position(output, narrow, lanes)
        gradient[start : start + lanes] = weight
    elif output >= 0:
        gradient[output] = 1.0
    for k in range(2, sizes.size):
        start = position(sizes[k], narrow, lanes)
        width = lanes if sizes[k] >= narrow else 1
        for lane in range(start, start + width):
            gradient[lane] += 1.0 / width


# Inputs and shares of ops ------------------------------------------------------------------------


@WITHIN
def _input(k, step, index, port, value, scratch, narrow, lanes):
    """Return input k of an op, (count * width,), gathered if it does not lie together."""
    width = lanes if step[WIDE] else 1
    size = step[COUNT] * width
    place = port[step[EXTRA] + k, PLACE]
    if place >= 0:
        start = position(place, narrow, lanes)
        return value[start : start + size]
    room = scratch[k * size : (k + 1) * size]
    _gather(room, step[ENTRY] + k * step[COUNT], step[COUNT], index, value, narrow, lanes, width)
    return room


@WITHIN
def _inputs(step, index, value, scratch, narrow, lanes):
    """Return all inputs of an n-ary op, (inputs, count * width), gathered."""
    width = lanes if step[WIDE] else 1
    size = step[COUNT] * width
    for k in range(step[TERMS]):
        room = scratch[k * size : (k + 1) * size]
        entry = step[ENTRY] + k * step[COUNT]
        _gather(room, entry, step[COUNT], index, value, narrow, lanes, width)
    return scratch[: step[TERMS] * size].reshape(step[TERMS], size)


@KERNEL
def _gather(room, entry, count, index, value, narrow, lanes, width):
    for k in range(count):
        slot = index[entry + k]
        if width == 1 and slot < narrow:
            room[k] = value[slot]
        elif slot < narrow:
            room[k * width : (k + 1) * width] = value[slot]
        else:
            start = position(slot, narrow, lanes)
            copy(room[k * width : (k + 1) * width], value[start : start + lanes], lanes)


@KERNEL
def _scatter(share, entry, count, index, mode, gradient, narrow, lanes, width):
    """Add shares (count * width,) to the gradients they belong to."""
    clear(entry, count, index, mode, gradient, narrow, lanes)
    for k in range(count):
        if mode[entry + k] == NOT_WANTED:
            continue
        slot = index[entry + k]
        own = share[k * width : (k + 1) * width]
        if slot < narrow:
            total = 0.0
            for lane in range(width):
                total += own[lane]
            gradient[slot] += total
        else:
            start = position(slot, narrow, lanes)
            target = gradient[start : start + lanes]
            for lane in range(lanes):
                target[lane] += own[lane]


@KERNEL
def clear(entry, count, index, mode, gradient, narrow, lanes):
    """Set to zero the gradients that get their first share."""
    for k in range(entry, entry + count):
        if mode[k] == FIRST:
            slot = index[k]
            if slot < narrow:
                gradient[slot] = 0.0
            else:
                start = position(slot, narrow, lanes)
                gradient[start : start + lanes] = 0.0


# Sums of products --------------------------------------------------------------------------------


@KERNEL
def _dot_forward(step, index, offset, value, out, narrow, lanes):
    entry, terms = step[ENTRY], step[TERMS]
    for k in range(step[COUNT]):
        first, last = offset[step[EXTRA] + k], offset[step[EXTRA] + k + 1]
        total = 0.0
        for t in range(entry + first, entry + last):
            signal = index[terms + t]
            if signal < narrow:
                total += value[index[t]] * value[signal]
        if not step[WIDE]:
            out[k] = total
            continue
        row = out[k * lanes : (k + 1) * lanes]
        row[:] = total
        for t in range(entry + first, entry + last):
            signal = index[terms + t]
            if signal >= narrow:
                start = position(signal, narrow, lanes)
                x, c = value[start : start + lanes], value[index[t]]
                for lane in range(lanes):
                    row[lane] += c * x[lane]


@KERNEL
def _dot_backward(step, index, mode, offset, value, gradient, up, narrow, lanes):
    entry, terms = step[ENTRY], step[TERMS]
    clear(entry, 2 * terms, index, mode, gradient, narrow, lanes)
    width = lanes if step[WIDE] else 1
    for k in range(step[COUNT]):
        first, last = offset[step[EXTRA] + k], offset[step[EXTRA] + k + 1]
        row = up[k * width : (k + 1) * width]
        total = 0.0
        for lane in range(width):
            total += row[lane]
        for t in range(entry + first, entry + last):
            coefficient, signal = index[t], index[terms + t]
            if signal < narrow:
                if mode[t] != NOT_WANTED:
                    gradient[coefficient] += value[signal] * total
                if mode[terms + t] != NOT_WANTED:
                    gradient[signal] += value[coefficient] * total
                continue
            start = position(signal, narrow, lanes)
            if mode[t] != NOT_WANTED:
                x = value[start : start + lanes]
                share = 0.0
                for lane in range(lanes):
                    share += x[lane] * row[lane]
                gradient[coefficient] += share
            if mode[terms + t] != NOT_WANTED:
                target, c = gradient[start : start + lanes], value[coefficient]
                for lane in range(lanes):
                    target[lane] += c * row[lane]


# Layers ------------------------------------------------------------------------------------------


@WITHIN
def _dense_forward(step, port, value, narrow, lanes):
    signals = position(port[step[EXTRA], PLACE], narrow, lanes)
    out = position(step[OUT], narrow, lanes)
    n, m = step[COUNT], step[TERMS]
    dense.multiply(value, step[WEIGHTS], signals, step[BIAS], out, n, m, lanes)


@WITHIN
def _dense_backward(step, index, mode, port, value, gradient, scratch, narrow, lanes):
    n, m, weights, bias = step[COUNT], step[TERMS], step[WEIGHTS], step[BIAS]
    signals = position(port[step[EXTRA], PLACE], narrow, lanes)
    up = position(step[OUT], narrow, lanes)
    if step[TRAINED]:
        dense.correlate(gradient, up, value, signals, weights, n, m, lanes)
        if bias >= 0:
            dense.sum_lanes(gradient, up, bias, n, lanes)
    shared = port[step[EXTRA], MODE]
    if shared == NOT_WANTED:
        return
    target, out = (gradient, signals) if shared == FIRST else (scratch, 0)
    dense.multiply_transposed(value, weights, gradient, up, target, out, n, m, lanes)
    if shared != FIRST:
        share = scratch[: m * lanes]
        _scatter(share, step[ENTRY], m, index, mode, gradient, narrow, lanes, lanes)
