"""Training takes the steps that PyTorch's own optimisers, schedules and clipping took."""

import json
from typing import Any

import pytest

from engine.train.optimizers import OPTIMIZERS
from engine.train.schedules import SCHEDULES
from tests.peers.curves import STEPS, cases, ours
from tests.peers.freeze import CURVES
from tests.peers.programs import near

RUNS = {name: (document, model) for name, document, model in cases()}


@pytest.fixture(scope="module")
def frozen() -> dict[str, Any]:
    """The objectives that PyTorch found, by the name of the run."""
    return json.loads(CURVES.read_text("utf-8"))


def test_every_run_was_frozen_and_every_optimiser_and_schedule_is_in_one(
    frozen: dict[str, Any],
) -> None:
    assert frozen.keys() == RUNS.keys()
    settings = [model.training for _document, model in RUNS.values()]
    assert {one.optimizer for one in settings} == OPTIMIZERS.keys()
    assert {one.schedule for one in settings} == SCHEDULES.keys()


@pytest.mark.parametrize("runner", ["numpy", "numba"])
@pytest.mark.parametrize("name", RUNS)
@pytest.mark.usefixtures("kernels")
def test_the_objectives_of_200_steps_are_pytorchs(
    name: str, runner: str, frozen: dict[str, Any]
) -> None:
    found = ours(RUNS[name][0], runner)
    assert len(found) == STEPS + 1
    assert found[-1] < 0.99 * found[0]
    off = [k for k in range(STEPS + 1) if not near(found[k], frozen[name][k])]
    assert not off, f"from step {off[0]}: {found[off[0]]}, not {frozen[name][off[0]]}"
