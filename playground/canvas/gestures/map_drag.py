"""Moving the view by the overview: a press brings it there, a drag takes it along."""

from gettext import gettext as _

from PySide6.QtCore import QPointF, Qt

from playground.canvas.gestures.base import Gesture, Stage, Touch
from playground.canvas.views import Views


class MapDrag(Gesture):
    """Keeps the point of the view that was taken hold of under the mouse; touches are the map's.

    A press outside of the view brings its middle there first. The whole drag is one jump.
    """

    cursor = Qt.CursorShape.ClosedHandCursor

    def __init__(self, stage: Stage, start: Touch, views: Views) -> None:
        super().__init__(stage, start)
        self._views = views
        stage.camera.settle()
        self._before = views.now()
        self._hold = QPointF()

    def begin(self) -> None:
        """Take hold of the view where it is, or bring it here."""
        camera = self.stage.camera
        self.stage.hint(_("Drag to move the view · the wheel zooms · Escape goes back"))
        if camera.sees(self.start.scene):
            self._hold = camera.to_scene(camera.middle()) - self.start.scene
            return
        with camera.gliding():
            camera.centre_on(self.start.scene)
            camera.fitted = False

    def move(self, touch: Touch) -> None:
        """Take the view along."""
        camera = self.stage.camera
        camera.settle()
        camera.centre_on(touch.scene + self._hold)
        camera.fitted = False

    def end(self, touch: Touch) -> None:
        """Write the jump down."""
        self._views.went(self._before)

    def cancel(self) -> None:
        """Look where one looked before."""
        self._views.return_to(self._before)
