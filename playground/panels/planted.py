"""The bar above the canvas that says, while a bug is planted, that numbers are wrong on purpose.

The main window has one. It stands in ink turned round, so that nobody takes what is below it for
true; it leads to the lab and removes the bug.
"""

from gettext import gettext as _

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QWidget

from engine.run.trace import RIGHT
from playground.session import Session
from playground.widgets.announce import announce
from playground.widgets.labels import label


class PlantedBanner(QWidget):
    """Hidden unless a bug is planted.

    Attributes:
        words: what it says; lab, remove: its buttons.
        asked: the lab is wanted.
    """

    asked = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.setProperty("surface", "alert")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.words = label(
            _("A bug is planted: what you see is wrong on purpose. The document is untouched."),
            "alert",
        )
        self.words.setWordWrap(True)
        self.words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.lab = self._button(_("Bug lab"), _("Show the bug lab"))
        self.remove = self._button(_("Remove it"), _("Show the right numbers again"))
        self.lab.clicked.connect(self.asked)
        self.remove.clicked.connect(self._remove)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 6, 14, 6)
        row.setSpacing(8)
        row.addWidget(self.words, 1)
        row.addWidget(self.lab)
        row.addWidget(self.remove)
        session.tracing.changed.connect(self._follow)
        self._follow()

    def _button(self, text: str, tip: str) -> QPushButton:
        button = QPushButton(text)
        button.setToolTip(tip)
        button.setProperty("kind", "alert")
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return button

    def _follow(self) -> None:
        planted = self._session.tracing.is_planted
        if planted and self.isHidden():
            announce(self, self.words.text())
        self.setVisible(planted)

    def _remove(self) -> None:
        self._session.tracing.plant(RIGHT)
