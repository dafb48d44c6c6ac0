"""The page of one frame or note: what it is, and its size in numbers, the keyboard's way to it."""

from gettext import gettext as _
from gettext import ngettext

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import QSpinBox, QVBoxLayout, QWidget

from engine.graph.notes import LEAST_SIZE, content, resize
from playground.panels.inspector.node_fields import Row
from playground.session import Session
from playground.widgets.labels import label, section

MARGIN = 12
STEP, MOST = 24, 100_000


class NotePage(QWidget):
    """Shows a frame or note; its size can be typed."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._note = 0
        self._title = label(tone="title")
        self._title.setWordWrap(True)
        self._words = label(tone="muted")
        self._words.setWordWrap(True)
        self.width_field = self._side(_("Width"), LEAST_SIZE[0])
        self.height_field = self._side(_("Height"), LEAST_SIZE[1])
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        column.setSpacing(8)
        column.addWidget(section(_("Inspector")))
        column.addWidget(self._title)
        column.addWidget(self._words)
        column.addWidget(Row(_("Width"), self.width_field))
        column.addWidget(Row(_("Height"), self.height_field))
        column.addStretch(1)

    def show_note(self, note: int) -> None:
        """Show another frame or note, or the same one after a change."""
        self._note = note
        document = self._session.document
        record = document.notes[note]
        if record.is_frame:
            count = len(content(document, note))
            holds = ngettext("Holds {count} thing", "Holds {count} things", count)
            self._title.setText(record.text)
            self._words.setText(holds.format(count=count))
        else:
            self._title.setText(_("Note"))
            self._words.setText(_("Return, or a double-click, writes on it in Markdown."))
        for field, side in zip((self.width_field, self.height_field), record.size, strict=True):
            with QSignalBlocker(field):
                field.setValue(round(side))

    def _side(self, name: str, least: float) -> QSpinBox:
        field = QSpinBox()
        field.setRange(round(least), MOST)
        field.setSingleStep(STEP)
        field.setAlignment(Qt.AlignmentFlag.AlignRight)
        field.setKeyboardTracking(False)
        field.setAccessibleName(name)
        field.setToolTip(_("In steps of the grid with Up and Down; its left upper corner stays"))
        field.valueChanged.connect(self._resize)
        return field

    def _resize(self) -> None:
        note = self._session.document.notes.get(self._note)
        if note is not None:
            size = (float(self.width_field.value()), float(self.height_field.value()))
            self._session.do(resize(self._session.document, note.id, note.position, size))
