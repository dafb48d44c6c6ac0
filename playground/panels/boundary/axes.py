"""The axes of the boundary: which features lie along x and y, and where the others are held.

Two rows at the ends of the axes name them, with the range that is seen in the units of the table;
with more than two features they choose. Below, a slider holds each further feature. What is chosen
is a matter of the view, no edit.
"""

from gettext import gettext as _

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import QHBoxLayout, QSlider, QVBoxLayout, QWidget

from engine.train.boundary import Bounds
from engine.train.samples import Samples
from playground.session import Session
from playground.widgets.fields import ChoiceField
from playground.widgets.labels import label, number
from playground.widgets.numbers import written

Numbers = NDArray[np.float64]

STEPS = 400  # of a slider, over the range of its feature
MOST_ROWS = 4  # of sliders; of more features one is chosen at a time
NAME = 96  # pixels at most, for the name of a feature
FAINTEST = 0.15
ARROWS = ("→", "↑")


class AxisRow(QWidget):
    """The name of one axis, or a choice of it, and its range."""

    def __init__(self, session: Session, place: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._place = place
        self.choice = ChoiceField(_("Feature along {axis}").format(axis="xy"[place]), ())
        self.choice.setToolTip(_("Which feature lies along this axis"))
        self.choice.setMaximumWidth(2 * NAME)
        self.choice.entered.connect(self._choose)
        self._name = label(tone="dim")
        self._range = number(tone="dim")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(label(ARROWS[place], "dim"))
        row.addWidget(self.choice)
        row.addWidget(self._name)
        row.addStretch(1)
        row.addWidget(self._range)

    def show_axis(self, samples: Samples, axes: tuple[int, ...], bounds: Bounds) -> None:
        """Show which feature, or target, lies here, and from where to where it is seen."""
        features = samples.inputs.shape[1]
        names = samples.names[:features]
        self.choice.offer([(str(index), name) for index, name in enumerate(names)])
        chooses = features > 2
        self.choice.setVisible(chooses)
        self._name.setVisible(not chooses)
        low, high = ((bounds.left, bounds.right), (bounds.bottom, bounds.top))[self._place]
        if self._place < len(axes):
            axis = axes[self._place]
            self.choice.show_text(str(axis))
            self._name.setText(names[axis])
            low, high = (samples.centre[axis] + end * samples.scale[axis] for end in (low, high))
        else:
            self._name.setText(samples.names[-1] if len(samples.names) > features else "")
        self._range.setText(
            _("{low} to {high}").format(low=written(low, 2), high=written(high, 2))
        )

    def _choose(self, key: str) -> None:
        axes, axis = list(self._session.axes), int(key)
        if axis in axes:  # the two change places
            axes.reverse()
        else:
            axes[self._place] = axis
        self._session.set_view(axes=tuple(axes))


class HeldRow(QWidget):
    """A slider for a feature that is no axis; one row can serve several, chosen by name."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._feature = 0
        self._offered: tuple[int, ...] = ()
        self.name = label(tone="muted")
        self.name.setFixedWidth(NAME)
        self.choice = ChoiceField(_("Feature that is held"), ())
        self.choice.setToolTip(_("Which further feature the slider holds"))
        self.choice.setFixedWidth(NAME)
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setRange(0, STEPS)
        self.slider.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.slider.setToolTip(_("The number that this feature has all over the picture"))
        self._number = number(tone="muted")
        self._number.setMinimumWidth(48)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for part in (self.name, self.choice):
            row.addWidget(part)
        row.addWidget(self.slider, 1)
        row.addWidget(self._number)
        self.choice.entered.connect(self._choose)
        self.slider.valueChanged.connect(self._hold)

    def show_feature(self, samples: Samples, offered: tuple[int, ...]) -> None:
        """Show one of these features: the one of now if it is among them."""
        self._offered = offered
        self.choice.offer([(str(feature), samples.names[feature]) for feature in offered])
        if self._feature not in offered:
            self._feature = offered[0]
        self.choice.setVisible(len(offered) > 1)
        self.name.setVisible(len(offered) == 1)
        self.choice.show_text(str(self._feature))
        name = samples.names[self._feature]
        self.name.setText(name)
        self.slider.setAccessibleName(name)
        low, high = span(samples, self._feature)
        held = self._session.held[self._feature]
        with QSignalBlocker(self.slider):
            self.slider.setValue(round(STEPS * (held - low) / (high - low)))
        raw = samples.centre[self._feature] + held * samples.scale[self._feature]
        self._number.setText(written(float(raw), 3))

    def _choose(self, key: str) -> None:
        self._feature = int(key)
        if self._session.samples is not None:
            self.show_feature(self._session.samples, self._offered)

    def _hold(self, step: int) -> None:
        samples = self._session.samples
        if samples is not None:
            low, high = span(samples, self._feature)
            held = list(self._session.held)
            held[self._feature] = low + (high - low) * step / STEPS
            self._session.set_view(held=tuple(held))


class HeldRows(QWidget):
    """The sliders of all further features."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.rows = tuple(HeldRow(session) for _row in range(MOST_ROWS))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for row in self.rows:
            column.addWidget(row)

    def show_features(self, samples: Samples | None, axes: tuple[int, ...]) -> None:
        """Show a slider for each feature that is no axis, or one for many of them."""
        columns = 0 if samples is None else samples.inputs.shape[1]
        others = tuple(index for index in range(columns) if index not in axes)
        self.setVisible(bool(others))
        if samples is None:
            return
        shown = [(feature,) for feature in others] if len(others) <= MOST_ROWS else [others]
        for place, row in enumerate(self.rows):
            row.setVisible(place < len(shown))
            if place < len(shown):
                row.show_feature(samples, shown[place])


def says_something(samples: Samples) -> bool:
    """Tell whether axes are worth their names: people named them, or they are no plain plane."""
    count = samples.inputs.shape[1]
    plain = tuple(f"x{index + 1}" for index in range(count))
    return count != 2 or samples.names[:count] != plain


def span(samples: Samples, feature: int) -> tuple[float, float]:
    """Return the range of a feature, made a unit wide if it is always the same."""
    column = samples.inputs[:, feature]
    low, high = float(column.min()), float(column.max())
    return (low, high) if high > low else (low - 0.5, low + 0.5)


def nearness(samples: Samples, axes: tuple[int, ...], held: tuple[float, ...]) -> Numbers | None:
    """Return how much of each sample is seen (n,), 1 for those in the plane; None for all of all.

    A sample fades with its distance from the plane, in deviations of the features that are held,
    their mean square: so it fades no sooner for there being more of them.
    """
    others = [index for index in range(samples.inputs.shape[1]) if index not in axes]
    if not others:
        return None
    columns = samples.inputs[:, others]
    deviation = columns.std(axis=0)
    away = (columns - np.array(held)[others]) / np.where(deviation > 0.0, deviation, 1.0)
    seen: Numbers = FAINTEST + (1.0 - FAINTEST) * np.exp(-0.5 * (away**2).mean(axis=1))
    return seen
