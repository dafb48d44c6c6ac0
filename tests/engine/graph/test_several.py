"""Several wires at once are what the same wires one by one would have been."""

import pytest

from engine.errors import Refusal, accept
from engine.graph.document import Document
from engine.graph.several import connect_all, taken_by
from engine.graph.verbs import add_op, add_value, connect


@pytest.fixture
def document() -> Document:
    """Three leaves 1, 2, 3, a difference 4, a sum 5."""
    made = Document()
    for row in range(3):
        made.apply(add_value(made, (0, 100 * row), label="abc"[row]))
    made.apply(accept(add_op(made, "sub", (200, 0))))
    made.apply(accept(add_op(made, "add", (200, 100))))
    return made


@pytest.mark.parametrize(("sources", "target"), [((2, 1), 4), ((3, 1, 2, 3), 5), ((1,), 4)])
def test_one_edit_does_what_its_wires_do(document, sources, target):
    steps, before = document.copy(), document.copy()
    for source in sources:
        steps.apply(accept(connect(steps, source, target)))
    edit = accept(connect_all(document, sources, target))
    document.apply(edit)
    assert document.same_content(steps)
    document.apply(edit.inverse())
    assert document.same_content(before)


def test_as_many_as_there_are_inputs(document):
    assert taken_by(document, (1, 2, 3), 4) == (1, 2)
    assert taken_by(document, (1, 2, 3), 5) == (1, 2, 3)
    assert taken_by(document, (1, 2, 3), 1) == ()
    document.apply(accept(connect_all(document, (1, 2, 3), 4)))
    assert document.inputs(4) == (1, 2)


def test_the_first_takes_the_input_that_was_chosen(document):
    document.apply(accept(connect_all(document, (1, 2), 4, 1)))
    assert document.inputs(4) == (2, 1)


def test_what_cannot_be_is_refused_as_a_whole(document):
    for sources, target in (((1,), 2), ((1, 4), 4), ((), 4)):
        assert isinstance(connect_all(document, sources, target), Refusal)
