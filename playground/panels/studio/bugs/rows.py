"""The lists of bugs: a switch for each to plant it knowingly, or a button for each to guess it."""

from collections.abc import Collection
from gettext import gettext as _

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from engine.run.bugs import BUGS
from playground.panels.studio.bugs.lab import Hunt
from playground.widgets.labels import label, section

TIGHT = 2
LOOKS = (QEvent.Type.Enter, QEvent.Type.FocusIn)


class Switches(QWidget):
    """A check box for each bug, and a word beside those that do not show here.

    Attributes:
        boxes: the check boxes, by key.
        switched: carries a key, and whether the bug is wanted.
        pointed: carries the key of the bug that the mouse or the keyboard is on.
    """

    switched = Signal(str, bool)
    pointed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.boxes: dict[str, QCheckBox] = {}
        self._notes = {key: label(_("no effect here"), "dim") for key in BUGS}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 6, 0, 0)
        column.setSpacing(TIGHT)
        column.addWidget(section(_("Plant a bug knowingly")))
        column.addSpacing(TIGHT)
        for key, bug in BUGS.items():
            box = QCheckBox(bug.title)
            box.setToolTip(bug.does)
            box.setProperty("key", key)
            box.clicked.connect(self._switch)
            box.installEventFilter(self)
            self.boxes[key] = box
            row = QHBoxLayout()
            row.addWidget(box)
            row.addStretch(1)
            row.addWidget(self._notes[key])
            column.addLayout(row)
        column.addStretch(1)

    def show_state(self, planted: Collection[str], silent: Collection[str]) -> None:
        """Check what is planted, and mark what would change nothing."""
        for key, box in self.boxes.items():
            box.setChecked(key in planted)
            self._notes[key].setVisible(key in silent)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Tell which bug is looked at."""
        if event.type() in LOOKS:
            self.pointed.emit(watched.property("key"))
        return super().eventFilter(watched, event)

    def _switch(self, on: bool) -> None:
        self.switched.emit(self.sender().property("key"), on)


class Guesses(QWidget):
    """A button for each bug.

    Attributes:
        buttons: by key; chosen: carries the key of a guess.
    """

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.buttons: dict[str, QPushButton] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 6, 0, 0)
        column.setSpacing(TIGHT)
        column.addWidget(section(_("Which one is it?")))
        column.addSpacing(TIGHT)
        for key, bug in BUGS.items():
            button = QPushButton(bug.title)
            button.setToolTip(_("{does} Click if this is what you see.").format(does=bug.does))
            button.setProperty("key", key)
            button.setProperty("kind", "answer")
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.clicked.connect(self._choose)
            self.buttons[key] = button
            column.addWidget(button)
        column.addStretch(1)

    def show_hunt(self, hunt: Hunt | None) -> None:
        """Grey out what was guessed; the right one alone stands out when it is known."""
        for key, button in self.buttons.items():
            known = hunt is not None and hunt.is_over
            right = hunt is not None and (
                key == hunt.secret or (hunt.found and key == hunt.guesses[-1])
            )
            button.setEnabled(hunt is not None and (right if known else key not in hunt.guesses))

    def _choose(self) -> None:
        self.chosen.emit(self.sender().property("key"))
