"""What the arrow keys do while the canvas has the focus: walk, step a number, or move.

Left and Right walk along the wires, Up and Down go among siblings, and Shift takes what is
reached into the selection. With a single value selected, or a wire that has a weight, Up and
Down step its number: by a tenth or by the stops of its slider, with Shift finer, with Control
coarser. With Alt the arrows move the selection by a step of the grid. A key held down is one undo
step.
"""

from collections.abc import Iterable

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence

from engine.errors import Refusal
from engine.graph.arrange import outermost
from engine.graph.notes import with_content
from engine.graph.verbs import move
from playground.canvas.frame.style import GRID, Kind
from playground.canvas.gestures.base import Stage
from playground.canvas.gestures.snapping import on_grid
from playground.canvas.gestures.turning import concerned
from playground.canvas.numbers import fixed, held, stepped
from playground.canvas.walk import Walk

Key = Qt.Key
Modifier = Qt.KeyboardModifier

ARROWS = {
    Key.Key_Left: (-1, 0),
    Key.Key_Right: (1, 0),
    Key.Key_Up: (0, -1),
    Key.Key_Down: (0, 1),
}
STEPPING = (Modifier.NoModifier, Modifier.ShiftModifier, Modifier.ControlModifier)


class Arrows:
    """Walks, steps numbers and moves cards by the arrow keys of one canvas."""

    def __init__(self, stage: Stage, walk: Walk) -> None:
        self._stage = stage
        self._walk = walk
        self._token = object()
        self._node: int | Refusal | None = None

    def press(self, event: QKeyEvent) -> bool:
        """Do what an arrow key means; False if it is none."""
        way = ARROWS.get(Key(event.key()))
        if way is None:
            return False
        if not event.isAutoRepeat():
            self._token = object()
            self._node = self._single_value() if way[1] else None
        if isinstance(self._node, Refusal):
            self._stage.session.do(self._node)
            return True
        node = self._node  # a key held down goes on as it began, whatever the walk comes to
        held = event.modifiers() & ~Modifier.KeypadModifier
        if held == Modifier.AltModifier:
            self._shift(way[0] * GRID, way[1] * GRID)
        elif node is not None and held in STEPPING:
            self._step(node, -way[1], held)
        elif held in (Modifier.NoModifier, Modifier.ShiftModifier):
            self._walk.go(*way, extend=held == Modifier.ShiftModifier)
        return True  # with anything else, too: Qt would scroll

    def _single_value(self) -> int | Refusal | None:
        """Return the value that Up and Down step: the selected one, or that of the chosen wire."""
        selection = self._stage.session.selection
        if len(selection) == 1:
            [node] = selection
            if self._stage.parts.kind(node) is Kind.LEAF:
                return node
        return held(self._stage.session)

    def _step(self, node: int, sign: int, modifiers: Qt.KeyboardModifier) -> None:
        session = self._stage.session
        if node not in session.document:
            return
        refusal = fixed(session, node)
        if refusal is not None:
            session.do(refusal)
            return
        before = self._stage.scene.before
        before.keep(concerned(session, node))
        session.set_number(node, stepped(session, node, sign, modifiers), self._token)
        before.linger()
        session.flush()  # the next press counts from here

    def _shift(self, dx: float, dy: float) -> None:
        session, frame = self._stage.session, self._stage.scene.picture.frame
        if not session.selection:
            return
        visible = [item for item in session.selection if item in frame.index]
        if self._stage.manners.snap and visible:
            corner = self._stage.parts.rect(min(visible)).topLeft()
            step = on_grid(corner + QPointF(dx, dy)) - corner
            dx, dy = step.x() if dx else 0.0, step.y() if dy else 0.0
        positions = {
            item: frame.projection.moved(session.document, item, dx, dy)
            for item in outermost(session.document, with_content(session.document, visible))
        }
        session.do(move(session.document, positions, self._token))
        session.flush()


def typed(event: QKeyEvent) -> bool:
    """Tell whether a key is text that somebody types, and no shortcut."""
    held = Modifier.ControlModifier | Modifier.AltModifier | Modifier.MetaModifier
    text = event.text()
    return text.isprintable() and bool(text.strip()) and not event.modifiers() & held


def idle_action(event: QKeyEvent, actions: Iterable[QAction]) -> str:
    """Name the action whose shortcut a key is, "" if it is none's; at rest it does nothing."""
    keys = QKeySequence(event.keyCombination())
    found = (action.text() for action in actions if keys in action.shortcuts())
    return next(found, "").replace("&", "")
