"""A switch of several words side by side, exactly one of them chosen; made of actions."""

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QToolButton, QWidget

HEIGHT = 30


class Segments(QFrame):
    """Shows checkable actions of one exclusive group as a single rounded control."""

    def __init__(self, actions: Iterable[QAction], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "segments")
        self.setFixedHeight(HEIGHT)
        row = QHBoxLayout(self)
        row.setContentsMargins(1, 1, 1, 1)
        row.setSpacing(0)
        for action in actions:
            row.addWidget(segment(action, self))


def segment(action: QAction, parent: QWidget) -> QToolButton:
    """Make the button of one word."""
    button = QToolButton(parent)
    button.setProperty("kind", "segment")
    button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
    button.setDefaultAction(action)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    # As high as the frame leaves it: in high contrast the frame is thicker.
    button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
    return button


def icon_button(action: QAction, parent: QWidget | None = None) -> QToolButton:
    """Make a flat button with the icon of an action."""
    button = QToolButton(parent)
    button.setProperty("kind", "plain")
    button.setDefaultAction(action)
    button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return button
