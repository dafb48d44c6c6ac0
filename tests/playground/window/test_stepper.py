"""The stepper in the window: keys, buttons, bar and list, with the lecture's numbers."""

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication

from tests.playground.window.driving import turn
from tests.playground.window.walker import blank


def test_values_appear_one_by_one_and_gradients_accumulate(walker):
    walker.open("shared-values")
    walker.key("F10")
    assert walker.strip.isVisible()
    assert walker.value("a") == -2.0
    assert blank(walker.value("b"), walker.value("f"))
    assert walker.waiting() == {"b", "d", "e", "f"}
    assert walker.lit() == {"a"}
    walker.key("F10")
    walker.key("F10")
    assert (walker.lit(), walker.chips()) == ({"d"}, ["−2", "3"])
    assert walker.strip.what.text() == "d = −6"
    walker.key("F10")
    walker.key("F10")
    assert walker.value("f") == -6.0
    assert not walker.waiting()
    assert blank(walker.grad("f"), walker.grad("a"))
    walker.key("F10")
    assert walker.grad("f") == 1.0
    assert walker.waiting() == {"a", "b", "d", "e"}
    walker.key("F10")
    assert walker.chips() == ["1 × 1", "−6 × 1"]
    assert (walker.grad("d"), walker.grad("e")) == (1.0, -6.0)
    assert blank(walker.grad("a"))
    walker.key("F10")
    assert (walker.grad("a"), walker.grad("b")) == (-6.0, -6.0)
    walker.key("F10")
    assert walker.strip.what.text() == "a.grad: 0 → −6 → −3 · b.grad: 0 → −6 → −8"
    assert "step 4 of 4" in walker.strip.where.text()
    captions = walker.session.lit.captions
    assert captions == {walker.id("a"): "0 → −6 → −3", walker.id("b"): "0 → −6 → −8"}
    assert (walker.grad("a"), walker.grad("b")) == (-3.0, -8.0)
    walker.key("F10", "Shift")
    assert walker.grad("a") == -6.0
    assert walker.waiting() == set()


def test_the_tanh_neuron_goes_backward_with_the_numbers_of_the_lecture(walker):
    walker.open("tanh-neuron")
    walker.key("F11", "Shift")
    assert walker.value("o") == pytest.approx(0.7071067811865476, rel=1e-12)
    assert blank(walker.grad("o"))
    walker.key("F10")
    walker.key("F10")
    assert walker.grad("n") == pytest.approx(0.5, rel=1e-12)
    walker.key("F11", "Shift")
    expected = {"x1": -1.5, "w1": 1.0, "x2": 0.5, "w2": 0.0, "b": 0.5, "o": 1.0}
    for label, number in expected.items():
        assert walker.grad(label) == pytest.approx(number, rel=1e-12, abs=1e-15)


def test_a_step_is_no_edit_and_closing_shows_the_latest_numbers(walker):
    walker.open("tanh-neuron")
    walker.key("F10")
    walker.key("F11", "Shift")
    assert walker.session.stack.count() == 0
    walker.press(walker.strip.close_button)
    assert not walker.strip.isVisible()
    assert walker.session.result is walker.session.live.result
    assert not walker.session.lit.nodes
    assert walker.grad("w1") == pytest.approx(1.0)


def test_a_click_on_the_bar_or_the_list_goes_there_both_ways(walker):
    walker.open("shared-values")
    walker.key("S", "Control", "Alt")
    walker.press(walker.strip.order)
    assert walker.order.isVisible()
    walker.click_bar(walker.place("backward", "e"))
    assert walker.grad("a") == -6.0
    walker.click_row(walker.place("forward", "d"))
    assert walker.value("d") == -6.0
    assert blank(walker.value("e"))
    walker.click_row(walker.place("backward", "d"))
    assert walker.grad("a") == -3.0
    rows = walker.order.list.rows
    lines = [rows.line(row) for row in range(rows.rowCount())]
    names = [line.name for line in lines]
    assert names == ["Forward", *"abdef", "Backward", "begin at f", "f", "e", "d"]
    assert [line.name for line in lines if line.latest] == ["d"]
    assert all(line.done for line in lines if line.place is not None)
    assert "+=" in walker.order.sentence.text()


def test_run_to_here_stops_at_the_value_and_then_at_the_whole_gradient(walker):
    walker.open("shared-values")
    walker.select("e")
    walker.key("F10", "Control")
    assert walker.value("e") == 1.0
    assert blank(walker.value("f"))
    walker.key("F10", "Control")
    assert walker.session.tracing.course.latest.node == walker.id("e")
    walker.select("a")
    walker.key("F10", "Control")
    assert walker.grad("a") == -3.0
    said = []
    walker.session.hinted.connect(said.append)
    walker.key("F10", "Control")
    assert "already" in said[-1]


def test_playing_takes_all_steps_and_stops_at_the_end(walker):
    walker.open("shared-values")
    walker.key("S", "Control", "Alt")
    walker.press(walker.strip.play)
    player, course = walker.stepper.player, walker.session.tracing.course
    assert player.playing
    assert walker.strip.play.text() == "Pause"
    assert len(course.taken) == 1
    while player.playing:
        player.tick()
    assert course.is_over
    assert walker.strip.play.text() == "Play"
    walker.press(walker.strip.play)
    assert len(walker.session.tracing.course.taken) == 1
    walker.key("F10")
    assert not player.playing
    player.set_speed(1_000)
    player.play()
    assert walker.session.tracing.course.is_over


def test_a_folded_neuron_is_one_step_and_stepping_inside_unfolds_it(walker):
    walker.open("moons")
    session, tracing = walker.session, walker.session.tracing
    walker.key("S", "Control", "Alt")
    while tracing.course.latest is None or tracing.folded(tracing.course.latest.node) is None:
        walker.key("F10")
    group = tracing.folded(tracing.course.latest.node)
    inside = session.document.members(group)
    assert all(map(tracing.trace.is_computed, inside))
    name = session.document.groups[group].label
    assert walker.strip.what.text() == f"{name}: 7 values are computed"
    walker.key("F10", "Shift")
    assert not any(map(tracing.trace.is_computed, inside))
    taken = len(tracing.course.taken)
    walker.key("F11")
    assert group not in session.view.folded
    assert len(tracing.course.taken) == taken + 1
    walker.key("F11", "Shift")
    walker.key("F11", "Shift")
    truth = session.live.result
    np.testing.assert_allclose(session.result.gradient, truth.gradient, rtol=1e-9, atol=1e-13)


def test_a_step_paints_the_canvas_once_and_evaluates_nothing(walker):
    walker.open("moons")
    walker.key("F10")
    painter, live = walker.canvas._scene.painter, walker.session.live
    paints, runs = painter.paints, live.runs
    walker.session.tracing.advance(1)
    QApplication.processEvents()
    QApplication.processEvents()
    assert painter.paints == paints + 1
    assert live.runs == runs


def test_a_narrow_window_leaves_out_what_is_needed_less(walker):
    walker.open("tanh-neuron")
    walker.window.resize(1500, 700)
    walker.key("F10")
    turn()
    assert walker.strip.finish.isVisible()
    assert walker.strip.bar.width() > 150
    walker.window.resize(800, 600)
    turn()
    assert not walker.strip.finish.isVisible()
    assert walker.strip.bar.width() > 150
    assert walker.strip.geometry().bottom() <= walker.canvas.height() + 14
