"""The invisible items: a rectangle for each visible thing, so that Qt finds, selects and moves it.

They have no contents; the painter item paints. Qt does not repaint for such items, so each tells
the scene when it was moved or selected.
"""

from typing import Any, Protocol

from PySide6.QtCore import QPointF
from PySide6.QtWidgets import QGraphicsItem, QGraphicsRectItem

Flag = QGraphicsItem.GraphicsItemFlag


class Watcher(Protocol):
    """Hears of hit items; the scene is one."""

    def hit_moved(self, hit: "HitItem") -> None:
        """Take note that an item stands elsewhere than before."""

    def hit_selected(self, hit: "HitItem") -> None:
        """Take note that an item was selected, or is no longer."""


class HitItem(QGraphicsRectItem):
    """Where something visible is.

    Qt calls back for every notice that an item asks for, and there are thousands of items: so it
    asks for none, and `setPos` and `setSelected` tell.

    Attributes:
        id: of the node or group; number: of the item in the frame: the greater, the farther up.
    """

    def __init__(self, item: int, watcher: Watcher) -> None:
        super().__init__()
        self.id = item
        self.number = 0
        self._watcher: Watcher | None = None
        self._size = (0.0, 0.0)
        self.setFlags(Flag.ItemHasNoContents | Flag.ItemIsSelectable)
        self._watcher = watcher

    def stand(self, number: int, x: float, y: float, width: float, height: float) -> None:
        """Take the place of an item of a new frame, without a word to the watcher."""
        self.number = number
        if self.x() != x or self.y() != y:
            super().setPos(x, y)
        if self._size != (width, height):
            self._size = (width, height)
            self.setRect(0, 0, width, height)

    def setPos(self, *place: Any) -> None:
        """Move to a point of the scene, and let the picture follow."""
        super().setPos(*place)
        if self._watcher is not None:
            self._watcher.hit_moved(self)

    def moveBy(self, dx: float, dy: float) -> None:
        """Move by so much, and let the picture follow."""
        self.setPos(self.pos() + QPointF(dx, dy))

    def setSelected(self, selected: bool) -> None:
        """Select it, or no longer, and let the picture follow."""
        if selected != self.isSelected():
            super().setSelected(selected)
            if self._watcher is not None:
                self._watcher.hit_selected(self)
