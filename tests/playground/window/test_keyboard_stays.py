"""Clicks beside the canvas leave the keyboard on it, except where something can be typed."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from playground.panels.training.form import SettingRow
from tests.playground.window.driving import turn

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def moons(window, session):
    session.open_example("moons")
    window.canvas.setFocus()
    turn()
    yield window
    session.training.pause()
    turn()


def click(widget, at: QPoint | None = None) -> None:
    QTest.mouseClick(widget, LEFT, pos=at if at is not None else widget.rect().center())
    turn()


def fits_by_key(window) -> bool:
    """Tell whether F, typed at whatever has the keyboard, shows everything."""
    window.canvas.set_zoom(1.0)
    turn()
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_F)
    turn()
    return window.canvas._camera.fitted


def test_training_by_mouse_leaves_the_keys_of_the_canvas_alive(moons):
    transport = moons.training_panel.transport
    for button in (transport.play, transport.play, transport.step, transport.rewind):
        click(button)
        assert moons.canvas.hasFocus()
        assert fits_by_key(moons)


def test_choosing_a_point_leaves_the_keys_of_the_canvas_alive(moons, session):
    picture = moons.training_panel.boundary.picture
    x, y = session.samples.inputs[7]
    at = picture.position_of(x, y).toPoint()
    viewport = picture._plot.viewport()
    click(viewport, viewport.mapFrom(picture, at))
    assert session.view.sample != 0
    assert moons.canvas.hasFocus()
    assert fits_by_key(moons)


def test_a_place_that_is_tried_out_is_left_by_escape_on_the_canvas(moons, session):
    viewport = moons.training_panel.boundary.picture._plot.viewport()
    click(viewport, QPoint(4, 4))
    assert session.probe is not None
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    turn()
    assert session.probe is None


def test_what_is_typed_in_a_field_is_taken_before_training_begins(moons, session):
    rate = moons.training_panel.findChild(SettingRow, "training.learning_rate").field
    click(rate)
    assert rate.hasFocus()
    rate.selectAll()
    QTest.keyClicks(rate, "0.125")
    click(moons.training_panel.transport.step)
    assert session.document.training.learning_rate == 0.125
    assert moons.canvas.hasFocus()


def test_tab_still_reaches_the_buttons_and_the_boundary(moons):
    panel = moons.training_panel
    wanted = {panel.boundary, panel.transport.play, panel.transport.step, panel.transport.rewind}
    panel.boundary.setFocus(Qt.FocusReason.TabFocusReason)
    met = set()
    for _press in range(60):
        focus = QApplication.focusWidget()
        met.add(focus)
        if focus is moons.canvas:
            break
        QTest.keyClick(focus, Qt.Key.Key_Tab)
    assert wanted <= met


def test_a_button_pressed_by_the_keyboard_keeps_it(moons):
    step = moons.training_panel.transport.step
    step.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(step, Qt.Key.Key_Space)
    turn()
    assert step.hasFocus()
