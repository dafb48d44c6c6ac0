"""Labels and lines in the tones of the style sheet.

A label's tone is "muted", "dim", "title", "headline", "section", or the name of a colour; what it
looks like stands in resources/themes/window.qss.
"""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QLabel, QWidget

from playground.theme import number_font


def label(text: str = "", tone: str = "", parent: QWidget | None = None) -> QLabel:
    """Make a label of plain text in a tone."""
    made = QLabel(text, parent)
    made.setTextFormat(Qt.TextFormat.PlainText)
    if tone:
        made.setProperty("tone", tone)
    return made


def section(title: str, parent: QWidget | None = None) -> QLabel:
    """Make the title of a section, in small capitals."""
    return label(title.upper(), "section", parent)


def number(text: str = "", tone: str = "", parent: QWidget | None = None) -> QLabel:
    """Make a label whose digits have equal width, standing at the right."""
    made = label(text, tone, parent)
    made.setFont(number_font())
    made.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    return made


class Asked(QLabel):
    """A number that can be asked about: by a click, or by Return when the keyboard is on it.

    Attributes:
        asked: somebody does.
    """

    asked = Signal()

    def __init__(self, tone: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setFont(number_font())
        if tone:
            self.setProperty("tone", tone)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Wait for the release."""
        event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Ask, unless the mouse has gone elsewhere."""
        if event.button() is Qt.MouseButton.LeftButton and self.rect().contains(
            event.position().toPoint()
        ):
            self.asked.emit()
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ask."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.asked.emit()
        else:
            super().keyPressEvent(event)


def retone(shown: QLabel, tone: str) -> None:
    """Change the tone of a label; nothing happens if it is the same."""
    if shown.property("tone") == tone:
        return
    shown.setProperty("tone", tone)
    shown.style().unpolish(shown)
    shown.style().polish(shown)


def hairline(parent: QWidget | None = None) -> QFrame:
    """Make a horizontal line of one pixel between two regions."""
    line = QFrame(parent)
    line.setProperty("surface", "hairline")
    line.setFixedHeight(1)
    return line


class Elided(QLabel):
    """A line of text that is cut off at its end where there is no room, and then says it all."""

    def minimumSizeHint(self) -> QSize:
        """Ask for no width."""
        return QSize(0, super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint as much as there is room for."""
        room = self.contentsRect()
        shown = self.fontMetrics().elidedText(
            self.text(), Qt.TextElideMode.ElideRight, room.width()
        )
        if shown == self.text():
            super().paintEvent(event)
            return
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(room, self.alignment(), shown)
        painter.end()
