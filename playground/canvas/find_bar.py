"""The bar over the canvas in which one types what to find.

Return, Down and F3 go to the next match, with Shift to the one before; Escape closes the bar and
gives the keyboard back to the canvas.
"""

from gettext import gettext as _

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QHideEvent, QKeyEvent, QMouseEvent, QShowEvent, QWheelEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QToolButton, QVBoxLayout, QWidget

from playground.canvas.finder import Finder
from playground.icons import icon
from playground.theme import ThemeManager
from playground.widgets.card import SHADOW, FloatingCard
from playground.widgets.labels import label, retone

WIDTH = 460
PLAIN = Qt.KeyboardModifier.NoModifier | Qt.KeyboardModifier.ShiftModifier
HINT = _("Words, #7, op = tanh, |grad| > 1 · Return goes through them · Escape closes")


class FindField(QLineEdit):
    """A line that keeps what is typed from the shortcuts of the canvas below it."""

    def event(self, event: QEvent) -> bool:
        """Take every plain key but those that no text is made of."""
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.ShortcutOverride:
            plain = not event.modifiers() & ~(PLAIN | Qt.KeyboardModifier.KeypadModifier)
            if plain and not Qt.Key.Key_F1 <= event.key() <= Qt.Key.Key_F35:
                event.accept()
                return True
        return super().event(event)


class FindBar(FloatingCard):
    """Shows how many things fit what is typed, and goes through them."""

    def __init__(self, finder: Finder, themes: ThemeManager, canvas: QWidget) -> None:
        super().__init__(themes, canvas)
        self.finder = finder
        self._canvas = canvas
        self.field = FindField(self)
        self.field.setPlaceholderText(_("Find: w1, tanh, #7, |grad| > 1"))
        self.field.setAccessibleName(_("Find in the graph"))
        self.field.setAccessibleDescription(HINT)
        self.count = label(tone="muted", parent=self)
        self.count.setMinimumWidth(64)
        self.count.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.back = self._button(_("Previous match"), "up")
        self.onward = self._button(_("Next match"), "down")
        self.close_button = self._button(_("Close"), "close")
        self.sentence = label(tone="problem", parent=self)
        self.sentence.setWordWrap(True)
        self._lay_out()
        self._connect()
        self._draw_icons()
        self.hide()

    def _button(self, name: str, image: str) -> QToolButton:
        made = QToolButton(self)
        made.setProperty("kind", "plain")
        made.setObjectName(image)
        made.setToolTip(name)
        made.setAccessibleName(name)
        return made

    def _lay_out(self) -> None:
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(SHADOW + 8, SHADOW + 8, SHADOW + 8, SHADOW + 8)
        column.setSpacing(6)
        row = QHBoxLayout()
        row.setSpacing(4)
        row.addWidget(self.field, 1)
        row.addWidget(self.count)
        row.addSpacing(4)
        for made in (self.back, self.onward, self.close_button):
            row.addWidget(made)
        column.addLayout(row)
        column.addWidget(self.sentence)

    def _connect(self) -> None:
        self.field.textChanged.connect(self.finder.ask)
        self.finder.changed.connect(self._show_state)
        self.back.clicked.connect(self.step_back)
        self.onward.clicked.connect(self.step_on)
        self.close_button.clicked.connect(self.leave)
        self._themes.theme_changed.connect(self._draw_icons)
        self._canvas.installEventFilter(self)

    def open(self) -> None:
        """Show the bar, with what was last sought ready to be typed over."""
        self.show()
        self.raise_()
        self.finder.ask(self.field.text())
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()

    def leave(self) -> None:
        """Close the bar and give the keyboard back."""
        self.hide()
        self._canvas.setFocus(Qt.FocusReason.OtherFocusReason)

    def step_on(self) -> None:
        """Go to the next match; without a query, ask for one."""
        self._step(1)

    def step_back(self) -> None:
        """Go to the match before."""
        self._step(-1)

    def _step(self, way: int) -> None:
        if not self.isVisible():
            self.open()
        if self.field.text().strip():
            self.finder.step(way)

    def showEvent(self, event: QShowEvent) -> None:
        """Take the place at the upper right."""
        super().showEvent(event)
        self._show_state()

    def hideEvent(self, event: QHideEvent) -> None:
        """Leave no rings behind."""
        super().hideEvent(event)
        self.finder.leave()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Step, close, and let no key through to the canvas below."""
        back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        match event.key():
            case Qt.Key.Key_Escape:
                self.leave()
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self._step(-1 if back else 1)
            case Qt.Key.Key_Down:
                self._step(1)
            case Qt.Key.Key_Up:
                self._step(-1)
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin nothing on the canvas below."""
        event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End nothing there."""
        event.accept()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom nothing below."""
        event.accept()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay at the upper right of the canvas."""
        if event.type() is QEvent.Type.Resize and watched is self._canvas:
            self._place()
        return False

    def _show_state(self) -> None:
        finder = self.finder
        asked = bool(self.field.text().strip())
        some, place = len(finder.matches), finder.place
        if finder.refusal is not None or not asked:
            words = ""
        elif not some:
            words = _("nothing")
        elif place is None:
            words = _("{count} found").format(count=f"{some:,}")
        else:
            words = _("{place} of {count}").format(place=f"{place + 1:,}", count=f"{some:,}")
        self.count.setText(words)
        retone(self.count, "problem" if asked and not some else "muted")
        self.sentence.setText("" if finder.refusal is None else str(finder.refusal))
        self.sentence.setVisible(finder.refusal is not None)
        for button in (self.back, self.onward):
            button.setEnabled(bool(some))
        self._place()

    def _place(self) -> None:
        room = self._canvas.width()
        width = min(WIDTH + 2 * SHADOW, room)
        self._column.activate()
        high = self._column.totalHeightForWidth(width)  # -1 while no sentence is shown
        whole = high if high > 0 else self._column.sizeHint().height()
        self.setGeometry(room - width, 0, width, whole)

    def _draw_icons(self) -> None:
        theme = self._themes.current()
        for button in (self.back, self.onward, self.close_button):
            button.setIcon(icon(button.objectName(), theme.muted, theme.faint))
