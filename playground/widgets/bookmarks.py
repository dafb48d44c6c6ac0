"""The menu of bookmarks: says, each time it opens, what stands behind every number."""

from collections.abc import Callable, Sequence
from gettext import gettext as _

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from engine.graph.records import Bookmark


class BookmarksMenu(QObject):
    """Names the entries of a menu, one for each number, after the bookmarks there are.

    `find` is asked for the bookmark of a number.
    """

    def __init__(
        self, menu: QMenu, entries: Sequence[QAction], find: Callable[[int], Bookmark | None]
    ) -> None:
        super().__init__(menu)
        self._entries = entries
        self._find = find
        menu.aboutToShow.connect(self.fill)

    def fill(self) -> None:
        """Name the entries as the bookmarks are called now."""
        for slot, entry in enumerate(self._entries, start=1):
            bookmark = self._find(slot)
            name = _("not set") if bookmark is None else bookmark.name.replace("&", "&&")
            entry.setText(f"&{slot}   {name}")
