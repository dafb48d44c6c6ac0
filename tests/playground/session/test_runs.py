"""The runs since a document was opened: when one begins, what is kept, what comes back."""

import numpy as np
import pytest

from engine.errors import Refusal
from engine.graph.models import Model
from engine.graph.properties import set_training, set_value
from engine.graph.records import DataSettings
from playground.session import runs
from playground.session.clear import model_edit
from playground.session.runs import MOST_ROWS, MOST_RUNS


@pytest.fixture
def network(session):
    """Open a session that holds a network of 9 parameters on forty moons."""
    assert session.do(model_edit(session.document, Model((2, 1), data=DataSettings("moons", 40))))
    session.flush()
    return session


def train(session, qtbot, steps: int = 3) -> None:
    with qtbot.waitSignal(session.training.stopped):
        session.training.step(steps)


def numbers(session) -> list[int]:
    return [run.number for run in session.runs]


def test_a_run_grows_while_it_is_trained(network, qtbot):
    train(network, qtbot)
    train(network, qtbot, 2)
    [run] = network.runs
    assert (run.number, run.snapshot.step) == (1, 5)
    assert run.curves.steps.tolist() == [0, 1, 2, 3, 4, 5]
    assert run.name.startswith("Run 1 · SGD")


def test_new_weights_and_a_rewind_begin_other_runs_and_keep_those_before(network, qtbot):
    train(network, qtbot, 4)
    network.training.draw_weights()
    train(network, qtbot, 2)
    network.training.rewind()
    train(network, qtbot, 1)
    assert numbers(network) == [1, 2, 3]
    assert [run.snapshot.step for run in network.runs] == [4, 2, 1]
    assert [len(run.curves.train) for run in network.runs] == [5, 3, 2]


def test_a_run_of_no_step_is_not_kept(network, qtbot):
    train(network, qtbot)
    for weights in range(2):
        network.training.draw_weights()
        run = network.training.run
        qtbot.waitUntil(lambda run=run: network.runs.current.curves.run == run)
        assert network.runs.current.snapshot.step == 0, weights
    train(network, qtbot)
    assert numbers(network) == [1, 2]


def test_a_number_that_is_changed_by_hand_is_not_where_a_run_ended(network, qtbot):
    train(network, qtbot)
    ids, ended = network.runs.current.snapshot.parameters
    node = int(ids[0])
    assert network.do(set_value(network.document, node, float(ended[0]) + 1.0))
    with qtbot.waitSignal(network.runs.grown):
        network.flush()
    assert network.training.snapshot.parameters[1][0] == ended[0] + 1.0
    assert np.array_equal(network.runs.current.snapshot.parameters[1], ended)


def test_a_run_that_is_over_keeps_short_curves(network, qtbot, monkeypatch):
    monkeypatch.setattr(runs, "MOST_ROWS", 64)
    train(network, qtbot, 100)
    assert len(network.runs.current.curves.steps) == 101
    network.training.draw_weights()
    train(network, qtbot, 1)
    over, _now = network.runs
    assert len(over.curves.steps) <= 64
    assert (over.curves.steps[0], over.curves.steps[-1]) == (0, 100)


def test_undo_brings_the_run_before_back(network, qtbot):
    train(network, qtbot, 4)
    network.training.draw_weights()
    train(network, qtbot, 2)
    network.undo()
    network.undo()
    qtbot.waitUntil(lambda: network.runs.current.number == 1)
    assert network.runs.current.snapshot.step == 4


def test_another_document_begins_to_count_anew(network, qtbot):
    train(network, qtbot)
    network.new()
    assert len(network.runs) == 0
    assert network.runs.current is None


def test_what_differs_from_the_run_before_is_said(network, qtbot):
    train(network, qtbot)
    network.training.draw_weights()
    network.do(set_training(network.document, optimizer="adam", learning_rate=0.01))
    network.flush()
    train(network, qtbot)
    first, second = network.runs
    assert first.differs_from(network.runs.before(1)) == ""
    assert "Adam" in second.differs_from(network.runs.before(2))
    assert second.name == "Run 2 · Adam 0.01"


def test_names_pins_and_hiding_are_the_runs_own(network, qtbot):
    train(network, qtbot)
    with qtbot.waitSignals([network.runs.changed] * 3):
        network.runs.rename(1, "  my   run ")
        network.runs.pin(1, on=True)
        network.runs.hide(1, on=True)
    [run] = network.runs
    assert (run.name, run.pinned, run.hidden) == ("my run", True, True)
    train(network, qtbot)
    assert network.runs.current.name == "my run"


def test_only_so_many_runs_are_kept_and_pinned_ones_stay(network, qtbot):
    for _run in range(MOST_RUNS + 3):
        train(network, qtbot, 1)
        if len(network.runs) == 2:
            network.runs.pin(2, on=True)
        network.training.draw_weights()
    train(network, qtbot, 1)
    assert len(network.runs) == MOST_RUNS
    assert 2 in numbers(network)
    assert 1 not in numbers(network)


def test_the_current_run_cannot_be_deleted_and_others_can(network, qtbot):
    train(network, qtbot)
    network.runs.delete(1)
    assert numbers(network) == [1]
    network.training.draw_weights()
    train(network, qtbot)
    network.runs.delete(1)
    assert numbers(network) == [2]


def test_weights_and_settings_of_a_run_can_be_taken_and_undone(network, qtbot):
    train(network, qtbot, 5)
    ids, ended = network.runs.current.snapshot.parameters
    network.training.draw_weights()
    network.do(set_training(network.document, optimizer="adam"))
    network.flush()
    train(network, qtbot, 2)
    assert network.do(network.runs.weights_edit(1))
    values = [network.document.node(node).value for node in ids.tolist()]
    assert np.array_equal(values, ended)
    assert network.do(network.runs.settings_edit(1))
    assert network.document.training.optimizer == "sgd"
    network.undo()
    assert network.document.training.optimizer == "adam"


def test_weights_of_parameters_that_are_gone_are_refused(network, qtbot):
    from engine.graph.verbs import delete

    train(network, qtbot)
    leaf = next(node.id for node in network.document.nodes() if node.trainable)
    assert network.do(delete(network.document, [leaf], ()))
    refusal = network.runs.weights_edit(1)
    assert isinstance(refusal, Refusal)
    assert "do not fit" in str(refusal)


def test_curves_of_a_run_that_is_over_are_short_and_keep_their_spikes():
    from playground.training import Curves

    stream = np.random.default_rng(0)
    train = stream.uniform(1, 2, 100_000)
    train[54_321] = 99.0
    curves = Curves(np.arange(100_000.0), train, None, train + 1, np.zeros(100_000))
    short = curves.shortened(MOST_ROWS)
    assert len(short.train) <= MOST_ROWS
    assert short.train.max() == 99.0
    assert short.steps[np.argmax(short.train)] == 54_321
    assert (short.steps[0], short.steps[-1]) == (0, 99_999)
    assert np.array_equal(short.objective, short.train + 1)
    assert short.test is None
    assert short.shortened(MOST_ROWS) is short
