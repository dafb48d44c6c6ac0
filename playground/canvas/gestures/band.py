"""The rubber band: selects what it touches."""

from gettext import gettext as _

from PySide6.QtCore import QRectF, Qt

from playground.canvas.gestures.base import Gesture, Stage, Touch
from playground.canvas.items import HitItem
from playground.canvas.painting.picture import Floating


class Band(Gesture):
    """Selects what the band touches, at once; with Shift on top of the selection."""

    cursor = Qt.CursorShape.ArrowCursor
    scrolls = True

    def __init__(self, stage: Stage, start: Touch) -> None:
        super().__init__(stage, start)
        self._before = stage.session.selection
        self._wires = stage.scene.wires
        self._kept = self._before if start.adds else frozenset()

    def begin(self) -> None:
        """A click on nothing selects nothing."""
        self.stage.session.set_selection(self._kept)
        if not self.start.adds:
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
        self.stage.session.set_selection(self._kept | ids)
        self.stage.hint(
            _("Drag over what to select · Shift adds · Control draws around it · Escape ends it")
        )

    def end(self, touch: Touch) -> None:
        """Take the band away."""
        self.stage.show(Floating())

    def cancel(self) -> None:
        """Take the band away and select what was selected before."""
        self.stage.show(Floating())
        self.stage.session.set_selection(self._before)
        self.stage.scene.select_wires(self._wires)
