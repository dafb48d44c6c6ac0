"""The right line of code beside the wrong one."""

from gettext import gettext as _

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QSizePolicy, QWidget

from playground.theme import code_font
from playground.widgets.labels import section

PIXELS, INSIDE = 11, 8
LEAST = 120  # pixels of a block; longer lines are wrapped


class Lines(QWidget):
    """Two blocks of code side by side.

    Attributes:
        right, wrong: their labels.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.right = block(_("As it should be"))
        self.wrong = block(_("As the bug has it"))
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(4)
        for column, made in enumerate((self.right, self.wrong)):
            grid.addWidget(section(made.accessibleName()), 0, column)
            grid.addWidget(made, 1, column)
            grid.setColumnStretch(column, 1)

    def show_lines(self, right: str, wrong: str) -> None:
        """Show these lines."""
        self.right.setText(right)
        self.wrong.setText(wrong)


def block(name: str) -> QLabel:
    """Make a label for lines of code, which can be selected and copied."""
    made = QLabel()
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setFont(code_font(PIXELS))
    made.setProperty("surface", "preview")
    made.setMargin(INSIDE)
    made.setWordWrap(True)
    made.setAccessibleName(name)
    made.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
    made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    made.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
    made.setMinimumWidth(LEAST)
    return made
