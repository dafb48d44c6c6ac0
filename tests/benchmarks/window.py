"""The rows about training beside the open window: how long it is deaf, and what training loses.

The engine's part asks for them. `beside.py` does the measuring, as a program of its own: it needs
a `QApplication`, a home folder without settings, and an interpreter that did nothing else before.
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.benchmarks.measure import Row, below, spoken

ROOT = Path(__file__).parents[2]
LONGEST_GAP = 50e-3
LEAST_SHARE = 0.6


def rows() -> list[Row]:
    """Measure in a process of its own."""
    with tempfile.TemporaryDirectory() as home:
        answer = subprocess.run(
            [sys.executable, "-m", "tests.benchmarks.beside"],
            cwd=ROOT,
            env=surroundings(home),
            capture_output=True,
            text=True,
            check=False,
        )
    if answer.returncode:
        raise RuntimeError(f"the window failed: {answer.stderr[-2000:]}")
    return told(**json.loads(answer.stdout.splitlines()[-1]))


def surroundings(home: str) -> dict[str, str]:
    """Return the environment: a home of its own, and a screen in memory if there is no other."""
    own = dict.fromkeys(("HOME", "USERPROFILE"), home)
    own |= {f"XDG_{kind}_HOME": home for kind in ("CONFIG", "DATA", "STATE", "CACHE")}
    if sys.platform == "linux" and not {"DISPLAY", "WAYLAND_DISPLAY"} & os.environ.keys():
        own["QT_QPA_PLATFORM"] = "offscreen"
    return {**os.environ, **own}


def told(windowed: float, headless: float, gap: float, waited: float, screen: str) -> list[Row]:
    """Return the rows of the table."""
    share = windowed / headless
    remark = f"{windowed:,.0f} of {headless:,.0f} steps per second: {share:.0%}"
    remark += f"; {spoken(waited)} in line for a core beside other programs"
    goal = f">= {LEAST_SHARE:.0%} of the steps"
    return [
        below(
            "window: longest main-thread gap",
            gap,
            LONGEST_GAP,
            f"while moons train flat out; screen: {screen}",
        ),
        Row(
            "window: steps per second of headless's",
            1 / windowed,
            "no window",
            1 / headless,
            "1",
            goal,
            share >= LEAST_SHARE,
            remark,
        ),
    ]
