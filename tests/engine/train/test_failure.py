"""A step that ends non-finite is taken back; node and step are named."""

import math

import numpy as np
import pytest

from engine.errors import accept
from engine.graph.records import TrainingSettings
from engine.run.diagnosis import problems
from engine.run.plan import training_plan
from engine.run.tape import Tape
from engine.train.failure import failed_forward
from tests.engine.train.documents import built, demo, graph, parabola, trained


def test_a_parabola_that_is_overshot_stops_with_the_last_finite_parameter() -> None:
    """Each step makes the gap to 3 about 2e6 times as wide, until its square overflows."""
    trainer = built(parabola(learning_rate=1e6))
    snapshot = trainer.advance(1_000)
    assert snapshot.problem is not None
    assert snapshot.problem.node == 4
    failed = snapshot.step + 1
    assert snapshot.problem.text == f"Step {failed}: square#4 is inf: the number grew too large"
    gap = 3.0
    for _step in range(snapshot.step):
        gap *= 1.0 - 2e6
    assert abs(snapshot.parameters[1][0] - 3.0) == pytest.approx(abs(gap), rel=1e-9)
    assert gap**2 * 2e6**2 == math.inf
    assert snapshot.objective == pytest.approx(gap**2, rel=1e-9)
    assert trainer.history.steps == list(range(snapshot.step + 1))


def test_the_node_nearest_the_leaves_is_named_and_not_the_one_that_was_made_first() -> None:
    """Both exponentials overflow; before the first one made there is a product."""
    document = graph(
        ("mul", (1, 1)),
        ("exp", (3,)),
        ("exp", (2,)),
        ("add", (4, 5)),
        leaves=[("parameter", 1e3)] * 2,
    )
    first, last = 4, 5
    tape = Tape(accept(training_plan(document)))
    tape.load(document)
    tape.forward()
    assert [problem.node for problem in problems(document, tape)] == [first, last]
    assert failed_forward(document, tape, 7).node == last


def test_trying_again_fails_again_and_a_smaller_rate_goes_on() -> None:
    document = parabola(learning_rate=1e6)
    trainer = built(document)
    first = trainer.advance(1_000)
    again = trainer.advance(5)
    assert again.problem is not None
    assert again.step == first.step
    assert again.parameters[1][0] == first.parameters[1][0]
    assert trainer.update_settings(TrainingSettings(learning_rate=0.25)) is None
    after = trainer.advance(2_000)
    assert after.problem is None
    assert after.parameters[1][0] == pytest.approx(3.0)


@pytest.mark.parametrize("every", [1, 1_000])
@pytest.mark.parametrize("batch", [None, 10])
def test_a_network_that_diverges_stops_with_finite_parameters(
    batch: int | None, every: int
) -> None:
    settings = TrainingSettings(learning_rate=1.0, batch=batch)
    document = demo(training=settings, loss="squared_error", activation="leaky_relu")
    trainer = built(document, record_every=every)
    snapshot = trainer.advance(100)
    assert snapshot.problem is not None
    assert snapshot.problem.text.startswith(f"Step {snapshot.step + 1}: ")
    assert np.isfinite(snapshot.parameters[1]).all()
    assert np.isfinite(snapshot.objective)
    assert np.isfinite(trainer.history.objective).all()


def test_an_infinite_gradient_names_its_node_and_moves_nothing() -> None:
    """The square root of 0 is fine, its slope there is not."""
    trainer = built(graph(("sqrt", (1,)), leaves=[("parameter", 0.0)]))
    trainer.snapshot()
    snapshot = trainer.advance()
    assert snapshot.problem is not None
    assert snapshot.problem.node == 1
    assert snapshot.problem.text == "Step 1: the gradient of v0 is not finite"
    assert (snapshot.step, snapshot.parameters[1].tolist()) == (0, [0.0])


def test_a_step_too_long_for_a_number_names_the_parameter() -> None:
    document = graph(("mul", (1, 2)), leaves=[("parameter", 1.0), ("constant", 1e305)])
    snapshot = built(trained(document, learning_rate=1e5)).advance()
    assert snapshot.problem is not None
    assert snapshot.problem.text == "Step 1: the step of v0 grew too large"
    assert snapshot.parameters[1].tolist() == [1.0]


def test_a_loss_that_is_not_finite_from_the_start_is_told_at_step_0() -> None:
    trainer = built(graph(("log", (1,)), leaves=[("parameter", -1.0)]))
    snapshot = trainer.advance(3)
    assert snapshot.step == 0
    assert snapshot.problem is not None
    assert snapshot.problem.text.startswith("Step 0: log#2 is nan: ")
    assert len(trainer.history) == 0


def test_numbers_put_in_by_hand_are_not_taken_back() -> None:
    trainer = built(parabola(learning_rate=0.25))
    trainer.advance(3)
    trainer.set_numbers(np.array([1]), np.array([1e200]))
    snapshot = trainer.advance()
    assert snapshot.problem is not None
    assert (snapshot.step, snapshot.parameters[1].tolist()) == (3, [1e200])


def test_running_on_ends_with_the_problem() -> None:
    snapshots = list(built(parabola(learning_rate=1e6)).run(10))
    assert [s.problem is None for s in snapshots] == [True] * (len(snapshots) - 1) + [False]
    assert [s.step for s in snapshots[:-1]] == list(range(10, 10 * len(snapshots), 10))


def test_only_finite_numbers_are_written_back() -> None:
    document = parabola(learning_rate=1e6)
    trainer = built(document)
    trainer.advance(1_000)
    document.apply(trainer.edit("Train"))
    assert np.isfinite(document.node(1).value)
