"""The panel of the help: a page beside the work, a search over all of them, back and forward.

The handlers open pages in it and do what its links ask for; the main window makes one and keeps
it. While it is hidden it does nothing.
"""

from collections.abc import Callable
from gettext import gettext as _
from urllib.parse import unquote

from PySide6.QtCore import QModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from playground.icons import icon
from playground.panels.help.browser import Browser
from playground.panels.help.controls import Control, controls_text
from playground.panels.help.page import Page, escaped, told_by_pictures
from playground.panels.help.pages import CONTENTS, found, page_of
from playground.theme import ThemeManager
from playground.widgets.announce import announce
from playground.widgets.labels import hairline
from playground.widgets.results import Results, Row
from playground.widgets.segments import icon_button

MARGIN = 12
FIRST_SIZE = QSize(380, 500)

Key = Qt.Key
STEPS = {Key.Key_Down: 1, Key.Key_Up: -1, Key.Key_PageDown: 8, Key.Key_PageUp: -8}


class HelpPanel(QWidget):
    """Shows one page at a time, or what was found.

    Attributes:
        field: the box to search in; browser: the page.
        followed: carries the address of a link that leads into the program.
        left: the keyboard goes back to the canvas; closed: the panel is to be hidden.
        controls: tells what stands on a panel or a page of the studio, by the key of its page.
    """

    followed = Signal(str)
    left = Signal()
    closed = Signal()

    def __init__(self, themes: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(_("Help"))
        self._themes = themes
        self._drawn = ""  # the page whose drawings are made with these numbers
        self._given: dict[str, float] = {}
        self.controls: Controls = nothing
        self.browser = Browser(self._written, themes, self)
        self.browser.setAccessibleName(_("Page of the help"))
        self.results = Results(themes, self)
        self.field = SearchField(self)
        self._make_actions()
        self._lay_out()
        self._connect()
        self._draw_icons()

    def _make_actions(self) -> None:
        self.back = self._action(_("Back"), _("Go to the page before"), "Alt+Left")
        self.forward = self._action(_("Forward"), _("Go on again"), "Alt+Right")
        self.home = self._action(_("Contents"), _("Show the contents"), "Alt+Home")
        self.close_action = self._action(_("Close"), _("Hide the help"), "")
        self.back.setEnabled(False)
        self.forward.setEnabled(False)

    def _action(self, text: str, tip: str, key: str) -> QAction:
        action = QAction(text, self)
        action.setToolTip(f"{tip}  ({key})" if key else tip)
        if key:
            action.setShortcut(key)
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self.addAction(action)
        return action

    def _lay_out(self) -> None:
        bar = QHBoxLayout()
        bar.setContentsMargins(MARGIN - 4, 10, MARGIN - 4, 10)
        bar.setSpacing(4)
        for action in (self.back, self.forward, self.home):
            bar.addWidget(self._button(action))
        bar.addSpacing(4)
        bar.addWidget(self.field, 1)
        bar.addWidget(self._button(self.close_action))
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self.browser)
        self._stack.addWidget(self.results)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(bar)
        column.addWidget(hairline(self))
        column.addWidget(self._stack, 1)
        self.setFocusProxy(self.browser)

    def _button(self, action: QAction) -> QToolButton:
        button = icon_button(action, self)
        button.setAccessibleName(action.text())
        return button

    def _connect(self) -> None:
        self.back.triggered.connect(self.browser.backward)
        self.forward.triggered.connect(self.browser.forward)
        self.home.triggered.connect(self.show_contents)
        self.close_action.triggered.connect(self.closed)
        self.browser.backwardAvailable.connect(self.back.setEnabled)
        self.browser.forwardAvailable.connect(self.forward.setEnabled)
        self.browser.sourceChanged.connect(self._turned)
        self.browser.followed.connect(self._follow)
        self.browser.left.connect(self.left)
        self.field.textChanged.connect(self._seek)
        self.field.returnPressed.connect(self._take)
        self.field.stepped.connect(self.results.step)
        self.field.escaped.connect(self._give_up)
        self.results.clicked.connect(self._clicked)
        self._themes.theme_changed.connect(self._draw_icons)

    # Pages -------------------------------------------------------------------------------------

    @property
    def key(self) -> str:
        """The key of the page that is shown, "" before the first."""
        return self.browser.key()

    def open(self, key: str, about: str = "") -> None:
        """Turn to a page; `about` names the control on it that is asked about."""
        self.field.clear()
        self.browser.open(key, about)
        page = page_of(key)
        if page is not None:
            words = (page.title, page.summary, *told_by_pictures(page.write({})))
            announce(self, ". ".join(word.rstrip(".") for word in words if word))

    def show_contents(self) -> None:
        """Turn to the contents."""
        self.open(CONTENTS)

    def _written(self, key: str, about: str) -> str:
        """Write a page, with what stands on it just now and what was asked about."""
        page = page_of(key)
        if key != self._drawn:
            self._drawn, self._given = key, {}
        if page is None:
            return f"# {escaped(_('There is no such page'))}\n\n[{_('Contents')}](help:{CONTENTS})"
        return controls_text(page.write(self._given), self.controls(key), about)

    def _turned(self) -> None:
        self._stack.setCurrentWidget(self.browser)

    def _follow(self, address: str) -> None:
        """Change a number of the page's drawings, or pass on what the program is to do."""
        kind, _colon, what = address.partition(":")
        if kind != "set":
            self.followed.emit(address)
            return
        name, _equals, number = unquote(what).partition("=")
        self._given[name] = float(number)
        self.browser.write_anew()

    # Searching ---------------------------------------------------------------------------------

    def _seek(self, text: str) -> None:
        if not text.strip():
            self._stack.setCurrentWidget(self.browser)
            return
        rows = [row_of(page) for page in found(text)]
        self.results.show_rows(rows or [NOTHING])
        self._stack.setCurrentWidget(self.results)

    def _take(self) -> None:
        row = self.results.current()
        if row is not None and not row.refused and self.field.text().strip():
            self.open(row.key)
            self.browser.setFocus(Qt.FocusReason.OtherFocusReason)

    def _clicked(self, _index: QModelIndex) -> None:
        self._take()

    def _give_up(self) -> None:
        if self.field.text():
            self.field.clear()
        else:
            self.left.emit()

    def _draw_icons(self) -> None:
        theme = self._themes.current()
        ink, grey = theme.muted, theme.faint
        self.back.setIcon(icon("previous", ink, grey))
        self.forward.setIcon(icon("next", ink, grey))
        self.home.setIcon(icon("contents", ink))
        self.close_action.setIcon(icon("close", ink))
        self.field.glass.setIcon(icon("search", theme.dim))

    def sizeHint(self) -> QSize:
        """Ask for room for lines that are easy to read."""
        return FIRST_SIZE


class SearchField(QLineEdit):
    """The box to search in.

    Attributes:
        stepped: carries how many rows to go down; escaped: Escape.
    """

    stepped = Signal(int)
    escaped = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setPlaceholderText(_("Search the help"))
        self.setAccessibleName(self.placeholderText())
        self.setToolTip(_("Find a page by a word of it"))
        self.setClearButtonEnabled(True)
        self.glass = QAction(self)
        self.addAction(self.glass, QLineEdit.ActionPosition.LeadingPosition)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk through what was found; end with Escape."""
        step = STEPS.get(Key(event.key()))
        if step is not None:
            self.stepped.emit(step)
        elif event.key() == Key.Key_Escape:
            self.escaped.emit()
        else:
            super().keyPressEvent(event)


Controls = Callable[[str], tuple[Control, ...]]
NOTHING = Row(key="", symbol="", title=_("Nothing in the help is called so"), refused=True)


def nothing(_key: str) -> tuple[Control, ...]:
    """Tell of no control."""
    return ()


def row_of(page: Page) -> Row:
    """Write a page as a row of what was found."""
    return Row(
        key=page.key,
        symbol=page.symbol,
        title=page.title,
        detail=page.summary,
        section=page.section,
    )
