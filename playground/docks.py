"""The docks around the canvas: which panel stands where, and the first sizes of all.

The main window makes them; panels are shown and hidden by their names. A new panel is a line in
`__init__` and an action that shows it.
"""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDockWidget, QMainWindow, QWidget

from playground.widgets.scrolled import Scrolled

LEFT, RIGHT = 256, 316  # first widths of the docks
PALETTE, INSPECTOR = 606, 322  # and their first heights
NARROWEST, LOWEST = 228, 120


class Docks:
    """The docks of one window.

    Attributes:
        named: the docks by the name under which they are shown and hidden together.
    """

    def __init__(
        self,
        window: QMainWindow,
        palette: QWidget,
        inspector: QWidget,
        outline: QWidget,
        training: QWidget,
        code: QWidget,
        studio: QWidget,
        reading: QWidget,
    ) -> None:
        self._window = window
        left, right = Qt.DockWidgetArea.LeftDockWidgetArea, Qt.DockWidgetArea.RightDockWidgetArea
        first = self._add("palette", palette, left)
        second = self._add("inspector", inspector, left)
        window.splitDockWidget(first, second, Qt.Orientation.Vertical)
        beside = self._add("outline", outline, left)
        window.addDockWidget(left, beside, Qt.Orientation.Horizontal)  # beside both of them
        beside.hide()
        below = self._add("code", code, Qt.DockWidgetArea.BottomDockWidgetArea)
        for corner, side in (
            (Qt.Corner.BottomLeftCorner, left),
            (Qt.Corner.BottomRightCorner, right),
        ):
            window.setCorner(corner, side)
        second_below = self._add("studio", studio, Qt.DockWidgetArea.BottomDockWidgetArea)
        for dock in (below, second_below):
            dock.hide()
        train = self._add("training", Scrolled(training), right)
        aside = self._add("help", reading, right)
        window.splitDockWidget(train, aside, Qt.Orientation.Horizontal)
        aside.hide()
        self.named: dict[str, tuple[QDockWidget, ...]] = {
            "build": (first, second),
            "train": (train,),
            "help": (aside,),
            "outline": (beside,),
            "code": (below,),
            "studio": (second_below,),
        }

    def arrange(self) -> None:
        """Give the docks their first sizes, which Qt takes only once they are seen."""
        down, across = Qt.Orientation.Vertical, Qt.Orientation.Horizontal
        self._window.resizeDocks(list(self.named["build"]), [PALETTE, INSPECTOR], down)
        firsts = [self.named[name][0] for name in ("build", "train")]
        self._window.resizeDocks(firsts, [LEFT, RIGHT], across)

    def shown(self) -> set[str]:
        """Return the names of those that are to be seen."""
        return {n for n, docks in self.named.items() if docks[0].isVisibleTo(self._window)}

    def _add(self, name: str, content: QWidget, area: Qt.DockWidgetArea) -> QDockWidget:
        dock = QDockWidget(self._window)
        dock.setObjectName(name)
        dock.setTitleBarWidget(QWidget(dock))
        dock.setFeatures(QDockWidget.DockWidgetFeature.NoDockWidgetFeatures)
        dock.setWidget(content)
        content.setMinimumSize(max(content.minimumWidth(), NARROWEST), LOWEST)
        self._window.addDockWidget(area, dock)
        return dock
