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


@pytest.fixture
def program(tmp_path: Path) -> Path:
    """Make an environment whose interpreter repeats its arguments; the window leaves with 2."""
    (tmp_path / "bin").mkdir()
    (tmp_path / "installed").touch()
    python = interpreter(
        tmp_path / "bin", 'echo "ran$(printf " <%s>" "$@")"; [ "$*" != main.py ] || exit 2'
    )
    python.rename(python.with_name("python"))
    return tmp_path


def test_without_a_window_the_main_job_is_done_in_the_terminal(program: Path) -> None:
    done = make("--silent", "run", f"VENV={program}")
    assert done.returncode == 0
    assert done.stdout.splitlines() == ["ran <main.py>", "ran <main.py> <demo>"]


def test_a_file_to_open_may_have_spaces_in_its_name(program: Path) -> None:
    done = make("--silent", "run", f"VENV={program}", "FILE=two words.mgp")
    assert done.stdout.splitlines() == ["ran <main.py> <two words.mgp>"]


def test_help_names_every_command() -> None:
    targets = (ROOT / "Makefile").read_text().split(".PHONY:")[1].split("\n")[0].split()
    text = make("help").stdout
    assert [name for name in targets if name != "help" and f"make {name} " not in text] == []
