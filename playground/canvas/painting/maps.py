"""Paints the maps on cards: tiles of one atlas, coloured as the boundary is.

The card painter has them painted each over the body of its card and under what is written on it.
The atlas is coloured when other scores, or another theme, arrive; a tile is then a rounded
rectangle filled from it. Nothing here measures or decides where a map is.
"""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QImage, QPainter, QTransform

from engine.train.maps import PLAIN, Maps
from playground.canvas.frame.readings import Readings
from playground.canvas.frame.style import RADII, Kind
from playground.canvas.painting.faces import Page
from playground.theme import Theme
from playground.widgets.heatmap import colour_table, leaning, shade_numbers, words

Floats = NDArray[np.float64]
Index = NDArray[np.int64]

FORMAT = QImage.Format.Format_ARGB32_Premultiplied
SMALLEST = 9.0  # device pixels a side; a smaller cell has the colour of its number alone
LEAST = 2.0  # and is not painted at all below this
RADIUS = 4.0  # of cells on cards, in scene units


class Atlas:
    """The maps of one moment, one below the other in one image.

    Attributes:
        image: side * maps pixels high; as on a screen, the top row of each map comes first.
    """

    def __init__(self, maps: Maps, table: NDArray[np.uint32]) -> None:
        scores = maps.scores
        read = [row for row, link in enumerate(maps.links) if link != PLAIN]
        if read:
            scores = scores.copy()
            for row in read:
                scores[row] = leaning(maps.boundary(row))
        pixels = table[shade_numbers(scores[:, ::-1])]
        self.side = side = maps.side
        self.rows = {node: row for row, node in enumerate(maps.nodes)}
        height = side * len(maps.nodes)
        self.image = QImage(pixels.tobytes(), side, height, 4 * side, FORMAT).copy()
        self._brush = QBrush(self.image)

    def brush(self, row: int, box: QRectF) -> QBrush:
        """Return what fills a box with a map; corners of the plane are middles of pixels."""
        across, down = (length / (self.side - 1) for length in (box.width(), box.height()))
        left, top = box.left() - across / 2, box.top() - down * (row * self.side + 0.5)
        self._brush.setTransform(QTransform(across, 0, 0, down, left, top))
        return self._brush


class MapPainter:
    """Keeps the atlas of the maps and the theme last painted.

    Attributes:
        coloured: how many atlases were made, for those who count work.
    """

    def __init__(self) -> None:
        self.coloured = 0
        self._maps: Maps | None = None
        self._theme: Theme | None = None
        self._atlas: Atlas | None = None
        self._words: NDArray[np.uint32] = np.zeros(0, np.uint32)

    def prepare(self, maps: Maps | None, theme: Theme) -> None:
        """Colour these maps, if they are not the ones that were painted last."""
        if theme is not self._theme:
            self._theme, self._maps = theme, None
            self._words = words(colour_table(theme))
        if maps is not self._maps or (maps is None and self._atlas is not None):
            self._maps, self._atlas = maps, None
            if maps is not None:
                self._atlas = Atlas(maps, self._words)
                self.coloured += 1

    def items(self, page: Page) -> Iterator[int]:
        """Return the numbers of the items in sight that have maps, in the order of painting."""
        cells = page.frame.cells
        yield from np.unique(cells.item[page.seen[cells.item]]).tolist()

    def paint(self, painter: QPainter, page: Page, readings: Readings, item: int) -> None:
        """Paint all maps of an item."""
        cells, scale = page.frame.cells, page.stock.scale
        rows = np.flatnonzero(cells.item == item)
        kind = Kind(int(page.frame.kinds[item]))
        boxes = np.rint(page.at[item] + cells.rect[rows, :2] * scale)
        sizes = np.rint(cells.rect[rows, 2:] * scale)
        if kind is Kind.TILE:  # the border of its body stays to be seen
            line = max(1.0, scale * page.stock.theme.lines)
            boxes, sizes = boxes + line, sizes - 2 * line
            radius = RADII[kind] * scale - line
        else:
            radius = RADIUS * scale
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setOpacity(float(page.opacity[item]))
        hints = QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform
        painter.setRenderHints(hints)
        nodes = cells.node[rows].tolist()
        flat = shade_numbers(readings.cells[rows])
        numbers = zip(nodes, boxes.tolist(), sizes.tolist(), flat.tolist(), strict=True)
        for node, (x, y), (width, height), shade in numbers:
            if width < LEAST:
                continue
            box = QRectF(x, y, width, height)
            atlas = self._atlas if width >= SMALLEST else None
            if atlas is not None and node in atlas.rows:
                painter.setBrush(atlas.brush(atlas.rows[node], box))
            else:
                painter.setBrush(QColor.fromRgba(int(self._words[shade])))
            corner = min(radius, width / 4)
            painter.drawRoundedRect(box, corner, corner)
        painter.setOpacity(1.0)
