"""Two parts of a page side by side, or in turns where there is no room for both.

A switch above them chooses which one is seen then. Parts whose halves can be read below each other
take `halves.py`; these would both be too low for that.
"""

from PySide6.QtGui import QAction, QActionGroup, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from playground.widgets.halves import UNLIMITED
from playground.widgets.segments import Segments

Named = tuple[QWidget, str, str]  # a part, its name, and what it is


class Turns(QWidget):
    """From `least` pixels on both are seen, the second one `width` wide; else one has all room.

    Attributes:
        turns: the actions of the switch, in the order of the parts.
    """

    def __init__(
        self,
        first: Named,
        second: Named,
        width: int,
        least: int,
        gap: int,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._width, self._least = width, least
        self._parts = (first[0], second[0])
        group = QActionGroup(self)
        for _part, name, tip in (first, second):
            action = QAction(name, group)
            action.setCheckable(True)
            action.setToolTip(tip)
        self.turns = group.actions()
        self.turns[0].setChecked(True)
        self._switch = Segments(self.turns, self)
        above, row, column = QHBoxLayout(), QHBoxLayout(), QVBoxLayout(self)
        above.addWidget(self._switch)
        above.addStretch(1)
        row.setSpacing(gap)
        row.addWidget(first[0], 1)
        row.addWidget(second[0])
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(above)
        column.addLayout(row, 1)
        group.triggered.connect(self._arrange)
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show both, or let them take turns."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        both = self.width() >= self._least
        self._switch.setVisible(not both)
        self._parts[1].setMinimumWidth(self._width if both else 0)
        self._parts[1].setMaximumWidth(self._width if both else UNLIMITED)
        for part, turn in zip(self._parts, self.turns, strict=True):
            part.setVisible(both or turn.isChecked())
