"""The graph that canvases are compared on, as plain data, and how their work is timed.

Ours and the peers' programs import it, these as a neighbour: nothing of the project is installed
where they run. A column of values feeds columns of operations of two inputs each; 1,000 nodes have
1,930 wires.
"""

import gc
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

VIEWPORT = (1600, 1000)
REPEATS = 30
COLUMN, ROW = 240.0, 130.0
OPS = ("add", "mul")


@dataclass(frozen=True)
class Cell:
    """One node: its place in the scene, what it computes ("" for a value) and from which cells."""

    x: float
    y: float
    op: str = ""
    inputs: tuple[int, ...] = ()


def sketch(count: int) -> list[Cell]:
    """Return so many cells, column by column."""
    rows = max(2, round((1.25 * count) ** 0.5))
    cells = []
    for number in range(count):
        column, row = divmod(number, rows)
        place = (column * COLUMN, row * ROW)
        before = (column - 1) * rows
        inputs = (before + row, before + (row * 7 + 3) % rows) if column else ()
        cells.append(Cell(*place, OPS[number % 2] if column else "", inputs))
    return cells


def numbers(count: int, shape: int = 4) -> list[tuple[list[float], list[float]]]:
    """Return a few sets of values and gradients, of which no two agree anywhere."""
    stream = np.random.default_rng(0)
    return [
        (stream.normal(size=count).tolist(), stream.normal(size=count).tolist())
        for _one in range(shape)
    ]


def busy(
    work: Callable[[], object], repeats: int = REPEATS, before: Callable[[], object] | None = None
) -> float:
    """Return the median seconds of process time that a piece of work takes.

    `before` is called ahead of each time and is not timed.
    """
    seconds = []
    for repeat in range(repeats + 1):  # the first one warms up
        if before is not None:
            before()
        if repeat == 0:
            gc.collect()
        start = time.process_time()
        work()
        seconds.append(time.process_time() - start)
    return statistics.median(seconds[1:])


def in_turn(choices: Sequence[Callable[[], object]]) -> Callable[[], object]:
    """Return work that does each of several things in turn."""
    calls = 0

    def work() -> None:
        nonlocal calls
        choices[calls % len(choices)]()
        calls += 1

    return work
