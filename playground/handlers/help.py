"""The Help menu: pages to read, beside the work, on whatever help is wanted on."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from gettext import gettext as _
from urllib.parse import unquote

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication, QDockWidget, QMainWindow

from engine import ops
from playground.actions import Action
from playground.canvas import CanvasView
from playground.dialogs.about import AboutDialog
from playground.dialogs.shortcuts import ShortcutsDialog
from playground.handlers.editing import Editing
from playground.handlers.files import Files
from playground.handlers.pointed import Pointed, Subject
from playground.handlers.view import ViewHandlers
from playground.panels.help import CONTENTS, HelpPanel, key_of, page_of
from playground.panels.help.ops import example_of
from playground.session import Session

ROOM = 440  # pixels that the canvas keeps
WIDEST, SHARE = 380, 0.26  # of the window, that the panel takes when it is shown


class Help(QObject):
    """Shows pages beside the work and dialogs above `window`.

    `trigger` runs an action by its id; `welcome` shows or hides the welcome.
    """

    def __init__(
        self,
        window: QMainWindow,
        session: Session,
        canvas: CanvasView,
        panel: HelpPanel,
        docks: Mapping[str, Sequence[QDockWidget]],
        ways: tuple[Files, Editing, ViewHandlers],
        records: Iterable[Action],
        trigger: Callable[[str], None],
        welcome: Callable[[], object],
    ) -> None:
        super().__init__(window)
        self._window = window
        self._session = session
        self._canvas = canvas
        self._panel = panel
        self._docks = docks
        self._files, self._editing, self._view = ways
        self._took_place = False  # that of the training panel
        self._records = tuple(records)
        self._welcome = welcome
        self._pointed = Pointed(session, canvas, docks, window)
        panel.controls = self._pointed.controls
        panel.followed.connect(self.follow)
        panel.closed.connect(self.close)
        panel.left.connect(canvas.setFocus)
        self._ways: Mapping[str, Callable[[str], object]] = {
            "do": trigger,
            "show": self._view.show_page,
            "panel": self._show_panel,
            "example": self._files.open_example,
            "add": self._editing.add,
            "try": self._try,
            "open": self._open,
        }

    def here(self) -> None:
        """Show the page of what is pointed at or selected; asked again, go to it."""
        self.show(self._pointed.subject())

    def selection(self) -> None:
        """Show the page of what is selected."""
        self.show(self._pointed.selected() or Subject(CONTENTS))

    def contents(self) -> None:
        """Show the contents, and give them the keyboard."""
        self.show(Subject(CONTENTS))
        self._panel.field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def show_item(self, text: str) -> None:
        """Show the page of an item of the palette."""
        self.show(Subject(key_of(text) or CONTENTS))

    def subject_words(self) -> str:
        """Say what there is help on: what is selected, by the name of its page."""
        selected = self._pointed.selected()
        page = None if selected is None else page_of(selected.key)
        title = page.title if page is not None else _("the selection")
        return _("&Help on {title}").format(title=title.replace("&", "&&"))

    def show(self, subject: Subject) -> None:
        """Turn to a page; one that is shown already takes the keyboard."""
        [dock] = self._docks["help"]
        panel = self._panel
        if dock.isVisible() and panel.key == subject.key and not subject.about:
            if not self._canvas.search_card.is_open:
                panel.setFocus(Qt.FocusReason.ShortcutFocusReason)
            return
        if not dock.isVisible():
            width = min(WIDEST, round(SHARE * self._window.width()))
            self._make_room(width)
            dock.show()
            self._window.resizeDocks([dock], [width], Qt.Orientation.Horizontal)
        panel.open(subject.key, subject.about)
        self._session.hinted.emit(_("F1 again goes to the help, Escape comes back"))

    def _make_room(self, width: int) -> None:
        """Let the help stand in the place of training where the canvas would be too narrow.

        Who asks about training itself wants to see it.
        """
        [training] = self._docks["train"]
        focus = QApplication.focusWidget()
        meant = training.underMouse() or (focus is not None and training.isAncestorOf(focus))
        if self._canvas.width() - width < ROOM and training.isVisible() and not meant:
            training.hide()
            self._took_place = True

    def toggle(self) -> None:
        """Show the page that was read last, or hide the help."""
        if self._docks["help"][0].isVisible():
            self.close()
        else:
            self.show(Subject(self._panel.key or CONTENTS))

    def close(self) -> None:
        """Hide the help, and go back to the canvas if the keyboard was there."""
        [dock] = self._docks["help"]
        focus = QApplication.focusWidget()
        inside = focus is not None and dock.isAncestorOf(focus)
        dock.hide()
        if self._took_place:
            self._docks["train"][0].show()
            self._took_place = False
        if inside:
            self._canvas.setFocus(Qt.FocusReason.OtherFocusReason)

    def follow(self, address: str) -> None:
        """Do what a link into the program asks for."""
        kind, _colon, what = address.partition(":")
        if kind in self._ways:
            self._ways[kind](unquote(what))

    def _show_panel(self, name: str) -> None:
        for dock in self._docks[name]:
            dock.show()

    def _try(self, key: str) -> None:
        """Put an op's example on the canvas."""
        op = ops.get(key)
        if op is not None:
            session = self._session
            session.insert(example_of(op, session.document, self._canvas.free_spot()))

    def _open(self, key: str) -> None:
        """Open an op's example as a graph of its own."""
        if self._files.may_leave():
            self._session.new()
            self._try(key)
            self._canvas.fit()

    def welcome(self) -> None:
        """Show the welcome, or hide it."""
        self._welcome()

    def shortcuts(self) -> None:
        """Show every shortcut."""
        ShortcutsDialog(self._records, self._window).ask()

    def about(self) -> None:
        """Show who we are."""
        AboutDialog(self._window).ask()
