"""The View menu: where one looks, how deep, in which theme, with which panels."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDockWidget, QMainWindow

from engine.graph.depths import folded_at
from playground.canvas import CanvasView
from playground.panels.studio import Studio
from playground.session import Session
from playground.settings import FOLD_BY_ZOOM, THEME, Settings
from playground.theme import ThemeManager

ZOOM_STEP = 1.25
PAGE_SHARE = 0.48  # of the window's height, for a page that is asked for by its name


class ViewHandlers:
    """Changes how the document is looked at, never the document."""

    def __init__(
        self,
        session: Session,
        canvas: CanvasView,
        themes: ThemeManager,
        settings: Settings,
        panels: Mapping[str, Sequence[QDockWidget]],
    ) -> None:
        self._session = session
        self._canvas = canvas
        self._themes = themes
        self._settings = settings
        self._panels = panels
        canvas.fold_by_zoom(on=settings.read(FOLD_BY_ZOOM))

    def fit(self) -> None:
        """Show the whole graph."""
        self._canvas.fit()

    def fit_selection(self) -> None:
        """Zoom to what is selected."""
        self._canvas.fit_selection()

    def actual_size(self) -> None:
        """Show everything at its own size."""
        self._canvas.set_zoom(1.0)

    def zoom_in(self) -> None:
        """Look closer."""
        self._canvas.zoom_by(ZOOM_STEP)

    def zoom_out(self) -> None:
        """Step back."""
        self._canvas.zoom_by(1 / ZOOM_STEP)

    def toggle_fold(self) -> None:
        """Fold or unfold the selected groups."""
        groups = self._session.selection & self._session.document.groups.keys()
        self._session.set_view(folded=self._session.view.folded ^ groups)

    def step_in(self) -> None:
        """Let the selected group fill the canvas."""
        session = self._session
        groups = [item for item in session.order if item in session.document.groups]
        if groups:
            self._canvas.enter(groups[-1])

    def step_out(self) -> None:
        """Leave the group that fills the canvas."""
        self._canvas.leave()

    def fold_to(self, depth: int) -> None:
        """Fold every group below a depth and show the whole graph."""
        self._canvas.fold_to(folded_at(self._session.document, depth))

    def toggle_fold_by_zoom(self) -> None:
        """Let the zoom fold and unfold groups, or no longer."""
        wanted = not self._settings.read(FOLD_BY_ZOOM)
        self._settings.write(FOLD_BY_ZOOM, wanted)
        self._canvas.fold_by_zoom(on=wanted)

    def checked(self) -> frozenset[str]:
        """Return the ids of the actions here that are on."""
        return frozenset({"view.fold_by_zoom"} if self._settings.read(FOLD_BY_ZOOM) else ())

    def choose_theme(self, choice: str) -> None:
        """Use a theme from now on."""
        self._settings.write(THEME, choice)
        self._themes.choose(choice)

    def show_page(self, key: str) -> None:
        """Show a page of the studio, and give the studio room for it."""
        [dock] = self._panels["studio"]
        dock.show()
        studio, window = dock.widget(), dock.parentWidget()
        if isinstance(studio, Studio) and isinstance(window, QMainWindow):
            studio.show_page(key)
            height = max(dock.height(), round(PAGE_SHARE * window.height()))
            window.resizeDocks([dock], [height], Qt.Orientation.Vertical)
            typed_in = studio.page(key).focusProxy()
            if typed_in is not None:
                typed_in.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def toggle_panel(self, name: str) -> None:
        """Show or hide a panel."""
        docks = self._panels[name]
        shown = docks[0].isVisible()
        for dock in docks:
            dock.setVisible(not shown)
