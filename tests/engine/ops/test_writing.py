"""Formulas written for people mean what the formula means, with no bracket too few."""

import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.ops import OPS
from engine.ops.formula import FUNCTIONS, Formula
from engine.ops.writing import RAISED, latex, plain

TEXTS = sorted(
    {t for op in OPS.values() for t in (op.formula, *op.derivatives, op.reference) if t}
)
RAISED_RUN = re.compile(f"[{''.join(set(map(chr, RAISED.values())))}]+")
LOWERED = {raised: chr(normal) for normal, raised in RAISED.items() if chr(normal) != "−"}
POINTS = [{"x": 0.7, "y": -1.3, "n": 2.0}, {"x": -2.5, "y": 0.4, "n": -3.0}]

leaves = st.sampled_from(["x", "y", "n", "0", "1", "2", "3", "0.5", "10"])
expressions = st.recursive(
    leaves,
    lambda part: st.one_of(
        st.builds("({} {} {})".format, part, st.sampled_from(["+", "-", "*", "/", "**"]), part),
        st.builds("(-{})".format, part),
        st.builds("{}({})".format, st.sampled_from(["exp", "log", "sigmoid", "abs"]), part),
        st.builds("where({} > {}, {}, {})".format, part, part, part, part),
        st.builds("({} >= {})".format, part, part),
    ),
    max_leaves=8,
)


def meaning(text: str, point: dict[str, float]) -> float:
    """Read plain text back as mathematics, and compute it."""

    def lower(match: re.Match[str]) -> str:
        return f"**({''.join(LOWERED[ord(mark)] for mark in match[0])})"

    text = RAISED_RUN.sub(lower, text)
    for mark, code in {"−": "-", "·": "*", "^": "**", "≥": ">=", "[": "(0+(", "]": "))"}.items():
        text = text.replace(mark, code)
    while "|" in text:
        text = text.replace("|", "abs(", 1).replace("|", ")", 1)
    text = re.sub(r"(?<![\w.])\d+(\.\d+)?", r"float64(\g<0>)", text)
    names = {**FUNCTIONS, "ln": np.log, "σ": FUNCTIONS["sigmoid"], "float64": np.float64}
    with np.errstate(all="ignore"):
        return float(eval(text, names, {name: np.float64(x) for name, x in point.items()}))


def flat(expression: str) -> bool:
    """Tell whether no absolute value stands in another: bars do not nest."""
    return expression.count("abs(") <= 1


@given(expressions.filter(flat))
def test_plain_text_read_back_as_mathematics_is_the_same_formula(expression: str) -> None:
    for point in POINTS:
        expected = Formula.parse(expression).evaluate(point)
        written = plain(expression)
        assert meaning(written, point) == pytest.approx(expected, rel=1e-9, nan_ok=True), written


@given(expressions.filter(flat), st.floats(-9, 9), st.floats(-9, 9))
def test_plain_text_with_numbers_is_the_same_formula_too(
    expression: str, x: float, y: float
) -> None:
    # Adding 0 makes −0, which is written as 0, a plain 0.
    point = {"x": float(f"{x:.3f}") + 0.0, "y": float(f"{y:.3f}") + 0.0, "n": 2.0}
    expected = Formula.parse(expression).evaluate(point)
    written = plain(expression, point, digits=17)
    assert meaning(written, {}) == pytest.approx(expected, rel=1e-9, nan_ok=True), written


@given(expressions)
def test_latex_has_balanced_braces_and_brackets(expression: str) -> None:
    check_balance(latex(expression))


@pytest.mark.parametrize("text", TEXTS)
def test_every_formula_of_the_table_can_be_written(text: str) -> None:
    assert plain(text)
    check_balance(latex(text))


def check_balance(written: str) -> None:
    assert written.count(r"\left") == written.count(r"\right")
    depth = 0
    for mark in written:
        depth += {"{": 1, "}": -1}.get(mark, 0)
        assert depth >= 0
    assert depth == 0


