"""A run on compiled kernels is the run on NumPy: its history, its stops, its words."""

import numpy as np
import pytest

from engine.errors import accept
from engine.graph.document import Document
from engine.graph.records import DataSettings, TrainingSettings
from engine.graph.reshape import reshape
from engine.graph.verbs import delete
from engine.train.optimizers import OPTIMIZERS
from engine.train.trainer import Trainer
from tests.engine.graph.networks import group_of, node_at
from tests.engine.train.documents import built, demo, graph, marked, parabola, trained

pytestmark = pytest.mark.usefixtures("kernels")
MOONS = DataSettings("moons", test_share=0.2)


def penalised() -> Document:
    """Return (a*b - 3)**2 with a**2 as a penalty."""
    document = graph(
        ("mul", (1, 2)),
        ("sub", (4, 3)),
        ("square", (5,)),
        ("square", (1,)),
        leaves=[("parameter", 2.0), ("parameter", -1.0), ("constant", 3.0)],
    )
    document = marked(marked(document, 6, "loss"), 7, "penalty")
    return trained(document, learning_rate=0.05)


def holed() -> Document:
    """Return the demo after it was reshaped and lost a multiplication and a whole input."""
    document = demo()
    network = group_of(document)
    document.apply(accept(reshape(document, network.id, {"layers": (15, 12, 6, 1)})).edit)
    slots = [(1, 3, 7, "product"), *((2, unit, 4, "product") for unit in range(6))]
    document.apply(accept(delete(document, [node_at(document, *slot).id for slot in slots])))
    return document


def training(key: str, **changed: object) -> TrainingSettings:
    """Return small steps of an optimiser, with settings of its own."""
    return TrainingSettings(optimizer=key, learning_rate=0.002, weight_decay=0.1, **changed)


RUNS = {
    "holes": holed(),
    "the demo": demo(),
    "batches": demo(data=MOONS, training=TrainingSettings(learning_rate=0.05, batch=32)),
    "a sum": demo(training=TrainingSettings(reduction="sum", learning_rate=1e-3)),
    "test samples": demo(data=MOONS, loss="cross_entropy", activation="tanh"),
    "weights only": demo(training=TrainingSettings(l2=0.01, l2_scope="weights")),
    "deep": demo(layers=(8, 8, 8, 1), activation="sigmoid", loss="squared_error"),
    "L1": demo(training=TrainingSettings(l1=0.01, l2=0.01)),
    "L1 of weights": demo(training=TrainingSettings(l1=0.01, l2_scope="weights", batch=7)),
    "short gradients": demo(training=TrainingSettings(clip="norm", clip_limit=0.1)),
    "cut slopes": demo(training=TrainingSettings(clip="value", clip_limit=0.01, batch=30)),
    "a fixed order": demo(training=TrainingSettings(order="fixed", batch=30)),
    "a warm-up": demo(
        training=TrainingSettings(schedule="cosine", schedule_steps=50, warmup_steps=20)
    ),
    **{key: demo(training=training(key)) for key in OPTIMIZERS},
    **{f"{key}, batches": demo(training=training(key, batch=32)) for key in OPTIMIZERS},
    "no data": parabola(),
    "a penalty": penalised(),
}


def downfall() -> Document:
    """Return log(x), which falls until a step goes beyond 0."""
    return graph(("log", (1,)), leaves=[("parameter", 3.5)])


MOVING = sorted(OPTIMIZERS.keys() - {"sgd"})


def both(document: Document, **arguments: int) -> tuple[Trainer, Trainer]:
    fast = built(document, runner="numba", **arguments)
    assert fast.runner == "numba"
    return fast, built(document, **arguments)


