"""Which samples push what is selected, and which way: ranked, from the hardest push down.

Shown while it is asked whose gradient it is. The mouse on a row marks the point on the boundary
and shows its backward pass on the canvas; a click, or Return, chooses the sample.
"""

from gettext import gettext as _

from PySide6.QtCore import (
    QAbstractTableModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRectF,
    Qt,
)
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import (
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from engine.explain.whose import balance_words, label_words, push
from engine.train.shares import Ranking, ranked
from playground.session import Session
from playground.theme import ThemeManager, number_font
from playground.widgets.labels import label, section
from playground.widgets.numbers import exact, written

Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()
SAMPLE, LABEL, SHARE = range(3)
ROWS, ROW_HEIGHT, HEAD = 8, 27, 26
DIGITS = 3
BAR = 3.0  # the height of a bar, which grows to the left under its number
SIDE = Qt.ItemDataRole.UserRole


class WhoseTable(QWidget):
    """Title, sums and list.

    Attributes:
        list: the rows.
    """

    def __init__(
        self, session: Session, themes: ThemeManager, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._balance = label(tone="muted")
        self._balance.setWordWrap(True)
        self._model = RankedSamples(session, self)
        self.list = QTreeView()
        self.list.setModel(self._model)
        self.list.setItemDelegate(ShareBar(themes, self.list))
        self.list.setRootIsDecorated(False)
        self.list.setUniformRowHeights(True)
        self.list.setMouseTracking(True)
        self.list.setFixedHeight(HEAD + ROWS * ROW_HEIGHT)
        self.list.setAccessibleName(_("Samples by how hard they push"))
        head = self.list.header()
        head.setStretchLastSection(True)
        head.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 4)
        column.setSpacing(6)
        for part in (section(_("Whose gradient?")), self._balance, self.list):
            column.addWidget(part)
        self.list.entered.connect(self._point)
        self.list.clicked.connect(self._choose)
        self.list.activated.connect(self._choose)
        self.list.viewport().installEventFilter(self)
        session.whose.changed.connect(self.refresh)
        session.whose.told.connect(self.refresh)
        themes.theme_changed.connect(self.list.viewport().update)
        self.refresh()

    def refresh(self) -> None:
        """Rank the samples anew, if that is asked."""
        whose = self._session.whose
        pushes = whose.pushes_on(whose.selected)
        self.setVisible(pushes is not None)
        if pushes is None or whose.selected is None:
            self._model.show_ranking(None, single=False)
            return
        single = len(whose.selected.parameters) == 1
        told = ranked(pushes)
        self._balance.setText(balance_words(told, single))
        self._model.show_ranking(told, single=single)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Point at no sample when the mouse leaves the rows."""
        if event.type() is QEvent.Type.Leave:
            self._session.whose.point(None)
        return False

    def _point(self, index: QModelIndex) -> None:
        self._session.whose.point(self._model.sample(index.row()))

    def _choose(self, index: QModelIndex) -> None:
        self._session.set_sample(self._model.sample(index.row()))


class RankedSamples(QAbstractTableModel):
    """A row for each sample that pushes at all: its number and way, its label, its share."""

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._told: Ranking | None = None
        self._single = False

    def show_ranking(self, told: Ranking | None, *, single: bool) -> None:
        """Show another ranking; of a `single` parameter shares have signs."""
        before, after = self.rowCount(), 0 if told is None else len(told.samples)
        if before != after:
            self.beginResetModel()
        self._told, self._single = told, single
        if before != after:
            self.endResetModel()
        elif after:
            self.dataChanged.emit(self.index(0, 0), self.index(after - 1, SHARE))

    def sample(self, row: int) -> int:
        """Return the sample of a row."""
        return 0 if self._told is None else int(self._told.samples[row])

    def rowCount(self, parent: Index = NOWHERE) -> int:
        """Return how many samples push."""
        return 0 if parent.isValid() or self._told is None else len(self._told.samples)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        """Return three: sample, label, share."""
        return 0 if parent.isValid() else 3

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Return the title of a column."""
        if orientation is Qt.Orientation.Vertical:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole and section == SHARE:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        return (_("sample"), _("label"), _("share"))[section]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return what a cell says, and as `SIDE` how long its bar is, 0 to 1."""
        told = self._told
        if told is None or not index.isValid():
            return None
        share = float(told.shares[index.row()])
        if role == SIDE:
            return abs(share / float(told.shares[0]))
        if role == Qt.ItemDataRole.ToolTipRole:
            return exact(share) if index.column() == SHARE else None
        if role == Qt.ItemDataRole.TextAlignmentRole and index.column() == SHARE:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        return self._text(index.row(), index.column(), share)

    def _text(self, row: int, column: int, share: float) -> str:
        if column == SHARE:
            return written(share, DIGITS)
        if column == SAMPLE:
            return f"{push(share)} {self.sample(row)}" if self._single else str(self.sample(row))
        samples = self._session.samples
        if samples is None or self.sample(row) >= len(samples):
            return ""
        return label_words(self._session.document.data, samples, self.sample(row))


class ShareBar(QStyledItemDelegate):
    """Paints a cell, and under its share a bar."""

    def __init__(self, themes: ThemeManager, parent: QWidget) -> None:
        super().__init__(parent)
        self._themes = themes

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        """Write shares in violet, and all numbers in digits of one width."""
        super().initStyleOption(option, index)
        option.font = number_font(12)
        if index.column() == SHARE:
            colour = self._themes.current().backward
            option.palette.setColor(option.palette.ColorRole.Text, colour)
            option.palette.setColor(
                option.palette.ColorRole.HighlightedText,
                colour,
            )

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint both."""
        super().paint(painter, option, index)
        if index.column() == SHARE:
            rect = QRectF(option.rect).adjusted(6, 0, -4, -2)
            part = index.data(SIDE) or 0.0
            colour = QColor(self._themes.current().backward)
            colour.setAlphaF(0.55)
            wide = rect.width() * part
            painter.fillRect(QRectF(rect.right() - wide, rect.bottom() - BAR, wide, BAR), colour)
