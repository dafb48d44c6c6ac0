"""Typed widths: every way to write them, one sentence for everything else, and the way back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import Refusal
from engine.exchange.widths import parse_widths, widths_text


@pytest.mark.parametrize("text", ["16, 16, 1", "16 16 1", "16,16,1,", "16 → 16 -> 1", "16;16; 1 "])
def test_widths_are_read_however_they_are_parted(text):
    assert parse_widths(text) == (16, 16, 1)


@pytest.mark.parametrize("text", ["", "wide", "16, -1", "1.5", "16,,1", "٣", "9" * 5000])
def test_anything_else_is_refused_in_one_sentence(text):
    refusal = parse_widths(text)
    assert isinstance(refusal, Refusal)
    assert "is no list of layers" in str(refusal)


@given(st.lists(st.integers(0, 10**8), min_size=1).map(tuple))
def test_what_is_written_is_read_back(widths):
    assert parse_widths(widths_text(widths)) == widths
