"""Dropping from the palette, or text from elsewhere: what would be dropped follows the mouse.

It lands centred on it.
"""

from gettext import gettext as _

from PySide6.QtCore import QPointF, QRectF

from engine import ops
from engine.exchange.syntax import shown
from engine.graph.geometry import GROUP_SIZE, LEAF_SIZE, OP_SIZE, Size
from engine.graph.templates import TEMPLATES
from playground.canvas.frame.labels import ROLE_WORDS
from playground.canvas.frame.style import Kind
from playground.canvas.gestures.base import Modifier, Stage, Touch
from playground.canvas.gestures.onto import landing_words, wire_of, wire_under
from playground.canvas.gestures.snapping import Snapping
from playground.canvas.painting.picture import Floating, Preview
from playground.session.additions import Hooks, fits
from playground.session.items import TEXTS
from playground.widgets.mine import own


class Drops:
    """Follows one drag over the canvas."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self._snapping: Snapping | None = None

    def over(self, text: str, touch: Touch) -> None:
        """Show what would be dropped here, what it is aligned with, and the wire it fits on."""
        self._stage.hint(_("Let go where it should be · Escape leaves it"))
        kind, size, words = look_of(text)
        corner = self._corner(size, touch)
        rect = (corner.x(), corner.y(), *size)
        floating = self._snapping.shown() if self._snapping is not None else Floating()
        floating.preview = Preview(kind, rect, words)
        floating.landing = row = self._landing(text, touch.scene)
        self._stage.show(floating)
        if row is not None:
            self._stage.hint(landing_words(self._stage, row))

    def leave(self) -> None:
        """Show nothing any more."""
        self._snapping = None
        self._stage.show(Floating())
        self._stage.hint("")

    def drop(self, text: str, touch: Touch) -> bool:
        """Add it where it was let go: on a wire, or inside the open group that is there."""
        _kind, size, _words = look_of(text)
        corner = self._corner(size, touch)
        row = self._landing(text, touch.scene)
        wire = wire_of(self._stage, row) if row is not None else None
        self.leave()
        group = self._stage.parts.frame_at(touch.scene)
        middle = (corner.x() + size[0] / 2, corner.y() + size[1] / 2)
        return self._stage.session.add_item(text, middle, group, Hooks(wire=wire))

    def _corner(self, size: Size, touch: Touch) -> QPointF:
        """Return where its corner goes: centred on the mouse, but for grid and guides."""
        if self._snapping is None:
            self._snapping = Snapping(self._stage, QRectF(0, 0, *size))
        corner = touch.scene - QPointF(size[0] / 2, size[1] / 2)
        inverted = touch.has(Modifier.ControlModifier)
        return self._snapping.settled(corner, QPointF(), inverted=inverted)

    def _landing(self, text: str, at: QPointF) -> int | None:
        """Return the row of the wire under it that it fits on."""
        session = self._stage.session
        row = wire_under(self._stage, at) if session.insertion.insert else None
        if row is None:
            return None
        return row if fits(session.document, text, wire_of(self._stage, row)) else None


def look_of(text: str) -> tuple[Kind, Size, str]:
    """Return the kind, the size and the name of what a palette text adds."""
    kind, _colon, name = text.partition(":")
    if kind == "op":
        op = ops.get(name)
        return Kind.OP, OP_SIZE, op.symbol if op is not None else name
    if kind == "template":
        return Kind.CARD, GROUP_SIZE, TEMPLATES[name].title if name in TEMPLATES else name
    template = own(text)
    if template is not None:
        return Kind.CARD, GROUP_SIZE, template.name
    if kind in TEXTS:
        return Kind.CARD, GROUP_SIZE, shown(name)
    return Kind.LEAF, LEAF_SIZE, ROLE_WORDS.get(name, name)
