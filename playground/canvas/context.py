"""Which context menu is meant: one word for what is under the mouse, or has the keyboard.

What is pointed at is selected first, so that the menu's actions mean it. The words are those that
actions name in their `context`.
"""

import numpy as np
from PySide6.QtCore import QPointF

from playground.canvas.gestures.base import Stage
from playground.canvas.gestures.choice import WIRE_REACH, bias_at
from playground.session import Session


def context_at(stage: Stage, point: QPointF) -> str:
    """Select what is at a point of the scene and return the kind of its menu."""
    bias = bias_at(stage, point)
    if bias is not None:
        stage.session.set_selection({int(stage.scene.picture.frame.biases.node[bias])})
        return "item"
    grip = stage.parts.grip_at(point)
    hit = stage.parts.hit_at(point) if grip is None else None
    if hit is not None:
        if hit.id not in stage.session.selection:
            stage.session.set_selection({hit.id})
        return _kind(stage.session, hit.id)
    row = stage.parts.wire_at(point, stage.reach(WIRE_REACH)) if grip is None else grip.row
    if row is None:
        return "canvas" if grip is None else "item"
    wires = frozenset(stage.scene.picture.frame.wires.members(np.array([row])))
    if not wires <= stage.scene.wires:
        stage.session.set_selection(())
        stage.scene.select_wires(wires)
    return "wire"


def context_of_selection(stage: Stage) -> str:
    """Return the kind of menu that the keyboard asks for."""
    session = stage.session
    chosen = (
        session.current if session.current is not None else next(iter(session.selection), None)
    )
    if chosen is not None:
        return _kind(session, chosen)
    return "wire" if stage.scene.wires else "canvas"


def _kind(session: Session, item: int) -> str:
    """Return the kind of menu on a selected item; several are meant if several are selected."""
    document = session.document
    if len(session.selection) > 1:
        return "several"
    if item in document.notes:
        return "note"
    return "group" if item in document.groups else "item"
