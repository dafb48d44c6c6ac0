"""Data sets on the command line: each with the model that fits it, and what training tells."""

from pathlib import Path

import pytest

from engine.files import read
from engine.graph.document import Document
from engine.train.datasets import DATASETS
from tests.playground.terminal import Run


def opened(path: Path) -> Document:
    """Open a document that must be fine."""
    document = read(path.read_bytes())
    assert isinstance(document, Document), str(document)
    return document


@pytest.mark.parametrize("name", DATASETS)
def test_a_data_set_comes_with_its_own_numbers_unless_they_are_given(
    run: Run, name: str, tmp_path: Path
) -> None:
    path, dataset = tmp_path / "data.mgp", DATASETS[name]
    small = (
        "--template",
        f"mlp {dataset.features} {dataset.classes if dataset.classes > 2 else 1}",
    )
    run("new", "-o", path, *small, "--dataset", name)
    data = opened(path).data
    assert (data.samples, data.noise) == (dataset.default_samples, dataset.default_noise)
    run("new", "-o", path, *small, "--dataset", name, "--noise", "0.5")
    data = opened(path).data
    assert (data.samples, data.noise) == (dataset.default_samples, 0.5)


@pytest.mark.parametrize("name", DATASETS)
def test_new_makes_the_model_that_fits_the_data(run: Run, name: str, tmp_path: Path) -> None:
    path, dataset = tmp_path / "data.mgp", DATASETS[name]
    assert run("new", "-o", path, "--dataset", name, "--samples", 30).code == 0
    document = opened(path)
    roles = [node.role for node in document.nodes() if node.is_leaf]
    scores = dataset.classes if dataset.classes > 2 else 1
    assert roles.count("feature") == dataset.features
    assert roles.count("target") == scores == len(document.marked("prediction"))
    told = run("train", path, "--steps", 3, "--json").json
    assert (told["train_accuracy"] is None) == (dataset.classes == 0)
    assert (told["train_r2"] is None) == (dataset.classes > 0)
    assert told["test_r2"] is None


def test_training_on_numbers_tells_how_much_of_them_is_told(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "line.mgp"
    linear = ("--template", "mlp 1 1", "--dataset", "line", "--noise", 0, "--test-share", 0.2)
    run("new", "-o", path, *linear)
    training = ("--steps", 200, "--learning-rate", 0.1, "--schedule", "constant", "--l2", 0)
    told = run("train", path, *training, "--json").json
    assert told["train_r2"] > 0.999
    assert told["test_r2"] > 0.999
    assert "R² 1.0000, on test points 1.0000" in run("train", path, *training).out


@pytest.mark.parametrize("classes", [2, 5, 8])
def test_new_makes_as_many_scores_as_there_are_blobs(
    run: Run, classes: int, tmp_path: Path
) -> None:
    path = tmp_path / "blobs.mgp"
    run("new", "-o", path, "--dataset", "blobs", "--classes", classes)
    document = opened(path)
    assert document.data.classes == classes
    assert len(document.marked("prediction")) == (classes if classes > 2 else 1)
    adam = ("--optimizer", "adam", "--learning-rate", 0.05, "--schedule", "constant")
    told = run("train", path, "--steps", 150, *adam, "--json").json
    assert told["train_accuracy"] > 0.9
