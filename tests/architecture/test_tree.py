"""The tree itself: files of one subject, and no word about the machine they were written on."""

import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LONGEST = 400
ALLOWED_LONGER: frozenset[str] = frozenset()

# Written in halves, so that this file does not find itself.
MACHINE_WORDS = tuple(
    "".join(halves)
    for halves in (
        ("/wo", "rk/"),
        ("/tm", "p/mg"),
        ("../sha", "red"),
        ("DESI", "GN.md"),
        ("pypi", ".org"),
        ("files.python", "hosted"),
        ("/ro", "ot/"),
        ("--find", "-links"),
        ("--index", "-url"),
    )
)


def python_files() -> list[Path]:
    folders = ("engine", "playground", "resources", "tests")
    return [ROOT / "main.py", *(path for name in folders for path in (ROOT / name).rglob("*.py"))]


def test_no_file_grows_past_one_subject() -> None:
    lengths = {
        str(path.relative_to(ROOT)): len(path.read_text("utf-8").splitlines())
        for path in python_files()
    }
    long = {name: length for name, length in lengths.items() if length > LONGEST}
    assert long.keys() <= ALLOWED_LONGER, f"split these, each has a second subject: {long}"


def test_every_module_says_what_it_is_for() -> None:
    silent = [
        str(path.relative_to(ROOT))
        for path in python_files()
        if path.stat().st_size and not path.read_text("utf-8").lstrip().startswith('"""')
    ]
    assert silent == []


@pytest.mark.skipif(
    not (ROOT / ".git").exists() or shutil.which("git") is None, reason="not a git checkout"
)
def test_no_file_speaks_of_the_machine_it_was_written_on() -> None:
    listing = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    found = [
        f"{name}: {word}"
        for name in filter(None, listing.stdout.split("\0"))
        if (ROOT / name).is_file()
        for word in MACHINE_WORDS
        if word.encode() in (ROOT / name).read_bytes()
    ]
    assert found == []
