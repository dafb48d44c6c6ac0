"""Own data on the command line: tables made into documents, trained, and written as CSV again."""

import csv
import io
from pathlib import Path

import numpy as np
import pytest

from engine.errors import accept
from engine.files import read
from engine.train.samples import load_samples
from tests.playground.terminal import Run

NAMES = ["width", "height", "kind"]


@pytest.fixture
def table(tmp_path: Path) -> Path:
    """Write three heaps of points in a CSV file with semicolons and decimal commas."""
    rng, lines = np.random.default_rng(2), [NAMES]
    for k in range(90):
        x, y = rng.normal((100 + 30 * (k % 3), 5 - 2 * (k % 3)), 0.5)
        lines.append([str(x).replace(".", ","), str(y).replace(".", ","), "abc"[k % 3]])
    path = tmp_path / "heaps.csv"
    with path.open("w", newline="") as file:
        csv.writer(file, delimiter=";").writerows(lines)
    return path


def test_a_table_becomes_a_document_that_learns_it(run: Run, table: Path, tmp_path: Path) -> None:
    made, trained = tmp_path / "heaps.mgp", tmp_path / "trained.mgp"
    assert run("new", "--table", table, "--standardise", "-o", made).code == 0
    document = accept(read(made.read_bytes()))
    assert document.data.source == "heaps.csv"
    assert document.data.table.words[2] == ("a", "b", "c")
    done = run("train", made, "--steps", 150, "--save", trained, "--json").json
    assert done["accuracy"] > 0.95


def test_target_and_features_are_named(run: Run, table: Path, tmp_path: Path) -> None:
    made = tmp_path / "heaps.mgp"
    named = ("--target", "height", "--features", "width", "--test-share", "0.2")
    assert run("new", "--table", table, *named, "-o", made).code == 0
    document = accept(read(made.read_bytes()))
    samples = accept(load_samples(document.data, document.seeds))
    assert samples.names == ("width", "height")
    assert samples.classes == 0
    assert samples.tests > 0


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--target", "hight"), "no column 'hight'. Perhaps height is meant."),
        (("--features", "q"), "no column 'q'. There are width, height, kind."),
        (("--target-is", "number"), "kind holds words. Learn it as classes."),
    ],
)
def test_what_the_table_does_not_have_is_said(run, table, tmp_path, options, words) -> None:
    answer = run("new", "--table", table, *options, "-o", tmp_path / "x.mgp")
    assert words in answer.sentence


def test_options_about_a_table_need_one(run: Run, tmp_path: Path) -> None:
    answer = run("new", "--target", "kind", "-o", tmp_path / "x.mgp")
    assert answer.code == 2
    assert "name one" in answer.sentence


def test_a_gap_names_its_row(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "gaps.csv"
    path.write_text("a,b\n1,0\nx,1\n3,1\n2,0\n")
    answer = run("new", "--table", path, "-o", tmp_path / "x.mgp")
    assert "gaps.csv: Row 3 has “x” in a, which is no finite number" in answer.sentence
    assert run("new", "--table", path, "--skip-gaps", "-o", tmp_path / "x.mgp").code == 0


def test_samples_are_exported_as_csv(run: Run, tmp_path: Path) -> None:
    made = tmp_path / "moons.mgp"
    run("new", "-o", made)
    document = accept(read(made.read_bytes()))
    samples = accept(load_samples(document.data, document.seeds))
    out = run("export", made, "--to", "csv").out
    names, *rows = csv.reader(io.StringIO(out))
    assert names == ["x1", "x2", "y"]
    assert [[float(x), float(y)] for x, y, _label in rows] == samples.inputs.tolist()
    assert [float(label) for _x, _y, label in rows] == samples.labels.tolist()
