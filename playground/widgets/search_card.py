"""A search at the cursor: a box to type in, what was found below it, and what Return would do.

The card floats over a surface and knows nothing of what is sought: a `Finder` finds, promises and
takes what is chosen. It closes when something was taken, on Escape, and when anything else is
clicked.
"""

from collections.abc import Sequence
from gettext import gettext as _
from typing import Protocol

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QAction, QFocusEvent, QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from playground.icons import icon
from playground.theme import Theme, ThemeManager
from playground.widgets.card import SHADOW, FloatingCard
from playground.widgets.labels import label, retone
from playground.widgets.results import HEIGHT, Results, Row

WIDTH = 432
PADDING = 8
MOST_ROWS = 8  # in sight at once
GAP = 12  # between the card and what it stands beside
EDGE = 4  # pixels that the card keeps from the surface's edge
CORNER = QPoint(SHADOW + PADDING + 24, SHADOW + PADDING + 15)  # of the card, to where one types

Key = Qt.Key
STEPS = {
    Key.Key_Down: 1,
    Key.Key_Up: -1,
    Key.Key_Tab: 1,
    Key.Key_Backtab: -1,
    Key.Key_PageDown: MOST_ROWS - 1,
    Key.Key_PageUp: 1 - MOST_ROWS,
}


class Finder(Protocol):
    """What a search card searches.

    `prompt` stands in the empty box, `hint` in the status bar.
    """

    prompt: str
    hint: str

    def rows(self, text: str) -> Sequence[Row]:
        """Return what fits the text, the best first."""

    def promise(self, text: str, row: Row | None) -> str:
        """Say what Return would do with a row, or why there is none."""

    def choose(self, text: str, row: Row | None, *, keep: bool) -> str:
        """Do it, and `keep` what was selected; return "" or the sentence why it was not done."""


