"""The cursor of a chart: a line at a step, a dot on every curve, and a card with their values.

The chart owns one, tells it where it is and what there is; the card lies over the plot and takes
no mouse.
"""

from collections.abc import Sequence
from gettext import gettext as _
from html import escape

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QLabel

from playground.panels.chart.curves import logarithms
from playground.panels.chart.line import Line
from playground.theme import Theme, ThemeManager, number_font
from playground.widgets.numbers import written

GAP = 10
DOT = 7
DIGITS = 4


class Cursor:
    """Shows what the lines say at `step`, None while it is nowhere.

    Attributes:
        words: what the card says, in one line.
    """

    def __init__(self, plot: pg.PlotWidget, themes: ThemeManager) -> None:
        self.step: float | None = None
        self.words = ""
        self._plot, self._themes = plot, themes
        self._line = pg.InfiniteLine(angle=90, movable=False)
        self._dots = pg.ScatterPlotItem(size=DOT)
        for item in (self._line, self._dots):
            item.setZValue(1_000)
            item.hide()
            plot.addItem(item, ignoreBounds=True)
        self._card = QLabel(plot.viewport())
        self._card.setObjectName("chart-card")
        self._card.setTextFormat(Qt.TextFormat.RichText)
        self._card.setFont(number_font(12))
        self._card.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._card.hide()

    def tell(self, lines: Sequence[Line], marks: Sequence[str], *, floor: float | None) -> None:
        """Show the values of the lines at the step, and the words of the marks there.

        On a logarithmic axis 0 lies at `floor`; None for a linear one.
        """
        found = [] if self.step is None else self._found(lines)
        for part in (self._line, self._dots, self._card):
            part.setVisible(bool(found))
        self.words = ""
        if not found:
            return
        theme = self._themes.current()
        nearest = min(
            (float(line.steps[row]) for line, row in found), key=lambda s: abs(s - self._place())
        )
        self._line.setPos(nearest)
        y = [float(line.numbers[row]) for line, row in found]
        height = y if floor is None else logarithms(np.array(y), floor).tolist()
        spots = [
            {"pos": (float(line.steps[row]), h), "brush": line.dye(theme), "pen": None}
            for (line, row), h in zip(found, height, strict=True)
            if np.isfinite(h)
        ]
        self._dots.setData(spots)
        heading = self._heading(found[0], nearest)
        self._write(heading, found, marks, theme)
        self._put(nearest)

    def _found(self, lines: Sequence[Line]) -> list[tuple[Line, int]]:
        at = [(line, line.at(self._place())) for line in lines]
        return [(line, row) for line, row in at if row is not None]

    def _place(self) -> float:
        return 0.0 if self.step is None else self.step

    def _heading(self, first: tuple[Line, int], step: float) -> str:
        line, row = first
        words = _("step {step:,}").format(step=round(step))
        if line.epochs is None or int(line.epochs[row]) == round(step):
            return words
        return _("epoch {epoch:,}").format(epoch=int(line.epochs[row])) + f" · {words}"

    def _write(
        self,
        heading: str,
        found: Sequence[tuple[Line, int]],
        marks: Sequence[str],
        theme: Theme,
    ) -> None:
        titles = list(dict.fromkeys(line.title for line, _row in found))
        groups = list(dict.fromkeys(line.group for line, _row in found))
        values = {
            (line.group, line.title): (line, written(float(line.numbers[row]), DIGITS))
            for line, row in found
        }
        several = any(groups)
        span = 1 + len(titles) if several else 2
        rows = [_cell(heading, theme.muted, span=span)]
        if several:  # a row for each run, a column for each measure
            rows.append("<td></td>" + "".join(_cell(t, theme.muted, right=True) for t in titles))
            for group in groups:
                lines = [values.get((group, title)) for title in titles]
                dye = next(known[0].dye(theme) for known in lines if known is not None)
                cells = [
                    _cell("" if one is None else one[1], theme.ink, right=True) for one in lines
                ]
                rows.append(_cell(group, dye) + "".join(cells))
        else:
            for (_group, title), (line, value) in values.items():
                rows.append(_cell(title, line.dye(theme)) + _cell(value, theme.ink, right=True))
        rows += [_cell(mark, theme.muted, span=span) for mark in marks]
        said = [f"{group} {title} {told}".strip() for (group, title), (_l, told) in values.items()]
        self.words = ", ".join([heading, *said, *marks])
        table = "".join(f"<tr>{row}</tr>" for row in rows)
        self._card.setText(f"<table cellspacing=0 cellpadding=2>{table}</table>")
        self._card.adjustSize()

    def _put(self, step: float) -> None:
        """Put the card beside the line, where it hides the least of it."""
        port = self._plot.viewport()
        view = self._plot.getViewBox()
        x = self._plot.mapFromScene(view.mapViewToScene(pg.Point(step, 0.0))).x()
        left = x + GAP
        if left + self._card.width() > port.width():
            left = max(x - GAP - self._card.width(), 0)
        self._card.move(int(left), 2)
        self._card.raise_()

    def dress(self, theme: Theme) -> None:
        """Wear a theme."""
        self._line.setPen(pg.mkPen(theme.selection, width=1))
        self._card.setStyleSheet(
            f"background: {theme.card.name()}; color: {theme.ink.name()};"
            f" border: 1px solid {theme.hairline.name()}; border-radius: 7px; padding: 4px 6px;"
        )


def _cell(text: str, colour: QColor, *, span: int = 1, right: bool = False) -> str:
    side = "right" if right else "left"
    return (
        f"<td colspan={span} align={side} style='color:{colour.name()}'>"
        f"{escape(text).replace(' ', '&nbsp;')}&nbsp;&nbsp;</td>"
    )
