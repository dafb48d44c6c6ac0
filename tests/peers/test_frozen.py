"""What PyTorch computed of exported programs is what the engine computes of their documents."""

import json
from typing import Any

import pytest

from tests.peers.freeze import FROZEN, digest
from tests.peers.programs import (
    Program,
    differences,
    for_torch,
    losses_of,
    near,
    programs,
)

STALE = "the programs for PyTorch have changed: `make peers` runs and freezes them anew"


@pytest.fixture(scope="module")
def frozen() -> dict[str, Any]:
    """What was frozen, by the name of the program."""
    return json.loads(FROZEN.read_text("utf-8"))


@pytest.fixture(scope="module")
def made() -> list[Program]:
    """Today's programs."""
    return programs("torch", for_torch())


def test_the_programs_of_today_are_those_that_were_run(
    made: list[Program], frozen: dict[str, Any]
) -> None:
    assert {program.name: digest(program) for program in made} == {
        name: one["digest"] for name, one in frozen.items()
    }, STALE


def test_the_engine_computes_what_pytorch_computed(
    made: list[Program], frozen: dict[str, Any]
) -> None:
    assert not differences(made, frozen)


def test_the_trainer_takes_the_steps_that_pytorch_took(
    made: list[Program], frozen: dict[str, Any]
) -> None:
    trained = [program for program in made if program.steps]
    assert len(trained) > 20
    for program in trained:
        losses = frozen[program.name]["losses"]
        assert len(losses) == program.steps == 50
        assert all(map(near, losses, losses_of(program))), program.name
