"""Moving cards and open groups: what is selected goes along, and lands as one edit."""

from collections.abc import Iterable
from gettext import gettext as _
from gettext import ngettext

from PySide6.QtCore import QPointF, Qt

from engine.graph.verbs import move
from playground.canvas.frame.style import Kind
from playground.canvas.gestures.base import Gesture, Modifier, Stage, Touch
from playground.canvas.gestures.snapping import Snapping
from playground.canvas.painting.picture import Floating


class Carry(Gesture):
    """Drags the item under the mouse and all others that are selected.

    While it lasts only the hit items move, to the grid or to the lines of what is around. A press
    without a drag selects, and of a selection leaves the one that was pressed.
    """

    cursor = Qt.CursorShape.SizeAllCursor
    scrolls = True

    def __init__(self, stage: Stage, start: Touch, item: int) -> None:
        super().__init__(stage, start)
        self._item = item
        self._before = stage.session.selection
        self._places: dict[int, QPointF] = {}
        self._snapping: Snapping | None = None

    def begin(self) -> None:
        """Select what was pressed."""
        session = self.stage.session
        if self.start.adds:
            session.set_selection(self._before ^ {self._item})
        elif self._item not in self._before:
            session.set_selection({self._item})
        else:
            session.set_selection(self._before, self._item)

    def move(self, touch: Touch) -> None:
        """Move everything that is carried."""
        if not self._places:
            if not self.far(touch):
                return
            self._take_hold()
        off = self._offset(touch)
        for item, place in self._places.items():
            self.stage.scene.hits[item].setPos(place + off)
        if self._snapping is not None:
            self.stage.show(self._snapping.shown())

    def end(self, touch: Touch) -> None:
        """Make an edit of where everything stands now."""
        if not self._places:
            if not self.start.adds and len(self._before) > 1 and self._item in self._before:
                self.stage.session.set_selection({self._item})
            return
        off = self._offset(touch)
        self.stage.show(Floating())
        document = self.stage.session.document
        projection = self.stage.scene.picture.frame.projection
        items = outermost(self.stage, self._moved())
        positions = {item: projection.moved(document, item, off.x(), off.y()) for item in items}
        if not self.stage.session.do(move(document, positions)) or off.isNull():
            self._put_back()

    def cancel(self) -> None:
        """Put everything back, and select what was selected before."""
        self._put_back()
        self.stage.show(Floating())
        self.stage.session.set_selection(self._before)

    def _take_hold(self) -> None:
        if self._item not in self.stage.session.selection:
            self.stage.session.set_selection(self.stage.session.selection | {self._item})
        hits = self.stage.scene.hits
        carried = carried_along(self.stage, outermost(self.stage, self._moved()))
        self._places = {item: hits[item].pos() for item in carried}
        self._snapping = Snapping(self.stage, self.stage.scene.bounds(carried), carried)
        count = len(self._moved())
        words = ngettext("Moving {count} item", "Moving {count} items", count)
        control = _("Control frees") if self.stage.manners.snap else _("Control snaps")
        rest = _("{control} · Escape puts back").format(control=control)
        self.stage.hint(f"{words.format(count=count)} · {rest}")

    def _moved(self) -> list[int]:
        return [item for item in self.stage.session.selection if item in self.stage.scene.hits]

    def _offset(self, touch: Touch) -> QPointF:
        off = touch.scene - self.start.scene
        if self._snapping is None:
            return off
        inverted = touch.has(Modifier.ControlModifier)
        return self._snapping.settled(off, self._places[self._item], inverted=inverted)

    def _put_back(self) -> None:
        for item, place in self._places.items():
            self.stage.scene.hits[item].setPos(place)


def outermost(stage: Stage, items: Iterable[int]) -> list[int]:
    """Return the items that lie in none of the others."""
    chosen = set(items)
    document = stage.session.document
    found = []
    for item in sorted(chosen):
        record = document.groups.get(item) or document.node(item)
        if not chosen.intersection(document.ancestry(record.group)):
            found.append(item)
    return found


def carried_along(stage: Stage, items: Iterable[int]) -> list[int]:
    """Return items and everything visible inside those that are open groups."""
    frame = stage.scene.picture.frame
    found = []
    for item in items:
        number = frame.index[item]
        found.append(item)
        if frame.kinds[number] == Kind.FRAME:
            found += frame.ids[frame.inside(number)].tolist()
    return found
