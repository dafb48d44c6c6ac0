"""The rows of the page that predicts, as a table for Qt: what is typed, and what is predicted.

Cells of features can be typed in; below the last row there is always an empty one. Nothing is
computed here: the page asks for forecasts of `inputs` and shows them by `show_forecast`.
"""

from gettext import gettext as _

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from engine.errors import Refusal
from engine.exchange.sheets import written as cell_text
from engine.train.metrics import CLASS_SCORES
from engine.train.predict import UNKNOWN, Asked, Forecast
from playground.panels.studio.predict.columns import Column, alignment, called, laid_out, number_of
from playground.theme import ThemeManager, number_font
from playground.widgets.numbers import written

Numbers = NDArray[np.float64]
Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole
NOWHERE = QModelIndex()
SHARE = Qt.ItemDataRole.UserRole + 1  # a probability and the colour of its class
DOT = Qt.ItemDataRole.UserRole + 2  # the colour of the class
MOST_ROWS = 100_000
NOTHING = np.empty((0, 0))


class Rows(QAbstractTableModel):
    """Rows of features, what is true of them if that is known, and the latest forecast.

    Attributes:
        edited: the rows are other ones; `version` says which.
        refused: carries the sentence why something was not taken.
        asked: what the features are, None before anybody said.
        cells: the raw features, (n, features), nan where nothing is typed yet.
        truth: the true class or number of each row, (n,), nan where it is not known.
    """

    edited = Signal()
    refused = Signal(str)

    def __init__(self, themes: ThemeManager, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._themes = themes
        self._font = number_font(12)
        self.version = 0
        self.asked: Asked | None = None
        self.cells: Numbers = NOTHING
        self.truth: Numbers = np.empty(0)
        self.columns: tuple[Column, ...] = ()
        self._names: list[str] = []
        self._forecast: Forecast | None = None
        self._place = np.empty(0, np.int64)  # of each row in the forecast, -1 if it has none
        self._sent = np.empty(0, np.int64)  # the rows that `inputs` were taken from

    # What is in it -------------------------------------------------------------------------------

    def inputs(self) -> Numbers:
        """Return the features of the rows that are whole, for a forecast of this version."""
        self._sent = np.flatnonzero(np.isfinite(self.cells).all(axis=1))
        return self.cells[self._sent]

    def features(self, row: int) -> Numbers | None:
        """Return the features of a row, None if it is not whole."""
        whole = row < len(self.cells) and bool(np.isfinite(self.cells[row]).all())
        return self.cells[row] if whole else None

    @property
    def forecast(self) -> Forecast | None:
        """The latest forecast."""
        return self._forecast

    def places(self) -> NDArray[np.int64]:
        """Return where each row stands in the forecast, -1 if it has none."""
        return self._place.copy()

    def known(self) -> tuple[Forecast, NDArray[np.int64], Numbers] | None:
        """Return the forecast, and the places in it and the truth of the rows that have both."""
        rows = np.flatnonzero((self._place >= 0) & np.isfinite(self.truth))
        if self._forecast is None or not len(rows):
            return None
        return self._forecast, self._place[rows], self.truth[rows]

    def place(self, row: int) -> int:
        """Return where a row stands in the forecast, -1 if it has none."""
        return int(self._place[row]) if row < len(self._place) else -1

    def add_rows(self, cells: Numbers, truth: Numbers | None = None) -> None:
        """Add rows of features (n, features) below the others."""
        if len(self.cells) + len(cells) > MOST_ROWS:
            what = _("The table takes {most:,} rows").format(most=MOST_ROWS)
            remedy = _("Predict for more with `predict` of the command line")
            self.refused.emit(str(Refusal(what, "", remedy)))
            return
        first = len(self.cells)
        told = np.full(len(cells), np.nan) if truth is None else truth
        # The empty row becomes the first of them: whoever types in it stays where they are.
        self.beginInsertRows(NOWHERE, first + 1, first + len(cells))
        self.cells = np.vstack((self.cells, cells))
        self.truth = np.concatenate((self.truth, told))
        self._place = np.concatenate((self._place, np.full(len(cells), -1)))
        self.endInsertRows()
        self.dataChanged.emit(self.index(first, 0), self.index(first, len(self.columns) - 1))
        if self._has_truth and not self._tells_truth:
            self._lay_out()
        self._edit()

    def remove(self, rows: list[int]) -> None:
        """Remove these rows; the empty one below them stays."""
        gone = [row for row in rows if row < len(self.cells)]
        if not gone:
            return
        self.beginResetModel()
        self.cells = np.delete(self.cells, gone, axis=0)
        self.truth = np.delete(self.truth, gone)
        self._place = np.delete(self._place, gone)
        self.columns = laid_out(self.asked, truth=self._has_truth)
        self.endResetModel()
        self._edit()

    def show_asked(self, asked: Asked) -> None:
        """Ask for these features; rows of others go."""
        before = self.asked
        self.asked, self._names = asked, called(asked)
        if before is None or before.features != asked.features:
            self.beginResetModel()
            self.cells = np.empty((0, len(asked.features)))
            self.truth = np.empty(0)
            self._place = np.empty(0, np.int64)
            self._forecast = None
            self.columns = laid_out(self.asked, truth=self._has_truth)
            self.endResetModel()
            self._edit()
        elif (before.outputs, before.classes) != (asked.outputs, asked.classes):
            self._forecast = None
            self._place[:] = -1
            if before.classes != asked.classes:
                self.truth[:] = np.nan
            self._lay_out()

    def show_forecast(self, forecast: Forecast, version: int) -> None:
        """Show a forecast of `inputs`, unless the rows are others by now."""
        if version != self.version or len(forecast) != len(self._sent):
            return
        self._forecast = forecast
        self._place = np.full(len(self.cells), -1)
        self._place[self._sent] = np.arange(len(self._sent))
        self._tell(len(forecast.asked.features), len(self.columns) - 1)

    def repaint(self) -> None:
        """Show all in the colours of another theme."""
        self._tell(0, len(self.columns) - 1)

    def _tell(self, first: int, last: int) -> None:
        if len(self.columns) and last >= first:
            self.dataChanged.emit(self.index(0, first), self.index(self.rowCount() - 1, last))

    def _edit(self) -> None:
        self.version += 1
        self.edited.emit()

    @property
    def _has_truth(self) -> bool:
        return bool(np.isfinite(self.truth).any())

    @property
    def _tells_truth(self) -> bool:
        """Whether there is a column for it, which stays while cells are typed in."""
        return any(column.kind in ("truth", "target") for column in self.columns)

    def _lay_out(self) -> None:
        self.beginResetModel()
        self.columns = laid_out(self.asked, truth=self._has_truth)
        self.endResetModel()

    # For Qt --------------------------------------------------------------------------------------

    def rowCount(self, parent: Index = NOWHERE) -> int:
        """Return how many rows there are, with the empty one."""
        return 0 if parent.isValid() or self.asked is None else len(self.cells) + 1

    def columnCount(self, parent: Index = NOWHERE) -> int:
        """Return how many columns there are."""
        return 0 if parent.isValid() else len(self.columns)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let features be typed in."""
        flags = super().flags(index)
        if index.isValid() and self.columns[index.column()].kind == "feature":
            flags |= Qt.ItemFlag.ItemIsEditable
        return flags

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole
    ) -> object:
        """Return the title of a column, the number of a row."""
        if orientation is Qt.Orientation.Vertical:
            return str(section + 1) if role == Role.DisplayRole else None
        column = self.columns[section]
        if role == Role.TextAlignmentRole:
            return alignment(column)
        wanted = {Role.DisplayRole: column.title, Role.ToolTipRole: column.tip or None}
        return wanted.get(Role(role))

    def data(self, index: Index, role: int = Role.DisplayRole) -> object:
        """Return what a cell says and how."""
        column, row = self.columns[index.column()], index.row()
        if role == Role.DisplayRole:
            return self.text(row, column)
        if role == Role.EditRole:
            return self._exact(row, column)
        if role == Role.TextAlignmentRole:
            return alignment(column)
        if role == Role.FontRole:
            return self._font
        if role == Role.ForegroundRole:
            return self._ink(row, column)
        if role == Role.ToolTipRole:
            return self._tip(row, column)
        if role == SHARE and column.kind == "share":
            return self._share(row, column.place)
        if role == DOT and column.kind in ("class", "truth"):
            return self._dot(row, column)
        return None

    def setData(self, index: Index, value: object, role: int = Role.EditRole) -> bool:
        """Take what was typed, or say why not."""
        column, row = self.columns[index.column()], index.row()
        if role != Role.EditRole or column.kind != "feature" or self.asked is None:
            return False
        text = str(value).strip()
        number = np.nan if not text else number_of(text, self.asked.meanings[column.place])
        if isinstance(number, Refusal):
            self.refused.emit(str(number))
            return False
        if row == len(self.cells):
            if np.isnan(number):
                return False
            blank = np.full((1, self.cells.shape[1]), np.nan)
            blank[0, column.place] = number
            self.add_rows(blank)
            return True
        before = self.cells[row, column.place]
        if number == before or (np.isnan(number) and np.isnan(before)):
            return True
        cells = self.cells.copy()  # a forecast may be under way with the old ones
        cells[row, column.place] = number
        self.cells = cells
        self.truth[row] = np.nan  # it was that of another point
        self._place[row] = -1
        self.dataChanged.emit(self.index(row, 0), self.index(row, len(self.columns) - 1))
        self._edit()
        return True

    def text(self, row: int, column: Column) -> str:
        """Return what a cell says."""
        place = self.place(row)
        if column.kind == "feature":
            return self._feature(row, column.place, exact=False)
        if column.kind in ("truth", "target"):
            return self._true(row)
        if self._forecast is None or place < 0:
            return ""
        if column.kind == "class":
            chosen = self._class(row)
            return _("none") if chosen == UNKNOWN else self._names[chosen]
        if column.kind == "right":
            if np.isnan(self.truth[row]):
                return ""
            return "✓" if self._is_right(row) else "✗"
        number = self._number(row, column)
        return "" if number is None else written(number, 5)

    # Cells ---------------------------------------------------------------------------------------

    def _number(self, row: int, column: Column) -> float | None:
        """Return the number of a predicted cell."""
        place = self.place(row)
        if self._forecast is None or place < 0:
            return None
        if column.kind == "output":
            return float(self._forecast.outputs[place, column.place])
        if column.kind == "error":
            missed = float(self._forecast.outputs[place, 0] - self.truth[row])
            return None if np.isnan(self.truth[row]) else missed
        if column.kind == "share" and self._forecast.probabilities is not None:
            return float(self._forecast.probabilities[place, column.place])
        return None

    def _feature(self, row: int, place: int, *, exact: bool) -> str:
        if row >= len(self.cells) or np.isnan(self.cells[row, place]) or self.asked is None:
            return ""
        number, words = float(self.cells[row, place]), self.asked.meanings[place]
        if words and number in range(len(words)):
            return words[int(number)]
        return cell_text(number, ()) if exact else written(number, 6)

    def _true(self, row: int) -> str:
        if row >= len(self.truth) or np.isnan(self.truth[row]) or self.asked is None:
            return ""
        number = float(self.truth[row])
        return self._names[int(number)] if self._names else written(number, 5)

    def _exact(self, row: int, column: Column) -> str | None:
        if column.kind == "feature":
            return self._feature(row, column.place, exact=True)
        return self.text(row, column)

    def _class(self, row: int) -> int:
        """Return the class that is predicted of a row, `UNKNOWN` if none is."""
        place = self.place(row)
        chosen = None if self._forecast is None else self._forecast.chosen
        return UNKNOWN if chosen is None or place < 0 else int(chosen[place])

    def _is_right(self, row: int) -> bool:
        return row < len(self.truth) and self._class(row) == self.truth[row]

    def _ink(self, row: int, column: Column) -> object:
        """Colour forward numbers by their sign, as the canvas does, and what is right green."""
        theme = self._themes.current()
        if column.kind == "right":
            return theme.go if self._is_right(row) else theme.ink
        if column.kind in ("output", "error"):
            number = self._number(row, column)
            return None if number is None else theme.of_sign(number)
        return theme.muted if column.kind in ("truth", "target") else theme.ink

    def _share(self, row: int, place: int) -> object:
        number = self._number(row, Column("share", place, ""))
        return None if number is None else (number, self._themes.current().of_class(place))

    def _dot(self, row: int, column: Column) -> object:
        """Return the colour of the class that a cell names."""
        if self.asked is None or not self.asked.classes:
            return None
        if column.kind == "truth":
            known = row < len(self.truth) and np.isfinite(self.truth[row])
            number = int(self.truth[row]) if known else UNKNOWN
        else:
            number = self._class(row)
        return None if number == UNKNOWN else self._themes.current().of_class(number)

    def _tip(self, row: int, column: Column) -> str | None:
        """Say the class scores beside their probabilities, and numbers in full."""
        place = self.place(row)
        if self._forecast is None or place < 0:
            return None
        outputs = self._forecast.outputs[place]
        if column.kind == "share" and self._forecast.asked.link == CLASS_SCORES:
            return _("score {number}").format(number=written(float(outputs[column.place]), 9))
        number = self._number(row, column)
        return None if number is None else written(number, 9)
