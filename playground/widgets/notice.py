"""A bar above the canvas that says why a file was not opened, or what is odd about it.

The main window has one. It stays until the next edit or document, or until it is closed: at the
start the window, its welcome and a dialog may all come after the sentence.
"""

from gettext import gettext as _

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QToolButton, QWidget

from playground.icons import icon
from playground.theme import ThemeManager
from playground.widgets.labels import label


class Notice(QWidget):
    """Hidden unless it has something to say."""

    def __init__(self, themes: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "bar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._themes = themes
        self._words = label(tone="problem")
        self._words.setWordWrap(True)
        self._words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.close_button = QToolButton(self)
        self.close_button.setProperty("kind", "plain")
        self.close_button.setToolTip(_("Close this notice"))
        self.close_button.setAccessibleName(_("Close this notice"))
        self.close_button.clicked.connect(self.hide)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 6, 8, 6)
        row.setSpacing(8)
        row.addWidget(self._words, 1)
        row.addWidget(self.close_button, 0, Qt.AlignmentFlag.AlignTop)
        self.hide()
        self._draw_icon()
        themes.theme_changed.connect(self._draw_icon)

    def say(self, text: str) -> None:
        """Show a sentence until it is closed."""
        self._words.setText(text)
        self.show()

    def text(self) -> str:
        """Return what is said, "" while the bar is hidden."""
        return "" if self.isHidden() else self._words.text()

    def _draw_icon(self) -> None:
        self.close_button.setIcon(icon("close", self._themes.current().muted))
