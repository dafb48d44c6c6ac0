"""A shown canvas on a small graph, and hands that press, drag, turn and type on it."""

from collections.abc import Iterable

import pytest

from engine.errors import accept
from engine.graph.document import Document
from engine.graph.verbs import add_op, add_value, connect


class Builder:
    """Writes a graph into a session's document, as ordinary edits."""

    def __init__(self, session) -> None:
        self.session = session

    @property
    def document(self) -> Document:
        return self.session.document

    def value(self, label: str, number: float, x: float, y: float, role: str = "constant") -> int:
        """Add a leaf and return its id."""
        made = self.document.next_id
        self.session.do(add_value(self.document, (x, y), value=number, label=label, role=role))
        return made

    def op(self, key: str, inputs: Iterable[int], x: float, y: float, label: str = "") -> int:
        """Add an operation with its wires and return its id."""
        made = self.document.next_id
        self.session.do(accept(add_op(self.document, key, (x, y), label=label)))
        for source in inputs:
            self.session.do(accept(connect(self.document, source, made)))
        return made


class Hands:
    """Real mouse, wheel and key events on the viewport of a canvas."""

    def __init__(self, canvas) -> None:
        self.canvas = canvas
        self.viewport = canvas.viewport()

    @staticmethod
    def _button(name: str):
        from PySide6.QtCore import Qt

        return Qt.MouseButton[f"{name.capitalize()}Button"]

    @staticmethod
    def _held(*names: str):
        from PySide6.QtCore import Qt

        held = Qt.KeyboardModifier.NoModifier
        for name in names:
            held |= Qt.KeyboardModifier[f"{name}Modifier"]
        return held

    def press(self, at, *held: str, button: str = "left") -> None:
        from PySide6.QtTest import QTest

        QTest.mousePress(self.viewport, self._button(button), self._held(*held), at)

    def move(self, at, *held: str, button: str = "left") -> None:
        """Move with the button down; QTest's own moves carry no modifiers."""
        from PySide6.QtCore import QEvent, QPointF
        from PySide6.QtGui import QMouseEvent
        from PySide6.QtWidgets import QApplication

        place = QPointF(at)
        event = QMouseEvent(
            QEvent.Type.MouseMove,
            place,
            QPointF(self.viewport.mapToGlobal(at)),
            self._button("left"),
            self._button(button),
            self._held(*held),
        )
        QApplication.sendEvent(self.viewport, event)

    def release(self, at, *held: str, button: str = "left") -> None:
        from PySide6.QtTest import QTest

        QTest.mouseRelease(self.viewport, self._button(button), self._held(*held), at)
        self.settle()

    def click(self, at, *held: str) -> None:
        self.press(at, *held)
        self.release(at, *held)

    def hover(self, at) -> None:
        from PySide6.QtTest import QTest

        QTest.mouseMove(self.viewport, at)
        self.settle()

    def double_click(self, at) -> None:
        from PySide6.QtCore import Qt
        from PySide6.QtTest import QTest

        self.click(at)
        QTest.mouseDClick(
            self.viewport, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at
        )
        self.settle()

    def drag_to(self, begin, end, *held: str, button: str = "left", steps: int = 5) -> None:
        """Press, and move in steps, without letting go."""
        self.press(begin, *held, button=button)
        for step in range(1, steps + 1):
            self.move(begin + (end - begin) * step / steps, *held, button=button)

    def drag(self, begin, end, *held: str, button: str = "left", steps: int = 5) -> None:
        """Press, move, and let go."""
        self.drag_to(begin, end, *held, button=button, steps=steps)
        self.release(end, *held, button=button)

    def turn(self, at, notches: float, *held: str) -> None:
        """Turn the mouse wheel."""
        from PySide6.QtCore import QPoint, QPointF, Qt
        from PySide6.QtGui import QWheelEvent
        from PySide6.QtWidgets import QApplication

        event = QWheelEvent(
            QPointF(at),
            QPointF(self.viewport.mapToGlobal(at)),
            QPoint(),
            QPoint(0, round(120 * notches)),
            Qt.MouseButton.NoButton,
            self._held(*held),
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QApplication.sendEvent(self.viewport, event)
        self.settle()

    def swipe(self, at, dx: int, dy: int, *held: str) -> None:
        """Move two fingers on a touchpad."""
        from PySide6.QtCore import QPoint, QPointF, Qt
        from PySide6.QtGui import QWheelEvent
        from PySide6.QtWidgets import QApplication

        event = QWheelEvent(
            QPointF(at),
            QPointF(self.viewport.mapToGlobal(at)),
            QPoint(dx, dy),
            QPoint(dx, dy),
            Qt.MouseButton.NoButton,
            self._held(*held),
            Qt.ScrollPhase.ScrollUpdate,
            False,
        )
        QApplication.sendEvent(self.viewport, event)
        self.settle()

    def key(self, name: str, *held: str) -> None:
        """Press and release a key."""
        from PySide6.QtCore import Qt
        from PySide6.QtTest import QTest

        QTest.keyClick(self.canvas, Qt.Key[f"Key_{name}"], self._held(*held))
        self.settle()

    def hold(self, name: str) -> None:
        from PySide6.QtCore import Qt
        from PySide6.QtTest import QTest

        QTest.keyPress(self.canvas, Qt.Key[f"Key_{name}"])

    def let_go(self, name: str) -> None:
        from PySide6.QtCore import Qt
        from PySide6.QtTest import QTest

        QTest.keyRelease(self.canvas, Qt.Key[f"Key_{name}"])
        self.settle()

    @staticmethod
    def settle() -> None:
        """Let everything of this turn happen, painting included."""
        from PySide6.QtWidgets import QApplication

        for _turn in range(3):
            QApplication.processEvents()


@pytest.fixture
def build(session) -> Builder:
    return Builder(session)


@pytest.fixture
def canvas(session, qtbot):
    """Show a canvas of 900 x 640 pixels; at 100 % the scene's origin is in its middle."""
    from playground.canvas import CanvasView
    from playground.theme import ThemeManager

    themes = ThemeManager("dark")
    view = CanvasView(session, themes)
    view.themes = themes
    qtbot.addWidget(view)
    view.resize(900, 640)
    view.show()
    qtbot.waitExposed(view)
    view.setFocus()
    Hands.settle()
    return view


@pytest.fixture
def hands(canvas) -> Hands:
    return Hands(canvas)


class Product:
    """The graph of most tests: c = a * b, on a canvas at 100 %."""

    def __init__(self, build: Builder, canvas) -> None:
        self.a = build.value("a", 2.0, -300.0, -150.0)
        self.b = build.value("b", -3.0, -300.0, 60.0, role="parameter")
        self.c = build.op("mul", (self.a, self.b), 0.0, -40.0, label="c")
        build.session.stack.clear()
        Hands.settle()
        canvas.set_zoom(1.0)
        Hands.settle()


@pytest.fixture
def product(build, canvas) -> Product:
    return Product(build, canvas)
