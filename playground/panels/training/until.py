"""The card that asks where training ends by itself, and trains.

It opens over the window from the buttons of training or by its key, and closes when something
else is clicked or Escape is pressed. Its rows are settings of the document like those of the form.
"""

from gettext import gettext as _

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout, QWidget

from engine.train.stops import reached
from playground.bridge import ChangeSet
from playground.panels.training.fields import ENDS
from playground.panels.training.form import SettingRow
from playground.session import Session
from playground.theme import ThemeManager
from playground.widgets.labels import label, section

MARGIN = 14
GAP = 6
WIDTH = 336


class UntilCard(QFrame):
    """The settings of stopping, whichever comes first, and a button that trains until then."""

    def __init__(
        self, session: Session, themes: ThemeManager, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName("until")
        self.setProperty("surface", "floating")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(_("Train until"))
        self.setFixedWidth(WIDTH)
        self._session = session
        self._refused = False
        self.rows = [SettingRow(session, record, themes, self) for record in ENDS]
        self._problem = label(tone="problem")
        self._problem.setWordWrap(True)
        self.train = QPushButton(_("Train until then"))
        self.train.setProperty("kind", "go")
        self.train.setToolTip(_("Train until one of these is reached, or until paused"))
        self._lay_out()
        self.train.clicked.connect(self._train)
        session.changed.connect(self._follow)
        session.refused.connect(self._show_problem)

    def open_at(self, place: QPoint) -> None:
        """Open with the top right corner at a place of the screen, as far as it is on it."""
        self._refresh()
        screen = self.screen().availableGeometry()
        left = max(place.x() - self.width(), screen.left())
        top = min(place.y(), screen.bottom() - self.height())
        self.move(left, max(top, screen.top()))
        self.show()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        column.setSpacing(GAP)
        column.addWidget(section(_("Train until")))
        column.addWidget(label(_("Whichever comes first"), "dim"))
        column.addSpacing(GAP)
        for row in self.rows:
            column.addWidget(row)
        column.addWidget(self._problem)
        column.addSpacing(GAP)
        column.addWidget(self.train)

    def _refresh(self) -> None:
        for row in self.rows:
            row.refresh()
        self._refused = False
        self._problem.hide()
        self.adjustSize()

    def _follow(self, changes: ChangeSet) -> None:
        if changes.fields and self.isVisible():
            self._refresh()

    def _show_problem(self, words: str) -> None:
        if self.isVisible():
            self._refused = True
            self._problem.setText(words)
            self._problem.show()
            self.adjustSize()

    def _train(self) -> None:
        training = self._session.training
        if training.snapshot is not None and reached(
            self._session.document.training, training.snapshot
        ):
            self._show_problem(
                _("That is reached already. Choose something further, or rewind first.")
            )
            return
        self.close()
        self._session.flush()  # what was entered counts from the first step on
        training.play()

    def showEvent(self, event: QShowEvent) -> None:
        """Give the first field the keyboard."""
        super().showEvent(event)
        self.rows[0].field.setFocus(Qt.FocusReason.TabFocusReason)  # which selects its text

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Train on Return, once what was typed has been taken."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            refused, self._refused = self._refused, False
            if not refused:
                self._train()
        else:
            super().keyPressEvent(event)
