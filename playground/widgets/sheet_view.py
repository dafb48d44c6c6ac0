"""The first rows of a table, with a list of roles at the head of each column.

The dialog about tables shows one. It knows what is shown and which role each column has; what a
role means is for the dialog.
"""

from collections.abc import Sequence
from gettext import gettext as _

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QResizeEvent
from PySide6.QtWidgets import QHeaderView, QTreeView, QWidget

from engine.exchange.sheets import Sheet
from playground.widgets.fields import ChoiceField

Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()
FEATURE, TARGET, IGNORED = "feature", "target", "ignored"
ROLES = ((FEATURE, _("Feature")), (TARGET, _("Target")), (IGNORED, _("Ignore")))
MOST_COLUMNS = 200  # that are shown
COLUMN_WIDTH = 124
NAME_HEIGHT, LIST_HEIGHT, GAP = 26, 30, 6


class SheetView(QTreeView):
    """Shows a sheet.

    Attributes:
        chosen: a role was chosen; carries the column and the role.
    """

    chosen = Signal(int, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows = SheetModel(self)
        self.setModel(self.rows)
        self.setRootIsDecorated(False)
        self.setUniformRowHeights(True)
        self.setSelectionMode(QTreeView.SelectionMode.NoSelection)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setHorizontalScrollMode(QTreeView.ScrollMode.ScrollPerPixel)
        self.setAccessibleName(_("The first rows of the table"))
        self.heads = RoleHeader(self)
        self.setHeader(self.heads)
        self.heads.chosen.connect(self.chosen)
        self.horizontalScrollBar().valueChanged.connect(self.heads.place)

    def show_sheet(self, sheet: Sheet, roles: Sequence[str]) -> None:
        """Show the first rows and columns; a column that cannot be used is ignored for good."""
        self.rows.show_sheet(sheet, roles)
        self.heads.show_columns(sheet, roles)

    def show_roles(self, roles: Sequence[str], faint: QColor) -> None:
        """Show which role each column has."""
        self.rows.show_roles(roles, faint)
        self.heads.show_roles(roles)


class RoleHeader(QHeaderView):
    """The names of the columns, and below each the list of its roles."""

    chosen = Signal(int, str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.lists: list[ChoiceField] = []
        self.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self.setDefaultSectionSize(COLUMN_WIDTH)
        self.setMinimumSectionSize(COLUMN_WIDTH)
        self.setStretchLastSection(False)
        self.setSectionsMovable(False)
        self.sectionResized.connect(self.place)

    def show_columns(self, sheet: Sheet, roles: Sequence[str]) -> None:
        """Make a list for each column."""
        for old in self.lists:
            old.deleteLater()
        self.lists = []
        for k, column in enumerate(sheet.columns[:MOST_COLUMNS]):
            field = ChoiceField(_("Role of {name}").format(name=column.name), ROLES, self)
            field.setObjectName(f"role.{k}")
            tip = column.problem or _("What this column is for")
            field.setToolTip(tip)
            field.setEnabled(column.usable)
            field.entered.connect(self._enter)
            field.show()
            self.lists.append(field)
        self.show_roles(roles)
        self.place()

    def show_roles(self, roles: Sequence[str]) -> None:
        """Show which role each column has."""
        for field, role in zip(self.lists, roles, strict=False):
            field.show_text(role)

    def _enter(self, role: str) -> None:
        column = next(k for k, field in enumerate(self.lists) if field is self.sender())
        self.chosen.emit(column, role)

    def place(self, *_what: int) -> None:
        """Put each list below the name of its column."""
        for k, field in enumerate(self.lists):
            left = self.sectionViewportPosition(k)
            width = self.sectionSize(k) - GAP
            field.setGeometry(left + GAP // 2, NAME_HEIGHT, width, LIST_HEIGHT)

    def sizeHint(self) -> QSize:
        """Ask for two lines."""
        return QSize(super().sizeHint().width(), NAME_HEIGHT + LIST_HEIGHT + GAP)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the lists in their places."""
        super().resizeEvent(event)
        self.place()


class SheetModel(QAbstractTableModel):
    """The cells as they are written; those of ignored columns are faint."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._sheet: Sheet | None = None
        self._roles: Sequence[str] = ()
        self._faint = QColor()

    def show_sheet(self, sheet: Sheet, roles: Sequence[str]) -> None:
        """Turn to another sheet."""
        self.beginResetModel()
        self._sheet, self._roles = sheet, roles
        self.endResetModel()

    def show_roles(self, roles: Sequence[str], faint: QColor) -> None:
        """Draw the cells of ignored columns faintly."""
        self._roles, self._faint = roles, faint
        if self.rowCount():
            last = self.index(self.rowCount() - 1, self.columnCount() - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    def rowCount(self, parent: Index = NOWHERE) -> int:
        """Count the rows that are shown."""
        return 0 if parent.isValid() or self._sheet is None else len(self._sheet.head)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        """Count the columns that are shown."""
        if parent.isValid() or self._sheet is None:
            return 0
        return min(MOST_COLUMNS, len(self._sheet.columns))

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the text or the colour of a cell."""
        if self._sheet is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._sheet.head[index.row()][index.column()].strip()
        if role == Qt.ItemDataRole.ForegroundRole and self._roles[index.column()] == IGNORED:
            return self._faint
        return None

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> object:
        """Return the name of a column."""
        if self._sheet is None or orientation != Qt.Orientation.Horizontal:
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return self._sheet.columns[section].name
        return None
