"""Stepping and planted bugs through a session: what is shown, and that nothing else changes."""

from dataclasses import replace

import pytest

from engine.errors import accept
from engine.files import write
from engine.graph import verbs
from engine.graph.models import Model
from engine.graph.properties import set_value
from engine.graph.records import DataSettings
from engine.run.rules import RIGHT
from playground.session.clear import model_edit


@pytest.fixture
def neuron(session):
    session.open_example("tanh-neuron")
    session.flush()
    return session


def last_wins(_before, part):
    return part


def test_values_appear_as_they_are_computed_and_gradients_as_they_arrive(neuron):
    true = neuron.live.result
    tracing = neuron.tracing
    tracing.switch(on=True)
    assert not neuron.result.computed.any()
    while tracing.step():
        pass
    assert neuron.result is not true
    assert neuron.result.gradient == pytest.approx(true.gradient, rel=1e-13)
    while tracing.back():
        pass
    assert not neuron.result.computed.any()
    tracing.switch(on=False)
    assert neuron.result is neuron.live.result


def test_an_edited_number_keeps_the_position_and_changes_the_numbers(neuron):
    tracing, document = neuron.tracing, neuron.document
    tracing.switch(on=True)
    for _k in range(12):
        tracing.step()
    w1 = document.find("w1")
    neuron.do(set_value(document, w1, 1.5))
    neuron.flush()
    assert len(tracing.trace.steps) == 12
    assert neuron.result.number(w1) == 1.5


def test_another_graph_begins_before_the_first_step(neuron):
    tracing, document = neuron.tracing, neuron.document
    tracing.switch(on=True)
    for _k in range(5):
        tracing.step()
    neuron.do(accept(verbs.add_op(document, "tanh", (0.0, 0.0))))
    neuron.flush()
    assert tracing.on
    assert not tracing.trace.steps
    neuron.do(verbs.delete(document, {document.find("w1")}))
    neuron.flush()
    assert not tracing.trace.steps
    neuron.open_example("same-value-twice")
    assert not tracing.on


def test_a_planted_bug_changes_what_is_shown_and_neither_document_nor_true_numbers(session):
    session.open_example("same-value-twice")
    session.flush()
    before, true = write(session.document), session.live.result
    a = session.document.find("a")
    assert session.result.slope(a) == 2.0
    session.tracing.plant(replace(RIGHT, add=last_wins))
    assert session.tracing.is_planted
    assert session.result.slope(a) == 1.0
    assert session.live.result is true
    assert write(session.document) == before
    session.tracing.plant(RIGHT)
    assert session.result.slope(a) == 2.0


def test_firing_a_node_without_a_value_says_why_nothing_happens(neuron):
    neuron.do(accept(verbs.add_op(neuron.document, "tanh", (0.0, 0.0))))
    neuron.flush()
    neuron.tracing.switch(on=True)
    neuron.tracing.fire_by_hand(on=True)
    told, before = [], neuron.tracing.course.taken[:]
    neuron.tracing.told.connect(told.append)
    unwired = neuron.document.next_id - 1
    assert neuron.tracing.fire(unwired) is None
    name = neuron.document.name(unwired)
    assert told == [f"{name} has no value, so it is no part of the pass"]
    assert neuron.tracing.course.taken == before


def test_while_nobody_steps_nothing_can_be_asked_or_done(neuron):
    tracing, latest = neuron.tracing, neuron.result
    tracing.fire_by_hand(on=True)
    assert not tracing.by_hand
    assert tracing.right() == {}
    assert tracing.step() is None
    assert tracing.back() is None
    assert not tracing.run_to([neuron.document.find("w1")])
    for deed in (tracing.finish, tracing.restart):
        deed()
    assert neuron.result is latest


# Long passes -------------------------------------------------------------------------------------


@pytest.fixture
def stepped(session):
    """Step through a network to the end, and return its session."""
    model = Model((2, 16, 16, 1), data=DataSettings("moons", samples=40))
    assert session.do(model_edit(session.document, model))
    session.flush()
    session.tracing.switch(on=True)
    session.tracing.finish()
    session.tracing.finish()
    assert session.tracing.course.is_over
    return session


def change(session, number: float) -> None:
    """Change the first weight."""
    weight = next(node for node in session.document.nodes() if node.trainable)
    assert session.do(set_value(session.document, weight.id, number))
    session.flush()


def test_a_long_pass_is_done_again_beside_the_window(stepped, qtbot):
    tracing, before = stepped.tracing, stepped.result.gradient
    steps, redone = len(tracing.course.schedule), tracing.redone
    change(stepped, 2.5)
    assert tracing.redone == redone
    assert stepped.result.gradient == pytest.approx(before, rel=1e-13)
    with qtbot.waitSignal(tracing.changed):
        pass
    assert tracing.redone == redone + steps
    assert tracing.course.is_over
    assert stepped.result.gradient == pytest.approx(stepped.live.result.gradient, rel=1e-12)


def test_numbers_that_rush_by_do_not_begin_a_pass_each(stepped, qtbot):
    tracing = stepped.tracing
    steps, redone = len(tracing.course.schedule), tracing.redone
    for k in range(20):
        change(stepped, k / 8)
    qtbot.waitUntil(lambda: tracing.trace.base is stepped.live.result)
    assert tracing.redone == redone + 2 * steps  # the first that came, and the last
    assert stepped.result.gradient == pytest.approx(stepped.live.result.gradient, rel=1e-12)


def test_who_goes_on_stepping_does_so_with_the_numbers_of_now(stepped):
    tracing = stepped.tracing
    change(stepped, 2.5)
    assert tracing.back() is not None
    assert tracing.trace.base is stepped.live.result
    assert 0 < len(tracing.course.schedule) - len(tracing.course.taken) < 5  # a group at once


def test_another_graph_forgets_what_was_being_done_again(stepped, qtbot):
    tracing = stepped.tracing
    change(stepped, 2.5)
    redone = tracing.redone
    stepped.do(accept(verbs.add_op(stepped.document, "tanh", (0.0, 0.0))))
    stepped.flush()
    qtbot.wait(50)
    assert tracing.redone == redone
    assert not tracing.course.taken


def test_a_planted_bug_follows_numbers_that_rush_by_when_there_is_time(stepped, qtbot):
    tracing = stepped.tracing
    tracing.switch(on=False)
    tracing.plant(replace(RIGHT, add=last_wins))
    redone = tracing.redone
    for k in range(20):
        change(stepped, k / 8)
    assert tracing.redone == redone
    qtbot.waitUntil(lambda: stepped.result.value == pytest.approx(stepped.live.result.value))
    right = stepped.live.result.gradient
    assert stepped.result.gradient != pytest.approx(right, rel=1e-6)
