"""`train --until-…`: where a run ends, what it says and with which code it exits."""

from pathlib import Path

import pytest

from engine.errors import accept
from engine.files import read
from engine.train.trainer import Trainer
from playground.commands.terminal import Exit
from tests.playground.terminal import Run

MAKE = "new --template mlp --layers 2,8,1 --dataset moons --learning-rate 0.5 --schedule constant"


@pytest.fixture
def moons(tmp_path: Path, run: Run) -> Path:
    path = tmp_path / "moons.mgp"
    assert run(*MAKE.split(), "-o", path).code == 0
    return path


def alone(path: Path) -> Trainer:
    return accept(Trainer.build(accept(read(path.read_bytes()))))


def test_a_run_ends_at_the_first_epoch_of_a_loss_and_tells_why(run: Run, moons: Path) -> None:
    trainer = alone(moons)
    while trainer.snapshot().train_loss > 0.25:
        trainer.advance()
    done = run("train", moons, "--until-loss", 0.25, "--until-epoch", 5000, "--json")
    assert done.code == Exit.FINE
    assert done.json["steps"] == trainer.step
    assert done.json["stopped"]["by"] == "until_loss"
    assert done.json["stopped"]["text"].startswith(
        f"Stopped at epoch {trainer.step}: the training"
    )


def test_words_tell_why_too(run: Run, moons: Path) -> None:
    assert "Stopped at epoch 7: as asked" in run("train", moons, "--until-epoch", 7).out


def test_what_was_not_reached_has_an_exit_code_of_its_own(run: Run, moons: Path) -> None:
    done = run("train", moons, "--until-accuracy", 1.0, "--steps", 2, "--json")
    assert done.code == Exit.NOT_REACHED
    assert "not reached" in done.err
    assert "stopped" not in done.json


def test_a_condition_that_is_far_away_takes_no_more_steps_than_were_asked_for(
    run: Run, moons: Path
) -> None:
    for condition in ("--until-epoch", "--until-step"):
        done = run("train", moons, condition, 500, "--steps", 10, "--json")
        assert (done.code, done.json["steps"]) == (Exit.NOT_REACHED, 10)


def test_what_holds_at_the_start_ends_a_run_before_its_first_step(run: Run, moons: Path) -> None:
    done = run("train", moons, "--until-loss", 1e6, "--json")
    assert (done.code, done.json["steps"]) == (Exit.FINE, 0)


def test_conditions_of_the_document_count_and_can_be_taken_away(
    run: Run, moons: Path, tmp_path: Path
) -> None:
    saved = tmp_path / "saved.mgp"
    run("train", moons, "--until-epoch", 4, "--steps", 0, "--save", saved)
    assert run("train", saved, "--json").json["steps"] == 4
    assert run("train", saved, "--until-epoch", "never", "--json").json["steps"] == 100


def test_a_condition_out_of_range_is_refused_in_words(run: Run, moons: Path) -> None:
    done = run("train", moons, "--until-accuracy", 97)
    assert done.code == Exit.BAD_USAGE
    assert "The accuracy to reach lies between 0 and 1" in done.err


def test_a_file_that_was_trained_here_can_be_rewound_in_the_window(
    run: Run, moons: Path, tmp_path: Path
) -> None:
    saved = tmp_path / "saved.mgp"
    assert run("train", moons, "--steps", 3, "--save", saved).code == 0
    document = accept(read(saved.read_bytes()))
    first = accept(read(moons.read_bytes()))
    started = dict(zip(document.start.ids.tolist(), document.start.numbers.tolist(), strict=True))
    assert started == {node.id: node.value for node in first.nodes() if node.trainable}


def test_what_was_written_is_named(run: Run, moons: Path, tmp_path: Path) -> None:
    saved = tmp_path / "trained.mgp"
    assert run("train", moons, "--steps", 1, "--save", saved).out.endswith(f"Wrote {saved}.\n")
    assert "Wrote" not in run("train", moons, "--steps", 1).out
