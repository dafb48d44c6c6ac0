"""The atlas: everything small that is drawn often, drawn once for each zoom level.

Card bodies, symbols, labels and glyphs of digits are painted into one pixmap when they are first
needed; the card painter then copies parts of it. Positions are whole device pixels, so that
text stays sharp. An atlas holds for one scale and one theme; both changes make a new one. For a
vector graphic an atlas only remembers how each sprite is drawn.
"""

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from math import ceil, floor

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPen, QPixmap

from playground.canvas.painting.primitives import Brushwork

Floats = NDArray[np.float64]
Index = NDArray[np.int64]

SIDE = 1024
MOST = 8192  # of a side, in device pixels
GAP = 1
HALO = 1.4  # around letters that are set off from what they lie over, in scene units
LEFT, TOP, WIDTH, HEIGHT, OFFSET_X, OFFSET_Y, ADVANCE = range(7)


@dataclass(frozen=True, slots=True)
class Sprite:
    """What to draw: its extent around the anchor in device pixels, and how.

    `draw` gets a painter whose origin is the anchor, still in device pixels. `advance` is how far
    the next glyph stands.
    """

    key: Hashable
    left: int
    top: int
    right: int
    bottom: int
    draw: Callable[[QPainter], None]
    advance: int = 0


class Atlas:
    """A pixmap filled shelf by shelf, and where in it each sprite lies.

    Attributes:
        scale: device pixels in a scene unit.
        boxes: by sprite: left, top, width, height in the pixmap, the offset of its left upper
            corner from the anchor, and its advance; whole device pixels, shape (n, 7).
        vector: whether sprites are drawn each time anew, as shapes; then the pixmap stays empty,
            and the left of a sprite is its number.
    """

    def __init__(self, scale: float, *, vector: bool = False) -> None:
        self.scale = scale
        self.vector = vector
        self._sprites: list[Sprite] = []
        # Wide enough for several cards side by side, however large they are.
        self.pixmap = _blank(SIDE * min(max(ceil(scale), 1), MOST // SIDE), SIDE // 4)
        self.boxes = np.zeros((64, 7))
        self._index: dict[Hashable, int] = {}
        self._pen = (0, 0)
        self._shelf = 0

    def __len__(self) -> int:
        return len(self._index)

    @property
    def is_crowded(self) -> bool:
        """Whether it is time for a new one."""
        return self._pen[1] + self._shelf > MOST // 2

    def index(self, key: Hashable) -> int:
        """Return the number of a sprite that is there."""
        return self._index[key]

    def add(self, sprites: Iterable[Sprite]) -> None:
        """Draw those sprites that are not there yet."""
        missing = {sprite.key: sprite for sprite in sprites if sprite.key not in self._index}
        if not missing:
            return
        if self.vector:
            for sprite in missing.values():
                self._note(sprite, len(self._sprites), 0)
                self._sprites.append(sprite)
            return
        places = [(sprite, *self._place(sprite)) for sprite in missing.values()]
        self._grow(self._pen[1] + self._shelf)
        painter = QPainter(self.pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for sprite, x, y in places:
            painter.save()
            painter.setClipRect(x, y, sprite.right - sprite.left, sprite.bottom - sprite.top)
            painter.translate(x - sprite.left, y - sprite.top)
            sprite.draw(painter)
            painter.restore()
        painter.end()

    def _place(self, sprite: Sprite) -> tuple[int, int]:
        width, height = sprite.right - sprite.left, sprite.bottom - sprite.top
        x, y = self._pen
        if x + width > self.pixmap.width():
            x, y = 0, y + self._shelf
            self._shelf = 0
        if width > self.pixmap.width():
            self._widen(width)
        self._pen = (x + width + GAP, y)
        self._shelf = max(self._shelf, height + GAP)
        self._note(sprite, x, y)
        return x, y

    def _note(self, sprite: Sprite, x: int, y: int) -> None:
        width, height = sprite.right - sprite.left, sprite.bottom - sprite.top
        number = len(self._index)
        self._index[sprite.key] = number
        if number >= len(self.boxes):
            self.boxes = np.vstack((self.boxes, np.zeros_like(self.boxes)))
        self.boxes[number] = (x, y, width, height, sprite.left, sprite.top, sprite.advance)

    def lay(self, painter: QPainter, brushwork: Brushwork, rows: Floats) -> None:
        """Paint sprites where these fragments say, of `fragments`."""
        if not self.vector:
            brushwork.fragments(painter, rows, self.pixmap)
            return
        for x, y, number, _top, width, height, across, down, _turn, opacity in rows.tolist():
            sprite = self._sprites[int(number)]
            painter.save()
            painter.setOpacity(opacity)
            painter.translate(x, y)
            painter.scale(across, down)
            painter.translate(-width / 2 - sprite.left, -height / 2 - sprite.top)
            sprite.draw(painter)
            painter.restore()

    def _widen(self, width: int) -> None:
        self._copy_to(_blank(width, self.pixmap.height()))

    def _grow(self, height: int) -> None:
        if height > self.pixmap.height():
            self._copy_to(_blank(self.pixmap.width(), max(height, 2 * self.pixmap.height())))

    def _copy_to(self, larger: QPixmap) -> None:
        painter = QPainter(larger)
        painter.drawPixmap(0, 0, self.pixmap)
        painter.end()
        self.pixmap = larger


def fragments(atlas: Atlas, sprites: Index, anchors: Floats) -> Floats:
    """Return Qt's pixmap fragments that put sprites at anchors, whole device pixels, (n, 2)."""
    boxes = atlas.boxes[sprites]
    rows = np.empty((len(sprites), 10))
    rows[:, 0:2] = anchors + boxes[:, OFFSET_X : OFFSET_Y + 1] + boxes[:, WIDTH : HEIGHT + 1] / 2
    rows[:, 2:6] = boxes[:, LEFT : HEIGHT + 1]
    rows[:, 6:8] = 1.0
    rows[:, 8] = 0.0
    rows[:, 9] = 1.0
    return rows


def text_sprite(
    key: Hashable,
    text: str,
    font: QFont,
    colour: QColor,
    scale: float,
    align: float = 0.0,
    ground: QColor | None = None,
) -> Sprite:
    """Return the sprite of a text, anchored on its baseline.

    `align` is the part of its width left of the anchor: 0, 1/2 or 1. With a `ground` its letters
    are set off by that colour from whatever they lie over.
    """
    metrics = QFontMetricsF(font)
    width = metrics.horizontalAdvance(text) * scale
    start = -round(width * align)

    def draw(painter: QPainter) -> None:
        painter.translate(start, 0)
        painter.scale(scale, scale)
        if ground is not None:
            letters = QPainterPath()
            letters.addText(QPointF(0, 0), font, text)
            painter.strokePath(letters, QPen(ground, 2 * HALO, j=Qt.PenJoinStyle.RoundJoin))
        painter.setFont(font)
        painter.setPen(colour)
        painter.drawText(QPointF(0, 0), text)

    halo = 0 if ground is None else ceil(HALO * scale)
    return Sprite(
        key,
        start - 2 - halo,
        floor(-metrics.ascent() * scale) - 1 - halo,
        start + ceil(width) + 3 + halo,
        ceil(metrics.descent() * scale) + 1 + halo,
        draw,
        round(width),
    )


def _blank(width: int, height: int) -> QPixmap:
    pixmap = QPixmap(width, height)
    pixmap.fill(Qt.GlobalColor.transparent)
    return pixmap
