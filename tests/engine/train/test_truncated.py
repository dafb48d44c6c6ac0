"""L1 that is truncated: what it takes to 0 stays there, until training begins anew."""

from dataclasses import replace

import numpy as np
import pytest

from engine.errors import accept
from engine.graph.document import Document
from engine.graph.records import TrainingSettings
from engine.train.steps import truncated
from engine.train.trainer import Trainer
from tests.engine.train.documents import built, demo, parabola

RULE = TrainingSettings(learning_rate=0.1, l1=0.02, l1_rule="truncated", l2_scope="weights")


@pytest.fixture
def document() -> Document:
    """Two moons with many weights that L1 takes away."""
    return demo(layers=(6, 1), training=RULE)


def zeros(trainer: Trainer) -> np.ndarray:
    return trainer.parameters == 0.0


def test_a_step_is_the_optimisers_and_then_l1s_which_stops_at_0() -> None:
    trainer = built(parabola(learning_rate=0.25))  # (v1 - v2)**2 with v2 = 3, from 0
    plain = replace(trainer.settings, l1=0.5, l1_rule="truncated")
    trainer.set_numbers(np.array([1]), np.array([-2.0]))
    assert trainer.update_settings(plain) is None
    # The gradient at -2 is -10, so the step leads to 0.5; L1 knows the sign from before the step.
    assert trainer.advance().parameters[1].tolist() == [0.5 + 0.25 * 0.5]


def test_only_l1_itself_kills_a_weight_and_not_the_step() -> None:
    terms = built(demo(layers=(1,), training=replace(RULE, l2_scope="all")))._terms
    terms = replace(terms, lasso=np.full(4, 1.0))
    before = np.array([0.3, 0.3, -0.3, 0.0])
    after = np.array([0.05, -0.2, -0.04, 0.0])
    numbers, dead = truncated(before, after, None, 0.1, terms)
    np.testing.assert_allclose(numbers, [0.0, -0.3, 0.0, 0.0])
    assert dead.tolist() == [True, False, True, False]
    numbers, dead = truncated(numbers, np.full(4, 0.5), dead, 0.1, terms)
    np.testing.assert_allclose(numbers, [0.0, 0.6, 0.0, 0.5])
    assert dead.tolist() == [True, False, True, False]


@pytest.mark.parametrize("optimizer", ["sgd", "adam", "momentum"])
def test_what_is_at_0_once_stays_there_for_ever(document: Document, optimizer: str) -> None:
    document.training = replace(RULE, optimizer=optimizer, learning_rate=0.02)
    trainer = built(document)
    gone = zeros(trainer) & False
    for _round in range(40):
        trainer.advance(25)
        assert not (gone & ~zeros(trainer)).any()
        gone = zeros(trainer) & (trainer.state.dead if trainer.state.dead is not None else False)
    assert 0 < gone.sum() < len(gone)
    assert trainer.snapshot().train_loss < 1.0


def test_another_optimiser_leaves_the_dead_alone_and_a_new_run_does_not(
    document: Document,
) -> None:
    trainer = built(document)
    trainer.advance(1000)
    gone = zeros(trainer)
    assert gone.any()
    assert trainer.update_settings(replace(RULE, optimizer="adam")) is None
    trainer.advance(5)
    assert (zeros(trainer) >= gone).all()
    trainer.restore(0, trainer.parameters)
    assert trainer.state.dead is None


def test_without_l1_the_rule_means_nothing(document: Document) -> None:
    first, second = built(document), built(document)
    plain = replace(RULE, l1=0.0)
    assert first.update_settings(plain) is None
    assert second.update_settings(replace(plain, l1_rule="subgradient")) is None
    np.testing.assert_array_equal(
        first.advance(50).parameters[1], second.advance(50).parameters[1]
    )


@pytest.mark.usefixtures("kernels")
def test_both_runners_do_the_same(document: Document) -> None:
    numpy, numba = (
        accept(Trainer.build(document, runner=runner)) for runner in ("numpy", "numba")
    )
    assert numba.runner == "numba"
    np.testing.assert_allclose(
        numpy.advance(300).parameters[1], numba.advance(300).parameters[1], atol=1e-9
    )
    assert numpy.state.dead is not None
    assert numpy.state.dead.any()
    np.testing.assert_array_equal(numpy.state.dead, numba.state.dead)
    # Once compiled steps went well, others go on from the same state.
    assert numba.update_settings(replace(RULE, l1=0.0)) is None
    numba.advance(1)
    assert numba.state.dead is None
