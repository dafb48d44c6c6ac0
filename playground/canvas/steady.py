"""What keeps its place on the screen when groups fold and unfold, and how far the camera goes.

The canvas calls it once there is another frame. What was toggled stays where it was and the rest
makes room; only what would lie out of sight is brought back, by as little as need be. Stepping
into a group begins where its card was.
"""

from collections.abc import Iterable

import numpy as np
from PySide6.QtCore import QPointF, QRectF

from playground.canvas.camera import LEAST, MOST, Camera
from playground.canvas.glide import Standing
from playground.canvas.looks import Look
from playground.canvas.scene import CanvasScene


def hold(
    scene: CanvasScene,
    camera: Camera,
    toggled: frozenset[int],
    before: Standing,
    at: QPointF,
    *,
    zooming: bool = False,
) -> None:
    """Look so that what was toggled, or what is at a point of the scene before, stays in place.

    A view that shows everything goes on doing so, unless a single group was toggled. While
    somebody is `zooming`, nothing but what is at the point counts, and it stays at that.
    """
    known, single = before.frame.index, len(toggled) == 1 and not zooming
    item = _looked_at(scene, toggled if single else known.keys(), before, at)
    if camera.fitted and (item is None or not single):
        with camera.gliding():
            camera.show_all(scene.bounds())
    elif item is not None:
        was, rect = QRectF(*before.rects[known[item]].tolist()), scene.bounds({item})
        held = within(was, at) if zooming else (0.0, 0.0)
        camera.hold(point_of(rect, held), camera.to_screen(point_of(was, held)))
        if single and not camera.in_sight().contains(rect):
            with camera.gliding():
                camera.bring(rect, scene.bounds())


def within(rect: QRectF, point: QPointF) -> tuple[float, float]:
    """Return where in a rectangle the nearest point of it lies, as shares of its size."""
    across = (point.x() - rect.left()) / max(rect.width(), 1.0)
    down = (point.y() - rect.top()) / max(rect.height(), 1.0)
    return min(max(across, 0.0), 1.0), min(max(down, 0.0), 1.0)


def point_of(rect: QRectF, shares: tuple[float, float]) -> QPointF:
    """Return the point at these shares of a rectangle's size."""
    across, down = shares
    return rect.topLeft() + QPointF(across * rect.width(), down * rect.height())


def _looked_at(
    scene: CanvasScene, choices: Iterable[int], before: Standing, at: QPointF
) -> int | None:
    """Return that one of some items, seen before and now, that is nearest; the innermost there."""
    known, now = before.frame.index, scene.hits
    items = [item for item in choices if item in known and item in now]
    if not items:
        return None
    rects = before.rects[[known[item] for item in items]]
    low, high = rects[:, :2], rects[:, :2] + rects[:, 2:]
    point = np.array((at.x(), at.y()))
    away = np.hypot(*(np.maximum(low - point, 0) + np.maximum(point - high, 0)).T)
    return items[int(np.lexsort((rects[:, 2] * rects[:, 3], away))[0])]


def landing(camera: Camera, rect: QRectF, at: QRectF) -> Look | None:
    """Return from where a rectangle of the scene is seen at one of the viewport; None if never."""
    if rect.isNull() or at.isNull():
        return None
    zoom = min(at.width() / max(rect.width(), 1.0), at.height() / max(rect.height(), 1.0))
    zoom = min(max(zoom, LEAST), MOST)
    centre = rect.center() + (camera.middle() - at.center()) / zoom
    return Look(zoom, (centre.x(), centre.y()))
