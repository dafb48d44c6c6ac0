"""Where what is added by search stands: at the cursor, at the end of a wire, where there is room.

All points are centres, in the scene.
"""

from collections.abc import Iterable
from itertools import count

import numpy as np
from PySide6.QtCore import QPointF, QRectF

from engine.errors import Refusal
from engine.graph.document import Document
from engine.graph.edits import Edit
from engine.graph.records import Point
from playground.canvas.frame.build import Frame, build_frame
from playground.canvas.gestures.base import Stage, Want
from playground.canvas.scene import CanvasScene
from playground.canvas.spots import GAP, free_spot
from playground.session.additions import Hooks, addition
from playground.session.items import created, folded_in, item_edit, outermost

BESIDE = 76.0  # between what feeds and what is fed
BELOW = 32.0  # between one value and the next, with a name above it


def cursor_spot(scene: CanvasScene, at: QPointF, text: str) -> Point:
    """Return the cursor's place, or one near it if something stands there."""
    where = extent(scene, text).translated(at)
    return (at.x(), at.y()) if is_clear(scene, where) else free_spot(scene, at)


def spot_beside(scene: CanvasScene, items: Iterable[int], text: str) -> Point | None:
    """Return a clear place right of some items and half-way between them; None without them."""
    around = scene.bounds(items)
    if around.isNull():
        return None
    size = extent(scene, text)
    x = around.right() + BESIDE - size.left()
    step = size.height() / 2 + BELOW
    for turn in count():  # the middle, then below and above it by turns
        away = (turn + 1) // 2 * step * (1 if turn % 2 else -1)
        y = around.center().y() + away - size.center().y()
        if is_clear(scene, size.translated(x, y)):
            break
    return (x, y)


def spot_below(scene: CanvasScene, item: int, text: str) -> Point | None:
    """Return the first clear place below an item; None if it is not visible."""
    above = scene.bounds({item})
    if above.isNull():
        return None
    size = extent(scene, text)
    x, y = above.center().x() - size.center().x(), above.bottom() + BELOW - size.top()
    while not is_clear(scene, size.translated(x, y)):
        y += BELOW
    return (x, y)


def wire_spot(stage: Stage, want: Want, text: str, group: int | None) -> Point:
    """Return where something has to stand for its port to be where a wire was let go.

    It is tried out on a copy of the document: that holds for every kind of thing, in every group.
    """
    session, at = stage.session, (want.at.x(), want.at.y())
    twin = session.document.copy()
    inside = stage.scene.picture.frame.projection.inside(group, at)
    edit = addition(twin, text, inside, group, want.hooks)
    if isinstance(edit, Refusal):
        return at
    twin.apply(edit)
    frame = build_frame(twin, session.view.folded | folded_in(text, edit), stage.scene.within)
    end = wire_end(frame, want.hooks, outermost(edit))
    return (2 * at[0] - end.x(), 2 * at[1] - end.y()) if end is not None else at


def wire_end(frame: Frame, hooks: Hooks, made: frozenset[int]) -> QPointF | None:
    """Return where the wire between what is there and what was made has its new end."""
    wires = frame.wires
    begin, finish = wires.ends(frame.rects[:, :2])
    fed, wanted = hooks.target or (None, None)
    for row, (target, port) in enumerate(wires.keys(np.arange(len(wires)))):
        meant = target == fed and wanted in (None, port)
        if meant and _within(frame, int(wires.start[row]), made):
            return QPointF(*begin[row].tolist())
        feeds = int(wires.source[row]) in hooks.sources
        if feeds and _within(frame, int(wires.end[row]), made):
            return QPointF(*finish[row].tolist())
    return None


def extent(scene: CanvasScene, text: str) -> QRectF:
    """Return the rectangle that what a text names fills, around a centre at (0, 0).

    What a formula only names, because it is there already, is no part of it.
    """
    edit = item_edit(scene.picture.document, text, (0.0, 0.0))
    if isinstance(edit, Refusal):
        return QRectF()
    alone = Document()
    alone.apply(made_alone(edit))
    frame = build_frame(alone, folded_in(text, edit))
    low = frame.rects[:, :2].min(axis=0)
    high = (frame.rects[:, :2] + frame.rects[:, 2:]).max(axis=0)
    return QRectF(QPointF(*low.tolist()), QPointF(*high.tolist()))


def made_alone(edit: Edit) -> Edit:
    """Return what an edit makes, without its wires to what was there before."""
    made = created(edit)
    wires = (c for c in edit.changes if c.kind == "edge" and {c.id[0], c.after} <= made)
    return Edit("", (*(c for c in edit.changes if c.kind != "edge" and c.id in made), *wires))


def is_clear(scene: CanvasScene, where: QRectF) -> bool:
    """Tell whether nothing stands in a rectangle, or too near; open groups may lie around it."""
    frame = scene.picture.frame
    near = where.adjusted(-GAP, -GAP, GAP, GAP)
    low, high = frame.rects[:, :2], frame.rects[:, :2] + frame.rects[:, 2:]
    apart = (low >= (near.right(), near.bottom())) | (high <= (near.left(), near.top()))
    around = (low <= (near.left(), near.top())) & (high >= (near.right(), near.bottom()))
    return bool((apart.any(axis=1) | around.all(axis=1)).all())


def _within(frame: Frame, number: int, made: frozenset[int]) -> bool:
    """Whether an item of the frame is one of those made, or lies in one."""
    while number >= 0:
        if int(frame.ids[number]) in made:
            return True
        number = int(frame.parents[number])
    return False
