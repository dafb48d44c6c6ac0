"""Which group something that is carried would go into: the open one under the mouse.

With Alt held that is so at once, and out of a group, too; without it only for a group that it does
not lie in, once the mouse has rested over it for a moment. Carrying asks; the edit is a verb.
"""

from collections.abc import Callable, Iterable
from gettext import gettext as _

from PySide6.QtCore import QTimer

from engine.explain.spoken import called
from playground.canvas.gestures.base import Modifier, Stage, Touch
from playground.canvas.painting.picture import Into

REST_MILLISECONDS = 700


class Nesting:
    """Follows one drag.

    Attributes:
        goal: where it goes if it is let go now, None if it stays in its group.
    """

    def __init__(self, stage: Stage, items: Iterable[int], decided: Callable[[], None]) -> None:
        self._stage = stage
        self._items = list(items)
        document = stage.session.document
        self._homes = {document.record(item).group for item in self._items}
        self._carried = {
            inner
            for item in self._items
            if item in document.groups
            for inner in document.subgroups(item)
        }
        self._decided = decided
        self._over: int | None = None
        self._rested = False
        self.goal: Into | None = None
        self.timer = QTimer(stage.scene)
        self.timer.setSingleShot(True)
        self.timer.setInterval(REST_MILLISECONDS)
        self.timer.timeout.connect(self._rest)

    def follow(self, touch: Touch) -> None:
        """Decide by where the mouse is and what is held."""
        over = self._group_at(touch)
        if over != self._over:
            self._over, self._rested = over, False
        alt = touch.has(Modifier.AltModifier)
        if not alt and not self._rested and self._is_other(over):
            self.timer.start()  # a move is no rest
        else:
            self.timer.stop()
        wanted = self._homes != {over} and (alt or (self._rested and self._is_other(over)))
        self.goal = Into(over) if wanted else None

    def words(self) -> str:
        """Say what letting go does."""
        document = self._stage.session.document
        if self.goal is None:
            return ""
        if self.goal.group is not None:
            name = called(document, self.goal.group)
            return _("Let go to move it into {group}").format(group=name)
        home = next((one for one in self._homes if one is not None), None)
        name = "" if home is None else called(document, home)
        return _("Let go to move it out of {group}").format(group=name)

    def stop(self) -> None:
        """Decide nothing any more."""
        self.timer.stop()
        self.timer.deleteLater()

    def _rest(self) -> None:
        self._rested = True
        self._decided()

    def _is_other(self, group: int | None) -> bool:
        """Tell whether a group is none that all of it lies in, however deep."""
        document = self._stage.session.document
        around = (document.ancestry(home) for home in self._homes)
        return group is not None and not any(group in chain for chain in around)

    def _group_at(self, touch: Touch) -> int | None:
        """Return the innermost open group under the mouse that is not itself carried."""
        at, found = touch.scene, None
        items = self._stage.scene.picture.frame.projection.items
        for item in items:  # those around come before those within
            x, y, width, height = item.rect
            inside = x <= at.x() <= x + width and y <= at.y() <= y + height
            if item.kind == "frame" and inside and item.id not in self._carried:
                found = item.id
        return found
