"""Editing in place: one line edit over the viewport, where a card's number or name stands.

There are no widgets in the scene. The view opens it; what is typed becomes an edit of the
session when Enter is pressed or something else is clicked, and nothing when Escape is.
"""

from collections.abc import Callable
from gettext import gettext as _

from PySide6.QtCore import QEvent, QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from engine.errors import Refusal
from engine.exchange.expressions import parse_number
from engine.exchange.spans import parse_span
from engine.graph.notes import set_text
from engine.graph.properties import set_label
from engine.graph.spans import set_span
from playground.session import Session
from playground.widgets.numbers import exact

LEAST_WIDTH, LEAST_HEIGHT = 72.0, 26.0
MOST_WIDTH, PADDING = 220.0, 20.0  # all digits of a number have room

Commit = Callable[[str], "Refusal | None"]


class InlineEditor(QLineEdit):
    """A line edit that lives while something is edited.

    Attributes:
        closed: it is over, whether something was changed or not; carries whether nothing else has
            the keyboard by now.
    """

    closed = Signal(bool)

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("inline-editor")
        self._session = session
        self._item = 0
        self._commit: Commit | None = None
        self._begun = ""
        self.hide()

    @property
    def is_open(self) -> bool:
        """Whether something is being edited."""
        return self._commit is not None

    def edit_number(self, node: int, number: float, place: QRectF) -> None:
        """Edit the number of a leaf; an expression such as 1/3 will do."""
        self._item = node
        self.setAccessibleName(_("Value of {name}").format(name=self._session.document.name(node)))
        self._open(exact(number).removesuffix(".0"), place, self._put_number)
        self._session.hinted.emit(_("Type a number or an expression such as 1/3 or pi/2"))

    def edit_label(self, item: int, label: str, place: QRectF) -> None:
        """Edit the name of a node or group, or the title of a frame."""
        self._item = item
        self.setAccessibleName(_("Label"))
        self._open(label, place, self._put_label)
        self._session.hinted.emit(_("Type a name · Enter takes it · Escape leaves it"))

    def edit_span(self, node: int, text: str, place: QRectF) -> None:
        """Edit the range of a leaf's slider; nothing typed takes it away."""
        self._item = node
        self.setAccessibleName(
            _("Range of the slider of {name}").format(name=self._session.document.name(node))
        )
        self._open(text, place, self._put_span)
        self._session.hinted.emit(_("Type both ends, such as -5..5 · nothing takes it away"))

    def abandon(self) -> None:
        """Close without a change."""
        self._close()

    def abandon_if_gone(self) -> None:
        """Close if what is being edited is no more."""
        if self.is_open and not self._session.document.holds(self._item):
            self._close()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take Enter and Escape; everything else is text."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._take(again=True)
        elif event.key() == Qt.Key.Key_Escape:
            self._close()
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Keep all keys from the shortcuts of the window while something is typed."""
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return super().event(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take what was typed when something else is clicked."""
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self._take(again=False)

    def _open(self, text: str, place: QRectF, commit: Commit) -> None:
        self._commit, self._begun = commit, text
        box = QRectF(place)
        needed = self.fontMetrics().horizontalAdvance(text) + PADDING
        box.setWidth(max(box.width(), LEAST_WIDTH, min(needed, MOST_WIDTH)))
        box.setHeight(max(box.height(), LEAST_HEIGHT))
        box.moveCenter(place.center())
        self.setGeometry(box.toAlignedRect())
        self.setText(text)
        self.selectAll()
        self.show()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _take(self, *, again: bool) -> None:
        """Make the edit; if it is refused, say why and (with `again`) let one type on."""
        commit, self._commit = self._commit, None
        if commit is None:
            return
        refusal = commit(self.text()) if self.text() != self._begun else None
        if refusal is None or not again:
            self._close()
            return
        self._commit = commit
        self._session.do(refusal)
        self.selectAll()

    def _close(self) -> None:
        self._commit = None
        if self.isVisible():
            free = QApplication.focusWidget() in (None, self)
            self.hide()
            self.closed.emit(free)

    def _put_number(self, text: str) -> Refusal | None:
        number = parse_number(text)
        if isinstance(number, Refusal):
            return number
        self._session.set_number(self._item, number)
        return None

    def _put_span(self, text: str) -> Refusal | None:
        span = parse_span(text) if text.strip() else None
        if isinstance(span, Refusal):
            return span
        self._session.do(set_span(self._session.document, [self._item], span))
        return None

    def _put_label(self, text: str) -> Refusal | None:
        document = self._session.document
        name = set_text if self._item in document.notes else set_label
        edit = name(document, self._item, text)
        if isinstance(edit, Refusal):
            return edit
        self._session.do(edit)
        return None
