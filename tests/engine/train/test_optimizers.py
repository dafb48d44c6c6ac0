"""Each optimiser makes the steps its formula tells, remembers them, and is compiled as written."""

from pathlib import Path

import numpy as np
import pytest

from engine.graph.properties import set_frozen
from engine.graph.records import TrainingSettings
from engine.graph.settings import SETTINGS
from engine.run.kernels import generate
from engine.train.optimizers import OPTIMIZERS
from tests.engine.train.documents import built, demo

SETTINGS_OF = {key: TrainingSettings(optimizer=key) for key in OPTIMIZERS}
KERNELS = Path(generate.__file__).parent


@pytest.mark.parametrize("key", OPTIMIZERS)
def test_a_step_goes_downhill_and_leaves_the_old_vectors_alone(key: str) -> None:
    optimizer, settings = OPTIMIZERS[key], SETTINGS_OF[key]
    before = np.array([1.0, -2.0, 0.0])
    state = optimizer.start(3)
    after, later = optimizer.step(before, 2 * before, 0.1, state, settings)
    assert before.tolist() == [1.0, -2.0, 0.0]
    assert all(vector.tolist() == [0.0] * 3 for vector in state.vectors)
    assert (after**2).sum() < (before**2).sum()
    assert (state.updates, later.updates) == (0, 1)


@pytest.mark.parametrize("key", OPTIMIZERS)
def test_five_steps_are_what_the_formula_says(key: str) -> None:
    optimizer, settings = OPTIMIZERS[key], SETTINGS_OF[key]
    stream = np.random.default_rng(0)
    parameters, state = np.array([1.0, -2.0, 0.5]), optimizer.start(3)
    names = {name: getattr(settings, name) for name in optimizer.settings}
    names |= {name: np.zeros(3) for name in optimizer.state}
    names |= {"p": parameters, "rate": 0.1, "sqrt": np.sqrt}
    for step in range(1, 6):
        names |= {"gradient": stream.normal(size=3), "step": step}
        for statement in optimizer.formula.split("; "):
            exec(statement, names)
        parameters, state = optimizer.step(parameters, names["gradient"], 0.1, state, settings)
        assert parameters == pytest.approx(names["p"], rel=1e-13)
        for name, vector in zip(optimizer.state, state.vectors, strict=True):
            assert vector == pytest.approx(names[name], rel=1e-13)


@pytest.mark.parametrize("key", OPTIMIZERS)
def test_what_it_remembers_and_reads_has_names_for_people(key: str) -> None:
    optimizer = OPTIMIZERS[key]
    assert len(optimizer.titles) == len(optimizer.state)
    assert optimizer.settings.keys() <= SETTINGS.keys()


def test_the_compiled_updates_are_current() -> None:
    text = (KERNELS / "updates.py").read_text("utf-8")
    assert text == generate.updates(OPTIMIZERS.values())


@pytest.mark.parametrize("key", OPTIMIZERS)
@pytest.mark.parametrize("runner", ["numpy", "numba"])
@pytest.mark.usefixtures("kernels")
def test_frozen_parameters_are_not_trained_and_the_others_remember_their_own(
    key: str, runner: str
) -> None:
    document = demo(layers=(3, 1), training=TrainingSettings(learning_rate=0.01, optimizer=key))
    frozen = [node.id for node in document.nodes() if node.trainable][::2]
    document.apply(set_frozen(document, frozen, True))
    before = {node: document.node(node).value for node in frozen}
    trainer = built(document, runner=runner)
    assert not set(trainer.ids.tolist()) & set(frozen)
    remembered = trainer.advance(20).remembered
    assert tuple(remembered) == OPTIMIZERS[key].titles
    assert all(map(np.array_equal, remembered.values(), trainer.state.vectors))
    document.apply(trainer.edit("Train"))
    assert {node: document.node(node).value for node in frozen} == before
    assert all(len(vector) == len(trainer.ids) for vector in trainer.state.vectors)
    assert all(vector.any() for vector in trainer.state.vectors)
