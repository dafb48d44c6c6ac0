"""Stepping and planted bugs through a session: what is shown, and that nothing else changes."""

from dataclasses import replace

import pytest

from engine.errors import accept
from engine.files import write
from engine.graph import verbs
from engine.graph.properties import set_value
from engine.run.rules import RIGHT


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
