"""Sliders of values: what a range may be, and the round numbers a slider stops at."""

import math

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from engine.errors import Refusal, accept
from engine.files import read, write
from engine.graph.document import Document
from engine.graph.spans import is_span, set_span, step_of, stop_near, suggested
from engine.graph.verbs import add_op, add_value

FINITE = st.floats(allow_nan=False, allow_infinity=False)


@pytest.fixture
def document() -> Document:
    made = Document()
    made.apply(add_value(made, (0.0, 0.0), value=2.0, label="a"))
    made.apply(accept(add_op(made, "tanh", (200.0, 0.0))))
    return made


def test_a_range_is_an_edit_that_can_be_taken_back_and_saved(document):
    start = document.copy()
    edit = accept(set_span(document, [1], (-1.0, 3.0)))
    document.apply(edit)
    assert document.node(1).span == (-1.0, 3.0)
    assert not edit.is_structural
    assert accept(read(write(document))).same_content(document)
    document.apply(edit.inverse())
    assert document.same_content(start)


def test_what_is_so_already_is_no_edit(document):
    assert accept(set_span(document, [1], None)).is_empty


def test_an_operation_has_none(document):
    refusal = set_span(document, [1, 2], (0.0, 1.0))
    assert isinstance(refusal, Refusal)
    assert refusal.where == (2,)


@pytest.mark.parametrize(
    "span", [(1.0, 1.0), (2.0, 1.0), (math.nan, 1.0), (0.0, math.inf), (-1.7e308, 1.7e308)]
)
def test_a_range_has_two_ends(document, span):
    assert isinstance(set_span(document, [1], span), Refusal)


@pytest.mark.parametrize(
    ("span", "step"),
    [((-5.0, 5.0), 0.1), ((0.0, 1.0), 0.01), ((-1.0, 1.0), 0.02), ((0.0, 3.0), 0.05)],
)
def test_steps_are_round_and_about_a_hundredth(span, step):
    assert step_of(span) == pytest.approx(step)
    assert step_of(span, fine=True) == pytest.approx(step / 10)


@given(FINITE, FINITE, FINITE, st.booleans())
def test_a_stop_lies_in_the_range_and_no_farther_than_a_step(low, high, number, fine):
    assume(is_span(low, high))
    stop = stop_near((low, high), number, fine=fine)
    within = min(max(number, low), high)
    assert low <= stop <= high
    assert abs(stop - within) <= step_of((low, high), fine=fine) + 1e-9 * abs(within)


@given(FINITE)
def test_a_suggested_range_is_one(number):
    low, high = suggested(number)
    assert is_span(low, high)
    if abs(number) < 1e300:
        assert low <= number <= high
