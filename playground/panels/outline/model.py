"""The outline as Qt's views want it: rows of what there is, built as they come into sight.

It reads the session's document and result and changes them by verbs alone. Rows at the top are
built by the hundred, those of a group when it is opened; numbers are looked up when a row is
painted and never kept.
"""

from gettext import gettext as _
from gettext import ngettext
from html import escape
from typing import Any

from PySide6.QtCore import (
    QAbstractItemModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)

from engine import ops
from engine.errors import Refusal
from engine.exchange.expressions import parse_number
from engine.explain.spoken import called, part_words, spoken
from engine.graph.document import Document
from engine.graph.notes import set_text
from engine.graph.properties import set_label
from engine.graph.records import Group, Note
from engine.graph.templates import TEMPLATES
from playground.panels.outline.contents import Contents, contents_of
from playground.panels.outline.dots import spot
from playground.session import Session
from playground.theme import ThemeManager, number_font
from playground.widgets.numbers import exact, written

NAME, KIND, VALUE, GRADIENT = range(4)
TITLES = (_("Name"), _("Kind"), _("Value"), "∂")
TITLE_TIPS = (_("Name"), _("Operation or role"), _("Value"), _("Gradient"))
CHUNK = 100
DIGITS = 4
PIXELS = 12
Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole
ROOT = QModelIndex()
READABLE = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
EDITABLE = READABLE | Qt.ItemFlag.ItemIsEditable
NO_CHILDREN = Qt.ItemFlag.ItemNeverHasChildren


