"""The frame all dialogs share: a headline, a few sentences, a body, and a row of buttons."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QDialog,
    QHBoxLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from playground.widgets.labels import label

MARGIN = 24


class FramedDialog(QDialog):
    """A dialog with a headline and words; what is chosen is the name of a button.

    Attributes:
        head: the layout of the headline, for a picture beside it.
        body: the layout for whatever stands between the words and the buttons.
        choice: the name of the button that was pressed; "" while none was, or after Escape.
    """

    def __init__(self, headline: str, words: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(headline)
        self.choice = ""
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN - 4)
        column.setSpacing(8)
        self.head = QHBoxLayout()
        self.head.setSpacing(14)
        self.head.addWidget(label(headline, "headline"), 1)
        column.addLayout(self.head)
        if words:
            sentences = label(words, "muted")
            sentences.setWordWrap(True)
            sentences.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            column.addWidget(sentences)
        self.body = QVBoxLayout()
        self.body.setSpacing(8)
        self.body.setContentsMargins(0, 8, 0, 0)
        column.addLayout(self.body)
        column.addSpacing(8)
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(8)
        self._buttons.addStretch(1)
        column.addLayout(self._buttons)

    def add_button(self, name: str, text: str, *, go: bool = False) -> QAbstractButton:
        """Append a button that ends the dialog with its name as the choice.

        With `go` it is the one that Return presses.
        """
        button = QPushButton(text, self)
        button.setObjectName(name)
        if go:
            button.setProperty("kind", "go")
        button.setAutoDefault(go)
        button.setDefault(go)
        button.clicked.connect(self._finish)
        self._buttons.addWidget(button)
        return button

    def ask(self) -> str:
        """Show the dialog, wait, and return the choice; the dialog is gone afterwards."""
        self.exec()
        self.deleteLater()
        return self.choice

    def fit(self, width: int) -> None:
        """Be so wide, and as high as the words need: by itself a dialog guesses that wrongly."""
        self.ensurePolished()
        self._column.activate()
        self.setFixedSize(width, self._column.totalHeightForWidth(width))

    def _finish(self) -> None:
        self.choice = self.sender().objectName()
        self.accept()
