"""The page of the losses: the runs since the document was opened, over each other and as a table.

While it is hidden nothing is drawn. The runs are the session's; this shows them, names them, and
brings their settings or weights back.
"""

from functools import partial
from gettext import gettext as _
from pathlib import Path

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QAction, QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QBoxLayout,
    QFileDialog,
    QHBoxLayout,
    QHeaderView,
    QMenu,
    QPushButton,
    QSplitter,
    QToolButton,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from engine.errors import Refusal
from playground.panels.chart import Chart, Line
from playground.panels.chart.losses import MEASURES, loss_lines
from playground.panels.chart.switches import SmoothingButton, switch
from playground.panels.studio.run_colours import colour_of
from playground.panels.studio.run_files import csv_of, png_of, svg_of
from playground.panels.studio.run_table import ACCURACY, CHANGED, NAME, TEST, RunTable
from playground.session import Session
from playground.session.aside import Aside
from playground.session.runs import Run
from playground.settings import LOSS_LOGARITHMIC, LOSS_SMOOTHING, Settings
from playground.storage.files import export
from playground.theme import ThemeManager

MARGIN = 14
NAME_WIDTH, NUMBER_WIDTH, SHARES_WIDTH = 190, 58, 88
NARROWEST = 440  # below which the buttons above the chart stand in two rows
FIRST_SIZES = (450, 550)  # of chart and table, in proportion
NARROW = 620  # pixels of the page, below which the chart has it alone
SHOWN_FIRST = ("train", "test")  # of several runs, objectives would be one curve too many
TITLES = {"train": _("train"), "test": _("test"), "objective": _("objective")}
TIPS = {
    "train": _("Show the loss on the training points"),
    "test": _("Show the loss on the test points, dashed"),
    "objective": _("Show the training loss with all penalties, dotted"),
}
EXPORTS = {"csv": _("Curves as CSV…"), "png": _("Chart as PNG…"), "svg": _("Chart as SVG…")}


