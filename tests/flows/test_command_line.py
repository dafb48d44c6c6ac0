"""One journey by command line, each command a process of its own, as a person would type them."""

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def typed(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run `python main.py …` in a folder."""
    return subprocess.run(
        [sys.executable, str(ROOT / "main.py"), *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def test_make_train_look_and_check(tmp_path: Path) -> None:
    made = typed(tmp_path, "new", "--layers", "2,8,1", "-o", "ščž moons.mgp")
    assert made.returncode == 0, made.stderr
    trained = typed(
        *(tmp_path, "train", "ščž moons.mgp", "--steps", "200", "--json"),
        *("--save", "trained.mgp", "--picture", "boundary.png"),
    )
    assert trained.returncode == 0, trained.stderr
    assert trained.stderr == ""
    told = json.loads(trained.stdout)
    assert told["accuracy"] > 0.85
    assert (tmp_path / "boundary.png").read_bytes().startswith(b"\x89PNG")
    evaluated = typed(tmp_path, "eval", "trained.mgp", "--sample", "batch", "--json")
    assert len(json.loads(evaluated.stdout)["nodes"]) > 50
    checked = typed(tmp_path, "check", "trained.mgp")
    assert checked.returncode == 0, checked.stderr
    assert "right" in checked.stdout
    refused = typed(tmp_path, "eval", "boundary.png")
    assert (refused.returncode, refused.stdout) == (1, "")
    assert refused.stderr == (
        "boundary.png: This is not a Micrograd Playground document: it is a PNG picture.\n"
    )
