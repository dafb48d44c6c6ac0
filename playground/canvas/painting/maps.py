"""Paints the maps on cards: tiles of one atlas, coloured as the boundary is.

The card painter has them painted each over the body of its card and under what is written on it.
The atlas is coloured when other scores, or another theme, arrive; a tile is then a rounded
rectangle filled from it. Nothing here measures or decides where a map is.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QImage, QPainter, QPen, QTransform

from engine.train.maps import PLAIN, Maps
from playground.canvas.frame.style import RADII, Kind
from playground.canvas.painting.faces import Page
from playground.theme import Theme
from playground.widgets.heatmap import colour_table, leaning, shade_numbers, words

Floats = NDArray[np.float64]
Index = NDArray[np.int64]

HINTS = QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform
FORMAT = QImage.Format.Format_ARGB32_Premultiplied
SMALLEST = 9.0  # device pixels a side; a smaller cell has the colour of its number alone
LEAST = 2.0  # and is not painted at all below this
EDGED = 12.0  # device pixels a side from which a cell on a card has an edge,
EDGE = 1.0  # so wide
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


class Tile(NamedTuple):
    """One cell as it is painted, in device pixels.

    `row` is its map in the atlas, None if there is none: then it has the colour `shade`. What lies
    `among` others on a card has an edge.
    """

    item: int
    box: QRectF
    radius: float
    row: int | None
    shade: int
    among: bool


class MapPainter:
    """Keeps the atlas of the maps and the theme last painted.

    Attributes:
        hard: whether there are no shades between the two colours.
        coloured: how many atlases were made, for those who count work.
    """

    def __init__(self) -> None:
        self.coloured = 0
        self.hard = self._hard = False
        self._maps: Maps | None = None
        self._theme: Theme | None = None
        self._atlas: Atlas | None = None
        self._words: NDArray[np.uint32] = np.zeros(0, np.uint32)

    def prepare(self, maps: Maps | None, theme: Theme) -> None:
        """Colour these maps, if they are not the ones that were painted last."""
        if theme is not self._theme or self.hard != self._hard:
            self._theme, self._hard, self._maps = theme, self.hard, None
            self._words = words(colour_table(theme, hard=self.hard))
        if maps is not self._maps or (maps is None and self._atlas is not None):
            self._maps, self._atlas = maps, None
            if maps is not None:
                self._atlas = Atlas(maps, self._words)
                self.coloured += 1

    def tiles(self, page: Page, growth: Floats | None = None) -> list[list[Tile]]:
        """Return the tiles to paint, a list for each item in sight that has some, in its order.

        While things glide, `growth` is the size of each item, of its own, (n,).
        """
        cells, scale, stock = page.frame.cells, page.stock.scale, page.stock
        rect = cells.rect(page.detail.sights)
        rows = np.flatnonzero(page.seen[cells.item] & (rect[:, 2] * scale >= LEAST))
        items, own = cells.item[rows], page.frame.kinds[cells.item[rows]] == Kind.TILE
        line = np.where(own, max(1.0, scale * stock.theme.lines), 0.0)[:, None]
        corners = np.rint(page.at[items] + rect[rows, :2] * scale) + line
        sizes = np.rint(rect[rows, 2:] * scale) - 2 * line  # a tile's border is to be seen
        corner = np.where(own, RADII[Kind.TILE] * scale - line[:, 0], RADIUS * scale)
        if growth is not None:
            factor = growth[items, None]
            corners = page.at[items] + (corners - page.at[items]) * factor
            sizes, corner = sizes * factor, corner * factor[:, 0]
        corner = np.minimum(corner, sizes.min(axis=1) / 4)
        numbers = page.readings.cells[rows]
        shades = self._words[shade_numbers(numbers)].tolist()
        known = self._atlas.rows if self._atlas is not None else {}
        table = zip(
            items.tolist(),
            cells.node[rows].tolist(),
            np.concatenate((corners, sizes), axis=1).tolist(),
            corner.tolist(),
            shades,
            (~own & (sizes[:, 0] >= EDGED)).tolist(),
            strict=True,
        )
        found: list[list[Tile]] = []
        for item, node, box, radius, shade, among in table:
            row = known.get(node) if box[2] >= SMALLEST else None
            if not found or found[-1][0].item != item:
                found.append([])
            found[-1].append(Tile(item, QRectF(*box), radius, row, shade, among))
        return found

    def paint(self, painter: QPainter, tiles: list[Tile], opacity: float) -> None:
        """Paint the tiles of one item."""
        painter.setOpacity(opacity)
        edge = Qt.PenStyle.NoPen if self._theme is None else QPen(self._theme.hairline, EDGE)
        for tile in tiles:
            painter.setPen(edge if tile.among else Qt.PenStyle.NoPen)
            if tile.row is not None and self._atlas is not None:
                painter.setBrush(self._atlas.brush(tile.row, tile.box))
            else:
                painter.setBrush(QColor.fromRgba(tile.shade))
            inset = EDGE / 2 if tile.among else 0.0
            box = tile.box.adjusted(inset, inset, -inset, -inset)
            painter.drawRoundedRect(box, tile.radius, tile.radius)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setOpacity(1.0)
