"""Runs the programs that measure: each in a process of its own, without anybody's settings."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
UNSEEN = {"QT_QPA_PLATFORM": "offscreen"}


def ours(name: str, *words: str) -> list[str]:
    """Return the command of a program of this folder."""
    return [sys.executable, "-m", f"tests.benchmarks.{name}", *words]


def figures(command: Sequence[str | Path], **environment: str) -> Any:
    """Run a program and return what it prints on its last line."""
    with tempfile.TemporaryDirectory() as home:
        answer = subprocess.run(
            command,
            cwd=ROOT,
            env={**surroundings(home), **environment},
            capture_output=True,
            text=True,
            check=False,
        )
    if answer.returncode:
        raise RuntimeError(f"{command} failed: {answer.stderr[-2000:]}")
    return json.loads(answer.stdout.splitlines()[-1])


def surroundings(home: str) -> dict[str, str]:
    """Return the environment: a home of its own, and a screen in memory if there is no other."""
    own = dict.fromkeys(("HOME", "USERPROFILE"), home)
    own |= {f"XDG_{kind}_HOME": home for kind in ("CONFIG", "DATA", "STATE", "CACHE")}
    if sys.platform == "linux" and not {"DISPLAY", "WAYLAND_DISPLAY"} & os.environ.keys():
        own |= UNSEEN
    return {**os.environ, **own}
