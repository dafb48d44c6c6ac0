"""Writing on a note: an editor of several lines over the viewport, where the note lies.

The canvas opens it. What is written becomes one edit on Escape, on Control and Return, and when
something else is clicked: text of several lines is too much to lose to a key. Undo takes it back.
"""

from gettext import gettext as _

from PySide6.QtCore import QEvent, QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QWidget

from engine.errors import Refusal
from engine.graph.notes import set_text
from playground.session import Session

LEAST_WIDTH, LEAST_HEIGHT = 220.0, 96.0
MARGIN = 8.0  # to the edges of the viewport


class NoteEditor(QPlainTextEdit):
    """An editor that lives while a note is written.

    Attributes:
        closed: it is over, whether something was changed or not; carries whether nothing else has
            the keyboard by now.
    """

    closed = Signal(bool)

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("note-editor")
        self.setAccessibleName(_("Note"))
        self.setPlaceholderText(_("Write Markdown: # a title, **bold**, - a list, `code`"))
        self.setTabChangesFocus(True)
        self._session = session
        self._note: int | None = None
        self._room = parent
        self.hide()

    @property
    def is_open(self) -> bool:
        """Whether a note is being written."""
        return self._note is not None

    def edit(self, note: int, text: str, place: QRectF) -> None:
        """Write on a note that lies at a place of the viewport."""
        self._note = note
        room = QRectF(self._room.rect()).adjusted(MARGIN, MARGIN, -MARGIN, -MARGIN)
        box = QRectF(place)
        box.setWidth(min(max(box.width(), LEAST_WIDTH), room.width()))
        box.setHeight(min(max(box.height(), LEAST_HEIGHT), room.height()))
        box.moveLeft(min(max(box.left(), room.left()), room.right() - box.width()))
        box.moveTop(min(max(box.top(), room.top()), room.bottom() - box.height()))
        self.setGeometry(box.toAlignedRect())
        self.setPlainText(text)
        self.selectAll()
        self.show()
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self._session.hinted.emit(
            _("Write Markdown · Escape or Control Return takes it · undo takes it back")
        )

    def abandon(self) -> None:
        """Close without a change."""
        self._close()

    def abandon_if_gone(self) -> None:
        """Close if the note is no more."""
        if self._note is not None and self._note not in self._session.document.notes:
            self._close()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take Control Return and Escape; everything else is text."""
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if event.key() == Qt.Key.Key_Escape or (enter and control):
            self._take(again=True)
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Keep all keys from the shortcuts of the window while something is written."""
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return super().event(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take what was written when something else is clicked."""
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self._take(again=False)

    def _take(self, *, again: bool) -> None:
        """Make the edit; if it is refused, say why and (with `again`) let one write on."""
        note, self._note = self._note, None
        if note is None:
            return
        edit = set_text(self._session.document, note, self.toPlainText())
        self._session.do(edit)
        if isinstance(edit, Refusal) and again:
            self._note = note
            return
        self._close()

    def _close(self) -> None:
        self._note = None
        if self.isVisible():
            free = QApplication.focusWidget() in (None, self)
            self.hide()
            self.closed.emit(free)
