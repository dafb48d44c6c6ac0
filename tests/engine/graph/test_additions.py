"""Additions that come wired are what the same steps one by one would have made."""

import pytest

from engine.errors import Refusal, accept
from engine.exchange.program import insert_text
from engine.graph.additions import fed, feeding, made, uses
from engine.graph.document import Document
from engine.graph.templates import insert_template
from engine.graph.verbs import add_op, add_value, connect
from engine.run.evaluate import evaluate


@pytest.fixture
def document() -> Document:
    """a = 2, b = 3, and a product whose inputs are free."""
    made = Document()
    made.apply(add_value(made, (0, 0), value=2.0, label="a"))
    made.apply(add_value(made, (0, 100), value=3.0, label="b"))
    made.apply(accept(add_op(made, "mul", (200, 0))))
    return made


@pytest.mark.parametrize(("key", "sources"), [("sub", (2, 1)), ("add", (1, 2, 1)), ("tanh", (1,))])
def test_one_edit_does_what_an_addition_and_its_wires_do(document, key, sources):
    steps = document.copy()
    new = steps.next_id
    steps.apply(accept(add_op(steps, key, (300, 0))))
    for source in sources:
        steps.apply(accept(connect(steps, source, new)))
    before = document.copy()
    edit = accept(fed(document, accept(add_op(document, key, (300, 0))), sources))
    document.apply(edit)
    assert document.same_content(steps)
    document.apply(edit.inverse())
    assert document.same_content(before)


def test_more_sources_than_inputs_are_refused(document):
    refusal = fed(document, accept(add_op(document, "tanh", (0, 0))), (1, 2))
    assert isinstance(refusal, Refusal)
    assert "2 nodes" in str(refusal)


@pytest.mark.parametrize("target", ["mul", "add"])
def test_the_result_of_what_is_added_feeds_an_input(document, target):
    if target == "add":
        document.apply(accept(add_op(document, "add", (400, 0))))
    fed_node = document.next_id - 1
    before = document.copy()
    edit = accept(feeding(document, accept(insert_text(document, "a*b+1", (0, 0))), fed_node))
    document.apply(edit)
    [source] = [node for node in document.inputs(fed_node) if node is not None]
    assert evaluate(document).number(source) == 7.0
    document.apply(edit.inverse())
    assert document.same_content(before)


def test_what_has_several_results_feeds_no_single_input(document):
    layer = accept(insert_template(document, "layer", {"units": 2}, (0, 0), (1, 2)))
    refusal = feeding(document, layer, 3)
    assert isinstance(refusal, Refusal)
    assert "2 results" in str(refusal)


def test_a_formula_that_would_feed_itself_is_refused_with_the_reason(document):
    document.apply(accept(connect(document, 1, 3)))
    document.apply(accept(add_op(document, "tanh", (400, 0), label="t")))
    document.apply(accept(connect(document, 3, 4)))
    refusal = feeding(document, accept(insert_text(document, "t*2", (0, 0))), 3)
    assert isinstance(refusal, Refusal)
    assert "feed itself" in str(refusal)


def test_a_formula_uses_the_nodes_that_it_names(document):
    edit = accept(insert_text(document, "a + 1", (0, 0)))
    assert uses(edit, 1)
    assert not uses(edit, 2)
    assert made(edit) == [4, 5]


def test_a_loss_that_is_given_its_prediction_finds_its_target(document):
    document.apply(add_value(document, (0, 200), value=1.0, label="y", role="target"))
    target = document.next_id - 1
    edit = accept(insert_template(document, "squared_error", {}, (0, 0), (1,)))
    assert uses(edit, 1)
    assert uses(edit, target)
