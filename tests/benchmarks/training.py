"""The figures of the training studio: what an update of a long loss chart costs.

`charting.py` measures in a process of its own, without a screen. Times are of the processor.
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.benchmarks.measure import Row, below, spoken
from tests.benchmarks.window import surroundings

ROOT = Path(__file__).parents[2]
CHART_LIMIT = 8e-3


def rows() -> list[Row]:
    """Measure everything."""
    return charts()


def charts() -> list[Row]:
    """Return what an update of a chart of 100,000 points costs, painted."""
    with tempfile.TemporaryDirectory() as home:
        answer = subprocess.run(
            [sys.executable, "-m", "tests.benchmarks.charting"],
            cwd=ROOT,
            env={**surroundings(home), "QT_QPA_PLATFORM": "offscreen"},
            capture_output=True,
            text=True,
            check=False,
        )
    if answer.returncode:
        raise RuntimeError(f"the chart failed: {answer.stderr[-2000:]}")
    figures = json.loads(answer.stdout.splitlines()[-1])
    remark = (
        f"train and test loss, painted, {os.cpu_count()} cores;"
        f" smoothed {spoken(figures['smoothed'])}, one curve {spoken(figures['one'])},"
        f" twelve runs beside {spoken(figures['twelve'])}"
    )
    return [below("a chart of 100,000 points updated", figures["two"], CHART_LIMIT, remark)]
