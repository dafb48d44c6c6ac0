"""micrograd's demo notebook to its end, against its printed numbers and plain NumPy."""

import random

import numpy as np
import pytest

from engine.graph.records import DataSettings, Seeds, TrainingSettings
from engine.nn import MLP
from engine.train.trainer import Snapshot
from tests.engine.train.documents import Network, built, demo

ALPHA = 1e-4


def test_the_first_numbers_are_those_of_the_notebook() -> None:
    snapshot = built(demo()).snapshot()
    assert snapshot.objective == pytest.approx(0.8958441028683222, rel=1e-12)
    assert snapshot.accuracy == 0.5
    assert len(snapshot.parameters[0]) == 337


def test_the_weights_are_micrograds_in_its_order() -> None:
    random.seed(1337)
    expected = [parameter.data for parameter in MLP(2, [16, 16, 1]).parameters()]
    assert built(demo()).parameters.tolist() == expected


@pytest.fixture(scope="module")
def hundred_steps() -> tuple[list[Snapshot], list[float], list[float]]:
    """Train the demo to its end, snapshot by snapshot."""
    trainer = built(demo())
    snapshots = [trainer.snapshot()] + [trainer.advance() for _step in range(100)]
    return snapshots, trainer.history.objective, trainer.history.train_loss


def test_a_hundred_steps_end_with_every_point_on_its_side(hundred_steps) -> None:
    last = hundred_steps[0][-1]
    assert (last.step, last.epoch, last.accuracy, last.test_loss) == (100, 100, 1.0, None)


def test_every_step_agrees_with_the_network_in_plain_numpy(hundred_steps) -> None:
    snapshots, objectives, losses = hundred_steps
    trainer = built(demo())
    x, y = trainer.samples.inputs, trainer.samples.labels
    network = Network(snapshots[0].parameters[1])
    for k in range(101):
        loss = network.loss(x, y).mean()
        p = network.vector
        assert losses[k] == pytest.approx(loss, abs=1e-9)
        assert objectives[k] == pytest.approx(loss + ALPHA * (p**2).sum(), abs=1e-9)
        right = ((network.scores(x) > 0) == (y > 0)).mean()
        assert snapshots[k].train_accuracy == right
        network.step(1.0 - 0.9 * k / 100, network.gradient(x, y) / len(y) + 2 * ALPHA * p)


def test_steps_at_once_and_one_by_one_are_the_same_run(hundred_steps) -> None:
    trainer = built(demo())
    snapshot = trainer.advance(100)
    np.testing.assert_array_equal(snapshot.parameters[1], hundred_steps[0][-1].parameters[1])
    assert trainer.history.objective == hundred_steps[1]


@pytest.mark.parametrize("reduction", ["mean", "sum"])
def test_batches_agree_with_a_loop_in_plain_numpy(reduction: str) -> None:
    settings = TrainingSettings(reduction=reduction, learning_rate=0.01, batch=32)
    trainer = built(demo(training=settings, data=DataSettings("moons", test_share=0.2)))
    trainer.advance(9)
    x, y = trainer.samples.inputs, trainer.samples.labels
    reduce = {"mean": np.mean, "sum": np.sum}[reduction]
    network = Network(built(demo()).parameters)
    train, test, steps = [], [], 0
    for epoch in range(4):
        order = np.random.RandomState([1337, epoch]).permutation(80)
        for first in (0, 32, 64):
            train.append(reduce(network.loss(x[:80], y[:80])))
            test.append(reduce(network.loss(x[80:], y[80:])))
            rows = order[first : first + 32]
            scale = 1.0 / len(rows) if reduction == "mean" else 1.0
            network.step(0.01, scale * network.gradient(x[rows], y[rows]))
            steps += 1
            assert len(rows) == (16 if first == 64 else 32)
    assert steps == 12
    assert trainer.history.train_loss == pytest.approx(train[:10], abs=1e-9)
    assert trainer.history.test_loss == pytest.approx(test[:10], abs=1e-9)
    assert trainer.epoch == 3


def test_a_share_of_the_points_is_kept_from_training() -> None:
    data = DataSettings("moons", test_share=0.5)
    snapshot = built(demo(data=data)).advance(100)
    trainer = built(demo(data=data))
    x, y = trainer.samples.inputs, trainer.samples.labels
    network = Network(snapshot.parameters[1])
    assert snapshot.train_loss == pytest.approx(network.loss(x[:50], y[:50]).mean(), abs=1e-12)
    assert snapshot.test_loss == pytest.approx(network.loss(x[50:], y[50:]).mean(), abs=1e-12)
    assert snapshot.test_accuracy == ((network.scores(x[50:]) > 0) == (y[50:] > 0)).mean()
    assert snapshot.train_accuracy == ((network.scores(x[:50]) > 0) == (y[:50] > 0)).mean()
    assert snapshot.test_loss != snapshot.train_loss


def test_another_seed_is_another_run() -> None:
    other = built(demo(seeds=Seeds(data=1, init=2)))
    assert other.snapshot().objective != built(demo()).snapshot().objective


@pytest.mark.parametrize("generator", ["circle", "xor"])
@pytest.mark.parametrize("loss", ["hinge", "cross_entropy", "squared_error"])
def test_the_other_data_and_losses_are_learned_too(generator: str, loss: str) -> None:
    settings = TrainingSettings(learning_rate=0.03)
    data = DataSettings(generator, samples=100, noise=0.0)
    document = demo(data=data, loss=loss, activation="tanh", training=settings)
    assert built(document, record_every=100).advance(400).accuracy >= 0.95
