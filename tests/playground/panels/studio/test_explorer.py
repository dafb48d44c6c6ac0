"""The derivative explorer, by hand: typed and dragged, its numbers read off what is shown."""

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from engine.files import write
from tests.playground.panels.studio.exploring import (
    LEFT,
    build,
    choose,
    drag,
    enter,
    example,
    node,
    page,
    read,
    settle,
)

__all__ = ["page"]  # a fixture


# The lecture's first half hour -------------------------------------------------------------------


def test_the_slope_of_the_parabola_is_read_as_the_lecture_computes_it(page):
    example(page, "parabola")
    assert read(page, "value") == 20.0
    for x, h, slope, truth in (
        ("3.0", "0.001", 14.00300000000243, 14.0),
        ("3", "1e-6", 14.000003002223593, 14.0),
        ("-3", "1e-6", -21.999997002808414, -22.0),
        ("2/3", "1e-6", 2.999378523327323e-06, 0.0),
    ):
        enter(page, page.side.fields["x"], x)
        enter(page, page.side.fields["h"], h)
        assert read(page, "secant") == slope
        assert read(page, "slope") == pytest.approx(truth, abs=1e-14)
        assert read(page, "difference") == slope - read(page, "slope")


def test_the_lectures_forty_points_are_a_step_of_a_quarter(page):
    example(page, "parabola")
    for field, text in (("low", "-5"), ("high", "5"), ("step", ".25")):
        enter(page, page.question.numbers[field], text)
    x, y = page.curve._dots.getData()
    np.testing.assert_array_equal(x, np.arange(-5, 5, 0.25))
    np.testing.assert_allclose(y, 3 * x**2 - 4 * x + 5)
    assert "40 points." in page.side.said
    enter(page, page.question.numbers["step"], "auto")
    assert len(page.curve._curve.getData()[0]) == 401
    assert not len(page.curve._dots.getData()[0])


def test_nudging_each_input_of_d_is_read_as_in_the_lecture(page):
    example(page, "product-and-sum")
    enter(page, page.side.fields["h"], "0.0001")
    for name, slope in (("a", -3.000000000010772), ("b", 2.0000000000042206)):
        choose(page, "x", name)
        assert (read(page, "value"), read(page, "secant")) == (4.0, slope)
    choose(page, "x", "c")
    assert (read(page, "ahead"), read(page, "secant")) == (4.0001, 0.9999999999976694)


def test_the_check_of_b_in_the_chain_is_read_as_in_the_lecture(page):
    example(page, "chain")
    page._session.set_selection([node(page, "b")])
    enter(page, page.side.fields["h"], ".001")
    assert read(page, "value") == -8.0
    assert read(page, "secant") == -3.9999999999995595
    assert read(page, "slope") == -4.0


def test_tanh_is_drawn_with_its_slope(page):
    build(page, "x = 0\ny = tanh(x)")
    enter(page, page.question.numbers["step"], "0.2")
    page.question.slope.trigger()
    settle(page)
    x, y = page.curve._curve.getData()
    np.testing.assert_allclose(x, np.arange(-5, 5, 0.2), atol=1e-12)
    np.testing.assert_allclose(y, np.tanh(x))
    np.testing.assert_allclose(page.curve._slope.getData()[1], 1 - np.tanh(x) ** 2)


# Dragging ----------------------------------------------------------------------------------------


def test_the_point_is_dragged_along_the_curve_and_the_document_stays(page):
    example(page, "parabola")
    before = write(page._session.document)
    drag(page, page.curve, (3.0, 20.0), (-2.0, 60.0))
    x = float(page.side.fields["x"].text())
    assert x == pytest.approx(-2.0, abs=0.03)
    assert page.curve._point.getData()[0] == [x]
    assert page.curve._point.getData()[1] == [3 * x**2 - 4 * x + 5]
    assert read(page, "slope") == pytest.approx(6 * x - 4)
    (left, right), (low, high) = page.curve._tangent.getData()
    assert (high - low) / (right - left) == pytest.approx(6 * x - 4)
    (left, right), (low, high) = page.curve._secant.getData()
    assert (high - low) / (right - left) == pytest.approx(read(page, "secant"))
    assert page.curve._home.getData()[0] == [3.0]
    assert write(page._session.document) == before
    assert page._session.stack.count() == 0


def test_what_is_explored_can_be_set_as_one_step_or_left_again(page, session):
    example(page, "parabola")
    enter(page, page.side.fields["x"], "1.5")
    QTest.mouseClick(page.side.back, LEFT)
    settle(page)
    assert page.side.fields["x"].text() == "3.0"
    assert not page.side.back.isVisible()
    enter(page, page.side.fields["x"], "1.5")
    QTest.mouseClick(page.side.set_here, LEFT)
    settle(page)
    assert session.document.node(node(page, "x")).value == 1.5
    assert session.stack.count() == 1
    session.undo()
    settle(page)
    assert page.side.fields["x"].text() == "3.0"
    assert read(page, "value") == 20.0


