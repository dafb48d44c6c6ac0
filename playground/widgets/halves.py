"""Two halves of a page side by side, or one below the other where there is no room for that.

Where even then there is none, the page scrolls.
"""

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QScrollArea, QWidget

UNLIMITED = 16_777_215  # Qt's QWIDGETSIZE_MAX


class Halves(QScrollArea):
    """The first half is `width` wide while they are side by side, the second has the rest.

    They are while the whole is at least `least` wide.
    """

    def __init__(
        self,
        first: QWidget,
        second: QWidget,
        width: int,
        least: int,
        gap: int,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._first, self._width, self._least = first, width, least
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inside = QWidget()
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight, inside)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(gap)
        self._box.addWidget(first)
        self._box.addWidget(second, 1)
        self.setWidget(inside)
        self._arrange(beside=True)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Set them side by side, or below each other."""
        self._arrange(beside=self.width() >= self._least)
        super().resizeEvent(event)

    def _arrange(self, *, beside: bool) -> None:
        ways = QBoxLayout.Direction
        self._box.setDirection(ways.LeftToRight if beside else ways.TopToBottom)
        self._first.setMinimumWidth(self._width if beside else 0)
        self._first.setMaximumWidth(self._width if beside else UNLIMITED)
