"""The figures of the training studio: what is seen of a run flat out, and what a long chart costs.

`studio.py` and `charting.py` measure in processes of their own, without a screen; the times of the
chart are of the processor.
"""

import os
from typing import Any

from tests.benchmarks.measure import Row, below, spoken
from tests.benchmarks.programs import UNSEEN, figures, ours
from tests.benchmarks.window import LONGEST_GAP, headless_share

CHART_LIMIT = 8e-3
UPDATES = 30  # a second, of all that moves
VIEW_UPDATES = 15  # and beside the costliest views
Figures = dict[str, float]


def rows() -> list[Row]:
    """Measure everything."""
    return [*studio(), *charts()]


def studio() -> list[Row]:
    """Return what the window shows of moons that train flat out, as it opens and view by view."""
    found = measured("studio")
    plain, headless = found["views"].pop(""), found["headless"]
    return [
        *updates("flat out", plain, UPDATES),
        below("flat out: longest main-thread gap", plain["gap"], LONGEST_GAP, told(plain)),
        headless_share("flat out", plain["steps"], headless),
        *(row for name, seen in found["views"].items() for row in view(name, seen, headless)),
    ]


def view(name: str, seen: Figures, headless: float) -> list[Row]:
    """Return what is seen beside one view: the boundary, and how deaf the window is."""
    words = f"{seen['steps'] / headless:.0%} of headless's steps, {told(seen)}"
    first, _chart = updates(f"with {name}", seen, VIEW_UPDATES)
    return [first, Row(f"with {name}: longest main-thread gap", seen["gap"], remark=words)]


def updates(when: str, seen: Figures, least: int) -> list[Row]:
    """Return the time from one boundary that is painted to the next, and of the chart."""
    found = []
    for name, each in (("boundary", seen["boundaries"]), ("chart", seen["charts"])):
        goal = f">= {least} updates a second"
        remark = f"{each:.0f} updates a second"
        title = f"{when}: from one {name} to the next"
        found.append(Row(title, 1 / each, goal=goal, passed=each >= least, remark=remark))
    return found


def told(seen: Figures) -> str:
    """Say what else was measured."""
    waited = spoken(seen["waited"])
    return f"main thread busy {seen['busy']:.0%}; {waited} in line for a core beside others"


def charts() -> list[Row]:
    """Return what an update of a chart of 100,000 points costs, painted."""
    found = measured("charting")
    remark = (
        f"train and test loss, painted, {os.cpu_count()} cores;"
        f" smoothed {spoken(found['smoothed'])}, one curve {spoken(found['one'])},"
        f" twelve runs beside {spoken(found['twelve'])}"
    )
    return [below("a chart of 100,000 points updated", found["two"], CHART_LIMIT, remark)]


def measured(name: str) -> Any:
    """Return what a program of this folder prints, run without a screen."""
    return figures(ours(name), **UNSEEN)
