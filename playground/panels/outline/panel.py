"""The panel of the outline: keeps tree, canvas and session looking at the same thing.

Selection, focus and folds are the session's and go both ways. While the panel is hidden it does
nothing at all; numbers are refreshed for the rows in sight, at most ten times a second.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from gettext import gettext as _

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from engine.graph.verbs import delete
from playground.bridge import ChangeSet
from playground.panels.outline.model import GRADIENT, NAME, VALUE, OutlineModel
from playground.panels.outline.tree import OutlineTree
from playground.session import Session
from playground.theme import ThemeManager
from playground.widgets.labels import label, section

MARGIN = 12
REFRESH_MILLISECONDS = 100
Flag = QItemSelectionModel.SelectionFlag


class OutlinePanel(QWidget):
    """Shows a session's graph as a tree.

    Attributes:
        pointed: carries the ids (a frozenset) that were selected here and should be in sight.
        writing: the selected note is to be written on, on the canvas, where it can be seen.
        left: the keyboard goes back to the canvas.
        refreshed: how many rows had their numbers refreshed, for those who count work.
    """

    pointed = Signal(object)
    writing = Signal()
    left = Signal()

    def __init__(
        self, session: Session, themes: ThemeManager, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setProperty("surface", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._session = session
        self._following = False
        self.refreshed = 0
        self.model = OutlineModel(session, themes, self)
        self.tree = OutlineTree(self.model, self)
        self.tree.setAccessibleName(_("Outline of the graph"))
        self.tree.setAccessibleDescription(
            _("Return edits a value, folds a group or writes a note, F2 renames, Delete deletes")
        )
        self.setFocusProxy(self.tree)
        self._empty = label(_("What you put on the canvas is listed here."), "muted", self)
        self._empty.setWordWrap(True)
        self._refreshing = QTimer(self)
        self._refreshing.setSingleShot(True)
        self._refreshing.setInterval(REFRESH_MILLISECONDS)
        self._lay_out()
        self._connect(themes)

    def _lay_out(self) -> None:
        title = section(_("Outline"))
        title.setContentsMargins(MARGIN, 0, MARGIN, 0)
        self._empty.setContentsMargins(MARGIN, 0, MARGIN, 0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, MARGIN, 0, 0)
        column.setSpacing(8)
        column.addWidget(title)
        column.addWidget(self._empty)
        column.addWidget(self.tree, 1)

    def _connect(self, themes: ThemeManager) -> None:
        session, tree = self._session, self.tree
        session.changed.connect(self._notice)
        session.document_replaced.connect(self.follow)
        session.selection_changed.connect(self._follow_selection)
        session.view_changed.connect(self._follow_folds)
        session.result_changed.connect(self._refresh_soon)
        themes.theme_changed.connect(self._refresh_soon)
        self._refreshing.timeout.connect(self.refresh)
        tree.selectionModel().selectionChanged.connect(self._select)
        tree.expanded.connect(self._unfold)
        tree.collapsed.connect(self._fold)
        tree.deleting.connect(self._delete)
        tree.writing.connect(self._write)
        tree.left.connect(self.left)
        tree.verticalScrollBar().valueChanged.connect(self._open_in_sight)

    # Following the session ---------------------------------------------------------------------

    def follow(self) -> None:
        """Show the graph as it is now."""
        if not self.isVisible():
            return
        place = self.tree.verticalScrollBar().value()
        with self._follow():
            renewed = self.model.follow()
        document = self._session.document
        filled = bool(len(document) or document.groups or document.notes)
        self._empty.setVisible(not filled)
        self.tree.setVisible(filled)
        if renewed:
            self._open_in_sight()
            self.tree.verticalScrollBar().setValue(place)
            self._follow_selection()
        else:
            self._refresh_soon()

    def refresh(self) -> None:
        """Let the rows in sight read their numbers again."""
        if not self.isVisible() or self.tree.is_editing:
            return
        for index in self.tree.rows_in_sight():
            self.refreshed += 1
            first, last = index.siblingAtColumn(VALUE), index.siblingAtColumn(GRADIENT)
            self.model.dataChanged.emit(first, last, [])

    def _notice(self, changes: ChangeSet) -> None:
        mere_numbers = changes.numbers and not changes.structural and not changes.groups
        if not mere_numbers:
            self.follow()
            self.tree.viewport().update()

    def _refresh_soon(self) -> None:
        if self.isVisible() and not self._refreshing.isActive():
            self._refreshing.start()

    def _follow_selection(self) -> None:
        if not self.isVisible() or self._following:
            return
        session, model = self._session, self.model
        chosen = QItemSelection()
        for item in sorted(session.selection):
            if model.is_built(item) or item == session.current:
                row = model.index_of(item)
                chosen.select(row, row.siblingAtColumn(GRADIENT))
        with self._follow():
            selection = self.tree.selectionModel()
            selection.select(chosen, Flag.ClearAndSelect)
            current = session.current
            if current is None or not self._is_open(current):
                return
            index = model.index_of(current)
            selection.setCurrentIndex(index, Flag.NoUpdate)
            self.tree.scrollTo(index)
        self._open_in_sight()

    def _follow_folds(self) -> None:
        """Close what is folded, open what is in sight and is not."""
        if not self.isVisible() or self._following:
            return
        with self._follow():
            for group in self._session.view.folded:
                if self.model.is_built(group):
                    self.tree.collapse(self.model.index_of(group))
        self._open_in_sight()

    def _open_in_sight(self) -> None:
        """Open the groups in sight that are not folded; those elsewhere wait till they are."""
        if not self.isVisible() or self._following:
            return
        folded = self._session.view.folded
        with self._follow():
            for index in self.tree.rows_in_sight():
                open_group = self.model.item(index) not in folded and self.model.hasChildren(index)
                if open_group and not self.tree.isExpanded(index):
                    self.tree.expand(index)

    def _is_open(self, item: int) -> bool:
        """Tell whether no group around an item is folded."""
        document = self._session.document
        if not document.holds(item):
            return False
        around = document.ancestry(document.record(item).group)
        return not self._session.view.folded.intersection(around)

    @contextmanager
    def _follow(self) -> Iterator[None]:
        """Take what the tree says in here as an echo of the session's own words."""
        before, self._following = self._following, True
        try:
            yield
        finally:
            self._following = before

    # Telling the session -----------------------------------------------------------------------

    def _select(self) -> None:
        if self._following:
            return
        rows = self.tree.selectionModel().selectedRows(NAME)
        chosen = frozenset(item for row in rows if (item := self.model.item(row)) is not None)
        current = self.model.item(self.tree.currentIndex())
        with self._follow():
            self._session.set_selection(chosen, current if current in chosen else None)
        self.pointed.emit(chosen)

    def _unfold(self, index: QModelIndex) -> None:
        self._set_folded(index, folded=False)

    def _fold(self, index: QModelIndex) -> None:
        self._set_folded(index, folded=True)

    def _set_folded(self, index: QModelIndex, *, folded: bool) -> None:
        group = self.model.item(index)
        if self._following or group is None:
            return
        before = self._session.view.folded
        with self._follow():
            self._session.set_view(folded=before | {group} if folded else before - {group})
        self._follow_folds()  # it may have been refused

    def _write(self, index: QModelIndex) -> None:
        item, session = self.model.item(index), self._session
        if item is None:
            return
        around = session.document.ancestry(session.document.record(item).group)
        session.set_view(folded=session.view.folded - frozenset(around))
        session.set_selection({item})
        self.pointed.emit(frozenset({item}))
        self.writing.emit()

    def _delete(self) -> None:
        session = self._session
        session.do(delete(session.document, session.selection, ()))

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what happened meanwhile."""
        super().showEvent(event)
        self.follow()
        self._follow_selection()
        self._follow_folds()

    def hideEvent(self, event: QHideEvent) -> None:
        """Do nothing until it is shown again."""
        super().hideEvent(event)
        self._refreshing.stop()
