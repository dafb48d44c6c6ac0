"""The figures of the training studio: what is seen of a run flat out, and what a long chart costs.

`studio.py` and `charting.py` measure in processes of their own, without a screen; the times of the
chart are of the processor.
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from tests.benchmarks.measure import Row, below, spoken
from tests.benchmarks.window import LEAST_SHARE, LONGEST_GAP, surroundings

ROOT = Path(__file__).parents[2]
CHART_LIMIT = 8e-3
UPDATES = 30  # a second, of all that moves
VIEW_UPDATES = 15  # and beside the costliest views
Figures = dict[str, float]


def rows() -> list[Row]:
    """Measure everything."""
    return [*studio(), *charts()]


def studio() -> list[Row]:
    """Return what the window shows of moons that train flat out, as it opens and view by view."""
    figures = measured("studio")
    plain, headless = figures["views"].pop(""), figures["headless"]
    share = plain["steps"] / headless
    words = f"{plain['steps']:,.0f} of {headless:,.0f} steps per second: {share:.0%}"
    return [
        *updates("flat out", plain, UPDATES),
        below("flat out: longest main-thread gap", plain["gap"], LONGEST_GAP, told(plain)),
        Row(
            "flat out: steps per second of headless's",
            1 / plain["steps"],
            "no window",
            1 / headless,
            "1",
            f">= {LEAST_SHARE:.0%} of the steps",
            share >= LEAST_SHARE,
            words,
        ),
        *(row for name, seen in figures["views"].items() for row in view(name, seen, headless)),
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
    figures = measured("charting")
    remark = (
        f"train and test loss, painted, {os.cpu_count()} cores;"
        f" smoothed {spoken(figures['smoothed'])}, one curve {spoken(figures['one'])},"
        f" twelve runs beside {spoken(figures['twelve'])}"
    )
    return [below("a chart of 100,000 points updated", figures["two"], CHART_LIMIT, remark)]


def measured(name: str) -> Any:
    """Return what a program of this folder prints, run without settings and without a screen."""
    with tempfile.TemporaryDirectory() as home:
        answer = subprocess.run(
            [sys.executable, "-m", f"tests.benchmarks.{name}"],
            cwd=ROOT,
            env={**surroundings(home), "QT_QPA_PLATFORM": "offscreen"},
            capture_output=True,
            text=True,
            check=False,
        )
    if answer.returncode:
        raise RuntimeError(f"{name} failed: {answer.stderr[-2000:]}")
    return json.loads(answer.stdout.splitlines()[-1])
