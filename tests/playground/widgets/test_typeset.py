"""Formulas become outlines whose symbols are found again, or plain text where they cannot."""

import pytest

from engine import ops
from engine.ops.writing import Symbol, latex


@pytest.fixture
def typeset(qapp):
    from playground.widgets.typeset import typeset

    return typeset


def test_a_symbol_lies_where_it_is_in_the_formula(typeset):
    text = latex("x * y", {"x": Symbol(1, "a"), "y": Symbol(2, 2.0)})
    found = typeset(text, 20.0)
    rects = {number: outline.boundingRect() for number, outline in found.parts if number}
    assert rects[1].right() < rects[2].left()
    assert all(found.bounds.adjusted(-1, -1, 1, 1).contains(rect) for rect in rects.values())


def test_a_symbol_that_is_used_twice_has_two_places(typeset):
    text = latex("out * (1 - out)", {"out": Symbol(1, "o")})
    assert [number for number, _outline in typeset(text, 20.0).parts].count(1) == 2


def test_twice_the_size_is_twice_as_large(typeset):
    text = latex("(1 - out**2) / x")
    small, large = typeset(text, 10.0).bounds, typeset(text, 20.0).bounds
    assert large.width() == pytest.approx(2 * small.width(), rel=0.05)


@pytest.mark.parametrize("op", ops.OPS.values(), ids=ops.OPS.keys())
def test_every_formula_and_derivative_can_be_set(typeset, caplog, op):
    caplog.set_level("INFO")
    for text in (op.formula, *op.derivatives):
        found = typeset(latex(text), 20.0)
        assert found.parts
        assert found.bounds.height() < 100.0
    assert not caplog.records


def test_names_in_other_letters_are_written_in_the_font_of_the_interface(typeset):
    names = {"x": Symbol(1, "重み")}
    found = typeset(latex("x", names), 20.0, "重み")
    assert [number for number, _outline in found.parts] == [0]
    assert not found.bounds.isEmpty()


def test_what_is_no_formula_is_written_as_it_is(typeset):
    assert typeset(r"\frac{", 20.0, "oh").parts
    assert not typeset("", 20.0).parts


@pytest.mark.parametrize("law", ["x * y", "(1 - x**2) * y", "-x / y**2", "exp(x) + sqrt(y)"])
def test_numbers_in_the_layout_of_those_before_lie_as_if_set_anew(typeset, law):
    from playground.widgets.typeset import _joined, _lay_out

    for x, y in ((-1.234, 5.6), (-7.089, 2.3)):
        text = latex(law, {"x": Symbol(1, x), "y": Symbol(2, y)})
        live, anew = typeset(text, 17.0), _joined(_lay_out(text, 17.0))
        assert [part[0] for part in live.parts] == [part[0] for part in anew.parts]
        for (_number, ours), (_same, theirs) in zip(live.parts, anew.parts, strict=True):
            wanted = theirs.boundingRect().getRect()
            assert ours.boundingRect().getRect() == pytest.approx(wanted, abs=0.6), law


def test_numbers_that_change_need_no_new_layout(typeset):
    from playground.widgets.typeset import _lay_out

    typeset(latex("x * 3", {"x": Symbol(1, 1.111)}), 17.0)
    before = _lay_out.cache_info().misses
    for k in range(20):
        typeset(latex("x * 3", {"x": Symbol(1, 1.234 + k / 16)}), 17.0)
    assert _lay_out.cache_info().misses - before <= 4  # 1.234, 1.2965, and so on: few lengths


def test_a_change_stands_as_close_to_its_name_as_a_letter(typeset):
    def gap(text: str) -> float:
        [(_first, one), (_second, other)] = typeset(text, 20.0).parts
        return other.boundingRect().left() - one.boundingRect().right()

    change = gap(r"{\color{#000001}\partial}{\color{#000002}x}")
    letters = gap(r"{\color{#000001}d}{\color{#000002}x}")
    assert change == pytest.approx(letters, abs=2.0)


def test_the_first_equals_sign_is_found(typeset):
    left, whole = typeset("ab", 20.0).bounds, typeset("ab = c = d", 20.0)
    assert left.right() < whole.equals < typeset("ab = c", 20.0).bounds.right()
    assert typeset("= c", 20.0).equals > typeset("= c", 20.0).bounds.left()
    assert typeset("ab", 20.0).equals is None
