"""What stands beside the pictures: the place, h, the numbers, descent, and what has to be said.

The page owns it and listens; nothing here computes.
"""

from collections.abc import Sequence
from gettext import gettext as _
from math import isfinite, log10

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSlider, QVBoxLayout, QWidget

from engine.run.secant import A_DECADE, SMALLEST
from playground.panels.studio.explorer.readings import Readings
from playground.theme import ThemeManager
from playground.widgets.fields import TextField
from playground.widgets.labels import label
from playground.widgets.numbers import exact

GAP = 8
FIELD_WIDTH, LETTER_WIDTH = 76, 14


class Side(QWidget):
    """Fields and numbers in a column.

    Attributes:
        typed: a number was entered; carries "x", "z", "h", "rate" or "steps", and the text.
        slid: the slider of h was moved; carries h.
        set_here, back: what is explored becomes the document's number, or is left again.
        readings: the numbers.
    """

    typed = Signal(str, str)
    slid = Signal(float)

    def __init__(self, themes: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        tips = {
            "x": _("Where on x the slope is taken; type a number such as 2/3, or drag the point"),
            "z": _("Where on z the slope is taken"),
            "h": _("How far apart the two points are, such as 0.001 or 1e-6"),
            "rate": _("How far a step of descent goes, in multiples of the slope"),
            "steps": _("How many steps descent takes"),
        }
        self.fields = {key: TextField(key) for key in tips}
        for key, field in self.fields.items():
            field.setObjectName(key)
            field.setToolTip(tips[key])
            if key not in "xz":
                field.setFixedWidth(FIELD_WIDTH)
            field.entered.connect(self._type)
        self.set_here = QPushButton(_("Set here"))
        self.set_here.setToolTip(_("Give the document the number that is explored, as one step"))
        self.back = QPushButton(_("Back"))
        self.back.setToolTip(_("Go back to the number that the document has"))
        for button in (self.set_here, self.back):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setRange(0, -SMALLEST * A_DECADE)
        self.slider.setAccessibleName("h")
        self.slider.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.slider.setToolTip(_("h, from 1 at the left to 1e−15 at the right"))
        self.readings = Readings(themes)
        self._numbers, self._z, self._descent = QWidget(), QWidget(), QWidget()
        self._walked, self._said = label(tone="muted"), label(tone="muted")
        for words in (self._walked, self._said):
            words.setWordWrap(True)
        self._lay_out()
        self.slider.valueChanged.connect(self._slide)

    def _lay_out(self) -> None:
        whole = self._whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 4, 0)
        whole.setSpacing(GAP)
        column = QVBoxLayout(self._numbers)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        place = _row(_letter("x"), self.fields["x"])
        place.addWidget(self.set_here)
        place.addWidget(self.back)
        column.addLayout(place)
        other = _row(_letter("z"), self.fields["z"])
        self._z.setLayout(other)
        column.addWidget(self._z)
        distance = _row(_letter("h"), self.fields["h"])
        distance.addWidget(self.slider, 4)
        column.addLayout(distance)
        column.addWidget(self.readings)
        steps = _row(label(_("rate"), "muted"), self.fields["rate"])
        steps.addStretch(1)
        steps.addWidget(label(_("steps"), "muted"))
        steps.addWidget(self.fields["steps"])
        walk = QVBoxLayout(self._descent)
        walk.setContentsMargins(0, 0, 0, 0)
        walk.setSpacing(4)
        walk.addLayout(steps)
        walk.addWidget(self._walked)
        column.addWidget(self._descent)
        whole.addWidget(self._numbers)
        whole.addWidget(self._said)
        whole.addStretch(1)

    def minimumSizeHint(self) -> QSize:
        """Ask for all lines of what is said, at the width there is."""
        least = super().minimumSizeHint()
        wanted = self._whole.totalMinimumHeightForWidth(self.width())
        return QSize(least.width(), max(least.height(), wanted))

    # What stands there ---------------------------------------------------------------------------

    def show_numbers(self, *, there: bool) -> None:
        """Show the fields and numbers, or only what is said."""
        self._numbers.setVisible(there)

    def show_place(self, place: Sequence[float], *, explored: bool) -> None:
        """Show the numbers of the place, and whether they are only tried out."""
        for key, number in zip("xz", place, strict=False):
            self.fields[key].show_text(exact(number))
        self._z.setVisible(len(place) > 1)
        self.set_here.setVisible(explored)
        self.back.setVisible(explored)

    def show_h(self, h: float) -> None:
        """Show h in its field and, as near as it gets, on the slider."""
        self.fields["h"].show_text(exact(h))
        self.slider.blockSignals(True)
        self.slider.setValue(round(-log10(abs(h)) * A_DECADE))
        self.slider.blockSignals(False)

    def show_descent(self, *, shown: bool, rate: float, steps: int, words: str) -> None:
        """Show the settings of descent and where it has come to, if it is on."""
        self._descent.setVisible(shown)
        self.fields["rate"].show_text(exact(rate))
        self.fields["steps"].show_text(str(steps))
        self._walked.setText(words)
        self._walked.setVisible(bool(words))

    def say(self, sentences: Sequence[str]) -> None:
        """Say what has to be said of what is seen."""
        self._said.setText("\n".join(sentences))
        self._said.setVisible(bool(sentences))

    @property
    def said(self) -> str:
        """The sentences, for tests and screen readers."""
        return self._said.text()

    @property
    def walked(self) -> str:
        """Where descent has come to, in words."""
        return self._walked.text()

    def _slide(self, value: int) -> None:
        h = float(f"{10.0 ** (-value / A_DECADE):.3g}")
        if isfinite(h):
            self.slid.emit(h)

    def _type(self, text: str) -> None:
        self.typed.emit(self.sender().objectName(), text)


def _letter(text: str) -> QLabel:
    made = label(text)
    made.setFixedWidth(LETTER_WIDTH)
    return made


def _row(words: QLabel, field: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(GAP)
    row.addWidget(words)
    row.addWidget(field, 1)
    return row
