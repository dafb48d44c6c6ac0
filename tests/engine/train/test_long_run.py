"""A long run does not grow: what it remembers of its steps is bounded."""

from pathlib import Path

import pytest

from engine.graph.records import DataSettings
from engine.train.series import CAPACITY
from engine.train.trainer import Trainer
from tests.engine.train.documents import demo

STEPS, LEAP = 1_000_000, 2_000
PAGE = 4096
MOST = 32 * 2**20


def resident() -> int:
    """Return the bytes of memory that the process has."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * PAGE


@pytest.mark.soak
@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="no such count here")
def test_a_million_steps_take_less_than_32_mebibytes(kernels) -> None:
    data = DataSettings("moons", samples=40, test_share=0.25)
    trainer = Trainer.build(demo(layers=(2, 1), data=data), runner="numba")
    trainer.advance(LEAP)
    before = resident()
    most = 0
    while trainer.step < STEPS:
        trainer.advance(LEAP)
        trainer.history.losses.rows()
        most = max(most, resident() - before)
    assert len(trainer.history) <= CAPACITY
    assert trainer.history.steps[-1] == trainer.step == STEPS
    assert most < MOST
