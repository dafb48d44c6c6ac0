"""The palette: everything that can be put on the canvas, found by typing or by eye.

What is chosen, by double-click, Return or Space, is announced as a text that the session
understands; what is dragged carries the same text. It shows the catalogue and adds nothing
itself.
"""

from collections.abc import Iterable
from gettext import gettext as _
from itertools import groupby

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QLineEdit, QScrollArea, QVBoxLayout, QWidget

from engine.errors import Refusal
from engine.exchange.program import typed_in
from engine.exchange.typed import title_of
from playground.icons import icon
from playground.theme import ThemeManager
from playground.widgets.catalogue import Item, built_in, found, is_expression, mine
from playground.widgets.labels import label, section
from playground.widgets.tile import HEIGHT as TILE_HEIGHT
from playground.widgets.tile import Tile

COLUMNS = 6
SMALL = 1  # the columns a symbol takes
SHORT_WORDS, LONG_WORDS = 2, 3  # and those of words
SHORT = 8  # letters
MARGIN, GAP = 12, 5
HEAD = 27  # above the tiles of a section, with its title


class Palette(QWidget):
    """The filter box above the sections of tiles.

    Attributes:
        chosen: carries the text of what is to be added, as "op:tanh" or "expression:x*2".
        left: the person has done with searching.
        told: carries a sentence for the status bar.
        asked: the menu of a tile is wanted; carries its text and the place on the screen.
    """

    chosen = Signal(str)
    left = Signal()
    told = Signal(str)
    asked = Signal(str, QPoint)

    def __init__(self, themes: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._themes = themes
        self._sections = [
            Section(title, list(group), themes, self)
            for title, group in groupby(built_in(), key=lambda item: item.section)
        ]
        self._mine: Section | None = None
        self.filter = self._filter_box()
        self._promise = label(tone="dim")
        self._promise.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, MARGIN, 0, 0)
        column.setSpacing(0)
        column.addWidget(inset(self.filter))
        column.addWidget(inset(self._promise))
        column.addWidget(self._scroll_area(), 1)
        self.show_mine()
        themes.theme_changed.connect(self._draw_icon)

    def tiles(self) -> list[Tile]:
        """Return the tiles that are shown, in reading order."""
        return [tile for part in self._sections for tile in part.shown]

    def show_mine(self) -> None:
        """Show a person's own templates as they are now, below everything else."""
        if self._mine is not None:
            self._sections.remove(self._mine)
            self._column.removeWidget(self._mine)
            self._mine.hide()
            self._mine.deleteLater()
            self._mine = None
        own = mine()
        if own:
            self._mine = Section(own[0].section, list(own), self._themes, self)
            self._sections.append(self._mine)
            self._add(self._mine)
        self._show_found(self.filter.text())

    def promise_text(self) -> str:
        """Return what is said about pressing Return."""
        return self._promise.text()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go down from the filter box into the tiles; empty it and leave on Escape."""
        tiles = self.tiles()
        if event.key() == Qt.Key.Key_Down and tiles and self.filter.hasFocus():
            self._focus(tiles[0])
        elif event.key() == Qt.Key.Key_Escape:
            self.filter.clear()
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _walk(self, across: int, down: int) -> None:
        tile = self.focusWidget()
        if isinstance(tile, Tile):
            following = nearest(tile, self.tiles(), across, down)
            if following is not None or down < 0:
                self._focus(following)

    def _focus(self, tile: Tile | None) -> None:
        widget = tile or self.filter
        widget.setFocus(Qt.FocusReason.TabFocusReason)
        if tile is not None:
            self._area.ensureWidgetVisible(tile)

    def _filter_box(self) -> QLineEdit:
        box = QLineEdit(self)
        box.setPlaceholderText(_("Search or type 3*x**2+1"))
        box.setAccessibleName(_("Search the palette or type an expression"))
        box.setToolTip(
            _("Find something to add, or type an expression such as 3*x**2+1 or mlp 2 4 4 1 tanh")
        )
        box.setClearButtonEnabled(True)
        self._glass = QAction(self)
        box.addAction(self._glass, QLineEdit.ActionPosition.LeadingPosition)
        self._draw_icon()
        box.textChanged.connect(self._show_found)
        box.returnPressed.connect(self._enter)
        return box

    def _scroll_area(self) -> QScrollArea:
        content = QWidget()
        self._column = QVBoxLayout(content)
        self._column.setContentsMargins(MARGIN, 0, MARGIN, 8)
        self._column.setSpacing(0)
        self._column.addStretch(1)
        for part in self._sections:
            self._add(part)
        self._area = QScrollArea(self)
        self._area.setWidget(content)
        self._area.setWidgetResizable(True)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        return self._area

    def _add(self, part: "Section") -> None:
        """Append a section, above the stretch at the end."""
        self._column.insertWidget(self._column.count() - 1, part)
        for tile in part.tiles:
            tile.chosen.connect(self.chosen)
            tile.walked.connect(self._walk)
            tile.touched.connect(self._say_how)
            tile.asked.connect(self.asked)

    def _say_how(self) -> None:
        self.told.emit(_("Drag it onto the canvas · double-click or Return adds it"))

    def _show_found(self, text: str) -> None:
        fitting = {item.text for item in found(text)}
        for part in self._sections:
            part.show_only(fitting)
        self._promise.setText(promise(text))
        self._promise.setVisible(bool(text.strip()))

    def _enter(self) -> None:
        typed = self.filter.text().strip()
        if typed:
            best = found(typed)
            self.chosen.emit(f"expression:{typed}" if is_expression(typed) else best[0].text)

    def _draw_icon(self) -> None:
        self._glass.setIcon(icon("search", self._themes.current().dim))


class Section(QWidget):
    """One titled part of the palette; hides itself when nothing in it fits.

    It places its tiles itself, in columns of exactly the same width.
    """

    def __init__(
        self, title: str, content: list[Item], themes: ThemeManager, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._title = section(title, self)
        self.tiles = [Tile(item, themes, self) for item in content]
        self.shown: list[Tile] = []

    def show_only(self, fitting: set[str]) -> None:
        """Show the tiles of these items, close together."""
        self.shown = [tile for tile in self.tiles if tile.item.text in fitting]
        for tile in self.tiles:
            tile.setVisible(tile in self.shown)
        lines = 1 + max((line for line, _column, _span in places(self.shown)), default=0)
        self.setFixedHeight(HEAD + lines * (TILE_HEIGHT + GAP))
        self.setVisible(bool(self.shown))
        self._place()

    def resizeEvent(self, _event: QResizeEvent) -> None:
        """Share out the new width."""
        self._place()

    def _place(self) -> None:
        self._title.setGeometry(0, HEAD - 21, self.width(), 16)
        step = (self.width() + GAP) / COLUMNS
        for tile, (line, column, span) in zip(self.shown, places(self.shown), strict=True):
            left, right = round(column * step), round((column + span) * step) - GAP
            tile.setGeometry(left, HEAD + line * (TILE_HEIGHT + GAP), right - left, TILE_HEIGHT)


def inset(widget: QWidget) -> QWidget:
    """Put a widget between the margins of the panel."""
    frame = QWidget()
    row = QVBoxLayout(frame)
    row.setContentsMargins(MARGIN, 0, MARGIN, 6)
    row.addWidget(widget)
    return frame


def places(tiles: Iterable[Tile]) -> list[tuple[int, int, int]]:
    """Return (row, column, span) for each tile, filling row after row."""
    tiles = list(tiles)
    short = all(len(tile.item.symbol) <= SHORT for tile in tiles)
    words = SHORT_WORDS if short else LONG_WORDS
    result, line, column = [], 0, 0
    for tile in tiles:
        span = words if tile.item.wide else SMALL
        if column + span > COLUMNS:
            line, column = line + 1, 0
        result.append((line, column, span))
        column += span
    return result


def nearest(tile: Tile, tiles: Iterable[Tile], across: int, down: int) -> Tile | None:
    """Return the tile next to one in a direction, None if there is none.

    Distance across the direction counts double, so that a column is kept where it can be.
    """

    def middle(one: Tile) -> QPoint:
        return one.mapTo(one.window(), one.rect().center())

    def cost(one: Tile) -> float | None:
        way = middle(one) - middle(tile)
        along = way.x() * across + way.y() * down
        aside = abs(way.x() * down) + abs(way.y() * across)
        ahead = along > 0 and (not across or aside < tile.height())
        return along + 2 * aside if ahead else None

    costs = [(cost(one), one) for one in tiles]
    ahead = [(price, one) for price, one in costs if price is not None]
    return min(ahead, key=lambda pair: pair[0])[1] if ahead else None


def promise(text: str) -> str:
    """Say what Return will do with what was typed."""
    typed = text.strip()
    if not typed:
        return ""
    if is_expression(typed):
        template = typed_in(typed)
        if isinstance(template, Refusal):
            return str(template)
        if template is not None:
            return _("Return adds {title}").format(title=title_of(template))
        return _("Return adds the nodes of {expression}").format(expression=typed)
    return _("Return adds {title}").format(title=found(typed)[0].title)
