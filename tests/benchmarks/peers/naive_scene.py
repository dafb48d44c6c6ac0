"""A naive node editor: one QGraphicsItem for each node and each wire, painted in Python.

What one writes first, without caches or levels of detail: `python naive_scene.py COUNT`. Prints
JSON with the seconds of each piece of work. Needs PySide6 and nothing of the project.
"""

import json
import sys
from pathlib import Path
from typing import Any

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import (
    QApplication,
    QGraphicsItem,
    QGraphicsPathItem,
    QGraphicsScene,
    QGraphicsView,
)

sys.path.insert(0, str(Path(__file__).parents[1]))
from sketch import VIEWPORT, Cell, busy, in_turn, numbers, sketch

SIZE = (112.0, 84.0)
CARRIED = 100


class NodeItem(QGraphicsItem):
    """A card with a title, a value and a gradient."""

    def __init__(self, cell: Cell) -> None:
        super().__init__()
        self.title = cell.op or "value"
        self.value = self.slope = 0.0
        self.wires: list[WireItem] = []
        self.setFlag(QGraphicsItem.GraphicsItemFlag.ItemIsSelectable)
        self.setFlag(QGraphicsItem.GraphicsItemFlag.ItemIsMovable)
        self.setFlag(QGraphicsItem.GraphicsItemFlag.ItemSendsGeometryChanges)
        self.setPos(cell.x, cell.y)

    def boundingRect(self) -> QRectF:
        """Return the card."""
        return QRectF(0, 0, *SIZE)

    def paint(self, painter: QPainter, _option: Any, _widget: Any = None) -> None:
        """Paint the card."""
        edge = QColor("#ffd166") if self.isSelected() else QColor("#2c313c")
        painter.setPen(QPen(edge, 1))
        painter.setBrush(QColor("#242832"))
        painter.drawRoundedRect(self.boundingRect(), 10, 10)
        painter.setPen(QColor("#8b93a5"))
        painter.setFont(QFont("sans", 9))
        painter.drawText(QPointF(12, 21), self.title)
        painter.setPen(QColor("#4aa3df"))
        painter.drawText(QPointF(12, 43), f"{self.value:.4g}")
        painter.setPen(QColor("#b58cff"))
        painter.drawText(QPointF(12, 61), f"∂ {self.slope:.4g}")

    def itemChange(self, change: Any, value: Any) -> Any:
        """Let the wires follow."""
        if change == QGraphicsItem.GraphicsItemChange.ItemPositionHasChanged:
            for wire in self.wires:
                wire.follow()
        return super().itemChange(change, value)

    def show_numbers(self, value: float, slope: float) -> None:
        """Show other numbers."""
        self.value, self.slope = value, slope
        self.update()


class WireItem(QGraphicsPathItem):
    """A curve between two cards."""

    def __init__(self, start: NodeItem, end: NodeItem) -> None:
        super().__init__()
        self._start, self._end = start, end
        start.wires.append(self)
        end.wires.append(self)
        self.setPen(QPen(QColor("#5b6272"), 1.6))
        self.setZValue(-1)
        self.follow()

    def follow(self) -> None:
        """Join the cards where they are."""
        begin = self._start.pos() + QPointF(SIZE[0], SIZE[1] / 2)
        end = self._end.pos() + QPointF(0, SIZE[1] / 2)
        reach = max(28.0, abs(end.x() - begin.x()) / 2)
        path = QPainterPath(begin)
        path.cubicTo(begin + QPointF(reach, 0), end - QPointF(reach, 0), end)
        self.setPath(path)


def build(cells: list[Cell]) -> tuple[QGraphicsView, list[NodeItem]]:
    """Return a view of the graph, shown and painted."""
    scene = QGraphicsScene()
    view = QGraphicsView(scene)
    scene.setParent(view)
    view.setRenderHint(QPainter.RenderHint.Antialiasing)
    items = [NodeItem(cell) for cell in cells]
    for item in items:
        scene.addItem(item)
    for cell, item in zip(cells, items, strict=True):
        for source in cell.inputs:
            scene.addItem(WireItem(items[source], item))
    view.resize(*VIEWPORT)
    view.show()
    view.fitInView(scene.itemsBoundingRect(), Qt.AspectRatioMode.KeepAspectRatio)
    QApplication.processEvents()
    view.viewport().repaint()
    return view, items


def main(count: int) -> dict[str, float]:
    """Measure one size."""
    application = QApplication.instance() or QApplication([])
    assert application is not None
    cells = sketch(count)
    seconds = {"build": busy(lambda: build(cells), repeats=7)}
    view, items = build(cells)

    def show(values: list[float], slopes: list[float]) -> None:
        for item, value, slope in zip(items, values, slopes, strict=True):
            item.show_numbers(value, slope)
        view.viewport().repaint()

    live = in_turn([lambda one=one: show(*one) for one in numbers(count)])

    def move(step: float) -> None:
        for item in items[:CARRIED]:
            item.moveBy(step, 0)
        view.viewport().repaint()

    def select_all() -> None:
        for item in items:
            item.setSelected(True)
        view.viewport().repaint()

    carry = in_turn([lambda: move(3.0), lambda: move(-3.0)])
    seconds["live, fit"] = busy(live)
    seconds["move"] = busy(carry)
    seconds["select all"] = busy(select_all, before=view.scene().clearSelection)
    view.resetTransform()
    QApplication.processEvents()
    seconds["live, 100 %"] = busy(live)
    return seconds


if __name__ == "__main__":
    print(json.dumps(main(int(sys.argv[1]))))
