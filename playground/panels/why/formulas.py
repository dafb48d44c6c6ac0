"""The formulas of an answer, typeset: every symbol can be pointed at, clicked, or gone to by keys.

The card gives it lines and listens to what is pointed at and chosen. It paints outlines, so that
it is crisp at any size of pixels; it sets nothing anew while nothing has changed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from gettext import gettext as _
from math import isfinite

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFontMetricsF,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QTransform,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from engine.explain.questions import Line, Meaning, Question, Written
from playground.theme import Theme, ThemeManager, interface_font
from playground.widgets.numbers import exact
from playground.widgets.typeset import REST, Typeset, typeset

NAMES, NUMBERS = 19.0, 17.0  # pixels of letters
GAP, APART = 11.0, 8.0  # between formulas, and between two of one way
BESIDE = 12.0  # after the words before formulas
REACH = QPointF(3.0, 4.0)  # around a symbol, where the mouse still means it
WORDS = 12
SMALLEST = 0.6  # of its size that a long formula keeps


@dataclass(frozen=True, slots=True, eq=False)
class Spot:
    """One symbol: what it means, and where it lies."""

    meaning: Meaning
    rect: QRectF


@dataclass(frozen=True, slots=True, eq=False)
class Row:
    """One formula where it stands; `move` leads from its own coordinates to the widget's."""

    written: Written
    set: Typeset
    move: QTransform
    words: str = ""


