"""The page of the boundary: as large as the studio, with everything that can be seen of it."""

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from playground.panels.boundary import BoundaryPanel
from playground.panels.boundary.choices import ChoiceList
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
        self.panel = BoundaryPanel(session, themes, settings, large=True)
        self.choices = ChoiceList(settings)
        self.choices.setFixedWidth(LIST_WIDTH)
        side = QVBoxLayout()
        side.addWidget(self.choices)
        side.addStretch(1)
        line = QHBoxLayout(self)
        line.setContentsMargins(MARGIN, 0, MARGIN, MARGIN)
        line.setSpacing(MARGIN)
        line.addWidget(self.panel, 1)
        line.addLayout(side)
        line.addStretch(0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the list beside the picture, however wide the page is."""
        super().resizeEvent(event)
        around = self.panel.height() - self.panel.picture.height()
        wide = (self.height() - MARGIN - around) / HEIGHT_TO_WIDTH
        self.panel.setMaximumWidth(max(round(wide), NARROWEST))
