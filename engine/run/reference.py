"""Run a program with NumPy: the reference that the compiled kernels are held against.

It ignores the modes of first contributions: it clears all gradients and adds.  It knows arrays
only.
"""

from collections.abc import Sequence

import numpy as np

from engine.ops import OPS
from engine.run.program import NOT_WANTED, Array, Instruction, Program
from engine.run.schedule import Index


class Sections:
    """A flat buffer of slots seen as narrow numbers (narrow, 1) and lanes (wide, lanes)."""

    def __init__(self, program: Program, flat: Array, lanes: int) -> None:
        self.narrow = program.narrow
        self._flat = flat
        self.wide = flat[program.narrow :].reshape(program.wide, lanes)

    def take(self, slots: Index) -> Array:
        """Return the numbers of slots that are all narrow (n, 1) or all wide (n, lanes)."""
        if slots[0] < self.narrow:
            return self._flat[slots][:, None]
        return self.wide[slots - self.narrow]

    def run(self, first: int, count: int) -> Array:
        """Return a view of consecutive slots, shaped as `take` does."""
        if first < self.narrow:
            return self._flat[first : first + count][:, None]
        return self.wide[first - self.narrow : first - self.narrow + count]

    def add(self, slots: Index, shares: Array) -> None:
        """Add contributions (n, lanes) to slots, summed over lanes where a slot is narrow."""
        narrow = slots < self.narrow
        np.add.at(self._flat, slots[narrow], shares[narrow].sum(axis=1))
        np.add.at(self.wide, slots[~narrow] - self.narrow, shares[~narrow])


def forward(program: Program, steps: Sequence[Instruction], value: Array, lanes: int) -> None:
    """Compute what the steps write, in `value` (narrow + wide * lanes,)."""
    numbers = Sections(program, value, lanes)
    with np.errstate(all="ignore"):
        for step in steps:
            out = numbers.run(step.out, step.count)
            if step.kind == "dense":
                out[:] = _weights(numbers, step) @ numbers.take(step.sources[0])
                if step.bias >= 0:
                    out += numbers.run(step.bias, step.count)
            elif step.kind == "dot":
                terms = _mixed(numbers, step, 0, lanes) * _mixed(numbers, step, 1, lanes)
                out[:] = np.add.reduceat(terms, step.offsets[:-1], axis=0)
            else:
                inputs = [numbers.take(slots) for slots in step.sources]
                kernel = OPS[program.keys[step.code]].loud
                out[:] = kernel.forward(inputs, step.attributes)


def backward(
    program: Program, value: Array, gradient: Array, lanes: int, weight: float = 1.0
) -> None:
    """Compute the gradients of weight * (sum of the output over lanes) + penalties."""
    numbers, slopes = Sections(program, value, lanes), Sections(program, gradient, lanes)
    gradient[:] = 0.0
    if program.output >= 0:
        wide = program.is_wide(program.output)
        slopes.run(program.output, 1)[:] += weight if wide else 1.0
    for slot in program.penalties:
        slopes.run(slot, 1)[:] += 1.0 / lanes if program.is_wide(slot) else 1.0
    with np.errstate(all="ignore"):
        for step in reversed(program.steps):
            if step.reached:
                _pass_back(program, step, numbers, slopes, lanes)


def _pass_back(
    program: Program, step: Instruction, numbers: Sections, slopes: Sections, lanes: int
) -> None:
    upstream = slopes.run(step.out, step.count)
    if step.kind == "dense":
        _dense_back(step, numbers, slopes, upstream)
        return
    if step.kind == "dot":
        spread = np.repeat(upstream, np.diff(step.offsets), axis=0)
        shares = [_mixed(numbers, step, 1 - k, lanes) * spread for k in (0, 1)]
    else:
        inputs = [numbers.take(slots) for slots in step.sources]
        out = numbers.run(step.out, step.count)
        kernel = OPS[program.keys[step.code]].loud
        partials = kernel.partials(inputs, out, step.attributes)
        shares = [np.broadcast_to(partial * upstream, upstream.shape) for partial in partials]
    for slots, modes, share in zip(step.sources, step.modes, shares, strict=True):
        wanted = modes != NOT_WANTED
        slopes.add(slots[wanted], share[wanted])


def _dense_back(step: Instruction, numbers: Sections, slopes: Sections, upstream: Array) -> None:
    [slots], [modes] = step.sources, step.modes
    if step.trained:
        _weights(slopes, step)[:] = upstream @ numbers.take(slots).T
        if step.bias >= 0:
            slopes.run(step.bias, step.count)[:] = upstream.sum(axis=1, keepdims=True)
    wanted = modes != NOT_WANTED
    if wanted.any():
        shares = _weights(numbers, step).T @ upstream
        slopes.add(slots[wanted], shares[wanted])


def _weights(numbers: Sections, step: Instruction) -> Array:
    signals = len(step.sources[0])
    return numbers.run(step.weights, step.count * signals).reshape(step.count, signals)


def _mixed(numbers: Sections, step: Instruction, side: int, lanes: int) -> Array:
    """Return one side of the terms of a dot, (terms, lanes), whatever their widths."""
    slots = step.sources[side]
    width = lanes if step.wide else 1
    taken = np.empty((len(slots), width))
    narrow = slots < numbers.narrow
    if narrow.any():
        taken[narrow] = numbers.take(slots[narrow])
    if not narrow.all():
        taken[~narrow] = numbers.take(slots[~narrow])
    return taken
