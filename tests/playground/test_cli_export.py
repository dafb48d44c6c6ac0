"""`main.py export`: to standard output or a file, folded as asked, refused in words."""

import json
from pathlib import Path

import pytest

from engine.errors import accept
from engine.exchange.exporters import EXPORTERS
from engine.files.reader import read
from engine.files.writer import write
from engine.graph.document import Document
from playground import cli

EXAMPLES = Path(__file__).parents[2] / "resources" / "examples"
NEURON, MOONS = EXAMPLES / "tanh-neuron.mgp", EXAMPLES / "moons.mgp"


@pytest.mark.parametrize("key", list(EXPORTERS))
def test_every_format_is_printed_as_the_table_writes_it(
    key: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["export", str(MOONS), "--to", key]) == 0
    document = accept(read(MOONS.read_bytes()))
    assert capsys.readouterr().out == EXPORTERS[key].write(document, document.view.folded)


def test_a_file_is_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "neuron.json"
    assert cli.main(["export", str(NEURON), "--to", "json", "-o", str(path)]) == 0
    assert capsys.readouterr().out == ""
    assert len(json.loads(path.read_text("utf-8"))["nodes"]) == 9


def test_depth_decides_what_is_folded(capsys: pytest.CaptureFixture[str]) -> None:
    lines = {}
    for depth in ("mlp", "layer", "neuron", "scalar"):
        assert cli.main(["export", str(MOONS), "--to", "micrograd", "--depth", depth]) == 0
        lines[depth] = capsys.readouterr().out
    assert "MLP(2, [16, 16, 1])" in lines["mlp"]
    assert lines["layer"].count(" = Layer(") == 3
    assert lines["neuron"].count(" = Neuron(") == 33
    assert "micrograd.nn" not in lines["scalar"]
    assert lines["scalar"].count("= Value(") > 337


def test_what_cannot_be_exported_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    empty = tmp_path / "empty.mgp"
    empty.write_bytes(write(Document()))
    assert cli.main(["export", str(empty), "--to", "torch"]) == 1
    assert "There is nothing to export" in capsys.readouterr().err
    assert cli.main(["export", str(NEURON), "--to", "cobol"]) == 2
    assert "cobol" in capsys.readouterr().err
    assert cli.main(["export", str(tmp_path / "none.mgp"), "--to", "dot"]) == 1
    assert cli.main(["export", str(NEURON)]) == 2
    assert "--to" in capsys.readouterr().err


def test_a_folder_that_is_not_there_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "no" / "where.py"
    assert cli.main(["export", str(NEURON), "--to", "python", "-o", str(target)]) == 1
    assert "cannot be written" in capsys.readouterr().err
