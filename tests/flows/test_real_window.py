"""The journeys pass in a real window, on a virtual desktop with a window manager."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.flows.desktop import virtual_desktop

HERE = Path(__file__).parent


@pytest.mark.timeout(150)
def test_the_journeys_pass_in_a_real_window() -> None:
    with virtual_desktop() as environ:
        command = [
            sys.executable,
            "-m",
            "pytest",
            "-q",
            "-p",
            "no:cacheprovider",
            "-p",
            "no:xdist",
        ]
        outcome = subprocess.run(
            [*command, str(HERE / "journeys.py")],
            env=environ | {"MICROGRAD_TEST_DISPLAY": "1"},
            cwd=HERE.parents[1],
            capture_output=True,
            text=True,
            check=False,
        )
    assert outcome.returncode == 0, outcome.stdout + outcome.stderr
