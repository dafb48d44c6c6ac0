"""The status bar: a hint at the left; size, state and whether all is saved at the right."""

from gettext import gettext as _

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QSizePolicy, QStatusBar, QWidget

from playground.theme import number_font
from playground.widgets.labels import label, retone

HEIGHT = 28
PIXELS = 12


class Status(QStatusBar):
    """Shows what it is told; a status tip of a menu covers the hint for as long as it stands."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(HEIGHT)
        self.setSizeGripEnabled(False)
        self.setContentsMargins(8, 0, 8, 0)
        self._hint = label()
        self._hint.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._hint.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.addWidget(self._hint, 1)
        self._count = self._part(_("How large the graph is"))
        self._state = self._part(_("What the engine is doing"))
        self._saved = self._part(_("Whether anything would be lost if the window closed now"))

    def show_hint(self, text: str) -> None:
        """Say what can be done now."""
        self._hint.setText(text)
        self._hint.setToolTip("")
        retone(self._hint, "")

    def show_news(self, text: str) -> None:
        """Say what went on by itself, unless a refusal stands there to be read."""
        if self._hint.property("tone") != "problem":
            self.show_hint(text)

    def show_refusal(self, text: str) -> None:
        """Say why something was not done."""
        self._hint.setText(text)
        self._hint.setToolTip(text)
        retone(self._hint, "problem")

    def show_count(self, text: str) -> None:
        """Say how large the graph is."""
        self._count.setText(text)

    def show_state(self, text: str, tone: str = "") -> None:
        """Say what the engine is doing."""
        self._state.setText(text)
        retone(self._state, tone)

    def show_saved(self, saved: bool) -> None:
        """Say whether anything would be lost."""
        self._saved.setText(_("saved") if saved else _("not saved yet"))

    def hint_text(self) -> str:
        """Return the hint or refusal that stands there."""
        return self._hint.text()

    def count_text(self) -> str:
        """Return what is said about the size."""
        return self._count.text()

    def state_text(self) -> str:
        """Return what is said about the engine."""
        return self._state.text()

    def saved_text(self) -> str:
        """Return what is said about saving."""
        return self._saved.text()

    def _part(self, tip: str) -> QLabel:
        part = label()
        part.setToolTip(tip)
        part.setFont(number_font(PIXELS))
        part.setContentsMargins(10, 0, 6, 0)
        self.addPermanentWidget(part)
        return part
