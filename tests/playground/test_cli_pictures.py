"""`main.py export --to svg|png|pdf` in a fresh process, where there is no screen."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from playground import cli

ROOT = Path(__file__).parents[2]
NEURON = ROOT / "resources" / "examples" / "tanh-neuron.mgp"
BEGINNINGS = {"svg": b"<?xml", "png": b"\x89PNG", "pdf": b"%PDF-"}


def run(*arguments: str) -> "subprocess.CompletedProcess[bytes]":
    screens = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    environ = {name: text for name, text in os.environ.items() if name not in screens}
    command = [sys.executable, str(ROOT / "main.py"), "export", str(NEURON), *arguments]
    return subprocess.run(command, capture_output=True, env=environ, check=False, timeout=120)


@pytest.mark.parametrize("form", list(BEGINNINGS))
def test_a_picture_is_written_without_a_screen(form: str, tmp_path: Path) -> None:
    path = tmp_path / f"neuron.{form}"
    done = run("--to", form, "-o", str(path))
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
    assert path.read_bytes().startswith(BEGINNINGS[form])


def test_a_picture_goes_to_a_pipe_and_is_as_asked() -> None:
    done = run("--to", "png", "--scale", "2", "--theme", "dark")
    assert done.returncode == 0
    assert done.stdout.startswith(BEGINNINGS["png"])
    single = run("--to", "png")
    width = [int.from_bytes(data[16:20], "big") for data in (done.stdout, single.stdout)]
    assert width[0] == 2 * width[1]


def test_a_terminal_is_spared_the_bytes(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)
    assert cli.main(["export", str(NEURON), "--to", "png"]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err == ("A terminal shows no PNG; name a file with -o, or redirect the output.\n")


@pytest.mark.parametrize(
    ("arguments", "option"),
    [
        (("--to", "svg", "--scale", "2"), "--scale"),
        (("--to", "torch", "--theme", "dark"), "--theme"),
        (("--to", "json", "--transparent"), "--transparent"),
    ],
)
def test_what_means_nothing_for_a_format_is_refused(
    arguments: tuple[str, ...], option: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["export", str(NEURON), *arguments]) == 2
    assert capsys.readouterr().err == f"{option} means nothing for {arguments[1]}; leave it out.\n"


def test_help_and_text_formats_import_no_qt() -> None:
    code = (
        "import sys; from playground import cli;"
        f"cli.main(['export', {str(NEURON)!r}, '--to', 'dot']);"
        "sys.exit('PySide6' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, cwd=ROOT, check=False, timeout=120
    )
    assert done.returncode == 0