class LossPage(QWidget):
    """The chart at the left, the runs at the right."""

    def __init__(
        self,
        session: Session,
        themes: ThemeManager,
        settings: Settings,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._session, self._settings = session, settings
        self._runs = session.runs
        self._aside = Aside(self)
        self._aside.done.connect(self._tell)
        self.chart = Chart(themes, _("Train, and the losses are drawn here."), zoomable=True)
        self.chart.setAccessibleName(_("Losses of the runs"))
        self.chart.setToolTip(_("The wheel zooms, a drag moves, a double click shows all"))
        self.chart.logarithmic = settings.read(LOSS_LOGARITHMIC)
        self.chart.smoothing = settings.read(LOSS_SMOOTHING)
        self.measures = {key: switch(TITLES[key], TIPS[key]) for key in MEASURES}
        self.scale = switch(_("log"), _("Logarithmic axis, while every loss is positive"))
        self.smoothing = SmoothingButton()
        self.whole = QPushButton(_("Show all"))
        self.export = QToolButton()
        self.model = RunTable(self._runs, themes, self)
        self.table = QTreeView(self)
        self._listed = QWidget(self)
        self._buttons = self._make_buttons()
        self._make_table()
        self._lay_out()
        self._connect(themes)

    def _make_buttons(self) -> dict[str, QPushButton]:
        table = (
            ("settings", _("Settings"), _("Train with the settings of this run"), self.settings),
            (
                "weights",
                _("Weights"),
                _("Take the weights that this run ended with"),
                self.weights,
            ),
            ("pin", _("Pin"), _("Keep this run when there is no room for more"), self.pin),
            ("delete", _("Delete"), _("Forget this run"), self.delete),
        )
        made = {}
        for key, title, tip, slot in table:
            button = made[key] = QPushButton(title)
            button.setToolTip(tip)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.clicked.connect(slot)
        made["pin"].setCheckable(True)
        return made

    def _make_table(self) -> None:
        table = self.table
        table.setModel(self.model)
        table.setRootIsDecorated(False)
        table.setUniformRowHeights(True)
        table.setAccessibleName(_("Runs"))
        triggers = QAbstractItemView.EditTrigger
        table.setEditTriggers(triggers.DoubleClicked | triggers.EditKeyPressed)
        header = table.header()
        header.setStretchLastSection(True)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        table.setColumnWidth(NAME, NAME_WIDTH)
        for column in range(NAME + 1, CHANGED):
            table.setColumnWidth(column, SHARES_WIDTH if column == ACCURACY else NUMBER_WIDTH)

    def _lay_out(self) -> None:
        self.export.setText(_("Export"))
        self.export.setProperty("kind", "segment")
        self.export.setToolTip(_("Save the curves or the chart to a file"))
        self.export.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.export.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(self.export)
        for kind, title in EXPORTS.items():
            action = QAction(title, menu)
            action.setData(kind)
            menu.addAction(action)
        self.export.setMenu(menu)
        self.whole.setToolTip(_("Show all steps again"))
        self.whole.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.whole.setProperty("kind", "plain")
        self._head = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._head.setSpacing(12)
        what, how = QHBoxLayout(), QHBoxLayout()
        for row, parts in (
            (what, self.measures.values()),
            (how, (self.scale, self.smoothing, self.whole, self.export)),
        ):
            row.setSpacing(4)
            for part in parts:
                row.addWidget(part)
            self._head.addLayout(row)
        what.addStretch(0)
        how.insertStretch(2, 1)
        left, right = QWidget(self), self._listed
        drawn = QVBoxLayout(left)
        drawn.setContentsMargins(0, 0, 0, 0)
        drawn.setSpacing(4)
        drawn.addLayout(self._head)
        drawn.addWidget(self.chart, 1)
        below = QHBoxLayout()
        below.setSpacing(6)
        for does in self._buttons.values():
            below.addWidget(does)
        below.addStretch(1)
        listed = QVBoxLayout(right)
        listed.setContentsMargins(0, 0, 0, 0)
        listed.setSpacing(6)
        listed.addWidget(self.table, 1)
        listed.addLayout(below)
        halves = QSplitter(Qt.Orientation.Horizontal, self)
        halves.setHandleWidth(MARGIN)
        halves.setChildrenCollapsible(False)
        for half in (left, right):
            halves.addWidget(half)
        halves.setSizes(FIRST_SIZES)
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, 0, MARGIN, MARGIN)
        column.addWidget(halves)

    def _connect(self, themes: ThemeManager) -> None:
        for key, button in self.measures.items():
            button.setChecked(key in SHOWN_FIRST)
            button.toggled.connect(self.draw)
        self.scale.setChecked(self.chart.logarithmic)
        self.scale.toggled.connect(self._rescale)
        self.smoothing.show_weight(self.chart.smoothing)
        self.smoothing.chosen.connect(self._smooth)
        self.whole.clicked.connect(self.chart.show_all)
        self.chart.drawn.connect(self._follow_sight)
        self.export.menu().triggered.connect(self._export)
        self.table.selectionModel().currentRowChanged.connect(self._on_current)
        self._runs.changed.connect(self._refresh)
        self._runs.grown.connect(self._grow)
        themes.theme_changed.connect(self._refresh)

    # What is shown -------------------------------------------------------------------------------

    def lines(self) -> list[Line]:
        """Return the lines of the runs that are shown, the current one on top."""
        wanted = tuple(key for key, button in self.measures.items() if button.isChecked())
        shown = [run for run in self._runs if not run.hidden][::-1]
        current, several = self._runs.current, len(shown) > 1
        found = []
        for run in shown:
            colour = colour_of(run, current)
            name = run.name if several else ""
            others = (colour, colour) if several else ("muted", "dim")
            found += loss_lines(run.curves, (colour, *others), wanted, name)
        return found

    def draw(self) -> None:
        """Draw what is wanted."""
        current = self._runs.current
        self.export.setEnabled(current is not None)
        marks = () if current is None or current.hidden else current.curves.marks
        self.chart.show_lines(self.lines(), marks)

    def _follow_sight(self) -> None:
        self.whole.setVisible(not self.chart.sight.shows_all)

    def _refresh(self) -> None:
        if self.isVisible():
            chosen, newest = self.chosen(), self.table.currentIndex().row() == 0
            self.model.refresh()
            self.table.setColumnHidden(TEST, not self.model.is_tested)
            row = 0 if newest or chosen is None else self.model.row(chosen.number)
            self.table.setCurrentIndex(self.model.index(max(row, 0), 0))
            self._follow_chosen()
            self._share_room()
            self.draw()

    def _grow(self) -> None:
        if self.isVisible():
            self.model.grow()
            self.draw()

    def _share_room(self) -> None:
        """Show the runs where there are some, and room for them."""
        self._listed.setVisible(self.width() >= NARROW and self.model.rowCount() > 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the chart the page alone where there is little room."""
        super().resizeEvent(event)
        self._share_room()
        one = self.width() >= NARROWEST
        ways = QBoxLayout.Direction
        self._head.setDirection(ways.LeftToRight if one else ways.TopToBottom)
        self._head.setSpacing(12 if one else 4)

    def _rescale(self, on: bool) -> None:
        self._settings.write(LOSS_LOGARITHMIC, on)
        self.chart.logarithmic = on
        self.chart.redraw()

    def _smooth(self, weight: float) -> None:
        self._settings.write(LOSS_SMOOTHING, weight)
        self.chart.smoothing = weight
        self.chart.redraw()

    # The run that is chosen ----------------------------------------------------------------------

    def chosen(self) -> Run | None:
        """Return the run that is chosen in the table."""
        index = self.table.currentIndex()
        return self.model.run(index.row()) if index.isValid() else None

    def settings(self) -> None:
        """Train with the settings of the chosen run from now on."""
        run = self.chosen()
        if run is not None:
            self._session.do(self._runs.settings_edit(run.number))

    def weights(self) -> None:
        """Take the weights that the chosen run ended with."""
        run = self.chosen()
        if run is not None:
            self._session.settle()
            self._session.do(self._runs.weights_edit(run.number))

    def pin(self) -> None:
        """Keep the chosen run, or no longer."""
        run = self.chosen()
        if run is not None:
            self._runs.pin(run.number, on=not run.pinned)

    def delete(self) -> None:
        """Forget the chosen run."""
        run = self.chosen()
        if run is not None:
            self._runs.delete(run.number)

    def _on_current(self, _now: QModelIndex, _before: QModelIndex) -> None:
        self._follow_chosen()

    def _follow_chosen(self) -> None:
        run = self.chosen()
        for button in self._buttons.values():
            button.setEnabled(run is not None)
        self._buttons["pin"].setChecked(run is not None and run.pinned)
        self._buttons["delete"].setEnabled(run is not None and run is not self._runs.current)

    # Files ---------------------------------------------------------------------------------------

    def _export(self, action: QAction) -> None:
        kind = action.data()
        proposed = f"{Path(self._session.name).stem}-losses.{kind}"
        title = action.text().rstrip("…")
        path, _kind = QFileDialog.getSaveFileName(
            self, title, proposed, f"{kind.upper()} (*.{kind})"
        )
        if path:
            self.save(Path(path), kind)

    def save(self, path: Path, kind: str) -> None:
        """Write the curves that are shown as "csv", or the chart as "png" or "svg"."""
        if kind == "csv":
            shown = [run for run in self._runs if not run.hidden]
            self._aside.start(partial(export, path, partial(csv_of, shown)))
            return
        paint = {"png": png_of, "svg": svg_of}[kind]
        self._tell(export(path, partial(paint, self.chart.plot)))

    def leave(self) -> None:
        """Write nothing more, before the window goes."""
        self._aside.close()

    def _tell(self, outcome: str | Refusal) -> None:
        if isinstance(outcome, Refusal):
            self._session.do(outcome)
        else:
            self._session.hinted.emit(outcome)

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what happened while the page was hidden."""
        super().showEvent(event)
        self._refresh()

    def hideEvent(self, event: QHideEvent) -> None:
        """Take the cursor away."""
        super().hideEvent(event)
        self.chart.point(None)
