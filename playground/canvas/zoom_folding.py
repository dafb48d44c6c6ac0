"""Folding by zoom: from afar neurons fold, then layers, then networks; from near they open.

The canvas tells it of each turn of the wheel, pinch and zoom key. It folds everything of a level
at once, and opens only what is looked at. A level opens at twice the zoom at which it folds, so
that nothing flickers; a group that was folded or unfolded by hand stays as it is.
"""

import math
from collections.abc import Iterable

from PySide6.QtCore import QPointF

from engine.graph.depths import levels
from playground.canvas.camera import Camera
from playground.canvas.parts import Parts
from playground.canvas.scene import CanvasScene
from playground.session import Session

FOLDS_BELOW = (0.2, 0.35, 0.7)  # the zoom, by level: networks, layers, neurons
OPENS_ABOVE = (0.5, 0.8, 1.5)
NEAR = 120.0  # pixels on the screen from what is looked at


class ZoomFolding:
    """Folds and unfolds the groups of one canvas while somebody zooms.

    Attributes:
        on: whether it does.
        by_hand: the groups that it leaves alone.
        at: the point of the viewport that keeps its place, None unless it folds just now.
    """

    def __init__(self, session: Session, scene: CanvasScene, camera: Camera, parts: Parts) -> None:
        self._session = session
        self._scene = scene
        self._camera = camera
        self._parts = parts
        self.on = False
        self.by_hand: set[int] = set()
        self.at: QPointF | None = None

    def zoomed(self, before: float, at: QPointF) -> None:
        """Follow a change of zoom around a point of the viewport."""
        zoom = self._camera.goal().zoom
        if not self.on or zoom == before:
            return
        folded = self._session.view.folded
        self.at = at
        try:
            wanted = self._farther(zoom) if zoom < before else self._nearer(zoom, at)
            self._session.set_view(folded=wanted)
        finally:
            self.at = None
        if self._session.view.folded != folded:
            self._camera.remember(self._session.document)

    def notice(self, toggled: Iterable[int]) -> None:
        """Take note of groups that were folded or unfolded."""
        if self.on and self.at is None and not self._camera.steered:
            self.by_hand.update(toggled)

    def forget(self) -> None:
        """Leave nothing alone any more."""
        self.by_hand.clear()

    def _farther(self, zoom: float) -> frozenset[int]:
        """Return what is folded when one sees this little."""
        small = {
            group
            for group, level in levels(self._session.document).items()
            if level >= 0 and zoom < FOLDS_BELOW[level]
        }
        return self._session.view.folded | (small - self.by_hand)

    def _nearer(self, zoom: float, at: QPointF) -> frozenset[int]:
        """Return what is folded when the group that is looked at is near enough to be opened."""
        document, folded = self._session.document, self._session.view.folded
        point = self._camera.to_scene(at)
        level, around = levels(document), self._parts.frame_at(point)
        near = [
            (self._away(item, at), item)
            for item in folded
            if item in self._scene.hits
            and document.groups[item].group == around
            and item not in self.by_hand
            and zoom > OPENS_ABOVE[max(level[item], 0)]
        ]
        away, group = min(near, default=(NEAR, None))
        return folded - {group} if group is not None and away < NEAR else folded

    def _away(self, item: int, at: QPointF) -> float:
        """Return how far a card is from a point of the viewport, in pixels."""
        rect = self._camera.rect_on_screen(self._parts.rect(item))
        x = max(rect.left() - at.x(), at.x() - rect.right(), 0.0)
        y = max(rect.top() - at.y(), at.y() - rect.bottom(), 0.0)
        return math.hypot(x, y)
