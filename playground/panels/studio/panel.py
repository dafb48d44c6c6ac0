"""The studio: a dock below the canvas whose pages show a training run in width.

The main window makes one and keeps it. A page is made when it is first looked at, so that a
window opens no later for having a studio; which page was looked at last is remembered.
"""

from gettext import gettext as _

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from playground.panels.studio.loss import LossPage
from playground.panels.studio.pages import PAGES
from playground.panels.studio.predict import PredictPage
from playground.session import Session
from playground.settings import STUDIO_PAGE, Settings
from playground.theme import ThemeManager
from playground.widgets.segments import Segments

MARGIN = 14
FIRST_SIZE = QSize(700, 300)


class Studio(QWidget):
    """Tabs and the page that is chosen.

    Attributes:
        tabs: the actions that choose a page, by its key as their data.
        left: the keyboard goes back to the canvas.
    """

    left = Signal()

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
        self._stack = QStackedWidget(self)
        self.tabs = QActionGroup(self)
        for page in PAGES.values():
            action = QAction(page.title, self.tabs)
            action.setData(page.key)
            action.setCheckable(True)
            action.setToolTip(page.tip)
        self._lay_out()
        self.tabs.triggered.connect(self._choose)
        self.setAccessibleName(_("Studio"))

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(MARGIN - 4, 8, MARGIN - 4, 8)
        head.addWidget(Segments(self.tabs.actions(), self))
        head.addStretch(1)
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
            if isinstance(made, PredictPage):
                made.left.connect(self.left)
            self._stack.addWidget(made)
        return self._made[key]

    def show_page(self, key: str) -> None:
        """Turn to a page."""
        self._stack.setCurrentWidget(self.page(key))
        self._settings.write(STUDIO_PAGE, key)
        for tab in self.tabs.actions():
            tab.setChecked(tab.data() == key)

    def leave(self) -> None:
        """End what pages have under way, before the window goes."""
        for page in self._made.values():
            if isinstance(page, LossPage | PredictPage):
                page.leave()

    def _choose(self, tab: QAction) -> None:
        self.show_page(tab.data())

    def sizeHint(self) -> QSize:
        """Ask for a place that leaves the canvas most of the height."""
        return FIRST_SIZE

    def showEvent(self, event: QShowEvent) -> None:
        """Turn to the page that was looked at last."""
        if not self._made:
            known = self._settings.read(STUDIO_PAGE)
            self.show_page(known if known in PAGES else next(iter(PAGES)))
        super().showEvent(event)
