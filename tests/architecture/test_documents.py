"""What the documents say about the tree is so."""

import re
from pathlib import Path

import pytest

from engine.ops import OPS
from playground.actions import ACTIONS

ROOT = Path(__file__).parents[2]


def mapped() -> set[str]:
    """Return the paths in the first column of ARCHITECTURE's map."""
    text = (ROOT / "ARCHITECTURE.md").read_text("utf-8")
    rows = re.findall(r"^\| (`[^|]+) \|", text, re.MULTILINE)
    return {path.rstrip("/") for row in rows for path in re.findall(r"`([^`]+)`", row)}


def test_the_map_names_everything_in_engine_and_playground_and_nothing_else() -> None:
    there = {
        f"{folder}/{path.name}"
        for folder in ("engine", "playground")
        for path in (ROOT / folder).iterdir()
        if not path.name.startswith(("_", "."))
    }
    assert mapped() == there | {"main.py", "resources", "tests"}


def test_files_that_the_documents_name_exist() -> None:
    for name in ("README.md", "ARCHITECTURE.md", "CONTRIBUTING.md"):
        text = (ROOT / name).read_text("utf-8")
        words = re.findall(r"(?:engine|playground|resources|tests)/[\w./-]*\w", text)
        assert words
        assert [word for word in words if not (ROOT / word).exists()] == [], name


def test_the_changelog_counts_the_operations_there_are() -> None:
    text = (ROOT / "CHANGELOG.md").read_text("utf-8")
    assert re.findall(r"table of (\d+) scalar operations", text) == [str(len(OPS))]


@pytest.mark.parametrize("name", ["README.md", "CHANGELOG.md"])
def test_keys_that_the_documents_name_do_something(name: str) -> None:
    text = (ROOT / name).read_text("utf-8")
    named = set(re.findall(r"\b(?:(?:Ctrl|Shift|Alt)\+)*F\d+\b|\b(?:Ctrl|Alt)\+[\w+]*\w", text))
    assert len(named) > 10
    assert named <= {key for action in ACTIONS for key in action.shortcuts}
