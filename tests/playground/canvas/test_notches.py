"""Alt and the wheel over a number: each notch is a step, quick ones after each other one edit."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication

from engine.graph.spans import set_span


class Wheel:
    """Turns a wheel with Alt held, at times that the test says."""

    def __init__(self, canvas, hands) -> None:
        self._canvas = canvas
        self._hands = hands
        self.now = 1_000

    def turn(self, at: QPoint, dx: int = 0, dy: int = 120, *held: str, after: int = 50) -> None:
        self.now += after
        viewport = self._canvas.viewport()
        event = QWheelEvent(
            QPointF(at),
            QPointF(viewport.mapToGlobal(at)),
            QPoint(),
            QPoint(dx, dy),
            Qt.MouseButton.NoButton,
            self._hands._held("Alt", *held),
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        event.setTimestamp(self.now)
        QApplication.sendEvent(viewport, event)
        self._hands.settle()


@pytest.fixture
def wheel(canvas, hands) -> Wheel:
    return Wheel(canvas, hands)


def number(session, node) -> float:
    return session.document.node(node).value


def test_each_notch_is_a_tenth_and_quick_ones_are_one_step(session, product, canvas, wheel):
    at, zoom = canvas.value_rect(product.a).center(), canvas.zoom
    for _notch in range(3):
        wheel.turn(at)
    assert number(session, product.a) == 2.3
    assert canvas.zoom == zoom
    assert session.stack.count() == 1
    session.undo()
    assert number(session, product.a) == 2.0


def test_systems_that_turn_it_sideways_with_alt_step_too(session, product, canvas, wheel):
    wheel.turn(canvas.value_rect(product.a).center(), dx=-120, dy=0)
    assert number(session, product.a) == 1.9


def test_shift_is_finer_and_control_coarser(session, product, canvas, wheel):
    at = canvas.value_rect(product.a).center()
    wheel.turn(at, 0, 120, "Shift")
    assert number(session, product.a) == 2.01
    wheel.turn(at, 0, 120, "Control")
    assert number(session, product.a) == 3.01


def test_a_pause_begins_another_step(session, product, canvas, wheel):
    at = canvas.value_rect(product.a).center()
    wheel.turn(at)
    wheel.turn(at, after=2_000)
    assert session.stack.count() == 2


def test_moving_off_and_coming_back_begins_another_step(session, product, canvas, hands, wheel):
    at = canvas.value_rect(product.a).center()
    hands.hover(at)
    wheel.turn(at)
    hands.hover(QPoint(5, 5))
    hands.hover(at)
    wheel.turn(at)
    assert session.stack.count() == 2
    assert number(session, product.a) == 2.2


def test_the_small_turns_of_a_touchpad_add_up(session, product, canvas, wheel):
    at = canvas.value_rect(product.a).center()
    for _turn in range(5):
        wheel.turn(at, dy=40)
    assert number(session, product.a) == 2.1


def test_there_and_back_is_no_step(session, product, canvas, wheel):
    at = canvas.value_rect(product.a).center()
    wheel.turn(at)
    wheel.turn(at, dy=-120)
    assert not session.stack.canUndo()


def test_with_a_slider_it_steps_by_its_stops(session, product, canvas, hands, wheel):
    session.do(set_span(session.document, [product.a], (0.0, 1000.0)))
    hands.settle()
    wheel.turn(canvas.slider_point(product.a, 0.5))
    assert number(session, product.a) == 12.0


def test_beside_a_number_alt_changes_nothing(session, product, canvas, wheel):
    wheel.turn(canvas.item_rect(product.c).center())
    assert session.stack.count() == 0