class Field(QLineEdit):
    """The box; keeps every key from the shortcuts around it.

    Attributes:
        stepped: carries how many rows to go down; entered: Return, with or without Shift.
        escaped: Escape; left: something else took the keyboard.
    """

    stepped = Signal(int)
    entered = Signal(bool)
    escaped = Signal()
    left = Signal()

    def event(self, event: QEvent) -> bool:
        """Take Tab before Qt leaves the box on it."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            if event.key() == Key.Key_F1:  # asks about the row that is chosen
                return super().event(event)
            event.accept()
            return True
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            step = STEPS.get(Key(event.key()))
            if step is not None:
                self.stepped.emit(step)
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Pass on Return and Escape; everything else is text."""
        if event.key() in (Key.Key_Return, Key.Key_Enter):
            self.entered.emit(bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
        elif event.key() == Key.Key_Escape:
            self.escaped.emit()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Tell that the keyboard went elsewhere; not if the window itself lost it."""
        super().focusOutEvent(event)
        staying = (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason)
        if event.reason() not in staying:
            self.left.emit()


class SearchCard(FloatingCard):
    """The card; one for a surface, shown while something is sought.

    Attributes:
        opened: something is being sought; closed: it is over, whether something was taken or not.
        taken: something was.
    """

    opened = Signal()
    closed = Signal()
    taken = Signal()

    def __init__(self, themes: ThemeManager, surface: QWidget) -> None:
        super().__init__(themes, surface)
        self.setAttribute(Qt.WidgetAttribute.WA_NoMousePropagation)
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self._finder: Finder | None = None
        self._surface = surface
        self._corner: QPoint | None = None
        self.field = self._make_field()
        self.setFocusProxy(self.field)  # a click on the card leaves the keyboard where it is
        self.results = Results(themes, self)
        self.promise = label(tone="dim", parent=self)
        self.promise.setWordWrap(True)
        self.promise.setContentsMargins(6, 0, 6, 2)
        column = self._column = QVBoxLayout(self)
        inset = SHADOW + PADDING
        column.setContentsMargins(inset, inset, inset, inset)
        column.setSpacing(6)
        for widget in (self.field, self.results, self.promise):
            column.addWidget(widget)
        self.results.clicked.connect(self._clicked)
        self.results.selectionModel().currentChanged.connect(self._say)
        themes.theme_changed.connect(self._draw_icon)
        self._draw_icon(themes.current())
        self.hide()

    @property
    def is_open(self) -> bool:
        """Whether something is being sought."""
        return self._finder is not None

    def open(
        self,
        finder: Finder,
        beside: QRect,
        text: str = "",
        *,
        left: bool = False,
        spare: QRect | None = None,
    ) -> None:
        """Search with a finder, beside a rectangle of the surface; an empty one is a cursor.

        The card stands right of it, or `left`, or else where there is room; it covers as
        little of it as can be, and then of what is to be spared.
        """
        self._finder = None
        self.field.setPlaceholderText(finder.prompt)
        self.field.setAccessibleName(finder.prompt)
        self.field.setText(text)
        self._finder = finder
        self._corner = None
        self._seek()
        self._stand(beside, spare or QRect(), left=left)
        self.show()
        self.raise_()
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)
        self.window().installEventFilter(self)
        self.opened.emit()

    def close_search(self) -> None:
        """Close without taking anything."""
        if self._finder is None:
            return
        self._finder = None
        self.window().removeEventFilter(self)
        self.closed.emit()  # before it hides, which would send the keyboard on as Tab does
        self.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Close when the window itself is clicked: where nothing takes the keyboard."""
        if event.type() == QEvent.Type.MouseButtonPress:
            self.close_search()
        return super().eventFilter(watched, event)

    def _make_field(self) -> Field:
        field = Field(self)
        self._glass = QAction(field)
        field.addAction(self._glass, QLineEdit.ActionPosition.LeadingPosition)
        field.textChanged.connect(self._seek)
        field.stepped.connect(self._step)
        field.entered.connect(self._take)
        field.escaped.connect(self.close_search)
        field.left.connect(self.close_search)
        return field

    def _seek(self) -> None:
        if self._finder is None:
            return
        rows = self._finder.rows(self.field.text())
        self.results.show_rows(rows)
        self.results.setVisible(bool(rows))
        self.results.setFixedHeight(min(len(rows), MOST_ROWS) * HEIGHT)
        self._say()

    def _step(self, way: int) -> None:
        self.results.step(way)

    def _say(self) -> None:
        if self._finder is None:
            return
        row = self.results.current()
        self.promise.setText(self._finder.promise(self.field.text(), row))
        self.field.setAccessibleDescription(self.promise.text())  # read out with every step
        retone(self.promise, "dim")
        self._settle()

    def _stand(self, beside: QRect, spare: QRect, *, left: bool) -> None:
        """Choose a place, as the rows are now; it stays, however many there are later."""
        room, size = self._room(), self._size()
        places = [
            pushed_into(room, QRect(corner, size))
            for corner in corners_beside(beside, size, left=left)
        ]
        clear = min(places, key=lambda place: (covered(place, beside), covered(place, spare)))
        self._corner = clear.topLeft()
        self._settle()

    def _settle(self) -> None:
        """Take the height that rows and words need, within the surface."""
        if self._corner is not None:
            self.setGeometry(pushed_into(self._room(), QRect(self._corner, self._size())))

    def _size(self) -> QSize:
        width = min(WIDTH + 2 * SHADOW, self._room().width())
        self._column.activate()
        return QSize(width, self._column.totalHeightForWidth(width))

    def _room(self) -> QRect:
        """Return what of the surface there is; the shadow may be cut off."""
        inner = EDGE - SHADOW
        return self._surface.rect().adjusted(inner, inner, -inner, -inner)

    def _clicked(self, _index: QModelIndex) -> None:
        held = QGuiApplication.keyboardModifiers()
        self._take(bool(held & Qt.KeyboardModifier.ShiftModifier))

    def _take(self, keep: bool) -> None:
        if self._finder is None:
            return
        sentence = self._finder.choose(self.field.text(), self.results.current(), keep=keep)
        if not sentence:
            self.close_search()
            self.taken.emit()
            return
        self.promise.setText(sentence)
        retone(self.promise, "problem")
        self._settle()

    def _draw_icon(self, theme: Theme) -> None:
        self._glass.setIcon(icon("search", theme.dim))


def corners_beside(beside: QRect, size: QSize, *, left: bool) -> list[QPoint]:
    """Return where a card of a size may stand beside a rectangle, the best place first."""
    if beside.isEmpty():
        return [beside.topLeft() - CORNER]
    across = beside.left() - CORNER.x()
    level = beside.center().y() - CORNER.y()
    right = QPoint(beside.right() + GAP - SHADOW, level)
    before = QPoint(beside.left() - GAP + SHADOW - size.width(), level)
    below = QPoint(across, beside.bottom() + GAP - SHADOW)
    above = QPoint(across, beside.top() - GAP + SHADOW - size.height())
    return [before, below, above, right] if left else [right, below, above, before]


def pushed_into(room: QRect, place: QRect) -> QRect:
    """Return a rectangle moved as little as it takes to lie in a room."""
    moved = QRect(place)
    moved.moveRight(min(moved.right(), room.right()))
    moved.moveBottom(min(moved.bottom(), room.bottom()))
    moved.moveLeft(max(moved.left(), room.left()))
    moved.moveTop(max(moved.top(), room.top()))
    return moved


def covered(place: QRect, what: QRect) -> int:
    """Return how many pixels of a rectangle a card, without its shadow, would lie over."""
    over = place.adjusted(SHADOW, SHADOW, -SHADOW, -SHADOW) & what
    return over.width() * over.height() if not over.isEmpty() else 0


def hint(*parts: str) -> str:
    """Join the words of a status hint: what the keys of every search do, and some more."""
    usual = (_("Up and Down choose"), _("Escape closes"))
    return " · ".join((*parts, *usual))
