"""The derivative explorer in the window: reached by its key, and out of the way of the canvas."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.playground.window.driving import turn
from tests.playground.window.test_keyboard_stays import fits_by_key
from tests.playground.window.test_tips import silent


@pytest.fixture
def page(window, session):
    session.open_example("parabola")
    window.canvas.setFocus()
    turn()
    held = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_E, held)
    turn()
    return window.studio.page("explorer")


def test_its_key_opens_it_where_a_place_can_be_typed(page):
    assert page.isVisible()
    typed_in = QApplication.focusWidget()
    assert typed_in is page.side.fields["x"]
    QTest.keyClicks(typed_in, "2/3")
    QTest.keyClick(typed_in, Qt.Key.Key_Return)
    turn()
    assert page.seen.place == (2 / 3,)
    assert page.side.readings.value("slope") == "0.0"


@pytest.mark.parametrize("switch", ["slope", "descent"])
def test_every_control_of_it_says_what_it_is_for(page, window, switch):
    getattr(page.question, switch).trigger()
    page.seen.move(1.0)
    turn()
    page._move(2.0)
    turn()
    assert page.side.set_here.isVisible()
    assert silent(window) == []


def test_dragging_the_point_leaves_the_keys_of_the_canvas_alive(page, window):
    field = page.side.fields["h"]
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, "0.5")
    view = page.curve.plot.viewport()
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=QPoint(view.width() // 2, 40))
    turn()
    assert page.seen.h == 0.5  # what was typed is taken first
    assert page.seen.explored is not None
    assert window.canvas.hasFocus()
    assert fits_by_key(window)


def test_what_is_dragged_on_the_canvas_moves_the_curves_point(page, window, session):
    x = session.document.find("x")
    session.set_number(x, -2.0)
    turn()
    page.flush()
    assert page.curve._point.getData()[0] == [-2.0]
    assert page.side.readings.value("slope") == "-16.0"
