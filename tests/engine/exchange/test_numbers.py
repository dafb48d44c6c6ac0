"""Numbers as people type them."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import Refusal
from engine.exchange.expressions import parse_number

NUMBERS = {
    "1/3": 1 / 3,
    "pi/2": math.pi / 2,
    "π": math.pi,
    "e": math.e,
    "-2e-3": -2e-3,
    " 7 ": 7.0,
    "+.5": 0.5,
    "1_000": 1000.0,
    "−2": -2.0,
    "3·4": 12.0,
    "2**10": 1024.0,
    "3²": 9.0,
    "-2**2": -4.0,
    "2**-1": 0.5,
    "sqrt(2)": math.sqrt(2),
    "max(1, 2, 3)": 3.0,
    "ln(e)": 1.0,
    "(1).tanh()": math.tanh(1),
}

REFUSED = {
    "": "There is no number. Type one, such as 0.5 or 1/3.",
    "   ": "There is no number. Type one, such as 0.5 or 1/3.",
    "-": "“-” cannot be read: it stops before it is complete.",
    "1/": "“1/” cannot be read: it stops before it is complete.",
    "3 4": "“3 4” cannot be read: the trouble starts at “4”.",
    "(1": "“(1” cannot be read: a bracket is not closed.",
    "x": "“x” is not a number.",
    "nan": "“nan” is not a number.",
    "inf": "“inf” is not a number.",
    "1e400": "A number in the formula is too large: the largest is about 1.8e308.",
    "1/0": "“1/0” is not a finite number.",
    "log(0)": "“log(0)” is not a finite number.",
    "1,5": "“(1, 5)” has no place in a formula. Write a decimal point: 1.5.",
    "1j": (
        "“1j” has no place in a formula. It is made of numbers, names, + − * / ** and functions"
        " such as tanh(x)."
    ),
    "True": (
        "“True” has no place in a formula. It is made of numbers, names, + − * / ** and"
        " functions such as tanh(x)."
    ),
    "tahn(1)": "There is no function “tahn”. Perhaps “tanh” is meant.",
    "tanh(1, 2)": "“tanh” takes 1 inputs and has 2.",
    "3x": (
        "“3x” cannot be read: the trouble starts at “3x”."
        " Write * between things that are multiplied: 3*x."
    ),
}


@pytest.mark.parametrize("text", NUMBERS)
def test_a_typed_number_is_understood(text: str) -> None:
    assert parse_number(text) == pytest.approx(NUMBERS[text], rel=1e-15)


@pytest.mark.parametrize("text", REFUSED)
def test_what_is_no_number_is_refused_in_words(text: str) -> None:
    assert str(parse_number(text)) == REFUSED[text]


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_the_shortest_text_of_a_number_is_that_number(number: float) -> None:
    assert parse_number(repr(number)) == number


@given(st.text("0123456789.+-*/()[]{}<>=!^,;:#'\"\\ \t\nexpitanh_α²", max_size=40))
def test_any_text_gives_a_finite_number_or_a_sentence(text: str) -> None:
    outcome = parse_number(text)
    if isinstance(outcome, Refusal):
        assert str(outcome).endswith(".")
    else:
        assert math.isfinite(outcome)


HURTFUL = (
    "(" * 5000,
    "[" * 100,
    "-" * 1999,
    "~" * 1999,
    "1+" * 5000,
    "1" * 100_000,
    "x" * 2001,
    "\0",
    "2**" * 600 + "2",
    "f(" * 59 + ")" * 59,
    "1" + "*1" * 900,
    "lambda:" * 280 + "0",
    "not " * 400 + "0",
)


@pytest.mark.parametrize("text", HURTFUL)
def test_texts_meant_to_hurt_are_refused(text: str) -> None:
    assert isinstance(parse_number(text), Refusal)


def test_a_long_sum_is_no_trouble() -> None:
    assert parse_number("+".join(["1"] * 900)) == 900.0
