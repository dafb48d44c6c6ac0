"""Updates a loss chart of 100,000 points in a window in memory; `training.py` runs it.

Every update hands over other numbers and paints them, as every snapshot of a run does.
"""

import json
import statistics
import time
from collections.abc import Callable

import numpy as np
from PySide6.QtWidgets import QApplication

from playground.panels.chart import Chart, Line
from playground.panels.chart.line import DASHED
from playground.theme import ThemeManager

POINTS, OTHER_POINTS, OTHERS = 100_000, 20_000, 11
SIZE = (900, 300)
REPEATS = 21


def losses(count: int, seed: int, style: object = None) -> Line:
    """Return a noisy loss that falls."""
    steps = np.arange(count, dtype=np.float64)
    noise = np.random.default_rng(seed).normal(size=count)
    numbers = np.exp(-4 * steps / count) + 0.02 + 0.005 * np.abs(noise)
    if style is None:
        return Line("train", steps, numbers)
    return Line("test", steps, numbers * 1.5, "muted", DASHED)


def seconds(work: Callable[[int], object]) -> float:
    """Return the median time of the processor that a repeat takes."""
    taken = []
    for repeat in range(REPEATS):
        begin = time.process_time()
        work(repeat)
        taken.append(time.process_time() - begin)
    return statistics.median(taken)


def measure() -> dict[str, float]:
    """Measure a curve, two curves, both smoothed, and both beside the runs before."""
    application = QApplication([])
    chart = Chart(ThemeManager("dark"), "", zoomable=True)
    chart.resize(*SIZE)
    chart.show()
    train = [losses(POINTS, seed) for seed in range(REPEATS)]
    test = [losses(POINTS, 100 + seed, DASHED) for seed in range(REPEATS)]
    others = [losses(OTHER_POINTS, 200 + seed) for seed in range(OTHERS)]

    def update(lines: Callable[[int], list[Line]]) -> Callable[[int], object]:
        def work(repeat: int) -> None:
            chart.show_lines(lines(repeat))
            chart.plot.viewport().repaint()
            application.processEvents()

        return work

    both = update(lambda k: [train[k], test[k]])
    figures = {"one": seconds(update(lambda k: [train[k]])), "two": seconds(both)}
    figures["twelve"] = seconds(update(lambda k: [train[k], test[k], *others]))
    chart.smoothing = 0.9
    figures["smoothed"] = seconds(both)
    return figures


if __name__ == "__main__":
    print(json.dumps(measure()))
