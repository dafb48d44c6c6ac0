"""What the derivative explorer says, and that it follows the document, but not while hidden."""

import numpy as np
import pytest
from PySide6.QtTest import QTest

from engine.graph.models import Model
from engine.graph.records import DataSettings
from engine.graph.verbs import delete
from engine.run import sweep
from playground.panels.studio.explorer.exploring import around
from playground.session.clear import model_edit
from tests.playground.panels.studio.exploring import (
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


# What is said ------------------------------------------------------------------------------------


@pytest.mark.parametrize("number", [0.0, 3.9, 4.1, -7.3, 250.0, -1234.5, 9.99e5])
def test_a_number_stands_about_in_the_middle_of_the_range_that_is_shown_with_it(number):
    low, high = around(number)
    assert low < number < high
    if abs(number) > 4.0:
        assert high - low == pytest.approx(4 * abs(number), rel=0.3)
        assert abs((low + high) / 2 - number) < 0.1 * (high - low)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("x = 1\ny = relu(2*x + 1)", "A kink at x = −0.5: the slope goes from 0.0 to 2.0"),
        ("x = 1\ny = 1/x", "A pole at x = 0.0"),
        ("x = 1\ny = log(x)", "a negative number has no real logarithm"),
        ("x = 1\ny = step(x)", "A jump at x = 0.0, from 0.0 to 1.0"),
    ],
)
def test_what_is_not_smooth_is_said(page, text, words):
    build(page, text)
    assert words in page.side.said


def test_a_curve_that_is_not_a_number_everywhere_has_a_gap(page):
    build(page, "x = 1\ny = sqrt(x)")
    x, y = page.curve._curve.getData()
    assert (np.isnan(y) == (x < 0)).all()
    enter(page, page.side.fields["x"], "-1")
    assert page.side.readings.value("value") == "nan"
    assert len(page.curve._tangent.getData()[0]) == 0


def test_an_empty_canvas_says_what_to_do(page):
    assert "Nothing to plot yet" in page.side.said
    assert not page.curve.isVisible()


def test_what_cannot_be_is_refused_in_words(page, session):
    example(page, "parabola")
    refused = []
    session.refused.connect(refused.append)
    for field, text, words in (
        (page.side.fields["h"], "0", "h cannot be 0"),
        (page.side.fields["x"], "three", "three"),
        (page.question.numbers["step"], "-1", "above 0"),
        (page.question.numbers["low"], "9", "not below"),
    ):
        enter(page, field, text)
        assert words in refused.pop()
    assert page.seen.h == 0.001
    assert page.question.numbers["low"].text() == "-5.0"


def test_a_graph_too_large_for_all_points_says_how_many_it_shows(page, monkeypatch):
    monkeypatch.setattr(sweep, "ROOM", 400)
    example(page, "parabola")
    assert "Of 401 points" in page.side.said


# When it works -----------------------------------------------------------------------------------


def test_hidden_it_rests_and_shown_it_catches_up(page, session):
    example(page, "parabola")
    seen = page.seen.curve
    page.hide()
    session.set_number(node(page, "x"), -1.0)
    session.flush()
    QTest.qWait(100)
    assert page.seen.curve is seen
    page.show()
    assert read(page, "value") == 12.0


def test_dragging_the_point_computes_no_curve(page):
    example(page, "parabola")
    curve = page.seen.curve
    drag(page, page.curve, (3.0, 20.0), (-2.0, 60.0))
    assert page.seen.curve is curve


def test_it_follows_training(page, session, qtbot):
    edit = model_edit(session.document, Model((2, 1), data=DataSettings("moons", samples=40)))
    assert session.do(edit)
    settle(page)
    assert "of the sample" in page.side.said
    before = page.seen.sweep.start
    with qtbot.waitSignal(session.training.stopped):
        session.training.step()
    settle(page)
    assert page.seen.sweep.start != before
    [x] = page.seen.x
    assert page.seen.sweep.start == (session.live.result.number(x),)


def test_another_document_is_explored_afresh(page, session):
    example(page, "parabola")
    enter(page, page.side.fields["x"], "100")
    assert page.seen.span(0)[1] >= 100
    example(page, "tanh-neuron")
    assert page.seen.explored is None
    assert page.seen.span(0) == (-5.0, 5.0)
    assert read(page, "value") == pytest.approx(0.7071067811865476)


def test_a_node_that_is_deleted_is_let_go(page, session):
    example(page, "chain")
    choose(page, "x", "b")
    session.do(delete(session.document, [node(page, "b")]))
    settle(page)
    assert page.seen.x_choice is None
    assert "has no value to explore" in page.side.said
    session.undo()
    settle(page)
    assert read(page, "value") == -8.0


def test_where_there_is_no_room_curve_and_errors_take_turns(page):
    example(page, "parabola")
    assert page.curve.isVisible()
    assert page.errors.isVisible()
    page.resize(700, 400)
    assert page.curve.isVisible()
    assert not page.errors.isVisible()
    page._turns.actions()[1].trigger()
    assert not page.curve.isVisible()
    assert page.errors.isVisible()


def test_it_wears_the_theme(page, themes):
    example(page, "parabola")
    dark = page.grab().toImage()
    themes.choose("light")
    assert page.grab().toImage() != dark


def test_a_value_against_itself_is_a_line_of_slope_1(page):
    example(page, "chain")
    choose(page, "x", "L")
    assert (read(page, "value"), read(page, "slope")) == (-8.0, 1.0)
    x, y = page.curve._curve.getData()
    np.testing.assert_array_equal(x, y)


def test_without_an_output_the_op_that_is_selected_is_plotted(page, session):
    build(page, "x = 2\np = x*x\nq = tanh(x)")
    p = node(page, "p")
    session.set_selection([p])
    settle(page)
    assert page.seen.f == p
    assert read(page, "slope") == 4.0


@pytest.mark.parametrize("x", ["1e300", "-1e300", "1e-300", "1e308"])
def test_numbers_of_any_size_can_be_explored(page, x):
    build(page, "x = 1\ny = x*x")
    page.question.slope.trigger()
    page.question.descent.trigger()
    enter(page, page.side.fields["x"], x)
    assert page.seen.place == (float(x),)
    page.grab()
    drag(page, page.curve, (0.0, 0.0), (1.0, 1.0))
    page.grab()
