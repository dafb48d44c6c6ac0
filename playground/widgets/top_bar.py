"""The slim bar at the top: menus, the document's title, the depth switch, undo and redo."""

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QMenuBar, QSizePolicy, QWidget

from playground.widgets.labels import label
from playground.widgets.segments import Segments, icon_button

HEIGHT = 44


class TopBar(QWidget):
    """Stands where a main window has its menu bar.

    Attributes:
        menus: the menu bar, empty at first.
    """

    def __init__(
        self, depths: Iterable[QAction], buttons: Iterable[QAction], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setFixedHeight(HEIGHT)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setProperty("surface", "bar")
        self.menus = QMenuBar(self)
        self.menus.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._title = label(tone="title")
        self._subtitle = label(tone="muted")
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 0, 10, 1)
        row.setSpacing(10)
        row.addWidget(self.menus)
        row.addSpacing(8)
        row.addWidget(self._title)
        row.addWidget(self._subtitle, 1)
        row.addWidget(Segments(depths, self))
        for action in buttons:
            row.addWidget(icon_button(action, self))

    def show_title(self, title: str, subtitle: str) -> None:
        """Show the name of the document and what it is."""
        self._title.setText(title)
        self._subtitle.setText(subtitle)

    def subtitle_text(self) -> str:
        """Return what stands beside the title."""
        return self._subtitle.text()
