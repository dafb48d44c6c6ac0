"""The path ledger, opened with what is selected."""

from collections.abc import Callable

from playground.panels.studio import Studio
from playground.panels.studio.paths import PathsPage


class Paths:
    """Asks the studio's page."""

    def __init__(self, studio: Studio, show_page: Callable[[str], None]) -> None:
        self._studio = studio
        self._show_page = show_page

    def show(self) -> None:
        """List the paths from what is selected to the output."""
        self._show_page("paths")
        page = self._studio.page("paths")
        if isinstance(page, PathsPage):
            page.ask()
