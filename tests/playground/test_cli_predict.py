"""Predictions on the command line: typed rows, tables, standard input, and what is refused."""

import csv
import io
from pathlib import Path

import numpy as np
import pytest

from engine.errors import accept
from engine.files import read, write
from engine.train.predict import predict
from engine.train.samples import load_samples
from tests.engine.train.documents import graph, marked
from tests.playground.terminal import Run


@pytest.fixture
def moons(run: Run, tmp_path: Path) -> Path:
    """Make the demo's document and train it a little."""
    path = tmp_path / "moons.mgp"
    assert run("new", "-o", path).code == 0
    assert run("train", path, "--steps", 20, "--save", path).code == 0
    return path


def table(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_typed_rows_are_predicted(run: Run, moons: Path) -> None:
    rows = table(run("predict", moons, "--row", "-0.5,1.2", "--row", "1, 2").out)
    forecast = accept(predict(accept(read(moons.read_bytes())), [[-0.5, 1.2], [1.0, 2.0]]))
    assert [float(row["score"]) for row in rows] == forecast.outputs[:, 0].tolist()
    assert [row["class"] for row in rows] == [forecast.word(0), forecast.word(1)]
    assert rows[0]["x1"] == "-0.5"


def test_a_table_keeps_its_columns_and_tells_the_trainers_accuracy(
    run: Run, moons: Path, tmp_path: Path
) -> None:
    rows, out = tmp_path / "rows.csv", tmp_path / "out.csv"
    rows.write_text(run("export", moons, "--to", "csv").out)
    answer = run("predict", moons, "--input", rows, "--output", out)
    assert answer.code == 0
    answers = table(out.read_text())
    assert list(answers[0]) == ["x1", "x2", "y", "score", "class"]
    told = run("predict", moons, "--input", rows, "--json").json
    document = accept(read(moons.read_bytes()))
    samples = accept(load_samples(document.data, document.seeds))
    forecast = accept(predict(document, samples.inputs))
    right = np.mean((forecast.outputs[:, 0] > 0) == (samples.labels > 0))
    assert told["accuracy"] == right
    assert f"{100 * right:.1f} % of them right" in answer.out
    assert [row["outputs"][0] for row in told["rows"]] == forecast.outputs[:, 0].tolist()
    assert [float(row["score"]) for row in answers] == forecast.outputs[:, 0].tolist()


def test_standard_input_is_a_table_as_well(run: Run, moons: Path, monkeypatch) -> None:
    stdin = io.TextIOWrapper(io.BytesIO(b"x2;x1\n1,2;-0,5\n"))
    monkeypatch.setattr("sys.stdin", stdin)
    [row] = table(run("predict", moons, "--input", "-").out)
    [typed] = table(run("predict", moons, "--row", "-0.5,1.2").out)
    assert row["score"] == typed["score"]


def test_what_is_not_finite_is_null_and_a_problem(run: Run, moons: Path) -> None:
    told = run("predict", moons, "--row", "1e99,-1e99", "--json")
    assert told.code == 0
    assert told.json["rows"][0]["outputs"][0] is not None
    root = moons.with_name("root.mgp")
    logarithm = graph(("log", (1,)), leaves=[("feature", 1.0)])
    root.write_bytes(write(marked(logarithm, 2, "prediction")))
    answer = run("predict", root, "--row", "-1", "--json").json
    assert answer["rows"][0]["outputs"] == [None]
    assert answer["rows"][0]["class"] is None
    assert "score is nan" in answer["rows"][0]["problem"]
    assert "score is nan" in run("predict", root, "--row", "-1").err


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("--row", "1"), 2, "--row: Each row needs a cell for x1, x2"),
        (("--row", "1,q"), 2, "--row: Row 1 has “q” in x2"),
        ((), 2, "--input --row"),
        (("--input", "none.csv"), 1, "none.csv cannot be read"),
    ],
)
def test_what_is_wrong_is_said_in_a_sentence(run: Run, moons, arguments, code, words) -> None:
    answer = run("predict", moons, *arguments)
    assert answer.code == code
    assert words in answer.sentence


def test_a_bad_row_of_a_table_is_named(run: Run, moons: Path, tmp_path: Path) -> None:
    rows = tmp_path / "rows.csv"
    rows.write_text("x1,x2\n1,2\n3,x\n5,6\n")
    answer = run("predict", moons, "--input", rows)
    assert answer.code == 1
    assert "rows.csv: Row 3 has “x” in x2" in answer.sentence


def test_other_names_are_taken_in_their_order_and_that_is_said(run, moons, tmp_path) -> None:
    rows = tmp_path / "rows.csv"
    rows.write_text("a,b\n-0.5,1.2\n")
    answer = run("predict", moons, "--input", rows)
    assert "taken as x1, x2, in their order" in answer.err
    [typed] = table(run("predict", moons, "--row", "-0.5,1.2").out)
    assert table(answer.out)[0]["score"] == typed["score"]
