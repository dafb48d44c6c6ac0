"""Data drawn by hand in the real window, and a network that learns them."""

from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.playground.window.driving import turn

LEFT, PLAIN = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


def spot(window, x: float, y: float) -> QPoint:
    picture = window.training_panel.boundary.picture
    return picture._plot.viewport().mapFrom(picture, picture.position_of(x, y).toPoint())


def stroke(window, *places: tuple[float, float]) -> None:
    """Press the left button at the first place, go by the others, let go at the last."""
    port = window.training_panel.boundary.picture._plot.viewport()
    spots = [spot(window, *place) for place in places]
    QTest.mousePress(port, LEFT, PLAIN, spots[0])
    for start, end in pairwise(spots):
        for step in range(1, 9):
            at = QPointF(start + (end - start) * step / 8)
            kind, seen = QMouseEvent.Type.MouseMove, port.mapToGlobal(at)
            QApplication.sendEvent(port, QMouseEvent(kind, at, seen, LEFT, LEFT, PLAIN))
            turn()
    QTest.mouseRelease(port, LEFT, PLAIN, spots[-1])
    turn()


def blob(window, x: float, y: float) -> None:
    stroke(window, (x - 1, y - 1), (x + 1, y - 1), (x - 1, y), (x + 1, y))


@pytest.fixture
def drawing(window):
    """Begin to draw in an empty document, by the key."""
    window.canvas.setFocus()
    turn()
    QTest.keyClick(
        window.canvas,
        Qt.Key.Key_D,
        Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier,
    )
    turn()
    return window


def test_two_blobs_drawn_by_hand_are_learned(drawing, session, qtbot):
    boundary = drawing.training_panel.boundary
    assert boundary.hasFocus()
    blob(drawing, -2.5, 2.0)
    QTest.keyClick(boundary, Qt.Key.Key_2)
    blob(drawing, 2.5, -2.0)
    labels = session.samples.labels
    assert min((labels < 0).sum(), (labels > 0).sum()) >= 15
    assert session.stack.count() == 2
    QTest.mouseClick(boundary.offer, LEFT)
    turn()
    assert not boundary.offer.isVisible()
    session.training.set_speed(None)
    QTest.mouseClick(drawing.training_panel.transport.play, LEFT)
    qtbot.waitUntil(
        lambda: (
            session.training.snapshot is not None
            and (session.training.snapshot.train_accuracy or 0.0) >= 0.95
        )
    )
    before = len(session.samples)
    stroke(drawing, (-2.5, -2.0), (-1.5, -2.0))
    assert session.training.playing, "one can draw while it trains"
    assert len(session.samples) > before
    QTest.mouseClick(drawing.training_panel.transport.play, LEFT)
    turn()
    assert not session.training.running


def test_the_mode_is_left_by_escape_and_the_keys_of_the_canvas_live_again(drawing):
    assert drawing.commands["train.draw"].isChecked()
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    turn()
    assert not drawing.training_panel.boundary.drawing.on
    assert not drawing.commands["train.draw"].isChecked()
    assert drawing.canvas.hasFocus()


def test_a_stroke_takes_the_keyboard_so_that_its_keys_work(drawing):
    drawing.canvas.setFocus()
    stroke(drawing, (0.0, 0.0))
    assert drawing.training_panel.boundary.hasFocus()


def test_the_panel_comes_into_sight_to_be_drawn_on(window):
    window.commands["view.panel.train"].trigger()
    turn()
    assert not window.training_panel.isVisible()
    window.commands["train.draw"].trigger()
    turn()
    assert window.training_panel.boundary.brushes.isVisible()


@pytest.mark.parametrize("theme", ["dark", "light", "contrast-dark"])
def test_the_bar_of_eight_brushes_fits_its_panel(drawing, theme):
    drawing._themes.choose(theme)
    boundary = drawing.training_panel.boundary
    for _press in range(7):
        QTest.keyClicks(boundary, "+")
    turn()
    bar = boundary.brushes
    inside = bar.rect()
    for part in (*bar.spots, bar.eraser, bar.done):
        assert inside.contains(part.geometry())
