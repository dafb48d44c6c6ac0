"""The page that predicts: type or paste rows, see score, probabilities and class of each.

The row that is selected is tried out: the canvas shows how it flows, the boundary where it lies.
Forecasts follow training while it runs. Rows belong to the page and not to the document.
"""

from dataclasses import dataclass
from functools import partial
from gettext import gettext as _
from gettext import ngettext
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QDir, QModelIndex, Signal
from PySide6.QtGui import QGuiApplication, QHideEvent, QShowEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from engine.errors import Refusal
from engine.exchange.asking import Questions, answer_cells, answer_titles, questions
from engine.exchange.delimited import read_delimited, write_rows
from engine.exchange.sheets import Sheet
from engine.exchange.sheets import written as cell_text
from engine.train.metrics import classes, r_squared
from engine.train.predict import Asked, Forecast
from playground.panels.studio.predict.columns import number_of
from playground.panels.studio.predict.forecaster import Answer, Forecaster
from playground.panels.studio.predict.grid import Grid
from playground.panels.studio.predict.rows import Rows
from playground.session import Session
from playground.session.aside import Aside
from playground.settings import FOLDER, Settings
from playground.storage.files import write
from playground.theme import ThemeManager
from playground.widgets.labels import Elided, label

MARGIN = 14
FILE_NAME = "predictions.csv"


@dataclass(frozen=True, slots=True)
class Written:
    """Rows as a text: for the clipboard, or else in the file that `words` names."""

    words: str
    text: str = ""


