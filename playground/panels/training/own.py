"""What the training panel says of own data: the table and its roles, and the ways to one.

Its buttons name actions of the menus; the main window does them.
"""

from gettext import gettext as _
from gettext import ngettext

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QPushButton, QVBoxLayout, QWidget

from engine.graph.document import Document
from playground.bridge import ChangeSet
from playground.session import Session
from playground.widgets.labels import label

GAP = 6
MOST_NAMES = 6  # of features that are named
GENERATED = ("data.table", "data.function")
OWN = ("data.roles", "file.export.table", "data.table", "data.generate")
BUTTONS = {
    "data.table": (_("Open a table…"), _("Train on the rows of a CSV file")),
    "data.function": (_("From a function…"), _("Take points above and below a typed function")),
    "data.roles": (_("Edit roles…"), _("Say which columns are features and which is the target")),
    "file.export.table": (_("Export as CSV…"), _("Save the rows to a file")),
    "data.generate": (_("Generated points"), _("Let go of the table, and generate points again")),
}


class OwnData(QWidget):
    """Says what the table holds, and has its buttons.

    Attributes:
        asked: a button was pressed; carries the id of its action.
    """

    asked = Signal(str)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.name = label("", "title")
        self.about = label("", "muted")
        self.about.setWordWrap(True)
        self.buttons = {key: self._button(key, *told) for key, told in BUTTONS.items()}
        rows = QGridLayout()
        rows.setSpacing(GAP)
        places = {"data.roles": (0, 0), "file.export.table": (0, 1), "data.table": (1, 0)}
        for key, button in self.buttons.items():
            rows.addWidget(button, *places.get(key, (1, 1)))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        for part in (self.name, self.about):
            column.addWidget(part)
        column.addLayout(rows)
        session.changed.connect(self._follow)
        session.document_replaced.connect(self.refresh)
        self.refresh()

    def _button(self, key: str, text: str, tip: str) -> QPushButton:
        button = QPushButton(text, self)
        button.setObjectName(key)
        button.setToolTip(tip)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(self._ask)
        return button

    def refresh(self) -> None:
        """Show what the document says."""
        document = self._session.document
        has_table = document.data.table is not None
        for part in (self.name, self.about):
            part.setVisible(has_table)
        for key, button in self.buttons.items():
            button.setVisible(key in (OWN if has_table else GENERATED))
        if has_table:
            self.name.setText(document.data.source or _("Table"))
            self.about.setText(table_words(document))

    def _follow(self, changes: ChangeSet) -> None:
        if changes.fields:
            self.refresh()

    def _ask(self) -> None:
        self.asked.emit(self.sender().objectName())


def table_words(document: Document) -> str:
    """Say what a document takes from its table: "150 rows · width, height → kind (3 classes)"."""
    data = document.data
    if data.table is None:
        return ""
    names, rows = data.table.names, len(data.table)
    words = ngettext("{count:,} row", "{count:,} rows", rows).format(count=rows)
    shown = [names[k] for k in data.features[:MOST_NAMES]]
    if len(data.features) > MOST_NAMES:
        shown.append(_("{count:,} more").format(count=len(data.features) - MOST_NAMES))
    words += " · " + ", ".join(shown)
    if data.target is not None:
        words += f" → {names[data.target]}"
        classes = len(data.table.words[data.target])
        if classes:
            words += " " + _("({count} classes)").format(count=classes)
    return words + (" · " + _("standardised") if data.standardise else "")
