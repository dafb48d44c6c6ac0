"""Forward mode and reverse mode over the same graph, and what each of them costs.

A pass of forward mode (dual numbers) carries tangents from one seed to every value: d node / d
seed. A pass of reverse mode carries adjoints from one output back to everything it depends on:
d output / d node. Both take their local derivatives from the op records, here and not from the
tape, and both are counted while they are done, as plain implementations of them go:

- A local derivative times a tangent or an adjoint is one multiplication, whatever the two numbers
  are; so a wire of a sum counts as one of a product does.
- n numbers that meet in one node take n - 1 additions; the 1 that a pass begins with is one of
  them.
- Dual numbers are carried through every operation that has a value, so forward mode multiplies at
  every wire, also where the tangent is 0 because no path leads there: those are counted apart as
  idle. Reverse mode, as `Value.backward`, comes to no operation that the output is not made of.
- Values and local derivatives themselves cost the same in both modes and are not counted.

The page that compares them calls this; several passes are done at once, as columns.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from engine.run.result import Array, Flags, Index
from engine.run.schedule import Plan, Rows, Step

ROOM = 2**18  # numbers that the passes of one turn may hold


@dataclass(frozen=True, slots=True, eq=False)
class Passes:
    """k passes of one mode, a column each, by row of the plan.

    Attributes:
        seeds: the nodes that they began at, k of them.
        derivative: (rows, k). In forward mode d row / d seed, in reverse mode d seed / d row.
        concerned: (rows, k). Where the derivative is not 0 for want of any path.
        multiplications, additions: what each pass took, (k,); idle: how many of the
            multiplications were by a tangent that is 0 for want of any path.
    """

    seeds: tuple[int, ...]
    derivative: Array
    concerned: Flags
    multiplications: Index
    additions: Index
    idle: Index


Mode = Callable[[Plan, Array, Sequence[int]], Passes]


def push_forward(plan: Plan, value: Array, seeds: Sequence[int]) -> Passes:
    """Go forward once for each seed, over a display plan and the values of its rows, (rows,)."""
    derivative, met = _begun(plan, seeds)
    concerned = met > 0
    multiplications, idle = np.zeros((2, len(seeds)), np.int64)
    with np.errstate(all="ignore"):
        for step in plan.steps:
            here = slice(step.start, step.stop)
            for rows, partial in _locals(step, value):
                live = concerned[rows]
                derivative[here] += np.where(live, partial * derivative[rows], 0.0)
                concerned[here] |= live
                met[here] += 1
                multiplications += len(live)
                idle += len(live) - live.sum(axis=0)
    return Passes(tuple(seeds), derivative, concerned, multiplications, _additions(met), idle)


def pull_back(plan: Plan, value: Array, outputs: Sequence[int]) -> Passes:
    """Go backward once for each output, over a display plan and its rows' values, (rows,)."""
    derivative, met = _begun(plan, outputs)
    multiplications = np.zeros(len(outputs), np.int64)
    with np.errstate(all="ignore"):
        for step in reversed(plan.steps):
            here = slice(step.start, step.stop)
            live = met[here] > 0
            for rows, partial in _locals(step, value):
                brought = np.where(live, partial * derivative[here], 0.0)
                if isinstance(rows, slice):  # no row twice
                    derivative[rows] += brought
                    met[rows] += live
                else:
                    np.add.at(derivative, rows, brought)
                    np.add.at(met, rows, live.astype(np.int64))
                multiplications += live.sum(axis=0)
    idle = np.zeros_like(multiplications)
    return Passes(tuple(outputs), derivative, met > 0, multiplications, _additions(met), idle)


def in_turns(mode: Mode, plan: Plan, value: Array, seeds: Sequence[int]) -> Iterator[Passes]:
    """Do as many passes as there are seeds, so many at a time that each turn is short."""
    width = max(1, ROOM // max(1, len(plan.ids)))
    for first in range(0, len(seeds), width):
        yield mode(plan, value, seeds[first : first + width])


def _begun(plan: Plan, seeds: Sequence[int]) -> tuple[Array, Index]:
    """Return derivatives, and how many numbers have met in each row: a 1 at each seed."""
    derivative = np.zeros((len(plan.ids), len(seeds)))
    met = np.zeros(derivative.shape, np.int64)
    rows = [plan.row[seed] for seed in seeds]
    derivative[rows, range(len(seeds))] = 1.0
    met[rows, range(len(seeds))] = 1
    return derivative, met


def _locals(step: Step, value: Array) -> Iterator[tuple[Rows, Array]]:
    """Yield for each port of a step the rows of its sources and the local derivatives, (n, 1)."""
    inputs = [value[rows][:, None] for rows in step.sources]
    output = value[step.start : step.stop][:, None]
    partials = step.op.loud.partials(inputs, output, step.attributes)
    for rows, partial in zip(step.sources, partials, strict=True):
        yield rows, np.broadcast_to(partial, output.shape)


def _additions(met: Index) -> Index:
    """Return how many additions each pass took, given how many numbers met in each row."""
    additions: Index = np.maximum(met - 1, 0).sum(axis=0)
    return additions
