"""The two commands: an interpreter that fits is found or asked for in a sentence."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

pytestmark = pytest.mark.skipif(
    shutil.which("make") is None or sys.platform == "win32", reason="needs make and a shell"
)


def make(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["make", *arguments], cwd=ROOT, capture_output=True, text=True, timeout=120, check=False
    )


def interpreter(folder: Path, script: str) -> Path:
    """Write something that is called like an interpreter."""
    path = folder / "python3.12"
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)
    return path


def test_an_interpreter_that_does_not_fit_is_refused_in_words(tmp_path: Path) -> None:
    done = make("venv", f"VENV={tmp_path}/venv", f"PYTHON={interpreter(tmp_path, 'exit 1')}")
    assert done.returncode != 0
    assert "Python 3.11, 3.12 or 3.13 is needed" in done.stderr
    assert not (tmp_path / "venv").exists()


def test_an_interpreter_without_venv_names_the_package(tmp_path: Path) -> None:
    lacking = interpreter(tmp_path, 'case "$2" in *ensurepip*) exit 1;; esac')
    done = make("venv", f"VENV={tmp_path}/venv", f"PYTHON={lacking}")
    assert done.returncode != 0
    assert "apt-get install python3.12-venv" in done.stderr


def test_the_second_time_nothing_is_installed(tmp_path: Path) -> None:
    (tmp_path / "installed").touch()
    done = make("venv", f"VENV={tmp_path}")
    assert done.returncode == 0
    assert "Installing" not in done.stdout


def test_help_names_every_command() -> None:
    targets = (ROOT / "Makefile").read_text().split(".PHONY:")[1].split("\n")[0].split()
    text = make("help").stdout
    assert [name for name in targets if name != "help" and f"make {name} " not in text] == []
