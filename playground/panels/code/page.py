"""The page of code: text to read and copy, whose lines are about things on the canvas.

New text is written over the old one where they differ and nowhere else, so that scroll position,
cursor and selection stay while numbers run. Knows no session.
"""

from collections.abc import Iterable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import (
    QColor,
    QKeyEvent,
    QMouseEvent,
    QTextCursor,
    QTextFormat,
)
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QTextEdit, QWidget

from playground.panels.code.colours import Colours
from playground.theme import Theme, code_font

PIXELS = 12
TINT = 0.16  # how much of the colour of the selection lies under the lines about what is selected
KEEP = QTextCursor.MoveMode.KeepAnchor


class CodePage(QPlainTextEdit):
    """Shows a text line by line.

    Attributes:
        chosen: a line was clicked, or Return pressed on it; carries its number, the first being 0.
        left: Escape was pressed.
        patched: how many lines were written anew, for those who count work.
    """

    chosen = Signal(int)
    left = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("code")
        self.setReadOnly(True)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.setUndoRedoEnabled(False)
        self.setFont(code_font(PIXELS))
        self.patched = 0
        self._lines: list[str] = []
        self._lit: list[int] = []
        self._theme = theme
        self._colours = Colours(self.document(), theme)

    def wear(self, theme: Theme) -> None:
        """Show everything in the colours of a theme."""
        self._theme = theme
        self._colours.wear(theme)
        self.light(self._lit)

    def begin(self, suffix: str) -> None:
        """Forget the text, for one in the language of files that end so."""
        self._lines = []
        self._lit = []
        self.setExtraSelections([])
        self.clear()
        self._colours.speak(suffix)

    def show_lines(self, lines: list[str]) -> None:
        """Show these lines in the place of those there are."""
        before, self._lines = self._lines, lines
        if before == lines:
            return
        if not before:
            self.setPlainText("\n".join(lines))
            self.patched += len(lines)
            return
        top = QTextCursor(self.firstVisibleBlock())
        aside = self.horizontalScrollBar().value()
        pen = QTextCursor(self.document())
        pen.beginEditBlock()
        if len(before) == len(lines):
            for row, (old, new) in enumerate(zip(before, lines, strict=True)):
                if old != new:
                    self._rewrite(pen, row, old, new)
        else:
            self._exchange(pen, before, lines)
        pen.endEditBlock()
        self.verticalScrollBar().setValue(top.blockNumber())
        self.horizontalScrollBar().setValue(aside)

    def light(self, rows: Iterable[int], *, show: bool = False) -> None:
        """Mark lines as being about what is selected; with `show`, bring one into sight."""
        self._lit = [row for row in rows if row < self.blockCount()]
        marks = [self._mark(row) for row in self._lit]
        self.setExtraSelections(marks)
        if show and self._lit and not any(map(self._in_sight, self._lit)):
            middle = max(self._lit[0] - self._rows_in_sight() // 3, 0)
            self.verticalScrollBar().setValue(middle)

    def lit(self) -> list[int]:
        """Return the numbers of the marked lines."""
        return list(self._lit)

    def _mark(self, row: int) -> QTextEdit.ExtraSelection:
        mark = QTextEdit.ExtraSelection()
        tint = QColor(self._theme.selection)
        tint.setAlphaF(TINT)
        mark.format.setBackground(tint)
        mark.format.setProperty(QTextFormat.Property.FullWidthSelection, True)
        mark.cursor = QTextCursor(self.document().findBlockByNumber(row))
        return mark

    def _in_sight(self, row: int) -> bool:
        first = self.firstVisibleBlock().blockNumber()
        return first <= row < first + self._rows_in_sight()

    def _rows_in_sight(self) -> int:
        return max(1, self.viewport().height() // max(1, self.fontMetrics().lineSpacing()))

    def _rewrite(self, pen: QTextCursor, row: int, old: str, new: str) -> None:
        """Write a line anew, but for what is the same at its beginning and its end."""
        head = _alike(old, new)
        tail = _alike(old[head:][::-1], new[head:][::-1])
        start = self.document().findBlockByNumber(row).position()
        pen.setPosition(start + head)
        pen.setPosition(start + len(old) - tail, KEEP)
        pen.insertText(new[head : len(new) - tail])
        self.patched += 1

    def _exchange(self, pen: QTextCursor, before: list[str], lines: list[str]) -> None:
        """Write anew what lies between the lines that begin and those that end both texts."""
        head = _alike(before, lines)
        tail = _alike(before[head:][::-1], lines[head:][::-1])
        head = min(head, len(before) - 1, len(lines) - 1)  # a text has one line at least
        tail = min(tail, len(before) - head - 1, len(lines) - head - 1)
        last = self.document().findBlockByNumber(len(before) - tail - 1)
        pen.setPosition(self.document().findBlockByNumber(head).position())
        pen.setPosition(last.position() + len(last.text()), KEEP)
        pen.insertText("\n".join(lines[head : len(lines) - tail]))
        self.patched += len(lines) - tail - head

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Take a click that selects no text as a choice of its line."""
        super().mouseReleaseEvent(event)
        cursor = self.textCursor()
        if event.button() == Qt.MouseButton.LeftButton and not cursor.hasSelection():
            self.chosen.emit(self.cursorForPosition(event.position().toPoint()).blockNumber())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose the line of the cursor with Return; give the keyboard back with Escape."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.chosen.emit(self.textCursor().blockNumber())
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


def _alike(one: str | list[str], other: str | list[str]) -> int:
    """Return how many letters or lines are the same at the beginning of both."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((place for place, (a, b) in pairs if a != b), min(len(one), len(other)))
