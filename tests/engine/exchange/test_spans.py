"""Typed ranges: every way to write one, one sentence for everything else, and the way back."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from engine.errors import Refusal
from engine.exchange.spans import parse_span, span_text
from engine.graph.spans import is_span


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("-5..5", (-5.0, 5.0)),
        ("-5, 5", (-5.0, 5.0)),
        ("−1 … 1", (-1.0, 1.0)),
        ("0 to 1/4", (0.0, 0.25)),
        ("0.5..1.5", (0.5, 1.5)),
        (".5...75", (0.5, 0.75)),
        ("1e-3; 2", (0.001, 2.0)),
        ("5..-5", (-5.0, 5.0)),
    ],
)
def test_two_ends_are_a_range(text, span):
    assert parse_span(text) == span


@pytest.mark.parametrize("text", ["", "5", "a..b", "1..1", "1..2..3", "..", "1..", "0..1e400"])
def test_anything_else_is_refused_in_one_sentence(text):
    refusal = parse_span(text)
    assert isinstance(refusal, Refusal)
    assert "is not a range" in str(refusal)


@given(st.integers(-(10**6), 10**6), st.integers(-(10**6), 10**6))
def test_what_is_written_is_read_back(low, high):
    assume(is_span(low / 100, high / 100))
    assert parse_span(span_text((low / 100, high / 100))) == (low / 100, high / 100)


def test_no_range_is_written_as_nothing():
    assert span_text(None) == ""
