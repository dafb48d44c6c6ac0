"""Menus filled anew each time they open: the files opened last, a person's own templates."""

from collections.abc import Callable, Sequence
from gettext import gettext as _
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from playground.widgets.mine import own


class RecentMenu(QObject):
    """Keeps a menu's file entries above whatever else stands in it.

    `paths` is asked for the files, newest first.

    Attributes:
        menu: the menu that is filled.
        chosen: carries the path of a file.
    """

    chosen = Signal(str)

    def __init__(self, menu: QMenu, paths: Callable[[], Sequence[str]]) -> None:
        super().__init__(menu)
        self.menu = menu
        self._paths = paths
        self._entries: list[QAction] = []
        self._rest = menu.actions()
        menu.aboutToShow.connect(self.fill)

    def fill(self) -> None:
        """List the files there are now."""
        for old in self._entries:
            self.menu.removeAction(old)
            old.deleteLater()
        self._entries = [self._entry(path) for path in self._paths()]
        if self._entries:
            line = QAction(self)
            line.setSeparator(True)
            self._entries.append(line)
        if self._rest:
            self.menu.insertActions(self._rest[0], self._entries)

    def _entry(self, path: str) -> QAction:
        entry = QAction(Path(path).name.replace("&", "&&"), self)
        entry.setData(path)
        entry.setStatusTip(path)
        entry.triggered.connect(self._choose)
        return entry

    def _choose(self) -> None:
        entry = self.sender()
        if isinstance(entry, QAction):
            self.chosen.emit(entry.data())


class OwnMenu(RecentMenu):
    """Lists a person's own templates instead, by the texts of their items."""

    def _entry(self, path: str) -> QAction:
        template = own(path)
        entry = super()._entry(path)
        if template is not None:
            entry.setText(template.name.replace("&", "&&"))
            entry.setStatusTip(_("Add {name}").format(name=template.name))
        return entry
