"""What help is wanted on: what the mouse points at, what has the keyboard, what is selected.

The handler of the help asks. What is pointed at counts before what is selected, unless the mouse
has lain still since that was selected: then a person is working with the keyboard.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, QPoint
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QApplication, QComboBox, QDockWidget, QToolButton, QWidget

from engine.graph.document import Document
from playground.canvas import CanvasView
from playground.panels.help import CONTENTS, key_of, page_of
from playground.panels.help.controls import Control, control_at, control_of, controls_on
from playground.panels.studio import Studio
from playground.session import Session
from playground.widgets.tile import Tile

# The pages of what a list has chosen, by the panel it stands on: one key may be in two tables.
CHOICES = {
    "panel/training": ("dataset", "optimizer", "schedule", "template", "scheme"),
    "panel/inspector": ("value", "scheme", "op"),
}
WIRE, NOTE, GROUP = "concept/wire", "concept/note", "concept/group"
CANVAS = "panel/canvas"


@dataclass(frozen=True, slots=True)
class Subject:
    """The key of a page, and the name of the control on it that is meant, "" for none."""

    key: str
    about: str = ""


class Pointed(QObject):
    """Looks around in one window."""

    def __init__(
        self,
        session: Session,
        canvas: CanvasView,
        docks: Mapping[str, Sequence[QDockWidget]],
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._session = session
        self._canvas = canvas
        self._docks = {dock.objectName(): dock for group in docks.values() for dock in group}
        self._still = QPoint()  # where the mouse was when something was selected
        session.selection_changed.connect(self._note_mouse)

    def _note_mouse(self) -> None:
        self._still = QCursor.pos()

    def subject(self) -> Subject:
        """Return what help is wanted on."""
        card = self._canvas.search_card
        if card.is_open:
            row = card.results.current()
            return Subject((key_of(row.key) if row is not None else "") or "concept/typing")
        focus = QApplication.focusWidget()
        under = self._window.childAt(self._window.mapFromGlobal(QCursor.pos()))
        moved = QCursor.pos() != self._still
        ways = (
            self._hovered() if moved else None,
            self._control(under) if moved else None,
            self.selected() if focus in (None, self._canvas) else self._control(focus),
            self._panel(under) if moved else None,
            self._panel(focus),
        )
        return next(filter(None, ways), Subject(CONTENTS))

    def selected(self) -> Subject | None:
        """Return the page of what is selected on the canvas, None if nothing is."""
        session = self._session
        items = [item for item in session.order if session.document.holds(item)]
        if items:
            return Subject(page_of_item(session.document, items[-1]))
        return Subject(WIRE) if session.wires else None

    def controls(self, key: str) -> tuple[Control, ...]:
        """Return what stands on the panel or the page of the studio that a page tells of."""
        widget = self._widget(key)
        return tuple(controls_on(widget)) if widget is not None and widget.isVisible() else ()

    # Looking -------------------------------------------------------------------------------------

    def _hovered(self) -> Subject | None:
        """Return what of the graph the mouse is over."""
        item = self._canvas.hovered()
        if item is not None:
            return Subject(page_of_item(self._session.document, item))
        return Subject(WIRE) if self._canvas.hovers_wire() else None

    def _control(self, widget: QWidget | None) -> Subject | None:
        """Return the page of a control, or of what it has chosen."""
        control = control_at(widget)
        if control is None:
            return None
        if isinstance(control, Tile):
            return Subject(key_of(control.item.text))
        place = self._panel(control)
        keys = subjects_of(control, "" if place is None else place.key)
        found = next((key for key in keys if page_of(key) is not None), "")
        if found:
            return Subject(found)
        return None if place is None else Subject(place.key, control_of(control).name)

    def _panel(self, widget: QWidget | None) -> Subject | None:
        """Return the page of the panel that a widget stands on; the canvas is none."""
        while widget is not None:
            if isinstance(widget, Studio):
                return Subject(f"page/{widget.shown}")
            if isinstance(widget, QDockWidget):
                name = widget.objectName()
                return Subject(CONTENTS if name == "help" else f"panel/{name}")
            widget = widget.parentWidget()
        return None

    def _widget(self, key: str) -> QWidget | None:
        kind, _slash, name = key.partition("/")
        if kind == "page":
            studio = self._docks["studio"].widget()
            known = isinstance(studio, Studio) and studio.shown == name
            return studio.page(name) if isinstance(studio, Studio) and known else None
        if kind != "panel":
            return None
        return self._canvas if key == CANVAS else self._docks.get(name)


def subjects_of(control: QWidget, place: str) -> list[str]:
    """Return the keys that a control's action, or what a list has chosen, may have a page of."""
    if isinstance(control, QComboBox):
        return [f"{kind}/{control.currentData()}" for kind in CHOICES.get(place, ())]
    action = control.defaultAction() if isinstance(control, QToolButton) else None
    return [] if action is None else [f"action/{action.objectName()}", f"page/{action.data()}"]


def page_of_item(document: Document, item: int) -> str:
    """Return the page of a node, a group or a note; a stub, which is none of them, is a wire's."""
    if item in document.notes:
        return NOTE
    if item in document.groups:
        key = f"template/{document.groups[item].template}"
        return key if page_of(key) is not None else GROUP
    if item not in document:
        return WIRE
    node = document.node(item)
    key = f"value/{node.role}" if node.is_leaf else f"op/{node.op}"
    return key if page_of(key) is not None else "concept/broken"