class PredictPage(QWidget):
    """Buttons and how good the forecasts are, above the table.

    Attributes:
        left: the keyboard goes back to the canvas.
    """

    left = Signal()

    def __init__(
        self,
        session: Session,
        themes: ThemeManager,
        settings: Settings,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._session, self._settings = session, settings
        self._tried: tuple[float, ...] | None = None
        self.rows = Rows(themes, self)
        self.grid = Grid(self.rows, themes, self)
        self.forecaster = Forecaster(session, self)
        self.setFocusProxy(self.grid)
        self.says = Elided()
        self.says.setProperty("tone", "muted")
        self.problem = label(tone="muted")
        self.problem.setWordWrap(True)
        self.take = _button(
            _("Take test points"), _("Add the points of the data, with their true class")
        )
        self.paste = _button(_("Paste"), _("Add the rows of the table on the clipboard  (Ctrl+V)"))
        self.copy = _button(_("Copy"), _("Copy all rows with what is predicted"))
        self.save = _button(_("Save CSV…"), _("Save all rows with what is predicted"))
        self.clear = _button(_("Clear"), _("Remove all rows; Delete removes those selected"))
        self._aside = Aside(self)
        self._lay_out()
        self._connect(themes)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        for part in (self.take, self.paste):
            head.addWidget(part)
        head.addSpacing(8)
        head.addWidget(self.says, 1)
        for part in (self.clear, self.copy, self.save):
            head.addWidget(part)
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, 0, MARGIN, MARGIN)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self.problem)
        column.addWidget(self.grid, 1)

    def _connect(self, themes: ThemeManager) -> None:
        session = self._session
        self.take.clicked.connect(self.take_samples)
        self.paste.clicked.connect(self._paste)
        self.copy.clicked.connect(self._copy_all)
        self.save.clicked.connect(self._save)
        self.clear.clicked.connect(self._clear)
        self.grid.copied.connect(self._copy_chosen)
        self.grid.pasted.connect(self._paste)
        self.grid.removed.connect(self._remove)
        self.grid.left.connect(self.left)
        self.grid.clicked.connect(self._try_out)
        self.grid.selectionModel().selectionChanged.connect(self._try_out)
        self.rows.edited.connect(self._ask)
        self.rows.refused.connect(session.refused)
        self.forecaster.told.connect(self._show)
        self._aside.done.connect(self._finish)
        session.view_changed.connect(self._follow_probe)
        session.document_replaced.connect(self._end)
        session.changed.connect(self._follow)
        themes.theme_changed.connect(self.rows.repaint)

    # Rows ----------------------------------------------------------------------------------------

    def take_samples(self) -> None:
        """Add the test points, or all if there are none, with what is true of them."""
        samples, asked = self._session.samples, self.rows.asked
        if samples is None or asked is None:
            return
        part = samples.test if samples.tests else samples.train
        raw, labels = samples.raw(samples.inputs[part]), samples.labels[part]
        truth = classes(labels).astype(np.float64) if samples.classes else labels
        told = bool(samples.targets.shape[1]) and bool(asked.classes) == bool(samples.classes)
        self.rows.add_rows(raw, truth if told else None)

    def _paste(self) -> None:
        """Read the clipboard: a number for the cell in use, or a table."""
        asked, text = self.rows.asked, QGuiApplication.clipboard().text().strip()
        here = self.grid.currentIndex()
        if asked is None or not text:
            return
        meanings = asked.meanings[here.column()] if self._is_feature(here) else ()
        alone = not isinstance(number_of(text, meanings), Refusal)
        if alone and len(asked.features) > 1 and self._is_feature(here):
            self.rows.setData(here, text)
            return
        self._aside.start(partial(_read, text, asked))

    def _is_feature(self, index: QModelIndex) -> bool:
        return index.isValid() and self.rows.columns[index.column()].kind == "feature"

    def _remove(self) -> None:
        chosen = self.grid.chosen()
        self.rows.remove(chosen)
        if chosen:
            row = min(chosen[0], self.rows.rowCount() - 1)
            self.grid.setCurrentIndex(self.rows.index(row, 0))

    def _clear(self) -> None:
        self.rows.remove(list(range(len(self.rows.cells))))

    # Forecasts -----------------------------------------------------------------------------------

    def _ask(self) -> None:
        self.forecaster.ask(self.rows.inputs(), self.rows.version)
        self._say()
        self._try_out()

    def _show(self, answer: Answer) -> None:
        outcome = answer.outcome
        self.problem.setVisible(isinstance(outcome, Refusal))
        self.grid.setVisible(not isinstance(outcome, Refusal))
        if isinstance(outcome, Refusal):
            self.problem.setText(str(outcome))
        else:
            self.rows.show_asked(outcome.asked)
            self.rows.show_forecast(outcome, answer.version)
        self._say()

    def _say(self) -> None:
        """Say how many rows there are, and how good the forecasts are where that is known."""
        count = len(self.rows.cells)
        words = [ngettext("{count:,} row", "{count:,} rows", count).format(count=count)]
        known = self.rows.known()
        if known is not None:
            words += _quality(*known)
        empty = _("Type features, or paste a table; a row that is selected flows on the canvas")
        self.says.setText(" · ".join(words) if count else empty)
        samples = self._session.samples
        tests = 0 if samples is None else samples.tests
        self.take.setText(_("Take test points") if tests else _("Take points"))
        usable = self.rows.asked is not None and self.grid.isVisibleTo(self)
        self.take.setEnabled(usable and samples is not None)
        self.paste.setEnabled(usable)
        for button in (self.copy, self.save, self.clear):
            button.setEnabled(usable and count > 0)

    # The row that is tried out -------------------------------------------------------------------

    def _try_out(self, *_what: object) -> None:
        """Let the one row that is selected flow over the canvas."""
        chosen = self.grid.chosen()
        raw = self.rows.features(chosen[0]) if len(chosen) == 1 else None
        asked, samples = self.rows.asked, self._session.samples
        if raw is None or asked is None or samples is None or not self.isVisible():
            self._end()
        else:
            self._tried = tuple(samples.scaled(raw).tolist())
            self._session.set_probe(self._tried)

    def _end(self) -> None:
        """Go back to the sample, if the row here is what the canvas shows."""
        tried, self._tried = self._tried, None
        if tried is not None and self._session.probe == tried:
            self._session.set_probe(None)

    def _follow_probe(self) -> None:
        """Let go of the row when its trial was ended elsewhere."""
        if self._tried is not None and self._session.probe is None:
            self._tried = None
            self.grid.clearSelection()

    def _follow(self, *_what: object) -> None:
        if self.isVisible():
            self._say()

    # Out -----------------------------------------------------------------------------------------

    def _copy_all(self) -> None:
        self._write_out(None)

    def _copy_chosen(self) -> None:
        chosen = [row for row in self.grid.chosen() if row < len(self.rows.cells)]
        if chosen:
            self._write_out(None, np.array(chosen))

    def _save(self) -> None:
        folder = Path(self._settings.read(FOLDER) or QDir.homePath())
        path, _kind = QFileDialog.getSaveFileName(
            self, _("Save predictions"), str(folder / FILE_NAME), _("Table (*.csv)")
        )
        if path:
            file = Path(path)
            self._settings.write(FOLDER, str(file.absolute().parent))
            self._write_out(file if file.suffix else file.with_suffix(".csv"))

    def _write_out(self, path: Path | None, only: NDArray[np.intp] | None = None) -> None:
        asked = self.rows.asked
        if asked is None:
            return
        rows = np.arange(len(self.rows.cells)) if only is None else only
        forecast, places = self.rows.forecast, self.rows.places()[rows]
        cells, truth = self.rows.cells[rows], self.rows.truth[rows].copy()
        self._aside.start(partial(_written, path, asked, cells, truth, forecast, places))

    def _finish(self, outcome: "Questions | Written | Refusal") -> None:
        if isinstance(outcome, Refusal):
            self._session.do(outcome)
        elif isinstance(outcome, Questions):
            asked = self.rows.asked
            if asked is not None and outcome.inputs.shape[1] == len(asked.features):
                self.rows.add_rows(outcome.inputs, outcome.truth)
                if outcome.by_order:
                    wanted = ", ".join(asked.features)
                    words = _("The columns are taken as {wanted}, in their order")
                    self._session.hinted.emit(words.format(wanted=wanted))
        else:
            if outcome.text:
                QGuiApplication.clipboard().setText(outcome.text)
            self._session.hinted.emit(outcome.words)

    # Being seen ----------------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what happened while the page was hidden."""
        super().showEvent(event)
        self.forecaster.wake(up=True)
        self._say()
        self._try_out()

    def hideEvent(self, event: QHideEvent) -> None:
        """Do nothing until it is shown again."""
        super().hideEvent(event)
        self.forecaster.wake(up=False)
        self._end()

    def leave(self) -> None:
        """End what is under way, before the window goes."""
        self.forecaster.close()
        self._aside.close()


