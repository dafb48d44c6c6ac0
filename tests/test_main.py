"""`python main.py` answers without Qt, and says in one sentence when no window can open."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

# Runs main.py as Python would, then writes what it imported where no output of it can be.
SPY = """
import runpy, sys
report = sys.argv.pop(1)
sys.argv[0] = "main.py"
try:
    runpy.run_path("main.py", run_name="__main__")
finally:
    with open(report, "w") as file:
        file.write(" ".join(sys.modules))
"""

# Does what the window does before it is first painted, without a window.
OPENS = """
import sys
import playground.app
from playground.session import Session
session = Session()
session.open_example()
print(*sys.modules)
session.close()
"""


@pytest.mark.parametrize("option", ["--help", "--version"])
def test_help_and_version_import_neither_qt_nor_numba(option: str, tmp_path: Path) -> None:
    report = tmp_path / "modules"
    done = subprocess.run(
        [sys.executable, "-c", SPY, report, option],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip()
    packages = {name.split(".")[0] for name in report.read_text().split()}
    assert "playground" in packages
    assert packages.isdisjoint({"PySide6", "shiboken6", "pyqtgraph", "numba", "llvmlite"})


def test_the_window_needs_neither_scipy_nor_numba_until_it_is_painted() -> None:
    answer = subprocess.run(
        [sys.executable, "-c", OPENS],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    packages = {name.split(".")[0] for name in answer.stdout.split()}
    assert "networkx" in packages
    assert packages.isdisjoint({"scipy", "numba", "llvmlite"})


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="displays are named on Linux")
def test_without_a_display_it_says_one_sentence_and_leaves_with_2() -> None:
    displays = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    done = subprocess.run(
        [sys.executable, "main.py"],
        cwd=ROOT,
        env={name: value for name, value in os.environ.items() if name not in displays},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 2
    assert done.stdout == ""
    assert "no display" in done.stderr
    assert done.stderr.count("\n") == 1
