"""A row of round buttons to choose a tint from; exactly one is chosen, or none where they differ.

The page of a group uses it. The names and their words are those of the actions that tint.
"""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QHBoxLayout, QWidget

from playground.actions.noting import COLOURS
from playground.theme import ThemeManager
from playground.widgets.pigments import PIGMENTS, pigment

SIDE, RADIUS = 24, 7.5
SELECTING = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class Swatch(QAbstractButton):
    """One tint, a round spot; the one without a tint is hollow."""

    def __init__(
        self,
        colour: str,
        title: str,
        tip: str,
        themes: ThemeManager,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.colour = colour
        self._themes = themes
        self.setCheckable(True)
        self.setToolTip(tip)
        self.setAccessibleName(title)
        self.setFixedSize(SIDE, SIDE)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def sizeHint(self) -> QSize:
        """Return the one size it has."""
        return QSize(SIDE, SIDE)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose on Return as on Space."""
        if event.key() in SELECTING:
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the spot, with a ring around it if it is chosen or has the keyboard."""
        theme = self._themes.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle = QRectF(self.rect()).center()
        spot = QRectF(0, 0, 2 * RADIUS, 2 * RADIUS)
        spot.moveCenter(middle)
        tinted = self.colour in PIGMENTS
        edge = QPen(theme.muted if self.underMouse() else theme.dim, 1.0)
        painter.setPen(Qt.PenStyle.NoPen if tinted else edge)
        painter.setBrush(pigment(self.colour, theme) if tinted else Qt.BrushStyle.NoBrush)
        painter.drawEllipse(spot)
        if self.isChecked() or self.hasFocus() or self.underMouse():
            ring = theme.selection if self.hasFocus() else theme.ink
            painter.setPen(QPen(ring if self.isChecked() or self.hasFocus() else theme.dim, 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(spot.adjusted(-3, -3, 3, 3))
        painter.end()


class Swatches(QWidget):
    """All tints in a row; the arrow keys go from one to the next.

    Attributes:
        chosen: carries the name of the tint.
    """

    chosen = Signal(str)

    def __init__(self, themes: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._group = QButtonGroup(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        self.spots: dict[str, Swatch] = {}
        for colour, title, tip in COLOURS:
            spot = Swatch(colour, title.replace("&", ""), tip, themes)
            self._group.addButton(spot)
            row.addWidget(spot)
            self.spots[colour] = spot
        row.addStretch(1)
        self._group.buttonClicked.connect(self._choose)
        themes.theme_changed.connect(self._dress)

    def show_colour(self, colour: str) -> None:
        """Show which tint there is; one that is unknown is shown as none."""
        spot = self.spots.get(colour, self.spots[""])
        spot.setChecked(True)

    def _choose(self, button: QAbstractButton) -> None:
        if isinstance(button, Swatch):
            self.chosen.emit(button.colour)

    def _dress(self) -> None:
        self.update()
