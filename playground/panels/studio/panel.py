"""The studio: a dock below the canvas whose pages show in width what runs do and why numbers are.

The main window makes one and keeps it. A page is made when it is first looked at, so that a
window opens no later for having a studio; which page was looked at last is remembered.
"""

from gettext import gettext as _

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from playground.icons import icon
from playground.panels.studio.pages import PAGES, PARTS
from playground.session import Session
from playground.settings import STUDIO_PAGE, Settings
from playground.theme import ThemeManager
from playground.widgets.fields import ChoiceField
from playground.widgets.segments import Segments, icon_button

MARGIN = 14
FIRST_SIZE = QSize(700, 300)


class Studio(QWidget):
    """Tabs and the page that is chosen.

    Attributes:
        tabs: the actions that choose a page, by its key as their data.
        parts: the actions that choose between runs and insight.
        choice: the same as a list, where there is no room for all tabs.
        left: the keyboard goes back to the canvas.
        asked: carries the id of an action that a page leads to.
        example_wanted: carries the name of an example that a page would open.
    """

    left = Signal()
    asked = Signal(str)
    example_wanted = Signal(str)

    def __init__(
        self,
        session: Session,
        themes: ThemeManager,
        settings: Settings,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("surface", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._session, self._themes, self._settings = session, themes, settings
        self._made: dict[str, QWidget] = {}
        self._recent: list[str] = []  # the pages that were shown, the latest last
        self._stack = QStackedWidget(self)
        self.tabs = QActionGroup(self)
        for page in PAGES.values():
            action = QAction(page.title, self.tabs)
            action.setData(page.key)
            action.setCheckable(True)
            action.setToolTip(page.tip)
        self.parts = QActionGroup(self)
        for key, title in PARTS.items():
            action = QAction(title, self.parts)
            action.setData(key)
            action.setCheckable(True)
            action.setToolTip(_("Pages about {part}").format(part=title.lower()))
        self._switch = Segments(self.parts.actions(), self)
        self._segments = {
            part: Segments((a for a in self.tabs.actions() if PAGES[a.data()].part == part), self)
            for part in PARTS
        }
        self._part = next(iter(PARTS))
        self.choice = ChoiceField(_("Page"), [(page.key, page.title) for page in PAGES.values()])
        self.choice.setToolTip(_("Which page is shown"))
        self.choice.hide()
        self.choice.entered.connect(self.show_page)
        self.close_action = QAction(_("Close"), self)
        self.close_action.setToolTip(_("Hide the studio"))
        self.close_action.triggered.connect(self._close)
        self._cross = icon_button(self.close_action, self)
        self._cross.setAccessibleName(self.close_action.text())
        self._lay_out()
        self._draw_icons()
        themes.theme_changed.connect(self._draw_icons)
        self.tabs.triggered.connect(self._choose)
        self.parts.triggered.connect(self._turn)
        self.setAccessibleName(_("Studio"))

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(MARGIN, 8, MARGIN, 8)
        head.setSpacing(12)
        for way in (self._switch, *self._segments.values(), self.choice):
            head.addWidget(way)
        head.addStretch(1)
        head.addWidget(self._cross)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self._stack, 1)

    def page(self, key: str) -> QWidget:
        """Return a page; it is made if it was never asked for."""
        if key not in self._made:
            made = PAGES[key].make(self._session, self._themes, self._settings)
            self._made[key] = made
            for name in ("left", "asked", "example_wanted"):
                if hasattr(made, name):
                    getattr(made, name).connect(getattr(self, name))
            self._stack.addWidget(made)
        return self._made[key]

    @property
    def shown(self) -> str:
        """The key of the page that is shown, or was looked at last."""
        return self._recent[-1] if self._recent else self._settings.read(STUDIO_PAGE)

    def show_page(self, key: str) -> None:
        """Turn to a page."""
        self._stack.setCurrentWidget(self.page(key))
        self._settings.write(STUDIO_PAGE, key)
        self._recent = [*(one for one in self._recent if one != key), key]
        for tab in self.tabs.actions():
            tab.setChecked(tab.data() == key)
        self.choice.show_text(key)
        self._part = PAGES[key].part
        for part in self.parts.actions():
            part.setChecked(part.data() == self._part)
        self._offer()

    def leave(self) -> None:
        """End what pages have under way, before the window goes."""
        for page in self._made.values():
            if hasattr(page, "leave"):
                page.leave()

    def _choose(self, tab: QAction) -> None:
        self.show_page(tab.data())

    def _close(self) -> None:
        self.asked.emit("view.panel.studio")

    def _draw_icons(self) -> None:
        self.close_action.setIcon(icon("close", self._themes.current().muted))

    def _turn(self, part: QAction) -> None:
        """Turn to the page of a part that was shown last, else to its first."""
        shown = [key for key in self._recent if PAGES[key].part == part.data()]
        first = next(key for key, page in PAGES.items() if page.part == part.data())
        self.show_page(shown[-1] if shown else first)

    def sizeHint(self) -> QSize:
        """Ask for a place that leaves the canvas most of the height."""
        return FIRST_SIZE

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Offer the pages in a list where there is no room for all tabs."""
        super().resizeEvent(event)
        self._offer()

    def _offer(self) -> None:
        """Show the tabs of the part that is shown, or the list of all pages."""
        wanted = self._segments[self._part].sizeHint().width() + self._switch.sizeHint().width()
        narrow = self.width() < wanted + self._cross.sizeHint().width() + 4 * MARGIN
        for part, segments in self._segments.items():
            segments.setVisible(not narrow and part == self._part)
        self._switch.setVisible(not narrow)
        self.choice.setVisible(narrow)

    def showEvent(self, event: QShowEvent) -> None:
        """Turn to the page that was looked at last."""
        if not self._made:
            known = self._settings.read(STUDIO_PAGE)
            self.show_page(known if known in PAGES else next(iter(PAGES)))
        super().showEvent(event)
