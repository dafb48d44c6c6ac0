"""The stepper in the window: keys, buttons, bar, list and cards, with the lecture's numbers."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolButton

from engine.errors import accept
from engine.graph import verbs
from engine.graph.properties import set_value
from playground.canvas.frame.digits import State
from tests.playground.canvas.conftest import Hands
from tests.playground.window.driving import turn

LEFT = Qt.MouseButton.LeftButton


class Walker:
    """A window on an example, and what a person sees and presses."""

    def __init__(self, window, session) -> None:
        self.window, self.session = window, session
        self.canvas, self.stepper = window.canvas, window.stepper
        self.strip, self.order = window.stepper.strip, window.stepper.order
        self.hands = Hands(self.canvas)

    def open(self, name: str) -> None:
        self.session.open_example(name)
        turn()
        self.canvas.setFocus()
        self.canvas.fit()
        turn()

    def key(self, name: str, *held: str) -> None:
        self.hands.key(name, *held)

    def press(self, button) -> None:
        QTest.mouseClick(button, LEFT)
        turn()

    def select(self, label: str) -> None:
        self.session.set_selection({self.id(label)})
        turn()

    def id(self, label: str) -> int:
        return self.session.document.find(label)

    def grad(self, label: str) -> float:
        """The gradient as the canvas shows it, nan while it is blank."""
        return self._shown(label, "slope")

    def value(self, label: str) -> float:
        return self._shown(label, "value")

    def _shown(self, label: str, which: str) -> float:
        picture = self.canvas._scene.picture
        item = picture.frame.index[self.id(label)]
        state = getattr(picture.readings, f"{which}_state")[item]
        number = float(getattr(picture.readings, which)[item])
        return number if state == State.NUMBER else float("nan")

    def waiting(self) -> set[str]:
        picture, document = self.canvas._scene.picture, self.session.document
        items = np.flatnonzero(picture.readings.waiting)
        return {document.name(int(picture.frame.ids[item])) for item in items}

    def lit(self) -> set[str]:
        return {self.session.document.name(node) for node in self.session.lit.nodes}

    def chips(self) -> list[str]:
        return list(self.session.lit.wires.values())

    def click_card(self, label: str) -> None:
        rect = self.canvas.item_rect(self.id(label))
        self.hands.click(rect.center())

    def click_row(self, place: int) -> None:
        at = self.order.list.middle_of(place).toPoint()
        QTest.mouseClick(self.order.list.viewport(), LEFT, pos=at)
        turn()

    def click_bar(self, place: int) -> None:
        QTest.mouseClick(self.strip.bar, LEFT, pos=self.strip.bar.middle_of(place).toPoint())
        turn()

    def place(self, phase: str, label: str) -> int:
        return self.session.tracing.course.schedule.index((phase, self.id(label)))

    def begin_by_hand(self) -> None:
        """Press the buttons that lead to firing by hand."""
        self.key("S", "Control", "Alt")
        self.press(self.strip.order)
        buttons = self.order.findChildren(QToolButton)
        self.press(next(one for one in buttons if one.text() == "By hand"))
        self.canvas.setFocus()


@pytest.fixture
def walker(window, session) -> Walker:
    return Walker(window, session)


def nan(*numbers: float) -> bool:
    return all(np.isnan(number) for number in numbers)


# Step by step ------------------------------------------------------------------------------------


def test_values_appear_one_by_one_and_gradients_accumulate(walker):
    walker.open("shared-values")
    walker.key("F10")
    assert walker.strip.isVisible()
    assert walker.value("a") == -2.0
    assert nan(walker.value("b"), walker.value("f"))
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
    assert nan(walker.grad("f"), walker.grad("a"))
    walker.key("F10")
    assert walker.grad("f") == 1.0
    assert walker.waiting() == {"a", "b", "d", "e"}
    walker.key("F10")
    assert walker.chips() == ["1 × 1", "−6 × 1"]
    assert (walker.grad("d"), walker.grad("e")) == (1.0, -6.0)
    assert nan(walker.grad("a"))
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
    assert nan(walker.grad("o"))
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
    assert nan(walker.value("e"))
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
    assert nan(walker.value("f"))
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


# By hand -----------------------------------------------------------------------------------------


def test_the_lecture_s_manual_sequence_by_clicks_on_cards_gives_its_gradients(walker):
    walker.open("neuron-in-steps")
    walker.begin_by_hand()
    document = walker.session.document
    order = [node.label for node in document.nodes() if not node.is_leaf]
    total = next(label for label in order if "+" in label.replace(" ", ""))
    sequence = ["o", "n", "b", total, "x2*w2", "x1*w1"]
    assert walker.grad("o") == 1.0
    halves = {
        "o": ["n"],
        "n": ["b", total],
        total: ["x1*w1", "x2*w2"],
    }
    for label in sequence:
        walker.click_card(label)
        for below in halves.get(label, ()):
            assert walker.grad(below) == pytest.approx(0.5, rel=1e-12)
    assert walker.grad("x2") == pytest.approx(0.5)
    assert walker.grad("w2") == 0.0
    assert walker.grad("w1") == pytest.approx(1.0)
    assert walker.grad("x1") == pytest.approx(-1.5)
    assert walker.order.verdict.text().startswith("All gradients are right")


def test_a_wrong_order_gives_wrong_gradients_and_names_the_rule(walker):
    walker.open("shared-values")
    walker.begin_by_hand()
    walker.click_card("f")
    walker.click_card("d")
    walker.click_card("e")
    assert walker.grad("a") == -3.0
    walker.press(walker.strip.rewind)
    assert nan(walker.grad("a"))
    walker.click_card("d")
    assert walker.order.sentence.text() == (
        "d fired before f had sent its part: its gradient was 0 then, and 1 is missing below it."
    )
    walker.click_card("f")
    walker.click_card("e")
    assert walker.grad("a") == -6.0
    assert walker.order.verdict.text().splitlines() == [
        "2 gradients are wrong:",
        "a.grad is −6, not −3",
        "b.grad is −6, not −8",
    ]
    walker.key("F10", "Shift")
    assert not walker.order.verdict.isVisible()


def test_a_row_or_return_fires_as_well_and_firing_twice_is_told(walker):
    walker.open("same-value-twice")
    walker.begin_by_hand()
    walker.click_row(walker.place("backward", "b"))
    assert walker.grad("a") == 2.0
    walker.select("b")
    walker.key("Return")
    assert walker.grad("a") == 4.0
    assert "again" in walker.order.sentence.text()
    assert "a.grad is 4, not 2" in walker.order.verdict.text()
    walker.hands.double_click(walker.canvas.item_rect(walker.id("b")).center())
    assert not walker.canvas._editor.is_open


def test_dragging_a_card_by_hand_moves_it_and_fires_nothing(walker):
    walker.open("same-value-twice")
    walker.begin_by_hand()
    at = walker.canvas.item_rect(walker.id("b")).center()
    walker.hands.drag(at, at + QPoint(40, 60))
    assert walker.session.tracing.trace.fired == ()
    assert walker.session.stack.count() == 1


# What else happens meanwhile ---------------------------------------------------------------------


def test_a_changed_number_keeps_the_position_and_another_graph_begins_anew(walker):
    walker.open("shared-values")
    said = []
    walker.session.hinted.connect(said.append)
    walker.key("F11", "Shift")
    for _step in range(4):
        walker.key("F10")
    walker.session.do(set_value(walker.session.document, walker.id("b"), 5.0))
    turn()
    assert walker.value("d") == -10.0
    assert walker.grad("a") == 5.0 * (-2 + 5) + -10.0
    assert walker.strip.what.text().startswith("a.grad: 0 → −10 → 5")
    walker.session.do(accept(verbs.add_op(walker.session.document, "tanh", (0.0, 300.0))))
    turn()
    assert any("begins anew" in words for words in said)
    assert walker.session.tracing.on
    assert not walker.session.tracing.course.taken
    walker.key("F10")
    walker.session.undo()
    turn()
    walker.key("F10")
    walker.key("F10")
    assert walker.strip.where.text().startswith("forward · step 2")


def test_nodes_deleted_under_the_stepper_are_forgotten(walker):
    walker.open("shared-values")
    walker.key("F11", "Shift")
    walker.key("F10")
    session = walker.session
    session.do(verbs.delete(session.document, {walker.id("f"), walker.id("e")}))
    turn()
    walker.key("F11", "Shift")
    assert walker.value("d") == -6.0
    session.do(verbs.delete(session.document, {node.id for node in session.document.nodes()}))
    turn()
    assert session.tracing.course.is_over


def test_another_document_ends_stepping_and_the_room_is_given_back(walker):
    walker.open("tanh-neuron")
    before = walker.canvas.viewport().height()
    walker.key("F10")
    assert walker.canvas.viewport().height() < before
    walker.open("product-and-sum")
    assert not walker.session.tracing.on
    assert not walker.strip.isVisible()
    assert walker.canvas.viewport().height() == before


def test_training_that_plays_ends_stepping_and_a_single_step_keeps_the_position(walker, qtbot):
    walker.open("quadratic-descent")
    session = walker.session
    walker.key("F11", "Shift")
    taken = len(session.tracing.course.taken)
    before = session.result.value.copy()
    session.training.step()
    qtbot.waitUntil(lambda: not session.training.running)
    turn()
    assert session.tracing.on
    assert len(session.tracing.course.taken) == taken
    assert (session.result.value != before).any()
    session.training.play()
    turn()
    assert not session.tracing.on
    walker.key("F10")
    assert session.tracing.on
    assert not session.training.running


# Groups ------------------------------------------------------------------------------------------


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
