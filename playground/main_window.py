"""The window: puts together bars, centre and status, and wires everything to the session.

The start-up makes one with its session, settings and themes. No logic lives here: actions go to
the handlers, edits to the session, and what is shown follows their signals.
"""

from gettext import gettext as _

from PySide6.QtCore import QByteArray, QPoint, Qt, QTimer
from PySide6.QtGui import (
    QCloseEvent,
    QContextMenuEvent,
    QDragEnterEvent,
    QDropEvent,
    QIcon,
    QShowEvent,
)
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from engine.graph.records import BOOKMARKS, Bookmark
from playground.actions import ACTIONS, ActionSet
from playground.actions.action_set import plain_text
from playground.canvas.thumbnails import Thumbnails
from playground.dialogs.examples import examples
from playground.dialogs.welcome import Welcome
from playground.furnished_window import FurnishedWindow
from playground.handlers import (
    report,
)
from playground.handlers.files import opened_by
from playground.icons import application_icon, icon
from playground.session import Session
from playground.session.library import Library
from playground.settings import DOCKS, GEOMETRY, RECENT_FILES, SHOW_WELCOME, Settings
from playground.theme import ThemeManager
from playground.widgets import placement
from playground.widgets.bookmarks import BookmarksMenu
from playground.widgets.catalogue import add_actions
from playground.widgets.mine import own_texts
from playground.widgets.picture_entry import PICTURE
from playground.widgets.recent import OwnMenu, RecentMenu
from playground.widgets.status import Status
from playground.widgets.top_bar import TopBar

SMALLEST = (760, 460)  # of the window: a screen of 1600 x 1000 pixels holds twice that
DOCKS_VERSION = 1


