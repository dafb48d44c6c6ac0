"""How well names fit what is typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.widgets.catalogue import found, is_expression, items, rank
from playground.widgets.matching import (
    ABOUT,
    BEGINS,
    EXACT,
    INSIDE,
    SKIPPING,
    WORD,
    grade,
)


@pytest.mark.parametrize(
    ("wanted", "fit"),
    [
        ("leaky relu", EXACT),
        ("leak", BEGINS),
        ("relu", WORD),
        ("lr", WORD),
        ("eaky", INSIDE),
        ("lkrl", SKIPPING),
        ("rectif", ABOUT),
        ("y", None),
        ("zebra", None),
        ("", EXACT),
    ],
)
def test_grades_go_from_the_name_itself_to_words_about_it(wanted, fit):
    assert grade(("leaky relu",), wanted, ("a", "rectified", "line")) == fit


@given(st.text("abc d", max_size=8), st.text("abcd", max_size=3))
def test_whatever_matches_has_the_letters_in_their_order(name, wanted):
    letters = iter(name)
    subsequence = all(letter in letters for letter in wanted)
    assert subsequence or grade((name,), wanted) is None


@pytest.mark.parametrize(
    ("wanted", "text"),
    [
        ("*", "op:mul"),
        ("+", "op:add"),
        ("-", "op:sub"),
        ("/", "op:div"),
        ("**", "op:pow"),
        ("ln", "op:log"),
        ("lr", "op:leaky_relu"),
        ("se", "template:squared_error"),
        ("ce", "template:cross_entropy"),
        ("sgm", "op:sigmoid"),
    ],
)
def test_signs_aliases_and_short_forms_find_what_is_meant(wanted, text):
    ranked = [(rank(item, wanted), item.text) for item in found(wanted)]
    best = min(fit for fit, _text in ranked)
    assert (best, text) in ranked


def test_a_section_and_words_of_the_intuition_find_their_items():
    activations = {item.text for item in items() if item.section == "Activations"}
    assert activations <= {item.text for item in found("activation")}
    assert "op:relu" in {item.text for item in found("gate")}


@pytest.mark.parametrize("typed", ["*", "-", "+", "/", "**", "loss", "lr"])
def test_a_sign_alone_and_a_short_form_are_no_formulas(typed):
    assert not is_expression(typed)


@pytest.mark.parametrize("typed", ["-3", "a=2", "c=10", "2", "(", "3*x**", "tanh(w*x+b)"])
def test_numbers_names_with_numbers_and_formulas_are(typed):
    assert is_expression(typed)
