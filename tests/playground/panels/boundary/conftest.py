"""A boundary panel, and a hand that draws on it with real events."""

from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from playground.panels.boundary import BoundaryPanel

LEFT, RIGHT = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton
PLAIN, SHIFT = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier
Place = tuple[float, float]


class Painter:
    """Draws on a panel, by places of its plane."""

    def __init__(self, panel: BoundaryPanel) -> None:
        self.panel = panel
        self.port = panel.picture._plot.viewport()

    def at(self, place: Place) -> QPoint:
        spot = self.panel.picture.position_of(*place).toPoint()
        return self.port.mapFrom(self.panel.picture, spot)

    def press(self, place: Place, button=LEFT, held=PLAIN) -> None:
        QTest.mousePress(self.port, button, held, self.at(place))

    def move(self, start: Place, end: Place, steps: int = 10, held=PLAIN) -> None:
        begin, way = self.at(start), self.at(end) - self.at(start)
        for step in range(1, steps + 1):
            spot = QPointF(begin + way * step / steps)
            seen, buttons = self.port.mapToGlobal(spot), Qt.MouseButton.NoButton
            moved = QMouseEvent(QMouseEvent.Type.MouseMove, spot, seen, buttons, buttons, held)
            QApplication.sendEvent(self.port, moved)
            QApplication.processEvents()

    def release(self, place: Place, button=LEFT, held=PLAIN) -> None:
        QTest.mouseRelease(self.port, button, held, self.at(place))
        QApplication.processEvents()

    def click(self, place: Place, button=LEFT) -> None:
        self.press(place, button)
        self.release(place, button)

    def stroke(self, *places: Place, button=LEFT, held=PLAIN) -> None:
        """Press at the first place, go by the others, and let go at the last."""
        self.press(places[0], button, held)
        for start, end in pairwise(places):
            self.move(start, end)
        self.release(places[-1], button, held)

    def key(self, key: Qt.Key, text: str = "") -> None:
        QTest.keyClicks(self.panel, text) if text else QTest.keyClick(self.panel, key)
        QApplication.processEvents()

    def blob(self, middle: Place, size: float = 0.8) -> None:
        """Draw a few lines close together."""
        x, y = middle
        self.stroke((x - size, y - size), (x + size, y - size), (x - size, y), (x + size, y))


@pytest.fixture
def show(session, themes, settings, qtbot):
    """Return a function that shows the panel of the session, drawing."""

    def shown() -> Painter:
        panel = BoundaryPanel(session, themes, settings)
        qtbot.addWidget(panel)
        panel.resize(288, 420)
        panel.show()
        qtbot.waitExposed(panel)
        panel.draw()
        QApplication.processEvents()
        return Painter(panel)

    return shown


@pytest.fixture
def blank(show) -> Painter:
    """Draw in an empty document."""
    return show()


@pytest.fixture
def painter(network, show) -> Painter:
    """Draw on forty moons."""
    return show()
