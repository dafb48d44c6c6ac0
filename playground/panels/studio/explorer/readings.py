"""Numbers with all the digits that matter: a list of names and values, each with its line's look.

The page says what stands in it. Values are written so that Python reads the very same number, and
can be selected and copied.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QGridLayout, QLabel, QSizePolicy, QWidget

from playground.theme import ThemeManager, interface_font, number_font
from playground.widgets.labels import label, number, retone

Look = Literal["", "curve", "slope", "tangent", "secant", "central", "theory", "document"]

DIGIT_PIXELS = 12
SAMPLE = QSize(20, 10)
ROW = 4  # pixels between two rows


@dataclass(frozen=True, slots=True)
class Reading:
    """One number: its name, how it is written, its tone, how its line looks, and what it is."""

    key: str
    name: str
    value: str
    tone: str = ""
    look: Look = ""
    tip: str = ""


class Sample(QWidget):
    """A short piece of line, as the pictures draw it."""

    def __init__(self, themes: ThemeManager, look: Look = "") -> None:
        super().__init__()
        self._themes, self._look = themes, look
        self.setFixedSize(SAMPLE)
        themes.theme_changed.connect(self.update)

    def show_look(self, look: Look) -> None:
        """Look like another line; "" for none."""
        self._look = look
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the line."""
        theme = self._themes.current()
        solid, dashed, dotted = (
            Qt.PenStyle.SolidLine,
            Qt.PenStyle.DashLine,
            Qt.PenStyle.DotLine,
        )
        looks = {
            "curve": (theme.positive, 2.5, solid),
            "slope": (theme.backward, 1.8, dotted),
            "tangent": (theme.backward, 2.0, solid),
            "secant": (theme.ink, 1.6, dashed),
            "central": (theme.dim, 1.6, solid),
            "theory": (theme.dim, 1.4, dotted),
            "document": (theme.ink, 1.8, solid),
        }
        if self._look in looks:
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            colour, width, style = looks[self._look]
            painter.setPen(QPen(colour, width, style))
            middle = self.height() / 2
            painter.drawLine(1, round(middle), self.width() - 1, round(middle))
            painter.end()


class Readings(QWidget):
    """Shows rows of numbers."""

    def __init__(self, themes: ThemeManager) -> None:
        super().__init__()
        self._themes = themes
        self._rows: list[tuple[Sample, QLabel, QLabel]] = []
        self._shown: list[Reading] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(6)
        self._grid.setVerticalSpacing(ROW)
        self._grid.setColumnStretch(1, 1)

    def show_rows(self, readings: Sequence[Reading]) -> None:
        """Show these numbers and no others."""
        while len(self._rows) < len(readings):
            self._add()
        for k, row in enumerate(self._rows):
            for part in row:
                part.setVisible(k < len(readings))
        for (sample, name, value), reading in zip(self._rows, readings, strict=False):
            sample.show_look(reading.look)
            name.setText(reading.name)
            value.setText(reading.value)
            retone(value, reading.tone)
            for part in (name, value):
                part.setToolTip(reading.tip)
            value.setAccessibleName(f"{reading.name} = {reading.value}")
        self._shown = list(readings)

    def value(self, key: str) -> str:
        """Return what stands beside a name; "" where there is no such row."""
        return next((one.value for one in self._shown if one.key == key), "")

    def _add(self) -> None:
        sample, name, value = Sample(self._themes), label(tone="muted"), number()
        name.setFont(interface_font(DIGIT_PIXELS))
        value.setFont(number_font(DIGIT_PIXELS))
        value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        value.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        for words in (name, value):
            words.setFixedHeight(words.fontMetrics().height())
        row = len(self._rows)
        for column, part in enumerate((sample, name, value)):
            self._grid.addWidget(part, row, column)
        self._rows.append((sample, name, value))
