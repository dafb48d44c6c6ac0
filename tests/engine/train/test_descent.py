"""Without data training is plain gradient descent, on whatever graph somebody wired."""

import random

import numpy as np
import pytest

from engine import Value
from engine.errors import accept
from engine.graph.properties import set_data
from engine.nn import MLP
from engine.run.plan import training_plan
from engine.run.tape import Tape
from engine.train.objective import Objective, make_terms
from tests.engine.train.documents import built, demo, graph, marked, parabola, recorded, trained

XS = [[2.0, 3.0, -1.0], [3.0, -1.0, 0.5], [0.5, 1.0, 1.0], [1.0, 1.0, -1.0]]
YS = [1.0, -1.0, -1.0, 1.0]


def test_a_parabola_wired_by_hand_trains_to_its_lowest_point() -> None:
    snapshot = built(parabola(learning_rate=0.1)).advance(200)
    assert snapshot.parameters[1].tolist() == pytest.approx([3.0], abs=1e-12)
    assert snapshot.objective == pytest.approx(0.0, abs=1e-20)
    assert (snapshot.accuracy, snapshot.test_loss, snapshot.epoch) == (None, None, 200)


def test_each_step_of_the_parabola_is_the_one_on_paper() -> None:
    trainer = built(parabola(learning_rate=0.25))
    numbers = [trainer.advance().parameters[1][0] for _step in range(3)]
    assert numbers == [1.5, 2.25, 2.625]
    assert trainer.history.train_loss == [9.0, 2.25, 0.5625, 0.140625]
    assert trainer.history.steps == [0, 1, 2, 3]


def four_points(network: MLP) -> Value:
    """Return the lecture's loss: squared errors of four points, summed."""
    predictions = [network(x) for x in XS]
    return sum((out - y) ** 2 for y, out in zip(YS, predictions, strict=True))


def test_the_four_point_loss_of_the_lecture_trains_as_it_does_with_values() -> None:
    random.seed(1337)
    network = MLP.lecture(3, [4, 4, 1])
    loss = four_points(network)
    document, _ids = recorded(loss, network.parameters())
    assert len(document) == 398
    trainer = built(trained(document, reduction="sum", learning_rate=0.05))
    trainer.advance(20)
    expected = []
    for _step in range(21):
        loss = four_points(network)
        expected.append(loss.data)
        network.zero_grad()
        loss.backward()
        for p in network.parameters():
            p.data += -0.05 * p.grad
    assert expected[-1] < expected[0] / 10
    assert trainer.history.train_loss == pytest.approx(expected, rel=1e-10)


@pytest.mark.parametrize(("scope", "decayed"), [("all", 337), ("weights", 304)])
@pytest.mark.parametrize("reduction", ["mean", "sum"])
def test_the_gradient_of_the_objective_is_that_of_central_differences(
    scope: str, decayed: int, reduction: str
) -> None:
    document = demo(activation="tanh", loss="cross_entropy")
    trained(document, l2=0.01, l2_scope=scope, reduction=reduction)
    trainer = built(document)
    plan = training_plan(document)
    tape = Tape(plan, 100)
    tape.load(document)
    tape.set_samples(trainer.samples.inputs, trainer.samples.targets)
    objective, terms = Objective(tape), make_terms(document, plan, document.training)
    assert np.count_nonzero(terms.decay) == decayed
    p = trainer.parameters + 0.1
    objective.measure(p, terms)
    gradient = objective.gradient(p, terms)
    for k in range(0, 337, 16):
        nudge = np.where(np.arange(337) == k, 1e-5, 0.0)
        up, down = (objective.measure(p + s * nudge, terms).objective for s in (1, -1))
        assert gradient[k] == pytest.approx((up - down) / 2e-5, rel=1e-6, abs=1e-7)


def test_a_penalty_node_counts_once_whatever_the_samples() -> None:
    """The loss is w*x over the moons; the penalty is w*w."""
    document = graph(
        ("mul", (1, 2)), ("square", (1,)), leaves=[("parameter", 2.0), ("feature", 0.0)]
    )
    document.apply(accept(set_data(document, generator="moons")))
    marked(marked(document, 3, "loss"), 4, "penalty")
    trainer = built(trained(document, learning_rate=0.5))
    x = trainer.samples.inputs[:, 0].mean()
    first = trainer.snapshot()
    assert first.train_loss == pytest.approx(2.0 * x)
    assert first.objective == pytest.approx(2.0 * x + 4.0)
    assert trainer.advance().parameters[1][0] == pytest.approx(2.0 - 0.5 * (x + 4.0))


def test_a_loss_that_sees_no_sample_counts_once() -> None:
    document = parabola(reduction="sum", learning_rate=0.25)
    document.apply(accept(set_data(document, generator="moons")))
    trainer = built(document)
    assert trainer.samples is None
    assert trainer.advance().parameters[1][0] == 1.5


def test_features_without_data_keep_their_own_numbers() -> None:
    """(w*x - y)**2 with x = 2 and y = 6 goes to w = 3."""
    document = graph(
        ("mul", (1, 2)),
        ("sub", (4, 3)),
        ("square", (5,)),
        leaves=[("parameter", 0.0), ("feature", 2.0), ("target", 6.0)],
    )
    snapshot = built(trained(document, learning_rate=0.1)).advance(100)
    assert snapshot.parameters[1][0] == pytest.approx(3.0)
