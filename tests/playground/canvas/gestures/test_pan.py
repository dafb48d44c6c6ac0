"""Panning: middle button, space bar with the left one, two fingers on a touchpad."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QKeySequence

FAR = QPoint(120, -70)


def test_the_middle_button_drags_the_picture(session, product, canvas, hands):
    before = canvas.item_rect(product.a).center()
    hands.drag(QPoint(500, 400), QPoint(500, 400) + FAR, button="middle")
    assert canvas.item_rect(product.a).center() == before + FAR
    assert not session.stack.canUndo()


def test_the_middle_button_pans_over_a_card_as_well(session, product, canvas, hands):
    before = canvas.item_rect(product.a).center()
    hands.drag(before, before + FAR, button="middle")
    assert canvas.item_rect(product.a).center() == before + FAR
    assert session.selection == frozenset()


def test_the_space_bar_makes_the_left_button_pan(session, product, canvas, hands):
    before = canvas.item_rect(product.a).center()
    hands.hold("Space")
    hands.drag(before, before + FAR)
    hands.let_go("Space")
    assert canvas.item_rect(product.a).center() == before + FAR
    assert session.selection == frozenset()
    hands.click(QPoint(880, 20))
    assert canvas._mouse.gesture is None


def test_escape_brings_the_picture_back(session, product, canvas, hands):
    before = canvas.item_rect(product.a).center()
    hands.drag_to(QPoint(500, 400), QPoint(500, 400) + FAR, button="middle")
    hands.key("Escape")
    assert canvas.item_rect(product.a).center() == before
    hands.release(QPoint(620, 330), button="middle")


def test_two_fingers_pan_and_with_control_they_zoom(session, product, canvas, hands):
    before = canvas.item_rect(product.a).center()
    hands.swipe(QPoint(450, 320), 30, -20)
    assert canvas.item_rect(product.a).center() == before + QPoint(30, -20)
    hands.swipe(QPoint(450, 320), 0, 120, "Control")
    assert canvas.zoom > 1.0


def test_a_space_bar_that_did_not_pan_triggers_its_action(session, product, canvas, hands):
    action = QAction("search", canvas)
    action.setShortcut(QKeySequence(Qt.Key.Key_Space))
    action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
    triggered = []
    action.triggered.connect(lambda: triggered.append("search"))
    canvas.addAction(action)
    hands.hold("Space")
    hands.drag(QPoint(500, 400), QPoint(520, 400))
    hands.let_go("Space")
    assert triggered == []
    hands.key("Space")
    assert len(triggered) == 1
