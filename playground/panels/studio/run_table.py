"""The table of runs: what each was, how it ended, and what of its settings was new.

The loss page shows it. Names are edited in place, a check mark shows or hides a run's curves.
"""

from gettext import gettext as _

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap

from playground.panels.chart.losses import reading
from playground.panels.studio.run_colours import colour_of
from playground.session.runs import Run, Runs
from playground.theme import ThemeManager
from playground.widgets.numbers import percent
from playground.widgets.pigments import dye

Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()
Role = Qt.ItemDataRole
DOT, ROOM = 9, 14
NAME, STEPS, TRAIN, TEST, ACCURACY, CHANGED = range(6)
TITLES = (
    _("run"),
    _("steps"),
    _("train"),
    _("test"),
    _("accuracy"),
    _("changed"),
)
CHANGED_TIP = _("What was set otherwise than in the run before")


class RunTable(QAbstractTableModel):
    """A row for each run, the newest first."""

    def __init__(self, runs: Runs, themes: ThemeManager, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._runs, self._themes = runs, themes
        self._rows: list[Run] = []
        self._dots: dict[str, QIcon] = {}

    def refresh(self) -> None:
        """Take over the runs there are; the same rows are only told anew."""
        before, self._rows = self._rows, list(self._runs)[::-1]
        if [run.number for run in before] != [run.number for run in self._rows]:
            self.beginResetModel()
            self.endResetModel()
        elif self._rows:
            last = self.index(len(self._rows) - 1, len(TITLES) - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    def grow(self) -> None:
        """Tell the numbers of the current run anew."""
        current = self._runs.current
        if not self._rows or current is None or self._rows[0].number != current.number:
            self.refresh()
            return
        self._rows[0] = current
        self.dataChanged.emit(self.index(0, 0), self.index(0, len(TITLES) - 1))

    @property
    def is_tested(self) -> bool:
        """Whether any run has a loss on test points."""
        return any(run.snapshot.test_loss is not None for run in self._rows)

    def run(self, row: int) -> Run | None:
        """Return the run of a row."""
        return self._rows[row] if 0 <= row < len(self._rows) else None

    def row(self, number: int) -> int:
        """Return the row of a run, -1 if it has none."""
        return next((k for k, run in enumerate(self._rows) if run.number == number), -1)

    def rowCount(self, parent: Index = NOWHERE) -> int:
        """Return how many runs there are."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        """Return how many columns there are."""
        return 0 if parent.isValid() else len(TITLES)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole
    ) -> object:
        """Return the title of a column."""
        if orientation is Qt.Orientation.Vertical:
            return None
        if role == Role.TextAlignmentRole and STEPS <= section <= ACCURACY:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if role == Role.ToolTipRole and section == CHANGED:
            return CHANGED_TIP
        return TITLES[section] if role == Role.DisplayRole else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let names be edited and checked."""
        flags = super().flags(index)
        if index.column() == NAME:
            flags |= Qt.ItemFlag.ItemIsEditable | Qt.ItemFlag.ItemIsUserCheckable
        return flags

    def data(self, index: Index, role: int = Role.DisplayRole) -> object:
        """Return what a cell says."""
        run, column = self._rows[index.row()], index.column()
        if role == Role.DisplayRole or (role == Role.ToolTipRole and column in (NAME, CHANGED)):
            return self._text(run, column)
        if role == Role.EditRole and column == NAME:
            return run.name
        if role == Role.CheckStateRole and column == NAME:
            return Qt.CheckState.Unchecked if run.hidden else Qt.CheckState.Checked
        if role == Role.DecorationRole and column == NAME:
            return self._dot(colour_of(run, self._runs.current))
        if role == Role.TextAlignmentRole and STEPS <= column <= ACCURACY:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None

    def setData(self, index: Index, value: object, role: int = Role.EditRole) -> bool:
        """Take over a name, or whether a run's curves are shown."""
        run = self._rows[index.row()]
        if role == Role.CheckStateRole:
            self._runs.hide(run.number, on=Qt.CheckState(value) is Qt.CheckState.Unchecked)
        elif role == Role.EditRole and str(value) != run.name:
            self._runs.rename(run.number, str(value))
        return True

    def _text(self, run: Run, column: int) -> str:
        snapshot = run.snapshot
        if column == NAME:
            return _("{name} · pinned").format(name=run.name) if run.pinned else run.name
        if column == STEPS:
            return f"{snapshot.step:,}"
        if column == ACCURACY:
            shares = (snapshot.train_accuracy, snapshot.test_accuracy)
            return " / ".join(percent(share) for share in shares if share is not None)
        if column == CHANGED:
            return run.differs_from(self._runs.before(run.number))
        return reading(snapshot.train_loss if column == TRAIN else snapshot.test_loss).strip()

    def _dot(self, colour: str) -> QIcon:
        tint = dye(colour, self._themes.current())
        if tint.name() not in self._dots:
            self._dots[tint.name()] = dot(tint)
        return self._dots[tint.name()]


def dot(colour: QColor) -> QIcon:
    """Paint a round spot."""
    ratio = 2
    image = QPixmap(ROOM * ratio, ROOM * ratio)
    image.setDevicePixelRatio(ratio)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    gap = (ROOM - DOT) / 2
    painter.drawEllipse(int(gap), int(gap), DOT, DOT)
    painter.end()
    return QIcon(image)
