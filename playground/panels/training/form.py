"""Rows of settings: a title at the left, a field at the right.

Made from the table of fields. A row shows what the document says, also after undo; what a person
enters becomes an edit, and what cannot be is said in a sentence while the old text comes back.
"""

import secrets
from collections.abc import Iterable
from gettext import gettext as _
from itertools import groupby

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from engine.train.datasets import DATASETS
from playground.bridge import ChangeSet
from playground.icons import icon
from playground.panels.training.datasets import DatasetField
from playground.panels.training.fields import Field
from playground.session import Session
from playground.theme import ThemeManager
from playground.widgets.fields import ChoiceField, TextField
from playground.widgets.labels import label, section

FIELD_WIDTH = 140
GAP = 6
SEEDS = 10_000  # how many there are to draw from: short enough to be read


class Row(QWidget):
    """One titled field."""

    def __init__(
        self,
        title: str,
        field: TextField | ChoiceField,
        tip: str,
        parent: QWidget | None = None,
        button: QToolButton | None = None,
    ) -> None:
        super().__init__(parent)
        self.field = field
        field.setFixedWidth(FIELD_WIDTH)
        field.setToolTip(tip)
        self._title, self._name = title, label(title, "muted")
        self._name.setToolTip(tip)
        self._name.setBuddy(field)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self._name, 1)
        if button is not None:
            line.addWidget(button)
        line.addWidget(field)

    def note(self, words: str) -> None:
        """Say something in place of the title: both have no room beside a field. "" ends it."""
        self._name.setText(words or self._title)


class SettingRow(Row):
    """The row of one setting of the document."""

    def __init__(
        self,
        session: Session,
        record: Field,
        themes: ThemeManager,
        parent: QWidget | None = None,
    ) -> None:
        die = Die(record.die, themes) if record.die else None
        super().__init__(record.title, field_of(record, themes), record.tip, parent, die)
        self._session = session
        self.record = record
        self.setObjectName(f"{record.record}.{record.name}")
        self.field.entered.connect(self._enter)
        if die is not None:
            die.setObjectName(f"{self.objectName()}.die")
            die.clicked.connect(self._throw)
        self.refresh()

    @property
    def is_changed(self) -> bool:
        """Whether the setting means something and is not what it usually is."""
        document = self._session.document
        return self.record.applies(document) and not self.record.is_usual(document)

    def refresh(self) -> None:
        """Show what the document says."""
        document = self._session.document
        self.field.show_text(self.record.text(document))
        self.setVisible(self.record.applies(document))

    def _enter(self, text: str) -> None:
        self._session.do(self.record.edit(self._session.document, text))
        self.refresh()

    def _throw(self) -> None:
        """Enter another number, drawn at random."""
        shown = self.record.text(self._session.document)
        drawn = shown
        while drawn == shown:
            drawn = str(secrets.randbelow(SEEDS))
        self._enter(drawn)


class Die(QToolButton):
    """Draws a number at random for the field beside it; takes the keyboard by Tab only."""

    def __init__(self, tip: str, themes: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._themes = themes
        self.setProperty("kind", "plain")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setToolTip(tip)
        self.setAccessibleName(tip)
        themes.theme_changed.connect(self._dress)
        self._dress()

    def _dress(self) -> None:
        self.setIcon(icon("dice", self._themes.current().muted))


def field_of(record: Field, themes: ThemeManager) -> TextField | ChoiceField:
    """Make the field of a setting: a line, a list of words, or that of the data sets."""
    if record.name == "generator":
        others = (choice for choice in record.choices if choice[0] not in DATASETS)
        return DatasetField(others, themes)
    if record.choices:
        return ChoiceField(record.title, record.choices)
    return TextField(record.title)


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


class More(QWidget):
    """Rows that most people leave alone, under a button that unfolds them.

    The button takes the keyboard by Tab only, as all that stand beside the canvas.
    """

    def __init__(self, rows: Iterable[QWidget], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.button = QToolButton(self)
        self.button.setObjectName("more")
        self.button.setProperty("kind", "fold")
        self.button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.button.setCheckable(True)
        self.button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.tell(0)
        self.button.setToolTip(_("Settings that most people leave alone"))
        self._inside = QWidget(self)
        inside = QVBoxLayout(self._inside)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(GAP)
        for row in rows:
            inside.addWidget(row)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        column.addWidget(self.button)
        column.addWidget(self._inside)
        self.button.toggled.connect(self.unfold)
        self.unfold(False)

    def tell(self, changed: int) -> None:
        """Say how many of the rows are not as they usually are."""
        text = _("More · {n} changed").format(n=changed) if changed else _("More")
        self.button.setText(text)

    def unfold(self, on: bool) -> None:
        """Show the rows, or fold them away."""
        self.button.setArrowType(Qt.ArrowType.DownArrow if on else Qt.ArrowType.RightArrow)
        self._inside.setVisible(on)


class SettingsForm(QObject):
    """Keeps the rows of the table in step with the session's document.

    Attributes:
        sections: the sections by their titles, in the order of the table.
    """

    def __init__(
        self,
        session: Session,
        fields: Iterable[Field],
        parent: QWidget,
        themes: ThemeManager,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self.sections: dict[str, Section] = {}
        self._rows: list[SettingRow] = []
        self._folded: list[tuple[More, list[SettingRow]]] = []
        for title, records in groupby(fields, key=heading):
            self.sections[title] = part = Section(title, parent)
            rows = [SettingRow(session, record, themes, part) for record in records]
            self._rows += rows
            for row in rows:
                if not row.record.rare:
                    part.add(row)
            rare = [row for row in rows if row.record.rare]
            if rare:
                self._folded.append((More(rare, part), rare))
                part.add(self._folded[-1][0])
        self.refresh()
        session.changed.connect(self._follow)
        session.document_replaced.connect(self.refresh)

    def refresh(self) -> None:
        """Show what the document says in every row."""
        for row in self._rows:
            row.refresh()
        for more, rows in self._folded:
            more.tell(sum(row.is_changed for row in rows))

    def show_rate(self, rate: float | None) -> None:
        """Say what the schedule makes of the learning rate, where that is another one."""
        first = self._session.document.training.learning_rate
        words = (
            "" if rate is None or rate == first else _("Rate · now {rate:.3g}").format(rate=rate)
        )
        for row in self._rows:
            if row.record.name == "learning_rate":
                row.note(words)

    def _follow(self, changes: ChangeSet) -> None:
        if changes.fields:
            self.refresh()


def heading(record: Field) -> str:
    """Return the section of a field."""
    return record.section
