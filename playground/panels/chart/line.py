"""What a chart draws: curves over steps.

Whoever owns a chart makes them from the curves of a run; the chart only reads them.
"""

from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor

from playground.panels.chart.curves import Numbers
from playground.theme import Theme
from playground.widgets.pigments import dye

SOLID, DASHED, DOTTED = Qt.PenStyle.SolidLine, Qt.PenStyle.DashLine, Qt.PenStyle.DotLine


@dataclass(frozen=True, slots=True, eq=False)
class Line:
    """A curve: `numbers[i]` after `steps[i]` updates, both (n,), ascending by step.

    `colour` is a role of the theme or a pigment; `epochs` says how many epochs were complete at
    each entry, where that is known. `group` is a heading over its value, such as the run's name.
    """

    title: str
    steps: Numbers
    numbers: Numbers
    colour: str = "positive"
    style: Qt.PenStyle = SOLID
    epochs: Numbers | None = None
    group: str = ""

    def at(self, step: float) -> int | None:
        """Return the entry nearest to a step, None where the line has ended or has none."""
        if not len(self.steps) or not self.steps[0] <= step <= self.steps[-1]:
            return None
        after = min(int(np.searchsorted(self.steps, step)), len(self.steps) - 1)
        before = max(after - 1, 0)
        nearer = abs(self.steps[before] - step) <= abs(self.steps[after] - step)
        return before if nearer else after

    def dye(self, theme: Theme) -> QColor:
        """Return the colour in a theme."""
        return dye(self.colour, theme)
