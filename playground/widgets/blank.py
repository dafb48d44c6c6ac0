"""What stands on an empty canvas: how to begin, in the middle, out of the mouse's way."""

from gettext import gettext as _

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from playground.widgets.labels import label


class BlankHint(QWidget):
    """Lies over the whole of `surface` and lets every event through."""

    def __init__(self, surface: QWidget) -> None:
        super().__init__(surface)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        over = QVBoxLayout(surface)
        over.setContentsMargins(0, 0, 0, 0)
        over.addWidget(self)
        column = QVBoxLayout(self)
        column.setSpacing(6)
        column.addStretch(1)
        for words, tone in (
            (_("Nothing here yet"), "headline"),
            (_("Drag something here from the left, or just type: a=2, tanh, 3*x**2+1"), "muted"),
        ):
            line = label(words, tone)
            line.setAlignment(Qt.AlignmentFlag.AlignCenter)
            line.setWordWrap(True)
            column.addWidget(line)
        column.addStretch(1)
