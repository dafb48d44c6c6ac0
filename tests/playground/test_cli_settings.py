"""Every training setting is an option of `train`, over what the document says, and of `new`."""

from dataclasses import replace
from pathlib import Path

import pytest

from engine.files import read
from engine.graph.document import Document
from engine.graph.models import DEMO_TRAINING
from engine.graph.records import TrainingSettings
from engine.graph.settings import SETTINGS
from tests.playground.terminal import Run


@pytest.fixture
def demo(run: Run, tmp_path: Path) -> Path:
    """Return a small document made by `new`."""
    path = tmp_path / "demo.mgp"
    assert run("new", "-o", path, "--layers", "2,2,1").code == 0
    return path


def opened(path: Path) -> Document:
    """Open a document that must be fine."""
    document = read(path.read_bytes())
    assert isinstance(document, Document), str(document)
    return document


def test_every_setting_of_training_can_be_given_over_what_the_document_says(
    run: Run, demo: Path, tmp_path: Path
) -> None:
    path = tmp_path / "trained.mgp"
    options = (
        "--optimizer adamw --learning-rate 0.01 --batch-size 10 --schedule cosine --end-rate 0.001"
        " --schedule-steps 40 --warmup-steps 5 --l1 0.001 --l2 0 --l2-scope weights --clip norm"
        " --clip-limit 0.5 --order fixed --reduction sum --beta1 0.8 --beta2 0.99 --epsilon 1e-6"
        " --weight-decay 0.1 --momentum 0.5 --decay 0.9 --step-factor 0.5 --until-epoch 3"
        " --until-step 900 --until-loss 1e-9 --until-accuracy never --until-plateau 50"
        " --least-progress 0.001 --watched train"
        " --l1-rule truncated --remainder carry"
    )
    assert run("train", demo, "--epochs", 4, "--save", path, *options.split()).code == 0
    wanted = TrainingSettings(
        optimizer="adamw",
        learning_rate=0.01,
        batch=10,
        schedule="cosine",
        end_rate=0.001,
        schedule_steps=40,
        warmup_steps=5,
        l1=0.001,
        l2_scope="weights",
        clip="norm",
        clip_limit=0.5,
        order="fixed",
        reduction="sum",
        beta1=0.8,
        beta2=0.99,
        epsilon=1e-6,
        weight_decay=0.1,
        momentum=0.5,
        decay=0.9,
        step_factor=0.5,
        l1_rule="truncated",
        remainder="carry",
        until_epoch=3,
        until_step=900,
        until_loss=1e-9,
        until_plateau=50,
        least_progress=0.001,
        watched="train",
    )
    assert opened(path).training == wanted
    given = {option for option in options.split() if option.startswith("--")}
    assert len(given) == len(SETTINGS)
    assert opened(demo).training != wanted


def test_what_is_not_given_stays_and_an_optimiser_brings_its_own_numbers(
    run: Run, demo: Path, tmp_path: Path
) -> None:
    path = tmp_path / "trained.mgp"
    run("train", demo, "--steps", 1, "--save", path, "--optimiser", "adagrad", "--batch", "all")
    assert opened(path).training == replace(
        opened(demo).training, optimizer="adagrad", epsilon=1e-10
    )


def test_a_setting_that_cannot_be_is_one_sentence(run: Run, demo: Path) -> None:
    told = run("train", demo, "--clip-limit", "-1")
    assert told.code != 0
    assert told.err.count("The limit of clipping lies between 0 and") == 1


def test_a_new_document_gets_the_settings_that_are_given(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "new.mgp"
    run("new", "-o", path, "--layers", "2,1", "--optimizer", "rmsprop", "--clip", "value")
    changed = {"optimizer": "rmsprop", "momentum": 0.0, "clip": "value"}
    assert opened(path).training == replace(DEMO_TRAINING, **changed)