def test_arrow_keys_move_the_point_and_h(page):
    example(page, "parabola")
    page.curve.setFocus()
    QTest.keyClick(page.curve, Qt.Key.Key_Left)
    settle(page)
    assert page.seen.place == (2.9,)
    QTest.keyClick(page.curve, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    settle(page)
    assert page.seen.place == (3.9,)
    page.errors.setFocus()
    QTest.keyClick(page.errors, Qt.Key.Key_Right)
    settle(page)
    assert page.seen.h == pytest.approx(10**-3.25, rel=1e-2)


def test_h_is_dragged_over_the_errors_and_on_its_slider(page):
    example(page, "parabola")
    drag(page, page.errors, (3.0, -5.0), (8.0, -5.0))
    assert page.seen.h == pytest.approx(1e-8, rel=0.3)
    assert float(page.side.fields["h"].text()) == page.seen.h
    page.side.slider.setValue(24)
    settle(page)
    assert page.seen.h == 1e-6
    assert read(page, "secant") == 14.000003002223593


def test_edits_on_the_canvas_move_the_point_that_follows_the_document(page, session):
    example(page, "parabola")
    session.set_number(node(page, "x"), -1.0)
    settle(page)
    assert page.side.fields["x"].text() == "-1.0"
    assert read(page, "value") == 12.0


# What is explored --------------------------------------------------------------------------------


def test_what_is_selected_is_x_and_a_second_one_makes_a_surface(page, session):
    example(page, "tanh-neuron")
    w1, w2, n = (node(page, name) for name in ("w1", "w2", "n"))
    session.set_selection([w2])
    settle(page)
    assert page.seen.x == (w2,)
    session.set_selection([w1])
    session.set_selection([w1, n])
    settle(page)
    assert page.seen.x == (w1, n)
    assert page._pictures.currentWidget() is page.surface
    assert read(page, "slope-z") == pytest.approx(1 - np.tanh(page.seen.place[1]) ** 2)
    session.set_selection([])
    settle(page)
    assert page.seen.x == (w1,)
    assert page._pictures.currentWidget() is page.curve


def test_an_op_can_be_x_and_is_said_to_be_cut_off(page, session):
    example(page, "chain")
    session.set_selection([node(page, "e")])
    settle(page)
    assert "cut off from its inputs" in page.side.said
    assert read(page, "slope") == -2.0
    refused = []
    session.refused.connect(refused.append)
    enter(page, page.side.fields["x"], "7")
    QTest.mouseClick(page.side.set_here, LEFT)
    assert "computed from its inputs" in refused[0]
    assert session.stack.count() == 0


def test_any_value_can_be_f(page):
    example(page, "chain")
    choose(page, "f", "e")
    choose(page, "x", "c")
    assert "does not depend on c" in page.side.said
    assert read(page, "slope") == 0.0
    choose(page, "x", "a")
    assert read(page, "slope") == -3.0


def test_the_surface_has_both_partials_and_is_dragged_over(page):
    build(page, "x = 1\nz = 2\ny = x*x + 3*z")
    choose(page, "x", "x")
    choose(page, "z", "z")
    assert (read(page, "slope"), read(page, "slope-z")) == (2.0, 3.0)
    surface = page.seen.surface
    assert surface is not None
    assert surface.value[0, 0] == pytest.approx(25 - 15)
    drag(page, page.surface, (1.0, 2.0), (-2.0, -3.0))
    assert page.seen.place == pytest.approx((-2.0, -3.0), abs=0.05)
    assert read(page, "slope") == pytest.approx(2 * page.seen.place[0])
    page.surface.setFocus()
    before = page.seen.place
    QTest.keyClick(page.surface, Qt.Key.Key_Up)
    settle(page)
    assert page.seen.place == pytest.approx((before[0], before[1] + 0.1))
    QTest.mouseClick(page.side.set_here, LEFT)
    assert page._session.stack.count() == 2  # the program, and both numbers as one step


def test_descent_is_walked_and_told(page):
    example(page, "quadratic-descent")
    page.question.descent.trigger()
    settle(page)
    x, y = page.curve._path.getData()
    np.testing.assert_allclose(x, 3 - 4 * 0.8 ** np.arange(21))
    np.testing.assert_allclose(y, (x - 3) ** 2)
    assert "After 20 steps" in page.side.walked
    enter(page, page.side.fields["rate"], "1.1")
    assert "overshoots" in page.side.walked
    enter(page, page.side.fields["steps"], "400")
    assert "is lost" in page.side.walked
    page.question.descent.trigger()
    settle(page)
    assert page.side.walked == ""


def test_an_h_of_0_is_refused_and_the_next_one_takes_the_refusal_away(page):
    told: list[str] = []
    page._session.refused.connect(told.append)
    page._session.hinted.connect(told.append)
    example(page, "parabola")
    for h in ("0", "0.01"):
        enter(page, page.side.fields["h"], h)
    assert [words.partition(":")[0] for words in told] == ["h cannot be 0", ""]


def test_an_h_that_is_too_small_for_the_digits_of_f_is_told(page):
    example(page, "parabola")
    enter(page, page.side.fields["x"], "3")
    for h, told in (("1e-6", ""), ("1e-15", "f is rounded to steps of"), ("1e-17", "x itself")):
        enter(page, page.side.fields["h"], h)
        assert ("h is too small" in page.side.said) is bool(told)
        assert told in page.side.said
