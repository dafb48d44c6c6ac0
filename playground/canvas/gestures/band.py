"""The rubber band: selects what it touches."""

from gettext import gettext as _

from PySide6.QtCore import QRectF, Qt

from playground.canvas.gestures.base import Modifier, Touch
from playground.canvas.gestures.selecting import Selecting
from playground.canvas.items import HitItem
from playground.canvas.painting.picture import Floating


class Band(Selecting):
    """Selects what the band touches, at once; with Shift on top of the selection."""

    cursor = Qt.CursorShape.ArrowCursor

    def begin(self) -> None:
        """A click on nothing selects nothing."""
        self.stage.session.set_selection(self.kept)
        if not self.start.has(Modifier.ShiftModifier):
            self.stage.scene.select_wires(())

    def move(self, touch: Touch) -> None:
        """Stretch the band to the mouse."""
        if not self.far(touch) and self.stage.scene.picture.floating.band is None:
            return
        band = QRectF(self.start.scene, touch.scene).normalized()
        self.stage.show(Floating(band=band))
        mode = Qt.ItemSelectionMode.IntersectsItemBoundingRect
        found = self.stage.scene.items(band, mode)
        ids = frozenset(hit.id for hit in found if isinstance(hit, HitItem))
        self.stage.session.set_selection(self.kept | ids)
        self.stage.hint(
            _("Drag over what to select · Shift adds · Control draws around it · Escape ends it")
        )
