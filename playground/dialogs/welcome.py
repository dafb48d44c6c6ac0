"""The welcome: ways to begin, as a card below the graph that is open already.

The window shows it at the start and from the Help menu. It announces what was chosen and does
nothing itself; it never covers the canvas.
"""

from collections.abc import Sequence
from gettext import gettext as _
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QPixmap, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QCheckBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from playground.dialogs.examples import Example
from playground.icons import icon
from playground.theme import ThemeManager
from playground.widgets.card import SHADOW, FloatingCard
from playground.widgets.emptying import empty
from playground.widgets.entry import MARGIN, Entry
from playground.widgets.labels import label, section
from playground.widgets.picture_entry import PICTURE, PictureEntry

PADDING, GAP = 20, 24
NARROW = 640  # below this width there are two columns, closer together
NARROW_PADDING, NARROW_GAP = 12, 12
HIGHEST, LOWEST = 412, 270
BUTTON_WIDTH = 136
ENTRY_WIDTH = PICTURE.width() + 2 * MARGIN
MOST_RECENT = 4
RECENT_WIDTH = 150


class Welcome(FloatingCard):
    """Offers a training run, an empty canvas, files, and the examples.

    Attributes:
        example_chosen: carries the name of an example.
        file_chosen: carries the path of a recent file.
        dismissed: the person wants it out of the way.
        pictures_wanted: carries the names of the examples whose pictures are to be shown.
        again: the box that tells whether it is shown at the next start.
    """

    example_chosen = Signal(str)
    file_chosen = Signal(str)
    dismissed = Signal()
    pictures_wanted = Signal(object)

    def __init__(
        self,
        begin: QAction,
        others: Sequence[tuple[str, QAction]],
        examples: Sequence[Example],
        themes: ThemeManager,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(themes, parent)
        self.setMaximumHeight(HIGHEST)
        self.setMinimumHeight(LOWEST)
        self.close_button = QToolButton(self)
        self.close_button.setProperty("kind", "plain")
        self.close_button.setToolTip(_("Close the welcome"))
        self.close_button.setAccessibleName(_("Close the welcome"))
        self.close_button.clicked.connect(self.dismissed)
        self.again = QCheckBox(_("Show at the start"))
        self.again.setToolTip(_("Whether the welcome is shown when the program starts"))
        self._examples = Entries(
            [PictureEntry(one.name, one.title, one.description, themes) for one in examples]
        )
        self._examples.chosen.connect(self.example_chosen)
        self._begin = go_button(begin)
        self._recent_box = QWidget()
        self._recent = QVBoxLayout()
        self._recent.setSpacing(0)
        self._lay_out(others)
        self._fit_to_width()
        self._draw_icons()
        themes.theme_changed.connect(self._draw_icons)
        themes.theme_changed.connect(self._want_pictures)

    def show_recent(self, paths: Sequence[str]) -> None:
        """List the files opened last."""
        empty(self._recent)
        for path in paths[:MOST_RECENT]:
            file = Path(path)
            entry = Entry(path, file.stem, str(file.parent), self._themes, self)
            entry.clicked.connect(self._choose_file)
            self._recent.addWidget(entry)
        self._recent_box.setVisible(bool(paths))

    def show_picture(self, name: str, picture: QPixmap) -> None:
        """Show the picture of an example."""
        self._examples.show_picture(name, picture)

    def showEvent(self, event: QShowEvent) -> None:
        """Ask for the pictures, now that they are seen."""
        super().showEvent(event)
        self._want_pictures()

    def _want_pictures(self) -> None:
        if self.isVisible():
            self.pictures_wanted.emit(self._examples.keys())

    def take_focus(self) -> None:
        """Put the focus on the first thing to do."""
        self._begin.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close on Escape; let Return press the button that has the focus, as Space does."""
        focused = self.focusWidget()
        if event.key() == Qt.Key.Key_Escape:
            self.dismissed.emit()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and isinstance(
            focused, QAbstractButton
        ):
            focused.click()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Use the width there is."""
        super().resizeEvent(event)
        self._fit_to_width()

    def _fit_to_width(self) -> None:
        """Put the recent files beside the examples, or below them where it is narrow."""
        narrow = self.width() < NARROW
        self._columns.setSpacing(NARROW_GAP if narrow else GAP)
        inside = SHADOW + (NARROW_PADDING if narrow else PADDING)
        self._whole.setContentsMargins(inside, SHADOW + 12, SHADOW + 12, inside - 8)
        place = self._listed if narrow else self._columns
        if place.indexOf(self._recent_box) < 0:
            place.addWidget(self._recent_box)
            self._columns.setStretchFactor(self._recent_box, 1)

    def _choose_file(self) -> None:
        entry = self.sender()
        if isinstance(entry, Entry):
            self.file_chosen.emit(entry.key)

    def _lay_out(self, others: Sequence[tuple[str, QAction]]) -> None:
        head = QHBoxLayout()
        head.setSpacing(12)
        headline = label(_("Every number of a neural network, in plain sight"), "headline")
        headline.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        headline.setWordWrap(True)
        head.addWidget(headline, 1)
        head.addWidget(self.close_button, 0, Qt.AlignmentFlag.AlignTop)
        self._columns = QHBoxLayout()
        self._columns.addLayout(self._start_column(others))
        self._columns.addLayout(self._examples_column(), 4)
        self._fill_recent()
        self._whole = QVBoxLayout(self)
        self._whole.setSpacing(8)
        self._whole.addLayout(head)
        self._whole.addLayout(self._columns, 1)

    def _start_column(self, others: Sequence[tuple[str, QAction]]) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(8)
        column.addWidget(section(_("Start")))
        column.addWidget(self._begin)
        for title, action in others:
            column.addWidget(action_button(title, action))
        column.addStretch(1)
        column.addWidget(self.again)
        return column

    def _fill_recent(self) -> None:
        self._recent_box.setMinimumWidth(RECENT_WIDTH)
        column = QVBoxLayout(self._recent_box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(indented(section(_("Recent"))))
        column.addLayout(self._recent)
        column.addStretch(1)

    def _examples_column(self) -> QVBoxLayout:
        content = QWidget()
        self._listed = QVBoxLayout(content)
        self._listed.setContentsMargins(0, 0, 0, 0)
        self._listed.addWidget(self._examples)
        area = QScrollArea()
        area.setWidget(content)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        column = QVBoxLayout()
        column.setSpacing(8)
        column.addWidget(indented(section(_("Examples"))))
        column.addWidget(area, 1)
        self._area = area
        self._examples.reached.connect(self._bring)
        return column

    def _bring(self, entry: QWidget) -> None:
        self._area.ensureWidgetVisible(entry, 0, 8)

    def _draw_icons(self) -> None:
        theme = self._themes.current()
        self.close_button.setIcon(icon("close", theme.muted))
        self._begin.setIcon(icon("play", theme.on_go))


class Entries(QWidget):
    """The entries in as many columns as there is room for; arrow keys walk through them."""

    chosen = Signal(str)
    reached = Signal(QWidget)

    def __init__(self, entries: Sequence[PictureEntry], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._entries = list(entries)
        self._columns = 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 8, 0)
        self._grid.setHorizontalSpacing(6)
        self._grid.setVerticalSpacing(2)
        for entry in self._entries:
            entry.clicked.connect(self._choose)
            entry.walked.connect(self._walk)
        self._arrange(1)

    def keys(self) -> tuple[str, ...]:
        """Return what the entries stand for, in order."""
        return tuple(entry.key for entry in self._entries)

    def show_picture(self, key: str, picture: QPixmap) -> None:
        """Give an entry its picture."""
        for entry in self._entries:
            if entry.key == key:
                entry.show_picture(picture)

    def _walk(self, across: int, down: int) -> None:
        """Go from entry to entry as they lie in the grid."""
        place = next(k for k, entry in enumerate(self._entries) if entry is self.sender())
        to = place + across + down * self._columns
        if 0 <= to < len(self._entries):
            self._entries[to].setFocus(Qt.FocusReason.OtherFocusReason)
            self.reached.emit(self._entries[to])

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Use the width there is."""
        super().resizeEvent(event)
        self._arrange(max(1, self.width() // ENTRY_WIDTH))

    def _arrange(self, columns: int) -> None:
        if columns == self._columns:
            return
        for column in range(max(columns, self._columns)):
            self._grid.setColumnStretch(column, int(column < columns))
        for line in range(self._grid.rowCount() + 1):
            self._grid.setRowStretch(line, 0)
        self._columns = columns
        for place, entry in enumerate(self._entries):
            self._grid.addWidget(entry, place // columns, place % columns)
        self._grid.setRowStretch(self._grid.rowCount(), 1)

    def _choose(self) -> None:
        entry = self.sender()
        if isinstance(entry, Entry):
            self.chosen.emit(entry.key)


def indented(title: QLabel) -> QLabel:
    """Move the title of a list to where the words of its entries begin."""
    title.setIndent(MARGIN)
    return title


def go_button(action: QAction) -> QPushButton:
    """Make the green button of an action."""
    button = action_button(action.text().replace("&", ""), action)
    button.setProperty("kind", "go")
    return button


def action_button(title: str, action: QAction) -> QPushButton:
    """Make a button of the width of its column that triggers an action."""
    button = QPushButton(title)
    button.setMinimumWidth(BUTTON_WIDTH)
    button.setToolTip(action.statusTip())
    button.clicked.connect(action.trigger)
    return button
