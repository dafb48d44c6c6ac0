"""Paints the names of open groups: readable at any zoom, and never over each other.

Near by a name stands in its frame's title bar; from afar, where the bar is too low for it, it
keeps its size on the screen and rises over the edge of its frame, on a plate, so that it covers no
card inside. Names of outer groups come first; one that would touch another, or has no room in its
frame, is not written. Where the names stand is worked out once for a view and then only copied.
"""

from dataclasses import dataclass
from math import ceil, floor

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter

from engine.graph.document import Document
from engine.graph.geometry import TITLE_BAR
from engine.graph.records import Group
from playground.canvas.frame import style
from playground.canvas.frame.build import Frame
from playground.canvas.frame.labels import brief
from playground.canvas.painting.backdrop import box_of, open_groups
from playground.canvas.painting.detail import ramp
from playground.canvas.painting.lens import Lens
from playground.canvas.painting.primitives import Brushwork
from playground.canvas.painting.sprites import Atlas, Sprite, fragments
from playground.canvas.painting.tints import mixed
from playground.icons import pixmap
from playground.theme import Theme

Floats = NDArray[np.float64]

OVER_CARDS = 0.38  # the zoom below which titles lie over cards
PLATE = (0.40, 0.48)  # over which its plate fades: as soon as the bar is high enough for the title
SMALL, LARGE = 10.5, 40.0  # a title's size on the screen
BESIDE = (0.38, 0.46)  # over which the word beside it, its activation, appears
LEAST_SHARE = 0.5  # of a title's letters: what is cut off earlier says nothing
MOST = 200
LOCK_SIDE = 0.95  # of a padlock, in the size of the title


@dataclass(frozen=True, slots=True)
class Title:
    """A name as it is written: where its box is in device pixels, and what stands in it."""

    box: QRectF
    words: tuple[tuple[str, QFont, QColor, float], ...]  # text, font, colour, x in the box
    lock: tuple[float, int] | None  # x in the box and side of a padlock
    drop: float
    beside: int  # how much wider its plate is on either side


class TitlePainter:
    """Keeps the names of one view."""

    def __init__(self, brushwork: Brushwork) -> None:
        self._brushwork = brushwork
        self._key: object = None
        self._atlas: Atlas | None = None
        self._rows: Floats = np.zeros((0, 10))

    def paint(
        self,
        painter: QPainter,
        document: Document,
        frame: Frame,
        rects: Floats,
        lens: Lens,
        theme: Theme,
    ) -> None:
        """Write the names of the open groups in sight; `rects` (n, 4) as they are now."""
        key = (frame, theme.name, lens, rects.tobytes())
        if key != self._key:
            self._key = key
            self._set(titles_of(document, frame, rects, lens, theme), lens, theme)
        if self._atlas is not None:
            self._atlas.lay(painter, self._brushwork, self._rows)

    def _set(self, titles: list[Title], lens: Lens, theme: Theme) -> None:
        atlas = self._atlas = Atlas(lens.ratio, vector=lens.vector)
        sprites = [_sprite(number, title, lens, theme) for number, title in enumerate(titles)]
        atlas.add(sprites)
        numbers = np.array([atlas.index(sprite.key) for sprite in sprites], np.int64)
        corners = [(title.box.left(), title.box.top()) for title in titles]
        self._rows = fragments(atlas, numbers, np.array(corners).reshape(-1, 2))


def titles_of(
    document: Document, frame: Frame, rects: Floats, lens: Lens, theme: Theme
) -> list[Title]:
    """Return the names there is room for, those of outer groups first."""
    found: list[Title] = []
    for number in open_groups(frame, rects, lens):
        group = document.groups.get(int(frame.ids[number]))
        if group is None or len(found) >= MOST:
            continue
        locked = group.id in frame.locked
        title = _title(group, box_of(rects[number], lens), lens, theme, locked=locked)
        if title is not None and not any(title.box.intersects(one.box) for one in found):
            found.append(title)
    return found


def _title(
    group: Group, around: QRectF, lens: Lens, theme: Theme, *, locked: bool
) -> Title | None:
    """Return a group's name with its activation as far as they fit, None if hardly any does."""
    pixels = min(max(style.TITLE.pixels * lens.zoom, SMALL), LARGE) * lens.ratio
    pad = min(14 * lens.scale, 10 * lens.ratio)
    high = ceil(1.5 * pixels)
    bar = TITLE_BAR * lens.scale
    room, x = around.width() - 2 * pad, 0.0
    side = round(LOCK_SIDE * pixels) if locked else 0
    room -= 1.4 * side
    if max(bar, high) > around.height():
        return None
    words = []
    texts = [(group.label, style.TITLE, theme.ink)]
    if lens.zoom > BESIDE[0]:
        faint = QColor(theme.dim)
        faint.setAlphaF(ramp(lens.zoom, *BESIDE))
        word = group.arguments.get("activation", "")
        texts.append((word if isinstance(word, str) else "", style.DETAIL, faint))
    for text, look, colour in texts:
        font = look.font()
        font.setPixelSize(max(1, round(pixels * look.pixels / style.TITLE.pixels)))
        metrics = QFontMetricsF(font)
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room - x)
        if shown != text and brief(text) != text:
            shown = brief(text)
            if metrics.horizontalAdvance(shown) > room - x:
                break
        elif shown != text and len(shown) <= LEAST_SHARE * len(text) + 1:
            break
        if shown:
            words.append((shown, font, colour, x))
            x += metrics.horizontalAdvance(shown) + pixels * 0.4
    if not words:
        return None
    top = round(around.top() + min((bar - high) / 2, bar - high))  # its foot is in the bar
    lock = (x, side) if side else None
    x += 1.4 * side
    box = QRectF(round(around.left() + pad), top, ceil(x - pixels * 0.4), high)
    edge = ceil(1.5 * lens.ratio * theme.lines)  # which the plate leaves to be seen
    beside = max(0, min(ceil(5 * lens.ratio), floor(pad) - edge))
    return Title(box, tuple(words), lock, round(high / 2 + 0.36 * pixels), beside)


def _sprite(number: int, title: Title, lens: Lens, theme: Theme) -> Sprite:
    """Return the picture of a name, anchored at the corner of its box."""
    beside = title.beside
    plate = QColor(mixed(theme.background, theme.panel, 0.55))
    plate.setAlphaF(0.86 * (1.0 - ramp(lens.zoom, *PLATE)))
    width, height = ceil(title.box.width()), ceil(title.box.height())

    def draw(painter: QPainter) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(plate)
        radius = 4 * lens.ratio
        painter.drawRoundedRect(QRectF(-beside, 0, width + 2 * beside, height), radius, radius)
        for text, font, colour, x in title.words:
            painter.setFont(font)
            painter.setPen(colour)
            painter.drawText(QPointF(x, title.drop), text)
        if title.lock is not None:
            x, side = title.lock
            painter.drawPixmap(
                QPointF(round(x), round((height - side) / 2)), pixmap("lock", theme.muted, side)
            )

    return Sprite(number, -beside - 1, 0, width + beside + 1, height + 1, draw)
