"""The Help menu: pages to read."""

from collections.abc import Callable, Iterable

from PySide6.QtWidgets import QWidget

from playground.actions import Action
from playground.dialogs.about import AboutDialog
from playground.dialogs.shortcuts import ShortcutsDialog


class Help:
    """Shows pages above `window`; `welcome` shows or hides the welcome."""

    def __init__(
        self, window: QWidget, records: Iterable[Action], welcome: Callable[[], object]
    ) -> None:
        self._window = window
        self._records = tuple(records)
        self._welcome = welcome

    def welcome(self) -> None:
        """Show the welcome, or hide it."""
        self._welcome()

    def shortcuts(self) -> None:
        """Show every shortcut."""
        ShortcutsDialog(self._records, self._window).ask()

    def about(self) -> None:
        """Show who we are."""
        AboutDialog(self._window).ask()
