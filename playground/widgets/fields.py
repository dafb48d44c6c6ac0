"""Fields that wait until something is entered: a line for a text, and a list of words.

What stands in them is decided by whoever shows it: a text that was entered makes room for the old
one, until the document says what comes next. The training panel and the form of a group use them.
"""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import (
    QComboBox,
    QLineEdit,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionComboBox,
    QStylePainter,
    QWidget,
)

from playground.theme import number_font

Choice = tuple[str, str]  # key and title

BESIDE_ICON = 4  # pixels between an icon and its word


class TextField(QLineEdit):
    """A line for a number; Return or leaving it enters the text, Escape restores it.

    Attributes:
        entered: the text was changed and entered.
    """

    entered = Signal(str)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown = ""
        self.setAccessibleName(name)
        self.setFont(number_font())
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.editingFinished.connect(self._enter)

    def show_text(self, text: str) -> None:
        """Show a text, unless another one is being typed."""
        if self.isModified() and self.hasFocus() and text == self._shown:
            return
        self._shown = text
        self.setText(text)

    def restore(self) -> None:
        """Show again what was shown before something was typed."""
        self.setText(self._shown)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Restore the text on Escape."""
        if event.key() == Qt.Key.Key_Escape and self.isModified():
            self.restore()
            self.selectAll()
        else:
            super().keyPressEvent(event)

    def _enter(self) -> None:
        if self.text() == self._shown:
            return
        text = self.text()
        self.restore()  # the document decides what stands here next
        self.entered.emit(text)


class ChoiceField(QComboBox):
    """A list of words; the wheel scrolls the panel and changes nothing.

    Attributes:
        entered: another word was chosen; carries its key.
    """

    entered = Signal(str)

    def __init__(
        self, name: str, choices: Iterable[Choice], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setItemDelegate(QStyledItemDelegate(self))  # the usual one knows no style sheet
        for key, title in choices:
            self.addItem(title, key)
        self.activated.connect(self._enter)

    def offer(self, choices: Sequence[Choice]) -> None:
        """Offer other words; what was chosen is gone."""
        if [(self.itemData(row), self.itemText(row)) for row in range(self.count())] != [*choices]:
            self.clear()
            for key, title in choices:
                self.addItem(title, key)

    def show_text(self, text: str) -> None:
        """Show the title of a key; one that is not in the list is shown as it stands."""
        if self.findData(text) < 0:
            self.addItem(text, text)
        self.setCurrentIndex(self.findData(text))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the word that is chosen, as much of it as there is room for."""
        painter, option = QStylePainter(self), QStyleOptionComboBox()
        self.initStyleOption(option)
        place = QStyle.SubControl.SC_ComboBoxEditField
        combo = QStyle.ComplexControl.CC_ComboBox
        room = self.style().subControlRect(combo, option, place, self).width()
        if not option.currentIcon.isNull():
            room -= option.iconSize.width() + BESIDE_ICON
        mode = Qt.TextElideMode.ElideRight
        option.currentText = option.fontMetrics.elidedText(option.currentText, mode, room)
        painter.drawComplexControl(combo, option)
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the panel."""
        event.ignore()

    def _enter(self) -> None:
        self.entered.emit(self.currentData())
