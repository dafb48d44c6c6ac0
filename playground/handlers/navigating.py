"""Going somewhere: from card to card, back and forward, to bookmarks and to what is found."""

from collections.abc import Mapping, Sequence
from gettext import gettext as _

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDockWidget, QMainWindow

from engine.graph.records import Bookmark
from playground.canvas import CanvasView
from playground.canvas.find_bar import HINT
from playground.canvas.looks import Look, Sight
from playground.session import Session
from playground.settings import ANIMATIONS, MINIMAP, Settings

OUTLINE = 360  # the width of the outline when it is shown


class Navigating:
    """Moves the view and the selection, never the document."""

    def __init__(
        self,
        session: Session,
        canvas: CanvasView,
        settings: Settings,
        panels: Mapping[str, Sequence[QDockWidget]],
    ) -> None:
        self._session = session
        self._panels = panels
        self._canvas = canvas
        self._settings = settings
        self.follow_settings()

    def follow_settings(self) -> None:
        """Let the canvas glide and show its overview as the settings say."""
        self._canvas.set_motion(self._settings.read(ANIMATIONS))
        self._canvas.minimap.want(self._settings.read(MINIMAP))

    def checked(self) -> frozenset[str]:
        """Return the ids of the actions here that are on."""
        return frozenset({"view.minimap"} if self._settings.read(MINIMAP) else ())

    def toggle_outline(self) -> None:
        """Show the outline and give it the keyboard, or hide it."""
        [outline], beside = self._panels["outline"], self._panels["build"][0]
        window, shown, width = outline.parentWidget(), outline.isHidden(), beside.width()
        outline.setVisible(shown)
        if isinstance(window, QMainWindow) and beside.isVisible():
            # Qt would let what is beside it grow or shrink in place of the canvas.
            docks, widths = ([beside, outline], [width, OUTLINE])
            count = 2 if shown else 1
            window.resizeDocks(docks[:count], widths[:count], Qt.Orientation.Horizontal)
        (outline.widget() if shown else self._canvas).setFocus()

    def step_card(self, forward: bool) -> None:
        """Select the next card in reading order, or the one before."""
        self._canvas.step_card(forward)

    def end_card(self, last: bool) -> None:
        """Select the first card of all, or the last."""
        self._canvas.end_card(last)

    def back(self) -> None:
        """Look where one looked before the last jump."""
        self._canvas.views.back()

    def forward(self) -> None:
        """Look again where going back came from."""
        self._canvas.views.forward()

    def toggle_minimap(self) -> None:
        """Show the overview where it is of use, or never."""
        wanted = not self._settings.read(MINIMAP)
        self._settings.write(MINIMAP, wanted)
        if wanted and not self._canvas.minimap.isVisibleTo(self._canvas):
            words = _("The overview appears as soon as something lies out of sight")
            self._session.hinted.emit(words)

    def find(self) -> None:
        """Ask what to find in the graph."""
        self._canvas.find_bar.open()
        self._session.hinted.emit(HINT)

    def find_next(self) -> None:
        """Go to the next match."""
        self._canvas.find_bar.step_on()

    def find_previous(self) -> None:
        """Go to the match before."""
        self._canvas.find_bar.step_back()

    def go_to_bookmark(self, slot: int) -> None:
        """Look where a bookmark was set."""
        bookmark = self._session.view.bookmark(slot)
        if bookmark is None:
            words = _("Bookmark {slot} is not set yet · Ctrl+Shift+{slot} sets it here")
            self._session.hinted.emit(words.format(slot=slot))
            return
        self._canvas.views.show(sight_of(bookmark))
        self._session.hinted.emit(bookmark.name)

    def set_bookmark(self, slot: int) -> None:
        """Keep what is seen now; where it is kept already, forget it."""
        session, sight = self._session, self._canvas.views.now()
        before = session.view.bookmark(slot)
        if before is not None and sight_of(before).near(sight):
            session.set_view(bookmarks=session.view.bookmarked(slot, None))
            session.hinted.emit(_("Bookmark {slot} is taken away").format(slot=slot))
            return
        name = self._canvas.landmark()
        centre = None if sight.look.fitted else sight.look.centre
        made = Bookmark(slot, name, sight.look.zoom, centre, sight.folded, sight.within)
        session.set_view(bookmarks=session.view.bookmarked(slot, made))
        words = _("Bookmark {slot} is set at {name} · Ctrl+{slot} comes back here")
        session.hinted.emit(words.format(slot=slot, name=name))


def sight_of(bookmark: Bookmark) -> Sight:
    """Return what a bookmark shows."""
    fitted = bookmark.centre is None
    look = Look(bookmark.zoom, bookmark.centre or (0.0, 0.0), fitted)
    return Sight(look, bookmark.folded, bookmark.group)
