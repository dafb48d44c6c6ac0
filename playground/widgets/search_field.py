"""A list of words that is searched by typing a part of one; what fits stands below the line.

What is typed and is none of them is handed on as well: whoever shows the field may know it.
"""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QComboBox,
    QCompleter,
    QLineEdit,
    QListView,
    QStyledItemDelegate,
    QWidget,
)

from playground.widgets.fields import Choice, ChoiceField

MOST_SHOWN = 12


class SearchField(ChoiceField):
    """A list with a line to type in; Return enters what is typed, Escape restores what was there.

    Attributes:
        typed: a text was entered that is none of the words.
        line: what is typed in.
    """

    typed = Signal(str)

    def __init__(self, name: str, prompt: str, parent: QWidget | None = None) -> None:
        super().__init__(name, (), parent)
        self._shown = ""
        self.line = QLineEdit(self)
        self.setLineEdit(self.line)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setMaxVisibleItems(MOST_SHOWN)
        self.line.setPlaceholderText(prompt)
        self.line.setAccessibleName(name)
        self.line.returnPressed.connect(self._take)
        completer = QCompleter(self.model(), self)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        completer.setMaxVisibleItems(MOST_SHOWN)
        self.setCompleter(completer)
        popup = QListView()
        completer.setPopup(popup)
        popup.setProperty("kind", "choices")
        popup.setItemDelegate(QStyledItemDelegate(popup))  # the usual one knows no style sheet

    @property
    def is_being_typed(self) -> bool:
        """Whether something stands in the line that was not entered yet."""
        return self.line.hasFocus() and self.line.text() != self._shown

    def offer(self, choices: Sequence[Choice]) -> None:
        """Offer other words; what is shown or being typed stays."""
        typed = self.line.text() if self.is_being_typed else None
        super().offer(choices)
        self._write()
        if typed is not None:
            self.setEditText(typed)

    def show_text(self, text: str) -> None:
        """Show the title of a key, nothing for none; what is being typed is left alone."""
        title = self.itemText(self.findData(text)) if self.findData(text) >= 0 else text
        keeps = self.is_being_typed and title == self._shown
        self._shown = title
        if not keeps:
            self._write()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Restore the line on Escape."""
        if event.key() == Qt.Key.Key_Escape and self.is_being_typed:
            self._write()
            self.line.selectAll()
        else:
            super().keyPressEvent(event)

    def _write(self) -> None:
        self.setCurrentIndex(self.findText(self._shown))
        self.setEditText(self._shown)
        self.line.setCursorPosition(0)  # of a long word the beginning is seen

    def _take(self) -> None:
        """Enter what is typed; a word of the list enters itself."""
        text = self.line.text().strip()
        if self.findText(text) < 0 and text != self._shown:
            self._write()  # the one who hears of it decides what stands here next
            self.typed.emit(text)
