"""How little it takes: the lecture's d = a*b + c, counted in clicks, drags and key strokes.

A click, a double-click and a drag count as one each. A key counts as one, with the modifiers that
are held meanwhile.
"""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton

from playground.settings import SHOW_WELCOME
from playground.widgets.mime import pack
from tests.playground.canvas.conftest import Hands
from tests.playground.drags import dragged
from tests.playground.window.driving import tile, turn

BY_MOUSE, BY_KEYBOARD, TO_MOONS = 12, 21, 3


class Counting:
    """Works the window with mouse and keys, and counts."""

    def __init__(self, window) -> None:
        self.window = window
        self.canvas = window.canvas
        self.hands = Hands(window.canvas)
        self.strokes = 0

    def key(self, key: Qt.Key, *held: str) -> None:
        self.strokes += 1
        QTest.keyClick(QApplication.focusWidget(), key, self.hands._held(*held))
        turn()

    def write(self, text: str) -> None:
        for letter in text:
            self.strokes += 1
            QTest.keyClicks(QApplication.focusWidget(), letter)
            turn()

    def place(self, text: str, at: QPoint) -> int:
        """Drag a tile of the palette to a point of the canvas, and return what it made."""
        assert tile(self.window, text).isVisible()
        self.strokes += 1
        action, button = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
        data, held = pack(text), Qt.KeyboardModifier.NoModifier
        viewport = self.canvas.viewport()
        QApplication.sendEvent(viewport, QDragEnterEvent(dragged(at), action, data, button, held))
        QApplication.sendEvent(viewport, QDropEvent(QPointF(at), action, data, button, held))
        turn()
        [made] = self.window._session.selection
        return made

    def drag(self, begin: QPoint, end: QPoint, *held: str) -> None:
        """Drag with the left button; modifiers are held once the mouse is down."""
        self.strokes += 1
        self.hands.press(begin)
        for step in range(1, 6):
            self.hands.move(begin + (end - begin) * step / 5, *held)
        self.hands.release(end, *held)

    def scrub(self, node: int, pixels: int, *held: str) -> None:
        at = self.canvas.value_rect(node).center()
        self.drag(at, at + QPoint(pixels, 0), *held)

    def wire(self, source: int, target: int, port: int | None = None) -> None:
        """Drag a wire to an input, or onto the whole node."""
        end = self.canvas.item_rect(target).center()
        if port is not None:
            end = self.canvas.port_point(target, port)
        self.drag(self.canvas.port_point(source), end)


@pytest.fixture
def counting(window, qtbot) -> Counting:
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    window.canvas.setFocus()
    turn()
    return Counting(window)


def formula(session, node: int) -> str:
    """Write a node in terms of the numbers of its leaves."""
    record = session.document.node(node)
    if record.is_leaf:
        return f"{record.value:g}"
    inner = ", ".join(formula(session, source) for source in session.document.inputs(node))
    return f"{record.op}({inner})"


def test_d_is_a_times_b_plus_c_by_keyboard_alone(session, counting):
    counting.write("a=2")
    counting.key(Qt.Key.Key_Return)
    counting.write("b=-3")
    counting.key(Qt.Key.Key_Return, "Shift")
    counting.write("*")
    counting.key(Qt.Key.Key_Return)
    counting.write("c=10")
    counting.key(Qt.Key.Key_Return, "Shift")
    counting.write("+")
    counting.key(Qt.Key.Key_Return)
    counting.key(Qt.Key.Key_F2)
    counting.write("d")
    counting.key(Qt.Key.Key_Return)
    assert counting.strokes <= BY_KEYBOARD
    labels = {node.label: node.id for node in session.document.nodes() if node.label}
    assert sorted(labels) == ["a", "b", "c", "d"]
    assert formula(session, labels["d"]) == "add(mul(2, -3), 10)"
    assert session.result.number(labels["d"]) == 4.0
    assert len(session.document) == 5


def test_d_is_a_times_b_plus_c_by_mouse_alone(session, counting):
    a = counting.place("value:constant", QPoint(120, 140))
    b = counting.place("value:constant", QPoint(120, 320))
    c = counting.place("value:constant", QPoint(120, 500))
    product = counting.place("op:mul", QPoint(330, 230))
    total = counting.place("op:add", QPoint(540, 360))
    counting.scrub(a, 100)
    counting.scrub(b, -40, "Control")
    counting.scrub(c, 90, "Control")
    counting.wire(a, product, 0)
    counting.wire(b, product, 1)
    counting.wire(product, total)
    counting.wire(c, total)
    assert counting.strokes <= BY_MOUSE
    assert formula(session, total) == "add(mul(2, -3), 10)"
    assert session.result.number(total) == 4.0
    for _step in range(counting.strokes):
        session.undo()
    assert len(session.document) == 0


def test_wires_let_go_over_nothing_make_it_shorter_still(session, counting):
    a = counting.place("value:constant", QPoint(120, 140))
    b = counting.place("value:constant", QPoint(120, 320))
    c = counting.place("value:constant", QPoint(120, 500))
    counting.scrub(a, 100)
    counting.scrub(b, -40, "Control")
    counting.scrub(c, 90, "Control")
    product = grown(counting, session, a, QPoint(280, 200), "op:mul")
    counting.wire(b, product, 1)
    total = grown(counting, session, product, QPoint(480, 330), "op:add")
    counting.wire(c, total)
    assert counting.strokes <= BY_MOUSE
    assert formula(session, total) == "add(mul(2, -3), 10)"
    assert session.result.number(total) == 4.0


def grown(counting: Counting, session, source: int, at: QPoint, text: str) -> int:
    """Let a wire go over nothing and click what it should feed."""
    counting.drag(counting.canvas.port_point(source), at)
    results = counting.canvas.search_card.results
    number = [row.key for row in results.rows].index(text)
    place = results.visualRect(results.model().index(number)).center()
    counting.strokes += 1
    QTest.mouseClick(results.viewport(), Qt.MouseButton.LeftButton, pos=place)
    turn()
    [made] = session.selection
    return made


def test_moons_train_within_three_clicks_of_the_welcome(make_window, settings, session, qtbot):
    settings.write(SHOW_WELCOME, True)
    window = make_window()
    turn()
    button = next(b for b in window.welcome.findChildren(QPushButton) if "moons" in b.text())
    clicks = 1
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert clicks <= TO_MOONS
    assert session.training.running
    qtbot.waitUntil(lambda: session.training.snapshot is not None, timeout=20_000)
    session.settle()
