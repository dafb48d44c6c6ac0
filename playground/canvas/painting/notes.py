"""Paints drawn frames and notes, behind wires and cards, and the titles of frames over them.

A title keeps a size that can be read: where its frame is too small on the screen to hold it, it
stands above the frame. `title_line` says where, for the painter and for whoever points at it.
"""

from dataclasses import dataclass
from gettext import gettext as _

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QLinearGradient, QPainter, QPen

from engine.graph.geometry import TITLE_BAR
from engine.graph.records import Note
from playground.canvas.frame import style
from playground.canvas.frame.style import Kind
from playground.canvas.painting import pigments
from playground.canvas.painting.lens import Lens
from playground.canvas.painting.prose import PIXELS, Prose, first_words
from playground.canvas.painting.tints import mixed
from playground.theme import Theme
from playground.widgets.pigments import pigment

SMALL, LARGE = 11.0, 40.0  # a title's size on the screen
LEAST_ROOM = 90.0  # for a title on the screen, even above a small frame
PAD = 14.0
SHEET_PAD = 12.0
FADE = 34.0  # of a sheet with more words than room
FEW_LETTERS = 7  # the least room for first words, in letters
STROKES = (0.9, 0.75, 0.5)  # how long the strokes are that stand for words
EMPTY = _("Double-click to write")  # on a note without words
LEGIBLE = 5.0  # pixels of letters below which a note shows its first words only


@dataclass(frozen=True, slots=True)
class Line:
    """Where a title stands: its font, the beginning of its baseline, and the room it has."""

    font: QFont
    at: QPointF
    room: float

    def shown(self, text: str) -> str:
        """Return the text as far as there is room."""
        return QFontMetricsF(self.font).elidedText(text, Qt.TextElideMode.ElideRight, self.room)

    def box(self, text: str) -> QRectF:
        """Return the rectangle of the text."""
        metrics = QFontMetricsF(self.font)
        width = metrics.horizontalAdvance(self.shown(text))
        return QRectF(
            self.at.x(), self.at.y() - metrics.ascent(), width, metrics.height()
        ).adjusted(-4, -3, 4, 3)


def title_line(box: QRectF, zoom: float, ratio: float) -> Line:
    """Return where the title of a frame stands whose box is given in device pixels."""
    pixels = min(max(style.TITLE.pixels * zoom, SMALL), LARGE) * ratio
    bar = TITLE_BAR * zoom * ratio
    inside = min(max((bar / pixels - 0.75) / 0.3, 0.0), 1.0)  # 0 above the frame, 1 within
    above, within = box.top() - 0.45 * pixels, box.top() + bar / 2 + 0.36 * pixels
    pad = PAD * zoom * ratio * inside
    font = style.TITLE.font()
    font.setPixelSize(max(1, round(pixels)))
    at = QPointF(round(box.left() + pad), round(above + (within - above) * inside))
    return Line(font, at, max(box.width() - 2 * pad, LEAST_ROOM * ratio * (1 - inside)))


class NotePainter:
    """Paints one note or frame after the other; keeps the words that it has set."""

    def __init__(self) -> None:
        self._prose = Prose()

    def paint(
        self, painter: QPainter, note: Note, box: QRectF, lens: Lens, theme: Theme, chosen: bool
    ) -> None:
        """Paint what lies behind wires and cards; `box` is in whole device pixels."""
        thick = max(1.0, round(lens.ratio))
        line = QPen(pigments.edge(note.colour, theme), thick)
        painter.setPen(QPen(theme.selection, 1.5 * thick) if chosen else line)
        fill = pigments.ground if note.is_frame else pigments.sheet
        painter.setBrush(fill(note.colour, theme))
        kind = Kind.AREA if note.is_frame else Kind.NOTE
        radius = min(style.RADII[kind] * lens.scale, box.height() / 2)
        half = thick / 2
        painter.drawRoundedRect(box.adjusted(half, half, -half, -half), radius, radius)
        if not note.is_frame:
            self._write(painter, note, box, lens, theme)

    def _write(self, painter: QPainter, note: Note, box: QRectF, lens: Lens, theme: Theme) -> None:
        pad = round(SHEET_PAD * lens.scale)
        if lens.zoom * PIXELS < LEGIBLE:
            line = first_line(box, lens)
            if note.text and line.room >= FEW_LETTERS * line.font.pixelSize():
                write(painter, line, first_words(note.text), theme.muted)
            elif note.text:
                _strokes(painter, box, lens, mixed(theme.panel, theme.dim, 0.5))
            return
        painter.save()
        painter.translate(box.left() + pad, box.top() + pad)
        room = QSizeF(box.width() / lens.scale, box.height() / lens.scale)
        room -= QSizeF(2 * SHEET_PAD, 1.5 * SHEET_PAD)
        words, ink = (note.text, theme.ink) if note.text else (EMPTY, theme.dim)
        self._prose.paint(painter, words, room, lens.scale, ink)
        if self._prose.overflows(words, room):
            _fade(painter, room, lens, pigments.sheet(note.colour, theme))
        painter.restore()


def _fade(painter: QPainter, room: QSizeF, lens: Lens, paper: QColor) -> None:
    """Let the last words sink into the paper: there is more to read."""
    width, bottom = room.width() * lens.scale, room.height() * lens.scale
    high = min(FADE * lens.scale, bottom / 2)
    clear = QColor(paper)
    clear.setAlpha(0)
    sinking = QLinearGradient(0.0, bottom - high, 0.0, bottom)
    sinking.setColorAt(0.0, clear)
    sinking.setColorAt(0.8, paper)
    painter.fillRect(QRectF(0.0, bottom - high, width, high + 1), sinking)


def _strokes(painter: QPainter, box: QRectF, lens: Lens, colour: QColor) -> None:
    """Paint strokes in the place of words that have no room."""
    pad, step = 4 * lens.ratio, 5 * lens.ratio
    painter.setPen(QPen(colour, max(1.0, lens.ratio)))
    y = box.top() + pad + 1
    for share in STROKES:
        if y > box.bottom() - pad:
            break
        right = box.left() + pad + share * (box.width() - 2 * pad)
        painter.drawLine(QPointF(box.left() + pad, y), QPointF(right, y))
        y += step


def paint_title(painter: QPainter, note: Note, box: QRectF, lens: Lens, theme: Theme) -> None:
    """Write the title of a frame over whatever crosses it."""
    line = title_line(box, lens.zoom, lens.ratio)
    if line.at.y() <= box.top():  # above its frame it may lie over something else
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.background)
        painter.drawRoundedRect(line.box(note.text), 3 * lens.ratio, 3 * lens.ratio)
    colour = mixed(theme.ink, pigment(note.colour, theme), 0.25)
    write(painter, line, note.text, colour)


def first_line(box: QRectF, lens: Lens) -> Line:
    """Return where a note too small to be read shows its first words."""
    font = style.LABEL.font()
    pixels = max(1, round(SMALL * lens.ratio))
    font.setPixelSize(pixels)
    pad = 4 * lens.ratio
    if box.height() < pixels + pad:
        return Line(font, QPointF(), 0.0)
    at = QPointF(box.left() + pad, box.top() + pixels + pad / 2)
    return Line(font, at, box.width() - 2 * pad)


def write(painter: QPainter, line: Line, text: str, colour: QColor) -> None:
    """Write as much of a text as a line has room for."""
    if line.room < 2 * line.font.pixelSize():
        return
    painter.setFont(line.font)
    painter.setPen(colour)
    painter.drawText(line.at, line.shown(text))
