"""Dropping from the palette: what would be dropped follows the mouse, and lands centred on it."""

from gettext import gettext as _

from PySide6.QtCore import QPointF

from engine import ops
from engine.graph.geometry import GROUP_SIZE, LEAF_SIZE, OP_SIZE, Size
from engine.graph.templates import TEMPLATES
from playground.canvas.frame.labels import ROLE_WORDS
from playground.canvas.frame.style import Kind
from playground.canvas.gestures.base import Stage
from playground.canvas.painting.picture import Floating, Preview


class Drops:
    """Follows one drag from the palette over the canvas."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage

    def over(self, text: str, at: QPointF) -> None:
        """Show what would be dropped at a point of the scene."""
        self._stage.hint(_("Let go where it should be · Escape leaves it"))
        kind, size, words = look_of(text)
        rect = (at.x() - size[0] / 2, at.y() - size[1] / 2, *size)
        self._stage.show(Floating(preview=Preview(kind, rect, words)))

    def leave(self) -> None:
        """Show nothing any more."""
        self._stage.show(Floating())
        self._stage.hint("")

    def drop(self, text: str, at: QPointF) -> bool:
        """Add it where it was let go, inside the open group that is there."""
        self.leave()
        group = self._stage.parts.frame_at(at)
        return self._stage.session.add_item(text, (at.x(), at.y()), group)


def look_of(text: str) -> tuple[Kind, Size, str]:
    """Return the kind, the size and the name of what a palette text adds."""
    kind, _colon, name = text.partition(":")
    if kind == "op":
        op = ops.get(name)
        return Kind.OP, OP_SIZE, op.symbol if op is not None else name
    if kind == "template":
        return Kind.CARD, GROUP_SIZE, TEMPLATES[name].title if name in TEMPLATES else name
    return Kind.LEAF, LEAF_SIZE, ROLE_WORDS.get(name, name)
