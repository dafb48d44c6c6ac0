"""The row of brushes under the title of the boundary: one a class, an eraser, the size, Done.

It shows what the draw mode says and asks it for what was chosen; it changes no document.
"""

from gettext import gettext as _

from PySide6.QtCore import QRectF, QSignalBlocker, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractButton,
    QHBoxLayout,
    QPushButton,
    QSlider,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from playground.icons import icon
from playground.panels.boundary.drawing import ERASER, LARGEST, SMALLEST, Drawing
from playground.theme import ThemeManager
from playground.widgets.labels import label, number
from playground.widgets.numbers import written

SIDE, SPOT = 24, 15.0
ICON = QSize(16, 16)
STEPS = 200  # of the slider of a number
MOST_KEYS = 9


class BrushBar(QWidget):
    """The brushes of one draw mode; seen while it is on."""

    def __init__(
        self, drawing: Drawing, themes: ThemeManager, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._drawing = drawing
        self._themes = themes
        self.spots: list[Spot] = []
        self.more = self._tool(_("Another class"), _("Draw a further class  (+)"))
        self.more.setText("+")
        self.eraser = self._tool(
            _("Eraser"), _("Rub points out; the right button does it, too  (E)")
        )
        self.eraser.setCheckable(True)
        self.eraser.setIconSize(ICON)
        self.radius = self._slider(_("Size of the brush"), _("How far points scatter  ([ and ])"))
        self.radius.setRange(SMALLEST, LARGEST)
        self.value = self._slider(
            _("Number to draw"), _("The target of the points that are drawn")
        )
        self.value.setRange(0, STEPS)
        self._written = number(tone="muted")
        self.done = QPushButton(_("Done"))
        self.done.setToolTip(_("Draw no more  (Esc)"))
        self.done.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._lay_out()
        self._connect()
        self._dress()

    def _lay_out(self) -> None:
        self._row = QHBoxLayout()
        self._row.setSpacing(2)
        self._row.addWidget(self.more)
        self._row.addStretch(1)
        self._row.addWidget(self.eraser)
        self._numbers = QWidget()
        numbers = QHBoxLayout(self._numbers)
        numbers.setContentsMargins(0, 0, 0, 0)
        numbers.setSpacing(8)
        numbers.addWidget(label(_("Number"), "muted"))
        numbers.addWidget(self.value, 1)
        numbers.addWidget(self._written)
        last = QHBoxLayout()
        last.setSpacing(8)
        last.addWidget(label(_("Size"), "muted"))
        last.addWidget(self.radius, 1)
        last.addWidget(self.done)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(self._row)
        column.addWidget(self._numbers)
        column.addLayout(last)

    def _connect(self) -> None:
        drawing = self._drawing
        drawing.changed.connect(self.refresh)
        self.more.clicked.connect(drawing.add_class)
        self.eraser.clicked.connect(drawing.choose_eraser)
        self.radius.valueChanged.connect(drawing.set_radius)
        self.value.valueChanged.connect(self._choose_number)
        self._themes.theme_changed.connect(self._dress)

    def refresh(self) -> None:
        """Show the brushes that there are, and which is chosen."""
        drawing = self._drawing
        while len(self.spots) < len(drawing.brushes):
            spot = Spot(len(self.spots), self)
            spot.clicked.connect(self._choose)
            self._row.insertWidget(len(self.spots), spot)
            self.spots.append(spot)
        theme = self._themes.current()
        for spot in self.spots:
            spot.setVisible(spot.index < len(drawing.brushes))
            if spot.index < len(drawing.brushes):
                brush = drawing.brushes[spot.index]
                colours = (drawing.colour(brush.target, theme), theme.ink, theme.selection)
                spot.show_brush(brush.name, colours, chosen=spot.index == drawing.chosen)
        self.more.setVisible(drawing.may_add)
        self.eraser.setChecked(drawing.chosen == ERASER)
        with QSignalBlocker(self.radius):
            self.radius.setValue(drawing.radius)
        self._numbers.setVisible(drawing.span is not None)
        if drawing.span is not None and drawing.target is not None:
            low, high = drawing.span
            with QSignalBlocker(self.value):
                self.value.setValue(round(STEPS * (drawing.target - low) / (high - low)))
            self._written.setText(written(drawing.target, 3))

    def _choose(self) -> None:
        spot = self.sender()
        if isinstance(spot, Spot):
            self._drawing.choose(spot.index)

    def _choose_number(self, step: int) -> None:
        if self._drawing.span is not None:
            low, high = self._drawing.span
            self._drawing.choose_number(low + (high - low) * step / STEPS)

    def _dress(self) -> None:
        theme = self._themes.current()
        self.eraser.setIcon(icon("eraser", theme.ink, theme.faint))
        self.refresh()

    def _tool(self, name: str, tip: str) -> QToolButton:
        button = QToolButton()
        button.setProperty("kind", "plain")
        button.setAccessibleName(name)
        button.setToolTip(tip)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return button

    def _slider(self, name: str, tip: str) -> QSlider:
        slider = QSlider(Qt.Orientation.Horizontal)
        slider.setAccessibleName(name)
        slider.setToolTip(tip)
        slider.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return slider


class Spot(QAbstractButton):
    """One brush: a spot of its colour, in a ring if it is chosen."""

    def __init__(self, index: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.index = index
        self._colours = (QColor(), QColor(), QColor())
        self.setCheckable(True)
        self.setFixedSize(SIDE, SIDE)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def show_brush(
        self, name: str, colours: tuple[QColor, QColor, QColor], *, chosen: bool
    ) -> None:
        """Show the colours of a brush: its own, that of the ring, and with the keyboard."""
        self._colours = colours
        self.setChecked(chosen)
        self.setAccessibleName(name)
        key = _("  ({key})").format(key=self.index + 1) if self.index < MOST_KEYS else ""
        self.setToolTip(_("Draw {name}").format(name=name) + key)
        self.update()

    def sizeHint(self) -> QSize:
        """Return the one size it has."""
        return QSize(SIDE, SIDE)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the spot and its ring."""
        colour, ink, selection = self._colours
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        spot = QRectF(0, 0, SPOT, SPOT)
        spot.moveCenter(QRectF(self.rect()).center())
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawEllipse(spot)
        if self.isChecked() or self.hasFocus() or self.underMouse():
            ring = QColor(selection if self.hasFocus() else ink)
            ring.setAlphaF(1.0 if self.isChecked() or self.hasFocus() else 0.4)
            painter.setPen(QPen(ring, 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(spot.adjusted(-3, -3, 3, 3))
        painter.end()