@pytest.mark.parametrize("name", RUNS)
def test_a_hundred_steps_have_the_same_history(name: str) -> None:
    fast, slow = both(RUNS[name])
    for steps in (1, 60, 39):
        found, expected = fast.advance(steps), slow.advance(steps)
        assert (found.step, found.epoch) == (expected.step, expected.epoch)
        assert found.train_accuracy == expected.train_accuracy
        assert found.objective == pytest.approx(expected.objective, abs=1e-9)
    assert fast.history.steps == slow.history.steps
    for column in ("train_loss", "test_loss", "objective"):
        ours, theirs = getattr(fast.history, column), getattr(slow.history, column)
        assert [x is None for x in ours] == [x is None for x in theirs]
        if ours[0] is not None:
            assert ours == pytest.approx(theirs, abs=1e-9), column
    np.testing.assert_allclose(fast.parameters, slow.parameters, rtol=1e-9, atol=1e-9)
    assert fast.state.updates == slow.state.updates == 100
    for ours, theirs in zip(fast.state.vectors, slow.state.vectors, strict=True):
        np.testing.assert_allclose(ours, theirs, rtol=1e-9, atol=1e-9)


@pytest.mark.parametrize("name", ["batches", "adam, batches", "rmsprop"])
def test_steps_at_once_and_one_by_one_are_the_same_run_to_the_last_bit(name: str) -> None:
    at_once, singly = both(RUNS[name])[0], both(RUNS[name])[0]
    at_once.advance(30)
    for _step in range(30):
        singly.advance()
    assert at_once.parameters.tolist() == singly.parameters.tolist()


@pytest.mark.parametrize("name", ["batches", *OPTIMIZERS, "short gradients", "L1"])
def test_steps_are_taken_in_one_call(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    fast, _slow = both(RUNS[name])
    monkeypatch.setattr(Trainer, "_take_step", None)
    assert fast.advance(500).step == 500


def test_only_every_tenth_step_is_recorded_if_that_is_asked_for() -> None:
    fast, slow = both(RUNS["batches"], record_every=10)
    fast.advance(47)
    slow.advance(47)
    assert fast.history.steps == slow.history.steps == [0, 10, 20, 30, 40]
    assert fast.history.objective == pytest.approx(slow.history.objective, abs=1e-9)


@pytest.mark.parametrize(
    "document",
    [
        parabola(1.0, learning_rate=3.0),
        demo(loss="squared_error", training=TrainingSettings(learning_rate=30.0)),
        demo(
            loss="squared_error",
            data=MOONS,
            training=TrainingSettings(learning_rate=30.0, batch=16),
        ),
        graph(("log", (1,)), leaves=[("parameter", 0.05)]),
        graph(("sqrt", (1,)), leaves=[("parameter", 0.0)]),
        *(trained(downfall(), learning_rate=1.0, optimizer=key) for key in MOVING),
    ],
    ids=["parabola", "network", "batches", "logarithm", "root", *MOVING],
)
def test_a_run_that_ends_non_finite_stops_at_the_same_step_with_the_same_words(
    document: Document,
) -> None:
    fast, slow = both(document)
    found, expected = fast.advance(2000), slow.advance(2000)
    assert found.problem is not None
    assert expected.problem is not None
    assert (found.step, found.problem.node) == (expected.step, expected.problem.node)
    assert found.problem.reason == expected.problem.reason
    assert np.isfinite(found.parameters[1]).all()
    assert fast.state.updates == slow.state.updates == found.step
    for ours, theirs in zip(fast.state.vectors, slow.state.vectors, strict=True):
        assert ours == pytest.approx(theirs, rel=1e-9)
    assert fast.history.steps == slow.history.steps


def test_a_number_changed_meanwhile_takes_effect_at_the_next_step() -> None:
    fast, slow = both(parabola())
    for each in (fast, slow):
        each.advance(5)
        each.set_numbers(np.array([2]), np.array([-4.0]))  # the constant
        each.advance(5)
        each.set_numbers(np.array([1]), np.array([7.0]))  # the parameter
        each.advance(5)
    assert fast.parameters == pytest.approx(slow.parameters, rel=1e-12)


def test_without_kernels_a_run_falls_back_to_numpy(monkeypatch: pytest.MonkeyPatch) -> None:
    from engine.run import compiled

    monkeypatch.setattr(compiled, "_loaded", [])
    assert built(demo(), runner="numba").runner == "numpy"
