"""The line below the boundary: what its colours mean, and what is predicted at a place.

Classes are dots with a name and a count, shortened until they fit; numbers are a bar of colours
with the numbers at its ends.  It only paints what it is told.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QLinearGradient, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from engine.train.boundary import Reach
from playground.theme import ThemeManager, number_font
from playground.widgets.heatmap import SHADES, colour_table
from playground.widgets.numbers import written

HEIGHT, DOT, GAP, WIDE = 18, 9.0, 5.0, 12.0
BAR = 96.0  # the longest
SMALL = 12
MIDDLE = Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True, slots=True)
class Entry:
    """A class: its colour, its name, how many points it has."""

    colour: QColor
    name: str
    count: int


class Legend(QWidget):
    """Shows entries or a bar at the left, and words at the right."""

    def __init__(self, themes: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._themes = themes
        self._entries: list[Entry] = []
        self._reach: Reach | None = None
        self._words = ""
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        themes.theme_changed.connect(self.update)

    @property
    def words(self) -> str:
        """What stands at the right."""
        return self._words

    def show_classes(self, entries: Sequence[Entry]) -> None:
        """Show classes."""
        self._entries, self._reach = list(entries), None
        self.setToolTip("\n".join(f"{entry.name}: {entry.count}" for entry in entries))
        self.update()

    def show_reach(self, reach: Reach) -> None:
        """Show the numbers that the colours reach from and to."""
        self._entries, self._reach = [], reach
        self.setToolTip("")
        self.update()

    def say(self, words: str) -> None:
        """Say something at the right."""
        if words != self._words:
            self._words = words
            self.update()

    def sizeHint(self) -> QSize:
        """Ask for one line."""
        return QSize(200, HEIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the line."""
        theme, font = self._themes.current(), number_font(SMALL)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(font)
        metrics = QFontMetricsF(font)
        room = QRectF(self.rect())
        painter.setPen(theme.ink)
        painter.drawText(room, Qt.AlignmentFlag.AlignRight | MIDDLE, self._words)
        taken = metrics.horizontalAdvance(self._words)
        room.setRight(room.right() - (taken + WIDE if taken else 0.0))
        if self._reach is not None:
            self._paint_bar(painter, room, metrics, self._reach)
        else:
            self._paint_entries(painter, room, metrics)
        painter.end()

    def _paint_entries(self, painter: QPainter, room: QRectF, metrics: QFontMetricsF) -> None:
        theme, x = self._themes.current(), room.left()
        for entry, words in zip(self._entries, self._fitting(room.width(), metrics), strict=True):
            dot = QRectF(x + 0.5, room.center().y() - DOT / 2, DOT, DOT)
            painter.setPen(QPen(theme.hairline, theme.lines))
            painter.setBrush(entry.colour)
            painter.drawEllipse(dot)
            x += DOT + GAP
            painter.setPen(theme.muted)
            line = QRectF(x, room.top(), max(room.right() - x, 0.0), room.height())
            painter.drawText(line, Qt.AlignmentFlag.AlignLeft | MIDDLE, words)
            x += metrics.horizontalAdvance(words) + (WIDE if words else 0.0)

    def _fitting(self, width: float, metrics: QFontMetricsF) -> list[str]:
        """Return what is written beside each dot: as much as there is room for."""
        rows = [(f"{entry.name} {entry.count}", entry.name, "") for entry in self._entries]
        for words in zip(*rows, strict=True):
            needed = sum(metrics.horizontalAdvance(word) + DOT + GAP + WIDE for word in words)
            if needed - WIDE <= width:
                return list(words)
        return [""] * len(rows)

    def _paint_bar(
        self, painter: QPainter, room: QRectF, metrics: QFontMetricsF, reach: Reach
    ) -> None:
        theme = self._themes.current()
        low, high = (written(end, 3) for end in (reach.low, reach.high))
        left, right = (metrics.horizontalAdvance(text) + GAP for text in (low, high))
        width = min(BAR, room.width() - left - right)
        bar = QRectF(room.left() + left, room.center().y() - 4, max(width, 0.0), 8)
        table, ramp = colour_table(theme), QLinearGradient(bar.topLeft(), bar.topRight())
        for part, shade in ((0.0, 1), (0.5, SHADES // 2), (1.0, SHADES - 1)):
            ramp.setColorAt(part, QColor(*table[shade].tolist()))
        painter.setPen(theme.muted)
        painter.drawText(room, Qt.AlignmentFlag.AlignLeft | MIDDLE, low)
        end = QRectF(bar.right() + GAP, room.top(), right, room.height())
        painter.drawText(end, Qt.AlignmentFlag.AlignLeft | MIDDLE, high)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ramp)
        painter.drawRoundedRect(bar, 4, 4)
