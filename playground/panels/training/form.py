"""Rows of settings: a title at the left, a field at the right.

Made from the table of fields. A row shows what the document says, also after undo; what a person
enters becomes an edit, and what cannot be is said in a sentence while the old text comes back.
"""

from collections.abc import Iterable
from itertools import groupby

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from playground.bridge import ChangeSet
from playground.panels.training.fields import Field
from playground.session import Session
from playground.widgets.fields import ChoiceField, TextField
from playground.widgets.labels import label, section

FIELD_WIDTH = 118
GAP = 6


class Row(QWidget):
    """One titled field."""

    def __init__(
        self, title: str, field: TextField | ChoiceField, tip: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.field = field
        field.setFixedWidth(FIELD_WIDTH)
        field.setToolTip(tip)
        name = label(title, "muted")
        name.setToolTip(tip)
        name.setBuddy(field)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(name, 1)
        line.addWidget(field)


class SettingRow(Row):
    """The row of one setting of the document."""

    def __init__(self, session: Session, record: Field, parent: QWidget | None = None) -> None:
        field: TextField | ChoiceField = TextField(record.title)
        if record.choices:
            field = ChoiceField(record.title, record.choices)
        super().__init__(record.title, field, record.tip, parent)
        self._session = session
        self._record = record
        self.setObjectName(f"{record.record}.{record.name}")
        field.entered.connect(self._enter)
        self.refresh()

    def refresh(self) -> None:
        """Show what the document says."""
        document = self._session.document
        self.field.show_text(self._record.text(document))
        self.setVisible(self._record.applies(document))

    def _enter(self, text: str) -> None:
        self._session.do(self._record.edit(self._session.document, text))
        self.refresh()


class Section(QWidget):
    """Rows under a heading; more rows may be added."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(GAP)
        self._column.addWidget(section(title))

    def add(self, widget: QWidget, *, first: bool = False) -> None:
        """Add a row, below the others or above them."""
        self._column.insertWidget(1 if first else -1, widget)


class SettingsForm(QObject):
    """Keeps the rows of the table in step with the session's document.

    Attributes:
        sections: the sections by their titles, in the order of the table.
    """

    def __init__(self, session: Session, fields: Iterable[Field], parent: QWidget) -> None:
        super().__init__(parent)
        self.sections: dict[str, Section] = {}
        self._rows: list[SettingRow] = []
        for title, records in groupby(fields, key=heading):
            self.sections[title] = part = Section(title, parent)
            for record in records:
                self._rows.append(SettingRow(session, record, part))
                part.add(self._rows[-1])
        session.changed.connect(self._follow)
        session.document_replaced.connect(self.refresh)

    def refresh(self) -> None:
        """Show what the document says in every row."""
        for row in self._rows:
            row.refresh()

    def _follow(self, changes: ChangeSet) -> None:
        if changes.fields:
            self.refresh()


def heading(record: Field) -> str:
    """Return the section of a field."""
    return record.section
