"""The invisible items: a rectangle for each visible thing, so that Qt finds, selects and moves it.

They have no contents; the painter item paints. Qt does not repaint for such items, so each tells
the scene when it was moved or selected.
"""

from typing import Any, Protocol

from PySide6.QtCore import QRectF
from PySide6.QtWidgets import QGraphicsItem, QGraphicsRectItem

Change = QGraphicsItem.GraphicsItemChange
Flag = QGraphicsItem.GraphicsItemFlag


class Watcher(Protocol):
    """Hears of hit items; the scene is one."""

    def hit_moved(self, hit: "HitItem") -> None:
        """Take note that an item stands elsewhere than before."""

    def hit_selected(self, hit: "HitItem") -> None:
        """Take note that an item was selected, or is no longer."""


class HitItem(QGraphicsRectItem):
    """Where something visible is.

    Attributes:
        id: of the node or group; number: of the item in the frame.
    """

    def __init__(self, item: int, watcher: Watcher) -> None:
        super().__init__()
        self.id = item
        self.number = 0
        self._watcher: Watcher | None = None
        self.setFlag(Flag.ItemHasNoContents)
        self.setFlag(Flag.ItemIsSelectable)
        self.setFlag(Flag.ItemSendsGeometryChanges)
        self._watcher = watcher

    def stand(self, number: int, x: float, y: float, width: float, height: float) -> None:
        """Take the place of an item of a new frame, without a word to the watcher."""
        watcher, self._watcher = self._watcher, None
        self.number = number
        self.setRect(QRectF(0, 0, width, height))
        self.setPos(x, y)
        self.setZValue(number)
        self._watcher = watcher

    def itemChange(self, change: Change, value: Any) -> Any:
        """Pass on what Qt would have repainted for."""
        if self._watcher is not None:
            if change == Change.ItemPositionHasChanged:
                self._watcher.hit_moved(self)
            elif change == Change.ItemSelectedHasChanged:
                self._watcher.hit_selected(self)
        return super().itemChange(change, value)
