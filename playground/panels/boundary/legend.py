"""The lines below the boundary: what its colours mean, and what is predicted at a place.

Classes are dots with a name and a count, on as many lines as they need; numbers are a bar of
colours with the numbers at its ends.  It only paints what it is told.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFontMetricsF,
    QLinearGradient,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from engine.train.boundary import Reach
from playground.theme import ThemeManager, number_font
from playground.widgets.heatmap import SHADES, colour_table
from playground.widgets.numbers import written

HEIGHT, DOT, GAP, WIDE = 18, 9.0, 5.0, 12.0
BAR = 96.0  # the longest
FOR_WORDS = 116.0  # kept free for what is said at the right
MOST_LINES = 4
SMALL = 12
MIDDLE = Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True, slots=True)
class Entry:
    """A class: its colour, its name, how many points it has."""

    colour: QColor
    name: str
    count: int


class Spot(NamedTuple):
    """Where the dot of a class stands, and what is written beside it: a name, then a count."""

    x: float
    line: int
    colour: QColor
    name: str
    number: str


class Legend(QWidget):
    """Shows entries or a bar at the left, and words at the right of the last line."""

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
        self._make_room()

    def show_reach(self, reach: Reach) -> None:
        """Show the numbers that the colours reach from and to."""
        self._entries, self._reach = [], reach
        self.setToolTip("")
        self._make_room()

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
        room = QRectF(0.0, self.height() - HEIGHT, self.width(), HEIGHT)
        painter.setPen(theme.ink)
        painter.drawText(room, Qt.AlignmentFlag.AlignRight | MIDDLE, self._words)
        if self._reach is not None:
            room.setRight(room.right() - FOR_WORDS)
            self._paint_bar(painter, room, metrics, self._reach)
        else:
            self._paint_entries(painter, metrics)
        painter.end()

    def _paint_entries(self, painter: QPainter, metrics: QFontMetricsF) -> None:
        theme = self._themes.current()
        for spot in self._spots(metrics):
            middle = (spot.line + 0.5) * HEIGHT
            painter.setPen(QPen(theme.hairline, theme.lines))
            painter.setBrush(spot.colour)
            painter.drawEllipse(QRectF(spot.x + 0.5, middle - DOT / 2, DOT, DOT))
            line = QRectF(spot.x + DOT + GAP, middle - HEIGHT / 2, self.width(), HEIGHT)
            painter.setPen(theme.ink)
            painter.drawText(line, Qt.AlignmentFlag.AlignLeft | MIDDLE, spot.name)
            line.translate(metrics.horizontalAdvance(spot.name) + GAP, 0.0)
            painter.setPen(theme.muted)
            painter.drawText(line, Qt.AlignmentFlag.AlignLeft | MIDDLE, spot.number)

    def _spots(self, metrics: QFontMetricsF) -> list[Spot]:
        """Return where every class stands, with as many words as there is room for."""
        spots: list[Spot] = []
        for write in (_all, _name, _nothing):
            spots = self._flow([write(entry) for entry in self._entries], metrics)
            if not spots or spots[-1].line < MOST_LINES:
                break
        return spots

    def _flow(self, words: list[tuple[str, str]], metrics: QFontMetricsF) -> list[Spot]:
        """Return spots side by side, those that do not fit on the next line.

        The last one leaves room for what is said at the right.
        """
        spots: list[Spot] = []
        x, line = 0.0, 0
        for entry, (name, count) in zip(self._entries, words, strict=True):
            beside = GAP + metrics.horizontalAdvance(count) if count else 0.0
            most = self.width() - DOT - GAP - beside
            shown = metrics.elidedText(name, Qt.TextElideMode.ElideRight, most)
            needed = DOT + GAP + metrics.horizontalAdvance(shown) + beside
            room = self.width() - (FOR_WORDS if entry is self._entries[-1] else 0.0)
            if x > 0.0 and x + needed > room:
                x, line = 0.0, line + 1
            spots.append(Spot(x, line, entry.colour, shown, count))
            x += needed + (WIDE if shown else 0.0)
        return spots

    def _make_room(self) -> None:
        """Be as high as the classes need."""
        spots = self._spots(QFontMetricsF(number_font(SMALL)))
        self.setFixedHeight(HEIGHT * (1 + (spots[-1].line if spots else 0)))
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay the classes out anew."""
        super().resizeEvent(event)
        self._make_room()

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


def _all(entry: Entry) -> tuple[str, str]:
    return entry.name, f"{entry.count:,}"


def _name(entry: Entry) -> tuple[str, str]:
    return entry.name, ""


def _nothing(_entry: Entry) -> tuple[str, str]:
    return "", ""