class Formulas(QWidget):
    """Shows the lines of an answer.

    Attributes:
        pointed: carries the question of the symbol under the mouse, or under the keyboard's
            focus; None if there is none.
        chosen: carries the question of one that was clicked.
    """

    pointed = Signal(object)
    chosen = Signal(object)

    def __init__(self, themes: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._themes = themes
        self._rows: list[Row] = []
        self._spots: list[Spot] = []
        self._size = QSize(0, 0)
        self._lines: tuple[Line, ...] = ()
        self._room = 0.0
        self._mouse: QPointF | None = None
        self._hovered: int | None = None
        self._focused = 0
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        themes.theme_changed.connect(self._repaint)

    def show_lines(self, lines: Sequence[Line], room: float) -> None:
        """Show these lines, in `room` pixels of width if they can be read then."""
        if (tuple(lines), room) == (self._lines, self._room):
            return
        self._lines, self._room = tuple(lines), room
        before = self._meaning()
        self._place()
        self._hovered = None if self._mouse is None else self._at(self._mouse)
        self._focused = min(self._focused, max(len(self._spots) - 1, 0))
        said = [part.plain for line in lines for part in (line.names, line.numbers) if part.plain]
        self.setAccessibleName(" ".join(said))
        self.updateGeometry()
        self.update()
        if self._meaning() != before:
            self._tell()

    def set_anew(self) -> None:
        """Set the lines again: what was plain text can be typeset now."""
        lines, self._lines = self._lines, ()
        self.show_lines(lines, self._room)

    @property
    def spots(self) -> tuple[Spot, ...]:
        """The symbols, from left to right and from top to bottom."""
        return tuple(self._spots)

    def sizeHint(self) -> QSize:
        """Return the size of all formulas."""
        return self._size

    minimumSizeHint = sizeHint

    # Placing -------------------------------------------------------------------------------------

    def _place(self) -> None:
        self._rows, self._spots = [], []
        metrics = QFontMetricsF(interface_font(WORDS))
        indent = max((metrics.horizontalAdvance(line.through) for line in self._lines), default=0)
        indent = indent + BESIDE if indent else 0.0
        pairs = [
            (
                line,
                typeset(line.names.latex, NAMES, line.names.plain),
                typeset(line.numbers.latex, NUMBERS, line.numbers.plain),
            )
            for line in self._lines
        ]
        ways = [(names, numbers) for line, names, numbers in pairs if _is_way(line)]
        column = max((names.bounds.width() for names, _numbers in ways), default=0.0)
        beside = all(
            indent + column + numbers.bounds.width() <= self._room for _names, numbers in ways
        )
        y = 0.0
        for line, names, numbers in pairs:
            y += GAP if y else 0.0
            if beside and _is_way(line):
                y -= min(names.bounds.top(), numbers.bounds.top())
                self._put(line.names, names, indent, y, 1.0, line.through)
                self._put(line.numbers, numbers, indent + column, y, 1.0)
                y += max(names.bounds.bottom(), numbers.bounds.bottom())
            else:
                y = self._stack(line, names, numbers, indent, y)
        right = max((row.move.mapRect(row.set.bounds).right() for row in self._rows), default=0.0)
        self._size = QSize(round(right + REACH.x()) + 1, round(y + 2 * REACH.y()) + 1)

    def _stack(
        self, line: Line, names: Typeset, numbers: Typeset, indent: float, y: float
    ) -> float:
        """Put the numbers below the names, equals below equals; return where they end."""
        sign: float | None = None
        for part, outlines in ((line.names, names), (line.numbers, numbers)):
            if not part.latex:
                continue
            bounds, numeric = outlines.bounds, part is line.numbers
            y += APART if numeric else 0.0
            wide = bounds.width()
            scale = max(min(1.0, (self._room - indent) / wide), SMALLEST) if wide else 1.0
            lead = 0.0 if outlines.equals is None else (outlines.equals - bounds.left()) * scale
            x = indent
            if numeric:
                blank = lead if part.plain.startswith("=") else 0.0  # nothing stands there
                aligned = indent - blank if sign is None else sign - lead
                x = max(min(aligned, self._room - wide * scale), indent - blank)
            elif outlines.equals is not None:
                sign = indent + lead
            words = "" if numeric else line.through
            self._put(part, outlines, x, y - bounds.top() * scale, scale, words)
            y += bounds.height() * scale
        return y

    def _put(
        self, part: Written, outlines: Typeset, x: float, y: float, scale: float, words: str = ""
    ) -> None:
        """Put one formula with its baseline at y."""
        move = QTransform.fromTranslate(x + REACH.x(), y + REACH.y())
        move.scale(scale, scale).translate(-outlines.bounds.left(), 0.0)
        self._rows.append(Row(part, outlines, move, words))
        found = []
        for number, outline in outlines.parts:
            if number != REST and number <= len(part.symbols):
                rect = move.mapRect(outline.boundingRect())
                rect.adjust(-REACH.x(), -REACH.y(), REACH.x(), REACH.y())
                found.append(Spot(part.symbols[number - 1], rect))
        self._spots += sorted(found, key=_left)

    # Painting ------------------------------------------------------------------------------------

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint what is pointed at, the formulas and the words before them."""
        theme, painter = self._themes.current(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        current = self._current()
        if current is not None:
            focused = self._hovered is None
            painter.setPen(QPen(theme.selection, 1.2) if focused else Qt.PenStyle.NoPen)
            painter.setBrush(theme.hover)
            painter.drawRoundedRect(self._spots[current].rect.adjusted(0.5, 0.5, -0.5, -0.5), 5, 5)
        painter.setFont(interface_font(WORDS))
        for row in self._rows:
            if row.words:
                painter.setPen(theme.muted)
                painter.drawText(QPointF(REACH.x(), row.move.dy()), row.words)
            for number, outline in row.set.parts:
                painter.setTransform(row.move)
                painter.fillPath(outline, _colour(row.written, number, theme))
                painter.resetTransform()
        painter.end()

    def _repaint(self) -> None:
        self.update()

    # Pointing ------------------------------------------------------------------------------------

    def _current(self) -> int | None:
        """Return the symbol under the mouse, or that the keyboard has come to."""
        if self._hovered is not None and self._hovered < len(self._spots):
            return self._hovered
        return self._focused if self.hasFocus() and self._spots else None

    def _meaning(self) -> Meaning | None:
        current = self._current()
        return None if current is None else self._spots[current].meaning

    def _tell(self) -> None:
        meaning = self._meaning()
        self.pointed.emit(None if meaning is None else meaning.question)
        self.setAccessibleDescription("" if meaning is None else _told(meaning))
        self.update()

    def _hover(self, spot: int | None) -> None:
        if spot != self._hovered:
            self._hovered = spot
            self.setCursor(
                Qt.CursorShape.ArrowCursor if spot is None else Qt.CursorShape.PointingHandCursor
            )
            self._tell()

    def _at(self, point: QPointF) -> int | None:
        inside = (k for k, spot in enumerate(self._spots) if spot.rect.contains(point))
        return next(inside, None)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Point at the symbol under the mouse."""
        self._mouse = event.position()
        self._hover(self._at(self._mouse))
        event.accept()

    def leaveEvent(self, event: QEvent) -> None:
        """Point at nothing."""
        self._mouse = None
        self._hover(None)
        super().leaveEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin nothing below."""
        event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Choose the symbol under the mouse."""
        spot = self._at(event.position())
        if spot is not None and event.button() is Qt.MouseButton.LeftButton:
            self.chosen.emit(self._spots[spot].meaning.question)
        event.accept()

    def event(self, event: QEvent) -> bool:
        """Say in a tooltip what is under the mouse."""
        if isinstance(event, QHelpEvent) and event.type() is QEvent.Type.ToolTip:
            spot = self._at(QPointF(event.pos()))
            if spot is None:
                QToolTip.hideText()
            else:
                found = self._spots[spot]
                QToolTip.showText(
                    event.globalPos(), _told(found.meaning), self, found.rect.toAlignedRect()
                )
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go from symbol to symbol, and choose one."""
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        step = steps.get(Qt.Key(event.key()))
        if step is not None and self._spots:
            self._mouse = self._hovered = None
            self._focused = (self._focused + step) % len(self._spots)
            self._tell()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._spots:
            self.chosen.emit(self._spots[self._focused].meaning.question)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show which symbol the keys are at."""
        super().focusInEvent(event)
        self._tell()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show it no longer."""
        super().focusOutEvent(event)
        self._tell()


def question_words(question: Question) -> str:
    """Say what a click on a symbol asks."""
    return {
        "value": _("A click asks why it has this value"),
        "gradient": _("A click asks why it has this gradient"),
        "wire": _("A click asks what flows along this wire"),
    }[question.about]


def _told(meaning: Meaning) -> str:
    asks = question_words(meaning.question)
    number = meaning.number
    return asks if number is None or not isfinite(number) else f"{exact(number)} · {asks}"


def _colour(written: Written, number: int, theme: Theme) -> QColor:
    """Return the colour of a symbol: names are ink, numbers as everywhere."""
    meaning = written.symbols[number - 1] if 0 < number <= len(written.symbols) else None
    if meaning is None or meaning.number is None:
        return theme.ink
    return theme.of_sign(meaning.number) if meaning.question.about == "value" else theme.backward


def _is_way(line: Line) -> bool:
    """Tell whether a line is one way of several: its numbers stand beside its names."""
    return bool(line.through and line.numbers.latex)


def _left(spot: Spot) -> float:
    return spot.rect.left()