def _button(text: str, tip: str) -> QPushButton:
    button = QPushButton(text)
    button.setToolTip(tip)
    return button


def _quality(
    forecast: Forecast, places: NDArray[np.int64], truth: NDArray[np.float64]
) -> list[str]:
    """Say how good forecasts are whose truth is known."""
    if forecast.chosen is not None:
        share = float((forecast.chosen[places] == truth).mean())
        return [_("{percent:.1f} % right").format(percent=100 * share)]
    r2 = r_squared(forecast.outputs[places, 0], truth)
    return [] if r2 is None else [f"R² {r2:.4f}"]


def _read(text: str, asked: Asked) -> Questions | Refusal | None:
    """Read a pasted table; runs beside the window."""
    sheet = read_delimited(text.encode("utf-8", "replace"))
    return questions(sheet, asked) if isinstance(sheet, Sheet) else sheet


def _written(
    path: Path | None,
    asked: Asked,
    cells: NDArray[np.float64],
    truth: NDArray[np.float64],
    forecast: Forecast | None,
    places: NDArray[np.int64],
) -> Written | Refusal:
    """Write rows with what is predicted of them as CSV; runs beside the window."""
    names, told = list(asked.features), bool(np.isfinite(truth).any())
    if told:
        names.append(asked.target)
    added = [] if forecast is None else answer_cells(forecast)
    titles = () if forecast is None else answer_titles(forecast, names)
    nothing = [""] * len(titles)
    lines = []
    for row, true, place in zip(cells.tolist(), truth.tolist(), places.tolist(), strict=True):
        line = [_cell(n, w) for n, w in zip(row, asked.meanings, strict=True)]
        if told:
            line.append(_cell(true, asked.classes))
        lines.append(line + (added[place] if place >= 0 else nothing))
    data = write_rows((*names, *titles), lines)
    count = len(lines)
    if path is None:
        words = ngettext("{count:,} row copied", "{count:,} rows copied", count)
        return Written(words.format(count=count), data.decode())
    why = write(path, data)
    if why:
        what = _("{name} was not written").format(name=path.name)
        return Refusal(what, why, _("Save it under another name or in another folder"))
    return Written(_("{name} is written").format(name=path.name))


def _cell(number: float, words: tuple[str, ...]) -> str:
    if np.isnan(number):
        return ""
    return cell_text(number, words if number in range(len(words)) else ())
