"""How rows of the path ledger are painted: numbers as chips in a product, and bars about zero."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QWidget

from engine.explain.path_words import DOTS, elided
from playground.panels.studio.paths.table import BAR, FACTORED, FACTORS, PART, PRODUCT, Index
from playground.theme import Theme, ThemeManager, interface_font, number_font
from playground.widgets.numbers import written

DIGITS = 4
PIXELS = 12
HEIGHT, PAD, GAP = 20.0, 6.0, 4.0  # of chips
EQUALS, TIMES = "=", "×"
LEAST_LAW = 110.0  # a longer law that has less room is not written
LEAST_CHIPS = 3  # the first, dots and the last
THICK = 6.0
MIDDLE = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class PathCells(QStyledItemDelegate):
    """Paints the cells of a ledger in the theme of now."""

    def __init__(self, themes: ThemeManager, parent: QWidget) -> None:
        super().__init__(parent)
        self._themes = themes

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        """Leave chips and bars to `paint`; write products in violet."""
        super().initStyleOption(option, index)
        roles, theme = option.palette.ColorRole, self._themes.current()
        if index.column() == FACTORS:
            option.text = ""
        colour = theme.backward if index.column() == PRODUCT else theme.ink
        option.palette.setColor(roles.Text, colour)
        option.palette.setColor(roles.HighlightedText, colour)
        if index.column() == PRODUCT:
            option.font = number_font(PIXELS)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint a cell."""
        super().paint(painter, option, index)
        if index.column() not in (FACTORS, BAR):
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box, theme = QRectF(option.rect).adjusted(6, 0, -6, 0), self._themes.current()
        if index.column() == FACTORS:
            painter.setClipRect(box.adjusted(-1, 0, 1, 0))
            law, numbers = index.data(FACTORED)
            _paint_product(painter, box, law, numbers, theme)
        else:
            _paint_bar(painter, box, index.data(PART), theme)
        painter.restore()


def _paint_product(
    painter: QPainter, box: QRectF, law: str, numbers: Sequence[float | None], theme: Theme
) -> None:
    """Paint a law, and its numbers as chips.

    Where there is no room the law is cut first, then numbers are left out of the middle.
    """
    font, words = number_font(PIXELS), interface_font(PIXELS)
    sign = _width(TIMES, words, 0.0) + 2 * GAP
    numbers, chips, widths = _fitting(numbers, box.width(), sign, font)
    left = box.left()
    room = box.width() - _taken(widths, sign) - sign
    if law and room >= min(LEAST_LAW, _width(law, words, 0.0)):
        shown = QFontMetricsF(words).elidedText(law, Qt.TextElideMode.ElideMiddle, room)
        left = _write(painter, left, box, shown, words, theme.muted) + GAP
        left = _write(painter, left, box, EQUALS, words, theme.dim) + GAP
    for place, (chip, number, width) in enumerate(zip(chips, numbers, widths, strict=True)):
        if place:
            left = _write(painter, left + GAP, box, TIMES, words, theme.dim) + GAP
        if number is None:
            _write(painter, left + PAD, box, chip, words, theme.dim)
        else:
            body = QRectF(left, box.center().y() - HEIGHT / 2, width, HEIGHT)
            painter.setPen(QPen(theme.hairline, theme.lines))
            painter.setBrush(theme.panel)
            painter.drawRoundedRect(body, HEIGHT / 2, HEIGHT / 2)
            _write(painter, left + PAD, box, chip, font, theme.backward)
        left += width


def _fitting(
    numbers: Sequence[float | None], room: float, sign: float, font: QFont
) -> tuple[Sequence[float | None], list[str], list[float]]:
    """Return as many numbers as fit, None for those left out, with their words and widths."""
    for most in range(len(numbers), 0, -1):
        fewer = elided(numbers, most)
        chips = [DOTS if one is None else written(one, DIGITS) for one in fewer]
        widths = [_width(chip, font) for chip in chips]
        if _taken(widths, sign) <= room or most == LEAST_CHIPS:
            return fewer, chips, widths
    return (), [], []


def _taken(widths: Sequence[float], sign: float) -> float:
    return sum(widths) + max(0, len(widths) - 1) * sign


def _paint_bar(painter: QPainter, box: QRectF, part: float | None, theme: Theme) -> None:
    """Paint how large a product is beside the largest: right of the middle if above zero."""
    middle, half = box.center().x(), box.width() / 2
    painter.fillRect(QRectF(middle - 0.5, box.top(), 1.0, box.height()), theme.hairline)
    if part:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.backward)
        wide = max(1.0, abs(part) * half)
        start = middle if part > 0 else middle - wide
        bar = QRectF(start, box.center().y() - THICK / 2, wide, THICK)
        painter.drawRoundedRect(bar, 2, 2)


def _width(text: str, font: QFont, pad: float = PAD) -> float:
    return QFontMetricsF(font).horizontalAdvance(text) + 2 * pad


def _write(
    painter: QPainter, left: float, box: QRectF, text: str, font: QFont, colour: object
) -> float:
    """Write words from `left` on; return where they end."""
    width = _width(text, font, 0.0)
    painter.setFont(font)
    painter.setPen(colour)
    painter.drawText(QRectF(left, box.top(), width + 1, box.height()), MIDDLE, text)
    return left + width
