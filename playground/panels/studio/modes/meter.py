"""The meter: how many multiplications each mode takes for the same derivatives, as two bars."""

from gettext import gettext as _
from gettext import ngettext

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from playground.panels.studio.modes.costs import Tally
from playground.theme import ThemeManager
from playground.widgets.labels import label, number

HIGH, LEAST = 8, 3.0  # pixels


class Bar(QWidget):
    """A bar as long as `part` of its room, in the colour of a mode."""

    def __init__(self, themes: ThemeManager, role: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._themes, self._role = themes, role
        self.part = 0.0
        self.setFixedHeight(HIGH)

    def show_part(self, part: float) -> None:
        """Be so long."""
        self.part = part
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the room, and the bar in it."""
        theme, painter = self._themes.current(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        for part, colour in ((1.0, theme.raised), (self.part, theme.colour(self._role))):
            if part > 0.0:
                painter.setBrush(colour)
                long = max(part * self.width(), LEAST)
                painter.drawRoundedRect(QRectF(0, 0, long, HIGH), HIGH / 2, HIGH / 2)
        painter.end()


class Meter(QWidget):
    """Two bars with words; `verdict` says which mode wins, and why."""

    def __init__(self, themes: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(4)
        self.forward = self._row(grid, 0, themes, "positive")
        self.reverse = self._row(grid, 3, themes, "backward")
        grid.setRowMinimumHeight(2, 6)
        self.verdict = label()
        self.verdict.setWordWrap(True)
        grid.setRowMinimumHeight(5, 6)
        grid.addWidget(self.verdict, 6, 0, 1, 2)
        self.setToolTip(
            _(
                "A local derivative times a tangent or an adjoint is one multiplication."
                " Forward mode multiplies at every wire, reverse mode at those before the output."
            )
        )

    def _row(
        self, grid: QGridLayout, row: int, themes: ThemeManager, role: str
    ) -> tuple[QLabel, QLabel, Bar]:
        words, total, bar = label(tone="muted"), number(), Bar(themes, role)
        grid.addWidget(words, row, 0)
        grid.addWidget(total, row, 1)
        grid.addWidget(bar, row + 1, 0, 1, 2)
        return words, total, bar

    def show_costs(self, forward: Tally, reverse: Tally) -> None:
        """Show what both modes take, as far as it is counted."""
        most = max(forward.multiplications, reverse.multiplications, 1)
        rows = (
            (self.forward, _("Forward"), forward),
            (self.reverse, _("Reverse"), reverse),
        )
        for (words, total, bar), name, tally in rows:
            words.setText(f"{name}: {_passes(tally)}")
            total.setToolTip(_("and {count:,} additions").format(count=tally.additions))
            total.setText("" if tally.refused else f"{tally.multiplications:,}")
            bar.show_part(tally.multiplications / most)
        self.verdict.setText(verdict(forward, reverse))


def _passes(tally: Tally) -> str:
    """Say how many passes of how many multiplications each."""
    words = ngettext("{count:,} pass", "{count:,} passes", tally.passes)
    told = words.format(count=tally.passes)
    if tally.refused or not tally.passes:
        return told
    if not tally.complete:
        return _("{done:,} of {told} counted").format(done=tally.done, told=told)
    if tally.least == tally.most:
        return f"{told} × {tally.most:,}"
    return _("{told}, {least:,} to {most:,} each").format(
        told=told, least=tally.least, most=tally.most
    )


def verdict(forward: Tally, reverse: Tally) -> str:
    """Say which mode takes less, and that it is for the number of inputs and outputs."""
    if forward.refused or reverse.refused:
        return _("So many passes are not tried out here: ask for fewer derivatives.")
    if not forward.passes:
        return _("There is nothing to differentiate by.")
    if not reverse.passes:
        return _("Nothing is the output: mark a value to go backward from.")
    if not (forward.complete and reverse.complete):
        return _("Counting…")
    less, more = sorted((forward.multiplications, reverse.multiplications))
    if less == more:
        return _("Both take as many multiplications.")
    times = f"{more / less:,.1f}".removesuffix(".0") if less else "∞"
    if reverse.multiplications == less:
        words = _("Reverse mode takes {times} times fewer: a pass for each output ({outputs:,}).")
    else:
        words = _("Forward mode takes {times} times fewer: a pass for each input ({inputs:,}).")
    told = words.format(times=times, inputs=forward.passes, outputs=reverse.passes)
    if not forward.idle:
        return told
    idle = _("{idle:,} of forward mode’s are by a tangent that is 0, since no path leads there.")
    return f"{told} {idle.format(idle=forward.idle)}"
