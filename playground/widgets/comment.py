"""A field for a few lines of plain words; entered on leaving it, given up with Escape.

The page of a group uses it for the comment.
"""

from gettext import gettext as _

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QPlainTextEdit, QWidget

LEAST, MOST = 1, 6  # lines that are seen
AROUND = 28  # the padding of the style sheet, Qt's own margin, and the border
STAYING = (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason)


class CommentField(QPlainTextEdit):
    """Shows and asks for a comment; Return begins a new line, Ctrl+Return enters it.

    Attributes:
        entered: carries the words that were entered, if they are others than before.
    """

    entered = Signal(str)

    def __init__(self, name: str, tip: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown = ""
        self.setAccessibleName(name)
        self.setToolTip(tip)
        self.setPlaceholderText(_("Comment"))
        self.setTabChangesFocus(True)
        self.document().documentLayout().documentSizeChanged.connect(self._fit)
        self._fit()

    def show_text(self, text: str) -> None:
        """Show words, unless others are being written in place of the same."""
        if text == self._shown and self.hasFocus():
            return
        self._shown = text
        if self.toPlainText() != text:
            self.setPlainText(text)

    def enter(self) -> None:
        """Ask for what was written."""
        text = self.toPlainText().rstrip()
        if text != self._shown:
            self._shown = text
            self.entered.emit(text)

    def _fit(self) -> None:
        """Become as high as the words, within reason."""
        wanted = round(self.document().size().height())
        lines = min(max(wanted, LEAST), MOST)
        policies = Qt.ScrollBarPolicy
        bar = policies.ScrollBarAsNeeded if wanted > MOST else policies.ScrollBarAlwaysOff
        self.setVerticalScrollBarPolicy(bar)
        self.setFixedHeight(lines * self.fontMetrics().lineSpacing() + AROUND)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter on Ctrl+Return; Escape brings back what was there."""
        if event.key() == Qt.Key.Key_Escape and self.toPlainText() != self._shown:
            self.setPlainText(self._shown)
        elif (
            event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            and event.modifiers() & Qt.KeyboardModifier.ControlModifier
        ):
            self.enter()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Enter what was written when the keyboard goes elsewhere."""
        super().focusOutEvent(event)
        if event.reason() not in STAYING:
            self.enter()
