"""The page of the boundary: as large as the studio, with everything that can be seen of it."""

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from playground.bridge import ChangeSet
from playground.panels.boundary import BoundaryPanel
from playground.panels.boundary.choices import ChoiceList, LayerField
from playground.session import Session
from playground.settings import Settings
from playground.theme import ThemeManager
from playground.training import HEIGHT_TO_WIDTH

MARGIN = 14
LIST_WIDTH = 210
NARROWEST = 240  # of the panel


class BoundaryPage(QWidget):
    """The large panel at the left, the list of choices at the right."""

    def __init__(
        self,
        session: Session,
        themes: ThemeManager,
        settings: Settings,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self.panel = BoundaryPanel(session, themes, settings, large=True)
        self.choices = ChoiceList(settings)
        self.panel.views.hide()  # all of it stands in the list
        self.layers = LayerField(session, settings, self)
        self._side = QWidget(self)
        self._side.setFixedWidth(LIST_WIDTH)
        side = QVBoxLayout(self._side)
        side.setContentsMargins(0, 0, 0, 0)
        side.setSpacing(8)
        side.addWidget(self.choices)
        side.addWidget(self.layers)
        side.addStretch(1)
        line = QHBoxLayout(self)
        line.setContentsMargins(MARGIN, 0, MARGIN, MARGIN)
        line.setSpacing(MARGIN)
        line.addWidget(self.panel, 1)
        line.addWidget(self._side)
        line.addStretch(0)
        self.panel.picture.resized.connect(self._fit)
        session.changed.connect(self._follow)
        session.document_replaced.connect(self._show_side)
        self._show_side()

    def _show_side(self) -> None:
        self._side.setVisible(self._session.samples is not None)

    def _follow(self, changes: ChangeSet) -> None:
        if changes.fields:
            self._show_side()

    def _fit(self) -> None:
        """Make the panel so wide that the list stands beside the picture."""
        around = self.panel.height() - self.panel.picture.height()
        wide = (self.height() - MARGIN - around) / HEIGHT_TO_WIDTH
        self.panel.setMaximumWidth(max(round(wide), NARROWEST))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the list beside the picture, however wide the page is."""
        super().resizeEvent(event)
        self._fit()
