"""What is said below the buttons of training: why a run ended, or what went wrong and ways out.

The training panel has one. Where a step failed it offers to go to the node and back to the best
weights; else it is a sentence.
"""

from gettext import gettext as _

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from engine.run.result import Problem
from engine.train.diagnoses import trouble
from playground.session import Session
from playground.widgets.labels import label, retone


class Word(QWidget):
    """Hidden unless there is something to say.

    Attributes:
        there, best: the buttons, seen while a problem is told.
        clicked: the mouse pressed one of them, which do not take the keyboard for it.
    """

    clicked = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._node: int | None = None
        self._text = label(tone="problem")
        self._text.setWordWrap(True)
        self.there = QPushButton(_("Go there"))
        self.there.setToolTip(_("Select the node where it happened, and bring it into sight"))
        self.best = QPushButton(_("Best weights"))
        self.best.setToolTip(_("Go back to the moment of this run with the least loss"))
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        for button in (self.there, self.best):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.pressed.connect(self._on_pressed)
            row.addWidget(button, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._text)
        column.addLayout(row)
        self.there.clicked.connect(self._go_there)
        self.best.clicked.connect(session.training.go_to_best)
        self.hide()

    @property
    def is_trouble(self) -> bool:
        """Whether a problem is told."""
        return self._node is not None

    def say(self, words: str) -> None:
        """Say a sentence."""
        self._show(words, "muted", None)

    def tell(self, problem: Problem) -> None:
        """Say what went wrong."""
        words = trouble(problem, self._session.document.training)
        self._show(words, "problem", problem.node)
        self.best.setEnabled(self._session.training.best is not None)

    def _show(self, words: str, tone: str, node: int | None) -> None:
        self._node = node
        retone(self._text, tone)
        self._text.setText(words)
        self.there.setVisible(node is not None)
        self.best.setVisible(node is not None)
        self.show()

    def _on_pressed(self) -> None:
        if not (self.there.hasFocus() or self.best.hasFocus()):
            self.clicked.emit()

    def _go_there(self) -> None:
        if self._node is not None:
            self._session.show_items((self._node,))