@pytest.mark.parametrize(
    ("text", "expected", "in_latex"),
    [
        ("x * y", "x · y", r"x \cdot y"),
        ("x / y", "x / y", r"\frac{x}{y}"),
        ("-x / y**2", "−x / y²", r"\frac{-x}{y^{2}}"),
        ("n * x**(n - 1)", "n · xⁿ⁻¹", "n \\cdot x^{n - 1}"),
        ("1 - out**2", "1 − out²", r"1 - \mathrm{out}^{2}"),
        ("exp(x)", "exp(x)", "e^{x}"),
        ("log(x)", "ln(x)", r"\ln\left(x\right)"),
        ("sqrt(x)", "√x", r"\sqrt{x}"),
        ("abs(x)", "|x|", r"\left|x\right|"),
        ("sign(x)", "sign(x)", r"\operatorname{sgn}\left(x\right)"),
        ("sigmoid(x)", "σ(x)", r"\sigma\left(x\right)"),
        ("max(x, 0)", "max(x, 0)", r"\max\left(x, 0\right)"),
        (
            "where(x > 0, 1, slope)",
            "1 if x > 0 else slope",
            r"\begin{cases} 1 & \text{if } x > 0 \\ \mathrm{slope} & \text{otherwise} \end{cases}",
        ),
        ("sum(x)", "Σ xⱼ", r"\sum_j x_{j}"),
        ("prod(rest)", "Π(j≠k) xⱼ", r"\prod_{j \ne k} x_{j}"),
        ("log(sum(exp(x)))", "ln(Σ exp(xⱼ))", r"\ln\left(\sum_j e^{x_{j}}\right)"),
        ("exp(x_k - out)", "exp(xₖ − out)", r"e^{x_{k} - \mathrm{out}}"),
        (
            "(x_k == out) / count(x == out)",
            "[xₖ = out] / (Σ [xⱼ = out])",
            r"\frac{[x_{k} = \mathrm{out}]}{\sum_j [x_{j} = \mathrm{out}]}",
        ),
    ],
)
def test_formulas_look_as_in_a_book(text: str, expected: str, in_latex: str) -> None:
    assert plain(text) == expected
    assert latex(text) == in_latex


@pytest.mark.parametrize(
    ("text", "names", "expected"),
    [
        ("x * y", {"x": "x1", "y": "w1"}, "x1 · w1"),
        ("x * y", {"x": -3.0, "y": -2.0}, "−3 · (−2)"),
        ("x * y", {"x": "a + b", "y": "c*d"}, "(a + b) · c*d"),
        ("x**n", {"x": "x1*w1", "n": 2.0}, "(x1*w1)²"),
        ("x**n", {"x": "−#7", "n": 2.0}, "(−#7)²"),
        ("x**n", {"x": "ln#7", "n": 2.0}, "(ln#7)²"),
        ("n * x**(n - 1)", {"x": "a", "n": 3.0}, "3 · a²"),
        ("n * x**(n - 1)", {"x": "a", "n": 2.0}, "2 · a"),
        ("x**n", {"x": "a", "n": 0.5}, "a^0.5"),
        ("x**n", {"x": "a", "n": -0.5}, "a^(−0.5)"),
        ("sum(x)", {"x": ["a", -3.0, "b"]}, "a + (−3) + b"),
        ("sum(x)", {"x": ["a"]}, "a"),
        ("prod(x)", {"x": ["a", "b + c", -3.0]}, "a · (b + c) · (−3)"),
        ("prod(rest)", {"rest": []}, "1"),
        ("max(x)", {"x": [1.0, "b"]}, "max(1, b)"),
        ("count(x == out)", {"x": ["a", "b"], "out": "m"}, "[a = m] + [b = m]"),
        ("log(sum(exp(x)))", {"x": ["a", "b"]}, "ln(exp(a) + exp(b))"),
    ],
)
def test_names_and_numbers_take_the_place_of_names(
    text: str, names: dict[str, object], expected: str
) -> None:
    assert plain(text, names) == expected


@pytest.mark.parametrize(
    ("number", "expected", "in_latex"),
    [
        (2.0, "2", "2"),
        (-0.0, "0", "0"),
        (0.8813735870195432, "0.88137", "0.88137"),
        (-1.5e-7, "−1.5·10⁻⁷", r"-1.5 \cdot 10^{-7}"),
        (1e300, "1·10³⁰⁰", r"1 \cdot 10^{300}"),
        (float("inf"), "∞", r"\infty"),
        (float("-inf"), "−∞", r"-\infty"),
        (float("nan"), "nan", r"\mathrm{nan}"),
    ],
)
def test_a_number_is_written_short(number: float, expected: str, in_latex: str) -> None:
    assert plain("x", {"x": number}) == expected
    assert latex("x", {"x": number}) == in_latex


def test_a_number_with_a_power_of_ten_is_bracketed_as_a_product() -> None:
    assert plain("1 / x", {"x": 2.5e-9}) == "1 / (2.5·10⁻⁹)"


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        ("w", "w"),
        ("x12", "x_{12}"),
        ("loss", r"\mathrm{loss}"),
        ("a_b", r"\mathrm{a\_b}"),
        ("50%", r"\mathrm{50\%}"),
        (r"\input{x}", r"\mathrm{\backslash input\{x\}}"),
    ],
)
def test_labels_are_harmless_in_latex(label: str, expected: str) -> None:
    assert latex("x", {"x": label}) == expected
