"""A panel that is scrolled where the window is too low for it, and fills its room where not."""

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget


class Scrolled(QScrollArea):
    """Shows one panel; as wide as that asks for, with a scroll bar when there is need of one."""

    def __init__(self, panel: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._panel = panel
        self.setProperty("surface", "panel")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidget(panel)
        self.setMinimumWidth(panel.minimumWidth())

    def sizeHint(self) -> QSize:
        """Ask for what the panel asks for."""
        return self._panel.sizeHint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let the panel fill the room there is."""
        super().resizeEvent(event)
        self._fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow a panel that needs more room than before, or less."""
        if watched is self._panel and event.type() is QEvent.Type.LayoutRequest:
            self._fit()
        return super().eventFilter(watched, event)

    def _fit(self) -> None:
        # Qt's own way would ask for the height the panel would like, not for what it needs.
        panel, room = self._panel, self.viewport().size()
        least = max(panel.minimumSizeHint().height(), panel.minimumHeight())
        panel.resize(room.width(), max(room.height(), least))