class OutlineModel(QAbstractItemModel):
    """A row for each group, node and note; the id of an index is that of what it shows.

    Attributes:
        built: how many rows were built since the last reset, for those who count work.
    """

    def __init__(self, session: Session, themes: ThemeManager, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._themes = themes
        self._contents = Contents()
        self._shown: dict[int | None, int] = {}  # rows built, by group
        self._font = number_font(PIXELS)
        self.built = 0

    # Following ---------------------------------------------------------------------------------

    def follow(self) -> bool:
        """Take note of another structure or order; return whether all rows are new."""
        contents = contents_of(self._session.document)
        if contents == self._contents:
            return False
        self.beginResetModel()
        self._contents, self._shown, self.built = contents, {}, 0
        self.endResetModel()
        return True

    def item(self, index: Index) -> int | None:
        """Return the id of what a row shows, None for no row."""
        return int(index.internalId()) if index.isValid() else None

    def index_of(self, item: int, column: int = NAME) -> QModelIndex:
        """Return the row of a node, group or note, which is built if need be."""
        contents = self._contents
        if item not in contents.row:
            return QModelIndex()
        around, row = contents.parent[item], contents.row[item]
        if around is not None and not self.index_of(around).isValid():
            return QModelIndex()
        if row >= self._shown.get(around, 0):
            self._build(around, row + 1)
        return self.createIndex(row, column, item)

    def is_built(self, item: int) -> bool:
        """Tell whether there is a row for a node, group or note yet."""
        around = self._contents.parent.get(item)
        return self._contents.row.get(item, 0) < self._shown.get(around, 0)

    # What Qt asks ------------------------------------------------------------------------------

    def index(self, row: int, column: int, parent: Index = ROOT) -> QModelIndex:
        """Return the index of a row that is built."""
        around = self.item(parent)
        if not 0 <= row < self._shown.get(around, 0) or not 0 <= column < len(TITLES):
            return QModelIndex()
        return self.createIndex(row, column, self._contents.within[around][row])

    def parent(self, index: Index | None = None) -> Any:
        """Return the row of the group around."""
        if index is None:
            return QObject.parent(self)
        item = self.item(index)
        around = self._contents.parent.get(item) if item is not None else None
        if around is None:
            return QModelIndex()
        return self.createIndex(self._contents.row[around], NAME, around)

    def rowCount(self, parent: Index = ROOT) -> int:
        """Return how many rows are built."""
        return self._shown.get(self.item(parent), 0) if parent.column() <= NAME else 0

    def columnCount(self, _parent: Index = ROOT) -> int:
        """Return the number of columns."""
        return len(TITLES)

    def hasChildren(self, parent: Index = ROOT) -> bool:
        """Tell whether something lies in a group, built or not."""
        return parent.column() <= NAME and self._contents.count(self.item(parent)) > 0

    def canFetchMore(self, parent: Index) -> bool:
        """Tell whether there is more in a group than rows are built."""
        around = self.item(parent)
        return self._shown.get(around, 0) < self._contents.count(around)

    def fetchMore(self, parent: Index) -> None:
        """Build more rows."""
        self._build(self.item(parent))

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole
    ) -> Any:
        """Return the title of a column."""
        if orientation is Qt.Orientation.Vertical:
            return None
        if role == Role.DisplayRole:
            return TITLES[section]
        if role in (Role.ToolTipRole, Role.AccessibleTextRole):
            return TITLE_TIPS[section]
        if role == Role.TextAlignmentRole:
            return _alignment(section)
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Names can be edited, and the numbers of leaves; a note is written on the canvas."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        # Qt asks this of every row that is built, and then whether something lies in it.
        item, column = int(index.internalId()), index.column()
        document = self._session.document
        if column == NAME:
            if item in document.groups:
                return EDITABLE
            return READABLE | NO_CHILDREN if is_sheet(document, item) else EDITABLE | NO_CHILDREN
        leaf = column == VALUE and item in document and document.node(item).is_leaf
        return EDITABLE if leaf else READABLE

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        """Return what a cell shows, in which colour, and what is said about it."""
        item, column, document = self.item(index), index.column(), self._session.document
        if item is None or not document.holds(item):
            return None
        if role == Role.DisplayRole:
            return self._text(item, column)
        if role == Role.EditRole:
            return self._typed(item, column)
        if role == Role.TextAlignmentRole:
            return _alignment(column)
        if role == Role.ForegroundRole:
            return self._colour(item, column)
        if role == Role.FontRole and column in (VALUE, GRADIENT):
            return self._font
        if role == Role.DecorationRole and column == NAME:
            record = document.record(item)
            return spot(record.colour) if isinstance(record, Group | Note) else None
        if role == Role.AccessibleTextRole and column == NAME:
            return spoken(document, self._session.result, item)
        if role in (Role.AccessibleDescriptionRole, Role.ToolTipRole) and column == NAME:
            record = document.record(item)
            text = record.text if isinstance(record, Note) else record.comment
            return (_plain(text) if role == Role.ToolTipRole else text) or None
        return None

    def setData(self, index: Index, value: Any, role: int = Role.EditRole) -> bool:
        """Make an edit of what was typed; a refusal says why not."""
        item, session = self.item(index), self._session
        if item is None or role != Role.EditRole:
            return False
        if index.column() == NAME:
            verb = set_text if item in session.document.notes else set_label
            return session.do(verb(session.document, item, str(value)))
        number = parse_number(str(value))
        if isinstance(number, Refusal):
            return session.do(number)
        return session.set_number(item, number)

    # Cells -------------------------------------------------------------------------------------

    def _text(self, item: int, column: int) -> str:
        document = self._session.document
        if column == NAME:
            return called(document, item)
        if item in document.notes:
            kind = _("frame") if document.notes[item].is_frame else _("note")
            return kind if column == KIND else ""
        if item in document.groups:
            return self._size(item) if column == KIND else ""
        if column == KIND:
            node = document.node(item)
            op = ops.get(node.op)
            return part_words(document, node) if op is None else op.symbol
        return self._number(item, column)

    def _size(self, group: int) -> str:
        template = TEMPLATES.get(self._session.document.groups[group].template or "")
        if template is not None:
            return template.title
        count = self._contents.count(group)
        return ngettext("{count} item", "{count} items", count).format(count=count)

    def _number(self, node: int, column: int) -> str:
        result = self._session.result
        row = result.row.get(node)
        if row is None or not result.computed[row]:
            return "–"
        if column == VALUE:
            return written(float(result.value[row]), DIGITS)
        return written(float(result.gradient[row]), DIGITS) if result.reached[row] else "–"

    def _typed(self, item: int, column: int) -> str:
        document, result = self._session.document, self._session.result
        if column == NAME:
            record = document.record(item)
            return record.text if isinstance(record, Note) else record.label
        number = result.number(item)
        known = number == number  # noqa: PLR0124
        return exact(number if known else document.node(item).value)

    def _colour(self, item: int, column: int) -> Any:
        theme = self._themes.current()
        if column == KIND:
            return theme.muted
        if column == GRADIENT:
            return theme.backward
        if column == VALUE:
            return theme.of_sign(self._session.result.number(item))
        return None

    def _build(self, around: int | None, least: int = 0) -> None:
        """Build rows: all of a group, at the top a chunk, and at least so many in all."""
        begin, total = self._shown.get(around, 0), self._contents.count(around)
        end = total if around is not None else min(max(begin + CHUNK, least), total)
        if end <= begin:
            return
        parent = QModelIndex() if around is None else self.index_of(around)
        self.beginInsertRows(parent, begin, end - 1)
        self._shown[around] = end
        self.built += end - begin
        self.endInsertRows()


def is_sheet(document: Document, item: int) -> bool:
    """Tell whether something is a note to write on; a line in a table is too small for that."""
    return item in document.notes and not document.notes[item].is_frame


def _plain(text: str) -> str:
    """Return a tooltip that shows a text from anywhere as it is, whatever Qt takes it for."""
    return f"<p>{escape(text)}</p>" if "<" in text else text


def _alignment(column: int) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if column >= VALUE else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter
