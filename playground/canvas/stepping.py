"""Shows beside what a training step changed what it was before, for a moment.

The view owns one. A run that plays changes too much too fast for that; single steps, and the steps
of one epoch, are taken to be looked at.
"""

from itertools import islice

from PySide6.QtCore import QObject

from playground.canvas.frame.ghost import MOST
from playground.canvas.scene import CanvasScene
from playground.session import Session


class Stepping(QObject):
    """Keeps what trained values were in the picture while steps are taken, and a bit longer."""

    def __init__(self, session: Session, scene: CanvasScene, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._scene = scene
        session.training.state_changed.connect(self._begin)
        session.training.stopped.connect(self._end)

    def _begin(self) -> None:
        training = self._session.training
        if training.running and not training.playing:
            self._scene.before.drop()
            self._scene.before.keep(self._seen())

    def _end(self) -> None:
        self._scene.before.linger()

    def _seen(self) -> list[int]:
        """Return the first few items in the picture that are trained, and the loss."""
        document = self._session.document
        shown = self._scene.picture.frame.shows.tolist()
        trained = (n for n in shown if n in document and document.node(n).trainable)
        loss = (node for node in document.marked("loss") if node in shown)
        return [*islice(trained, MOST - 1), *loss]
