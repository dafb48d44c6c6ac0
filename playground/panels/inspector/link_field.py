"""What a prediction is: the chooser of its link, from which threshold and accuracy follow.

The page of a node shows it where the node is marked as a prediction. The link belongs to the
document, so every prediction of a document is read alike.
"""

from collections.abc import Mapping
from gettext import gettext as _

from PySide6.QtWidgets import QWidget

from engine.graph.properties import set_link
from engine.graph.records import LINKS, Node
from playground.panels.inspector.node_fields import Row, chooser, fields_column
from playground.session import Session

TITLES: Mapping[str, str] = {
    "score": _("Score"),
    "logit": _("Logit"),
    "probability": _("Probability"),
    "class scores": _("Class scores"),
    "number": _("Number"),
}
TIPS: Mapping[str, str] = {
    "score": _("Above 0 it says yes"),
    "logit": _("Above 0 it says yes; its sigmoid is the probability"),
    "probability": _("Above one half it says yes"),
    "class scores": _("Each class has a prediction; the greatest wins"),
    "number": _("It is right or wrong by its distance: there is no accuracy"),
}


class LinkField(QWidget):
    """Chooses how the predictions of the document are read."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.link = chooser([(link, TITLES[link]) for link in LINKS], _("Prediction is a"))
        column = fields_column(self)
        column.addWidget(Row(_("It is a"), self.link))
        self.link.activated.connect(self._set)
        self.link.setToolTip(_("How a prediction is read as an answer"))

    def show_node(self, node: Node) -> None:
        """Show the document's link, where the node is a prediction."""
        link = self._session.document.link
        self.link.setCurrentIndex(self.link.findData(link))
        self.link.setToolTip(TIPS.get(link, ""))
        self.setVisible("prediction" in node.marks)

    def _set(self) -> None:
        document = self._session.document
        self._session.do(set_link(document, self.link.currentData()))