class MainWindow(FurnishedWindow):
    """The one window; lives as long as the application."""

    def __init__(
        self,
        session: Session,
        settings: Settings,
        themes: ThemeManager,
        own: Library | None = None,
    ) -> None:
        super().__init__(session, settings, themes, own)
        self._seen = False
        self.setWindowIcon(application_icon())
        self.setAcceptDrops(True)
        self.setMinimumSize(*SMALLEST)
        self.commands = ActionSet(self, self, self._icon, (*ACTIONS, *add_actions()))
        self.commands.attach(self.canvas)
        self._make_bars()
        self._make_centre()
        self._refreshing = QTimer(self)
        self._refreshing.setSingleShot(True)
        self._refreshing.setInterval(0)
        self._connect()
        self._restore()
        self._show_hint()
        self.refresh()

    # Putting together --------------------------------------------------------------------------

    def _make_bars(self) -> None:
        switches = [
            [action for action in self.commands if action.record.choice == choice]
            for choice in ("depth", "colours")
        ]
        buttons = (self.commands["edit.undo"], self.commands["edit.redo"])
        self.top_bar = TopBar(switches, buttons, self)
        menus = self.commands.fill_bar(self.top_bar.menus)
        self.setMenuWidget(self.top_bar)
        marks = [self.commands[f"view.bookmark.go.{slot}"] for slot in range(1, BOOKMARKS + 1)]
        self.training_panel.transport.offer(self.commands)
        self.bookmarks = BookmarksMenu(menus["View/Bookmarks"], marks, self._bookmark)
        self.recent = RecentMenu(menus["File/Recent"], self._recent_files)
        self.mine = OwnMenu(menus["Add/Mine"], own_texts)
        self.status = Status(self)
        self.setStatusBar(self.status)

    def _make_centre(self) -> None:
        begin = self.commands["add.moons"]
        others = (
            (_("Empty canvas"), self.commands["file.new"]),
            (_("Open a file…"), self.commands["file.open"]),
        )
        self.welcome = Welcome(begin, others, examples(), self._themes)
        self.welcome.again.setChecked(self._settings.read(SHOW_WELCOME))
        self.welcome.again.toggled.connect(self._set_welcome)
        self.welcome.hide()
        self.thumbnails = Thumbnails(PICTURE, self)
        centre = QWidget(self)
        centre.setProperty("surface", "background")
        centre.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        column = QVBoxLayout(centre)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.notice)
        column.addWidget(self.banner)
        column.addWidget(self.canvas, 3)
        column.addWidget(self.welcome, 2)
        self.setCentralWidget(centre)

    def _connect(self) -> None:
        session = self._session
        self._refreshing.timeout.connect(self.refresh)
        for signal in (
            session.changed,
            session.result_changed,
            session.selection_changed,
            session.view_changed,
            session.refused,
            session.title_changed,
            session.document_replaced,
            session.training.state_changed,
            session.training.report_changed,
            session.tracing.changed,
            session.stack.indexChanged,
            self.canvas.search_card.opened,
            self.canvas.search_card.closed,
        ):
            signal.connect(self._refresh_soon)
        self._settings.changed.connect(self._follow_settings)
        session.selection_changed.connect(self._show_hint)
        session.changed.connect(self._begin_work)
        session.document_replaced.connect(self._turn_page)
        self.canvas.context_requested.connect(self._show_menu)
        session.hinted.connect(self._say_hint)
        session.refused.connect(self.status.show_refusal)
        self._themes.theme_changed.connect(self._wear_theme)
        self.palette_panel.chosen.connect(self._add_chosen)
        self.palette_panel.told.connect(session.hinted)
        self.palette_panel.asked.connect(self.library.show_menu)
        self.library.help_wanted.connect(self.help.show_item)
        self.mine.chosen.connect(self.editing.add)
        self._own.changed.connect(self.palette_panel.show_mine)
        self._own.complained.connect(self.notice.say)
        panels = (self.palette_panel.left, self.outline.left, self.code.left)
        for left in (*panels, self.studio.left, self.training_panel.clicked):
            left.connect(self.canvas.setFocus)
        self.training_panel.loss.opened.connect(self.commands["view.page.loss"].trigger)
        self.training_panel.boundary.drawing.changed.connect(self._refresh_soon)
        self.training_panel.boundary.enlarged.connect(self.commands["view.page.boundary"].trigger)
        self.training_panel.own.asked.connect(self._trigger)
        self.studio.asked.connect(self._trigger)
        self.studio.example_wanted.connect(self.files.open_example)
        self.banner.asked.connect(self.commands["insight.bugs"].trigger)
        self.training_panel.boundary.pasted.connect(self.clipboard.paste)
        self.outline.pointed.connect(self.canvas.bring)
        self.outline.writing.connect(self.canvas.edit_label)
        self.inspector.group_page.entered.connect(self.canvas.enter)
        self.code.pointed.connect(self.canvas.bring)
        self.code.copy_wanted.connect(self.exporting.copy_whole)
        self.code.save_wanted.connect(self.exporting.save_code)
        self.recent.chosen.connect(self.files.open_path)
        self.welcome.file_chosen.connect(self.files.open_path)
        self.welcome.example_chosen.connect(self.files.open_example)
        self.welcome.dismissed.connect(self.hide_welcome)
        self.welcome.pictures_wanted.connect(self._ask_pictures)
        self.thumbnails.ready.connect(self.welcome.show_picture)

    def _restore(self) -> None:
        placement.restore(self, self._settings.read(GEOMETRY))
        kept = QByteArray(self._settings.read(DOCKS))
        self._arranged = self.restoreState(kept, DOCKS_VERSION)

    # Showing -----------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Bring actions and bars in line with the session."""
        session = self._session
        self._refreshing.stop()
        self.commands.refresh(report.conditions(session), report.checked(session) | self._shown())
        self.commands["edit.undo"].setText(report.undo_words(session))
        self.commands["edit.redo"].setText(report.redo_words(session))
        self.commands["help.selection"].setText(self.help.subject_words())
        title = session.name if session.path is None else session.path.stem
        self.setWindowTitle(f"{title}[*]")  # Qt adds the program's name to this and all dialogs
        self.setWindowModified(session.is_dirty)
        self.top_bar.show_title(title, report.subtitle(session.document))
        empty = not len(session.document) and not session.document.notes
        self.blank.setVisible(empty and not self.canvas.search_card.is_open)
        self.status.show_count(report.size_words(session.document))
        self.status.show_state(*report.state_words(session))
        self.status.show_saved(not session.is_dirty)

    def _show_hint(self) -> None:
        self.status.show_hint(report.hint(self._session))

    def _say_hint(self, words: str) -> None:
        """Say what a gesture under way does; without words, what can be done at rest."""
        self.status.show_hint(words or report.hint(self._session))

    def _refresh_soon(self) -> None:
        """Refresh once in this turn of the event loop, however much happens in it."""
        self._refreshing.start()

    def show_welcome(self) -> None:
        """Offer ways to begin, below the canvas."""
        self.welcome.show_recent(self._recent_files())
        self.welcome.show()
        self.welcome.take_focus()
        self._refresh_soon()

    def hide_welcome(self) -> None:
        """Give its room to the canvas."""
        if self.welcome.isVisibleTo(self):
            self.welcome.hide()
            self.thumbnails.stop()
            self.canvas.setFocus(Qt.FocusReason.OtherFocusReason)
            self._refresh_soon()

    def toggle_welcome(self) -> None:
        """Show the welcome, or hide it."""
        (self.hide_welcome if self.welcome.isVisibleTo(self) else self.show_welcome)()

    def _ask_pictures(self, names: tuple[str, ...]) -> None:
        self.thumbnails.ask(names, self._themes.current(), self.devicePixelRatioF())

    def _set_welcome(self, shown: bool) -> None:
        self._settings.write(SHOW_WELCOME, shown)

    def _shown(self) -> frozenset[str]:
        ids = {f"view.theme.{self._themes.choice}", *self.drawing.checked()}
        ids |= self.arranging.checked() | self.view.checked() | self.sketching.checked()
        ids |= {f"view.panel.{name}" for name in self._docks.shown()}
        if self.welcome.isVisibleTo(self):
            ids.add("help.welcome")
        ids |= self.stepping.checked() | self.wiring.checked() | self.navigating.checked()
        return frozenset(ids)

    def _icon(self, name: str) -> QIcon:
        theme = self._themes.current()
        return icon(name, theme.muted, theme.faint)

    def _wear_theme(self) -> None:
        application = QApplication.instance()
        if isinstance(application, QApplication):
            self._themes.dress(application)
        self.commands.draw_icons(self._icon)
        self._refresh_soon()

    def _bookmark(self, slot: int) -> Bookmark | None:
        return self._session.view.bookmark(slot)

    def _recent_files(self) -> tuple[str, ...]:
        return self._settings.read(RECENT_FILES)

    # Following ---------------------------------------------------------------------------------

    def _follow_settings(self) -> None:
        self.navigating.follow_settings()
        self._refresh_soon()

    def _begin_work(self) -> None:
        self.notice.hide()
        self.hide_welcome()
        self._show_hint()

    def _turn_page(self) -> None:
        self._begin_work()
        self._refresh_soon()

    def _trigger(self, action: str) -> None:
        """Run an action; where it cannot be, say so."""
        command = self.commands[action]
        if not command.isEnabled():
            words = _("“{text}” cannot be done just now").format(text=plain_text(command.record))
            self._session.hinted.emit(words)
        command.trigger()

    def _show_menu(self, kind: str, place: QPoint) -> None:
        self.refresh()
        menu = self.commands.context_menu(kind, self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(place)

    def _add_chosen(self, text: str) -> None:
        if self.editing.add(text):
            self.palette_panel.filter.clear()
            self.canvas.setFocus(Qt.FocusReason.OtherFocusReason)

    def showEvent(self, event: QShowEvent) -> None:
        """Welcome a person who comes with nothing, the first time the window is seen."""
        super().showEvent(event)
        first, self._seen = not self._seen, True
        if first and not self._arranged:
            self._docks.arrange()
        if first:
            self.canvas.setFocus(Qt.FocusReason.OtherFocusReason)
        if first and self._session.is_untouched and self._settings.read(SHOW_WELCOME):
            self.show_welcome()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer nothing of Qt's own: the docks have no menu."""
        event.accept()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take a dragged document or table, or a link."""
        if opened_by(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Open it."""
        dropped = opened_by(event.mimeData())
        if dropped:
            event.acceptProposedAction()
            self.files.open_dropped(dropped)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Close unless work would be lost; remember where everything stood."""
        if not self.files.may_leave():
            event.ignore()
            return
        self._settings.write(GEOMETRY, bytes(self.saveGeometry().data()))
        self._settings.write(DOCKS, bytes(self.saveState(DOCKS_VERSION).data()))
        self._settings.sync()
        self._refreshing.stop()
        self.thumbnails.stop()
        self.arranging.tidier.close()
        for end in (self.code.close_writer, self.studio.leave, self.exporting.close):
            end()
        self.tables.close()
        event.accept()
