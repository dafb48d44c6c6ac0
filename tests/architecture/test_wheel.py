"""The wheel is the whole program: built here, opened, and run away from the checkout."""

import subprocess
import sys
import zipfile
from configparser import ConfigParser
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGES = ("engine", "playground", "resources")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> zipfile.ZipFile:
    """Build the wheel with the tools of this environment, so that nothing is fetched."""
    folder = tmp_path_factory.mktemp("wheel")
    done = subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, ROOT],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    (path,) = folder.glob("*.whl")
    return zipfile.ZipFile(path)


def test_the_wheel_holds_every_file_of_the_three_packages(wheel: zipfile.ZipFile) -> None:
    wanted = {
        path.relative_to(ROOT).as_posix()
        for package in PACKAGES
        for path in (ROOT / package).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert wanted <= set(wheel.namelist())


@pytest.mark.parametrize("kind", [".mgp", ".json", ".svg"])
def test_the_wheel_holds_examples_themes_and_icons(wheel: zipfile.ZipFile, kind: str) -> None:
    resources = [name for name in wheel.namelist() if name.startswith("resources/")]
    assert any(name.endswith(kind) for name in resources)


def test_the_wheel_holds_nothing_else(wheel: zipfile.ZipFile) -> None:
    strangers = [
        name
        for name in wheel.namelist()
        if name.split("/")[0] not in PACKAGES and ".dist-info/" not in name
    ]
    assert strangers == []
    assert not [name for name in wheel.namelist() if "__pycache__" in name]


def test_the_wheel_gives_the_command(wheel: zipfile.ZipFile) -> None:
    (entry_points,) = (name for name in wheel.namelist() if name.endswith("entry_points.txt"))
    commands = ConfigParser()
    commands.read_string(wheel.read(entry_points).decode())
    assert commands["console_scripts"]["micrograd-playground"] == "playground.cli:main"
    assert commands["gui_scripts"]["micrograd-playground-window"] == "playground.cli:main"


def test_the_wheel_runs_away_from_the_checkout(wheel: zipfile.ZipFile, tmp_path: Path) -> None:
    wheel.extractall(tmp_path)
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            "from playground.cli import main; raise SystemExit(main())",
            "--help",
        ],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "micrograd" in done.stdout.lower()
