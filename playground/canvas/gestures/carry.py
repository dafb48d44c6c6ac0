"""Moving cards, groups and notes: what is selected goes along, and lands as one edit.

A drawn frame takes along what lies wholly inside it, unless Shift is held. Over another open
group, after a moment or with Alt, what is carried goes into that.
"""

from collections.abc import Iterable
from gettext import gettext as _
from gettext import ngettext

from PySide6.QtCore import QPointF, Qt

from engine.graph.arrange import outermost
from engine.graph.notes import with_content
from engine.graph.regroup import regroup
from engine.graph.verbs import move
from playground.canvas.frame.style import Kind
from playground.canvas.gestures.base import Gesture, Modifier, Stage, Touch
from playground.canvas.gestures.nesting import Nesting
from playground.canvas.gestures.snapping import Snapping
from playground.canvas.painting.picture import Floating


class Carry(Gesture):
    """Drags the item under the mouse and all others that are selected.

    While it lasts only the hit items move, to the grid or to the lines of what is around. A press
    without a drag selects, and of a selection leaves the one that was pressed.
    """

    cursor = Qt.CursorShape.SizeAllCursor
    scrolls = True
    words = ""  # what can be done while it is carried

    def __init__(self, stage: Stage, start: Touch, item: int) -> None:
        super().__init__(stage, start)
        self._item = item
        self._before = stage.session.selection
        self._places: dict[int, QPointF] = {}
        self._alone = False
        self._last: Touch | None = None
        self._snapping: Snapping | None = None
        self.nesting: Nesting | None = None

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
        self._last = touch
        if not self._places:
            if not self.far(touch):
                return
            self._take_hold(alone=touch.has(Modifier.ShiftModifier))
        elif touch.has(Modifier.ShiftModifier) != self._alone and self._frames():
            self._put_back()
            self._take_hold(alone=not self._alone)
        off = self._offset(touch)
        for item, place in self._places.items():
            self.stage.scene.hits[item].setPos(place + off)
        if self.nesting is not None:
            self.nesting.follow(touch)
        self._show()

    def _show(self) -> None:
        """Show what floats, and say what letting go does if that is another thing than before."""
        before = self.stage.scene.picture.floating
        self.stage.show(self.floating())
        after = self.stage.scene.picture.floating
        if (before.into, before.landing) != (after.into, after.landing):
            self.stage.hint(self.promise() or self.words)

    def promise(self) -> str:
        """Say what letting go does beside moving it, "" if nothing."""
        return self.nesting.words() if self.nesting is not None else ""

    def floating(self) -> Floating:
        """Return what floats while it is carried: what holds it, and the group it goes into."""
        floating = self._snapping.shown() if self._snapping is not None else Floating()
        floating.into = self.nesting.goal if self.nesting is not None else None
        return floating

    def end(self, touch: Touch) -> None:
        """Make an edit of where everything stands now."""
        if not self._places:
            if not self.start.adds and len(self._before) > 1 and self._item in self._before:
                self.stage.session.set_selection({self._item})
            return
        off = self._offset(touch)
        goal = self.nesting.goal if self.nesting is not None else None
        self._let_go()
        document = self.stage.session.document
        if goal is not None:
            folded, way = self.stage.session.view.folded, (off.x(), off.y())
            made = regroup(document, self._moved(), goal.group, folded, way)
            if not self.stage.session.do(made):
                self._put_back()
            return
        projection = self.stage.scene.picture.frame.projection
        items = outermost(document, self._moved())
        positions = {item: projection.moved(document, item, off.x(), off.y()) for item in items}
        if not self.stage.session.do(move(document, positions)) or off.isNull():
            self._put_back()

    def cancel(self) -> None:
        """Put everything back, and select what was selected before."""
        self._put_back()
        self._let_go()
        self.stage.session.set_selection(self._before)

    def _let_go(self) -> None:
        if self.nesting is not None:
            self.nesting.stop()
            self.nesting = None
        self.stage.show(Floating())

    def _take_hold(self, *, alone: bool) -> None:
        self._alone = alone
        if self._item not in self.stage.session.selection:
            self.stage.session.set_selection(self.stage.session.selection | {self._item})
        hits = self.stage.scene.hits
        items = outermost(self.stage.session.document, self._moved())
        carried = carried_along(self.stage, items)
        self._places = {item: hits[item].pos() for item in carried}
        self._snapping = Snapping(self.stage, self.stage.scene.bounds(carried), carried)
        if self.stage.session.document.groups:
            if self.nesting is not None:
                self.nesting.stop()
            self.nesting = Nesting(self.stage, items, self._rest)
        count = len(self._moved())
        words = ngettext("Moving {count} item", "Moving {count} items", count)
        parts = [words.format(count=count)]
        if self._frames():
            parts.append(_("Shift moves the frame alone"))
        if self.nesting is not None:
            parts.append(_("Alt moves it into another group or out"))
        parts.append(_("Control frees") if self.stage.manners.snap else _("Control snaps"))
        parts.append(_("Escape puts back"))
        self.words = " · ".join(parts)
        self.stage.hint(self.words)

    def _rest(self) -> None:
        """Take the group that the mouse has rested over."""
        if self._last is not None:
            self.move(self._last)

    def _moved(self) -> list[int]:
        hits = self.stage.scene.hits
        chosen = [item for item in self.stage.session.selection if item in hits]
        return chosen if self._alone else with_content(self.stage.session.document, chosen)

    def _frames(self) -> bool:
        kind, selection = self.stage.parts.kind, self.stage.session.selection
        return any(kind(item) is Kind.AREA for item in selection)

    def _offset(self, touch: Touch) -> QPointF:
        off = touch.scene - self.start.scene
        if self._snapping is None:
            return off
        inverted = touch.has(Modifier.ControlModifier)
        return self._snapping.settled(off, self._places[self._item], inverted=inverted)

    def _put_back(self) -> None:
        for item, place in self._places.items():
            self.stage.scene.hits[item].setPos(place)


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
