"""Readings: what each card says of a result, and why it says nothing."""

import numpy as np
import pytest

from engine.errors import accept
from engine.graph.document import Document
from engine.graph.models import Model, model_document
from engine.graph.properties import set_mark, set_value
from engine.graph.records import DataSettings
from engine.graph.verbs import add_op, add_value, connect
from engine.run.course import Course
from engine.run.evaluate import evaluate
from engine.run.trace import Trace
from playground.canvas.frame.build import build_frame
from playground.canvas.frame.digits import State
from playground.canvas.frame.readings import Reader


@pytest.fixture(autouse=True)
def application(qapp):
    """Building a frame measures texts."""


def quarrel() -> Document:
    """Make log(a), a free product, and a value beside: one result of every kind."""
    document = Document()
    document.apply(add_value(document, (0, 0), value=0.0, label="a"))
    document.apply(accept(add_op(document, "log", (200, 0), label="l")))
    document.apply(accept(connect(document, 1, 2)))
    document.apply(accept(add_op(document, "mul", (200, 200), label="m")))
    document.apply(add_value(document, (0, 300), value=0.0, label="z"))
    document.apply(accept(set_mark(document, 2, "backward")))
    return document


def readings_of(document: Document, folded=frozenset()):
    frame = build_frame(document, folded)
    return frame, Reader(frame).read(evaluate(document))


def test_a_zero_a_missing_input_and_an_unreached_value_look_different():
    frame, said = readings_of(quarrel())
    log, product, beside = (frame.index[node] for node in (2, 3, 4))
    assert said.value[beside] == 0.0
    assert said.value_state[beside] == State.NUMBER
    assert said.slope_state[beside] == State.MISSING
    assert said.value_state[product] == State.MISSING
    assert said.incomplete.tolist() == [False, False, True, False]
    assert said.slope_state[log] == State.NUMBER


def test_a_number_that_is_not_finite_is_strange_and_its_neighbours_are_not():
    frame, said = readings_of(quarrel())
    assert said.value[frame.index[2]] == -np.inf
    assert said.strange[frame.index[2]]
    assert not said.strange[frame.index[4]]


def test_without_a_result_everything_is_stale():
    frame = build_frame(quarrel(), frozenset())
    said = Reader(frame).read(None)
    assert set(said.value_state.tolist()) == {State.STALE}
    assert not said.incomplete.any()


def test_a_node_that_the_result_does_not_know_is_stale():
    document = quarrel()
    result = evaluate(document)
    document.apply(add_value(document, (0, 500), value=1.0))
    frame = build_frame(document, frozenset())
    said = Reader(frame).read(result)
    assert said.value_state[frame.index[5]] == State.STALE
    assert said.value_state[frame.index[4]] == State.NUMBER


def test_new_numbers_of_the_same_structure_are_read_from_the_same_rows():
    document = quarrel()
    frame = build_frame(document, frozenset())
    reader = Reader(frame)
    reader.read(evaluate(document))
    document.apply(accept(set_value(document, 4, 7.5)))
    assert reader.read(evaluate(document)).value[frame.index[4]] == 7.5


def test_wires_read_the_local_derivative_and_at_the_depth_of_neurons_the_weight():
    document = accept(model_document(Model((3, 1), data=DataSettings("moons", samples=10))))
    frame, said = readings_of(document, document.view.folded)
    result, wires = evaluate(document), frame.wires
    for row in range(len(wires)):
        weight = int(wires.weight[row])
        if weight >= 0:
            assert said.weight[row] == document.node(weight).value
            assert said.partial[row] == said.weight[row]
        edge = result.edge_row[int(wires.target[row]), int(wires.port[row])]
        assert said.partial[row] == result.partial[edge]


def test_the_peak_is_the_largest_gradient_that_is_finite():
    document = Document()
    for number in (3.0, -4.0):
        document.apply(add_value(document, (0, 0), value=number))
    document.apply(accept(add_op(document, "mul", (200, 0))))
    for source in (1, 2):
        document.apply(accept(connect(document, source, 3)))
    _frame, said = readings_of(document)
    assert said.peak == 4.0


def test_what_a_pass_has_not_come_to_waits_and_what_never_comes_is_missing():
    document = quarrel()
    document.apply(accept(set_mark(document, 2, "backward")))
    frame, course = build_frame(document, frozenset()), Course(Trace(document, evaluate(document)))
    course.step()
    said, item = Reader(frame).read(course.trace.result()), frame.index
    states = [said.value_state[item[node]] for node in (1, 2, 3, 4)]
    assert states == [State.NUMBER, State.WAITING, State.MISSING, State.WAITING]
    assert said.waiting[[item[node] for node in (1, 2, 3, 4)]].tolist() == [0, 1, 0, 1]
    assert said.incomplete[[item[2], item[3]]].tolist() == [False, True]
    course.finish()
    course.step()
    said = Reader(frame).read(course.trace.result())
    slopes = [said.slope_state[item[node]] for node in (1, 2, 4)]
    assert slopes == [State.WAITING, State.NUMBER, State.MISSING]
    assert said.waiting[[item[node] for node in (1, 2, 4)]].tolist() == [1, 0, 0]
