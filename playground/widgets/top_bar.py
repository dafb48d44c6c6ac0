"""The slim bar at the top: menus, the document's title, switches, undo and redo.

Where it is too narrow for all of that, the title goes first and the switches after it: what
they do is in the menus, too.
"""

from collections.abc import Iterable

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenuBar, QSizePolicy, QWidget

from playground.widgets.labels import label
from playground.widgets.segments import Segments, icon_button

HEIGHT = 44
BUTTONS = 110  # the width of undo, redo and the margins
SPACING = 10


class TopBar(QWidget):
    """Stands where a main window has its menu bar.

    Attributes:
        menus: the menu bar, empty at first.
    """

    def __init__(
        self,
        switches: Iterable[Iterable[QAction]],
        buttons: Iterable[QAction],
        parent: QWidget | None = None,
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
        row.setSpacing(SPACING)
        row.addWidget(self.menus)
        row.addSpacing(8)
        row.addWidget(self._title)
        row.addWidget(self._subtitle)
        row.addStretch(1)
        self._switches = [Segments(actions, self) for actions in switches]
        for switch in self._switches:
            row.addWidget(switch)
        for action in buttons:
            row.addWidget(icon_button(action, self))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show the switches that there is room for."""
        super().resizeEvent(event)
        self._make_room()

    def _make_room(self) -> None:
        room = self.width() - self.menus.sizeHint().width() - BUTTONS
        for one in (*self._switches, self._title, self._subtitle):
            room -= one.sizeHint().width() + SPACING
            one.setVisible(room >= 0)

    def minimumSizeHint(self) -> QSize:
        """Ask for no more room than the menus and the buttons need."""
        return QSize(self.menus.sizeHint().width() + BUTTONS, HEIGHT)

    def show_title(self, title: str, subtitle: str) -> None:
        """Show the name of the document and what it is."""
        if (title, subtitle) != (self._title.text(), self._subtitle.text()):
            self._title.setText(title)
            self._subtitle.setText(subtitle)
            self._make_room()

    def subtitle_text(self) -> str:
        """Return what stands beside the title."""
        return self._subtitle.text()
