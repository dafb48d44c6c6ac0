"""What another shape would take away from a person, and the choice whether it may.

The form shows it under its fields while a change waits for an answer.
"""

from collections.abc import Sequence
from gettext import gettext as _
from gettext import ngettext

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from engine.graph.lost import Lost
from playground.widgets.announce import announce
from playground.widgets.labels import label

MOST_LINES = 6


class Losses(QWidget):
    """Lists what would be lost, and asks.

    Attributes:
        accepted: it may be lost.
        kept: nothing shall change; Escape says so, too.
    """

    accepted = Signal()
    kept = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._head = label(tone="problem")
        self._head.setWordWrap(True)
        self._lines = label(tone="muted")
        self._lines.setWordWrap(True)
        self.apply = QPushButton(_("Apply"))
        self.apply.setToolTip(_("Change the shape, and lose this; Undo brings it back"))
        self.keep = QPushButton(_("Keep as it is"))
        self.keep.setToolTip(_("Change nothing  (Esc)"))
        for button in (self.apply, self.keep):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.apply.clicked.connect(self.accepted)
        self.keep.clicked.connect(self.kept)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.apply, 1)
        buttons.addWidget(self.keep, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._head)
        column.addWidget(self._lines)
        column.addLayout(buttons)

    def show_lost(self, lost: Sequence[Lost]) -> None:
        """List what would be lost; nothing hides the question."""
        self.setVisible(bool(lost))
        if not lost:
            return
        count = len(lost)
        head = ngettext("This would also be lost:", "These {count} would also be lost:", count)
        self._head.setText(head.format(count=count))
        lines = [one.words for one in lost[:MOST_LINES]]
        more = count - len(lines)
        if more > 0:
            words = ngettext("and {count} more", "and {count} more", more)
            lines.append(words.format(count=more))
        self._lines.setText("\n".join(lines))
        self._lines.setToolTip("\n".join(one.words for one in lost[:60]))
        announce(self, "\n".join((self._head.text(), *lines)))

    def lines(self) -> list[str]:
        """Return the lines that are shown."""
        return self._lines.text().split("\n")

    def has_focus(self) -> bool:
        """Whether one of its buttons has the keyboard."""
        return self.apply.hasFocus() or self.keep.hasFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Press the button that has the keyboard on Return; keep everything on Escape."""
        if event.key() == Qt.Key.Key_Escape:
            self.kept.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.apply.hasFocus():
            self.accepted.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.keep.hasFocus():
            self.kept.emit()
        else:
            super().keyPressEvent(event)
