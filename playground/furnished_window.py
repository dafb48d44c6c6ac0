"""The window's furniture: canvas, panels, docks, and the handlers that actions name.

The main window is one. A new panel or handler is made here; what leads from one to the other by
signals is wired in the main window.
"""

from PySide6.QtWidgets import QMainWindow

from playground.actions import ACTIONS
from playground.canvas import CanvasView
from playground.canvas.stepper import Stepper
from playground.docks import Docks
from playground.handlers import (
    Arranging,
    Asking,
    Bugs,
    Clipboard,
    DrawingHandlers,
    Editing,
    Exporting,
    Files,
    Grouping,
    Help,
    LibraryHandlers,
    Marking,
    ModesHandlers,
    Navigating,
    Nesting,
    Noting,
    Paths,
    Rewriting,
    Searching,
    Sketching,
    Sliders,
    SteppingHandlers,
    Tables,
    TrainingHandlers,
    ViewHandlers,
    Weights,
    Wiring,
)
from playground.panels.code import CodePanel
from playground.panels.help import HelpPanel
from playground.panels.inspector import Inspector
from playground.panels.outline import OutlinePanel
from playground.panels.palette import Palette
from playground.panels.planted import PlantedBanner
from playground.panels.studio import Studio
from playground.panels.training import TrainingPanel
from playground.panels.why import WhyCard
from playground.session import Session
from playground.session.library import Library
from playground.settings import Settings
from playground.theme import ThemeManager
from playground.widgets.blank import BlankHint
from playground.widgets.notice import Notice


class FurnishedWindow(QMainWindow):
    """A window's contents. The handlers stand in attributes named as the actions name them."""

    def __init__(
        self,
        session: Session,
        settings: Settings,
        themes: ThemeManager,
        own: Library | None = None,
    ) -> None:
        super().__init__()
        self._own = own or Library(parent=self)
        self._session = session
        self._settings = settings
        self._themes = themes
        self.canvas = CanvasView(session, themes)
        self.stepper = Stepper(session, themes, settings, self.canvas)
        self.blank = BlankHint(self.canvas.viewport())
        self.notice = Notice(themes, self)
        self.banner = PlantedBanner(session, self)
        self.palette_panel = Palette(themes)
        self.inspector = Inspector(session, themes)
        self.outline = OutlinePanel(session, themes)
        self.training_panel = TrainingPanel(session, themes, settings)
        self.code = CodePanel(session, themes, settings)
        self.studio = Studio(session, themes, settings)
        self.reading = HelpPanel(themes)
        left, right = (self.palette_panel, self.inspector, self.outline), self.training_panel
        self._docks = Docks(self, *left, right, self.code, self.studio, self.reading)
        self.why_card = WhyCard(
            session, themes, self.canvas, self.canvas.item_rect, self.canvas.covered
        )
        self._make_handlers()

    def _make_handlers(self) -> None:
        session, canvas, settings = self._session, self.canvas, self._settings
        self.tables = Tables(self, session, self._themes, settings)
        self.files = Files(self, session, settings, self.notice.say, self.tables)
        self.exporting = Exporting(self, session, canvas, self._themes, settings, self.files)
        self.editing = Editing(session, canvas)
        self.searching = Searching(canvas, settings)
        self.view = ViewHandlers(session, canvas, self._themes, settings, self._docks.named)
        self.drawing = DrawingHandlers(canvas, settings, session.hinted.emit, self._refresh_soon)
        self.marking = Marking(session)
        self.noting = Noting(session, canvas)
        self.wiring = Wiring(session, canvas, settings)
        self.grouping = Grouping(session, self.inspector, self._docks.named)
        self.rewriting = Rewriting(session)
        self.library = LibraryHandlers(self, session, self._own)
        self.clipboard = Clipboard(session, canvas, self.tables.read_text)
        self.arranging = Arranging(session, canvas, settings)
        self.sliders = Sliders(session, canvas)
        self.stepping = SteppingHandlers(session, self.stepper, self.canvas)
        self.weights = Weights(session)
        self.nesting = Nesting(session, canvas)
        self.navigating = Navigating(session, canvas, settings, self._docks.named)
        self.modes = ModesHandlers(canvas)
        self.training = TrainingHandlers(session, settings, self.training_panel)
        self.sketching = Sketching(self.training_panel.boundary, self._docks.named["train"])
        self.paths = Paths(self.studio, self.view.show_page)
        self.asking = Asking(session, self.why_card)
        self.bugs = Bugs(session)
        ways = (self.files, self.editing, self.view)
        panel, named, ends = self.reading, self._docks.named, (self._trigger, self.toggle_welcome)
        self.help = Help(self, session, canvas, panel, named, ways, ACTIONS, *ends)

    def set_formulas(self) -> None:
        """Typeset the formulas that had to be written as plain text."""
        self.why_card.set_formulas()
        self.reading.browser.write_anew()

    def toggle_welcome(self) -> None:
        """Show the welcome, or hide it."""
        raise NotImplementedError

    def _trigger(self, action: str) -> None:
        """Run an action by its id."""
        raise NotImplementedError

    def _refresh_soon(self) -> None:
        """Refresh once in this turn of the event loop, however much happens in it."""
        raise NotImplementedError
