"""Small pictures of the bundled examples, painted by the canvas's own painter.

The window asks when the welcome is shown. Each turn of the event loop takes one small step (read,
compile, compute, lay out, paint), so the window never waits; a picture is painted once for each
theme and pixel ratio and then remembered. Nothing is kept on the disk.
"""

from collections import deque
from collections.abc import Iterable, Iterator

from PySide6.QtCore import QObject, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPixmap

from engine.errors import Refusal
from engine.graph.document import Document
from engine.run.evaluate import evaluate, make_plans
from engine.train.samples import load_samples
from playground.canvas.scene import CanvasScene
from playground.session.keeper import load_example
from playground.theme import Theme

PAUSE = 8  # milliseconds between two steps, for whatever else the window has to do
MARGIN = 10.0  # pixels around a graph
LARGEST = 0.3  # zoom: cards are still blocks of the colour of their number, and fill the picture

Key = tuple[str, str, float]


class Thumbnails(QObject):
    """Paints pictures of examples while nothing else happens; lives in the main thread.

    Attributes:
        ready: carries the name of an example and its picture.
        steps: how many steps were taken, for those who count work.
    """

    ready = Signal(str, QPixmap)

    def __init__(self, size: QSize, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.steps = 0
        self._size = size
        self._pictures: dict[Key, QPixmap] = {}
        self._waiting: deque[tuple[str, Theme, float]] = deque()
        self._work: Iterator[None] | None = None
        self._scene: CanvasScene | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(PAUSE)
        self._timer.timeout.connect(self._step)

    @property
    def busy(self) -> bool:
        """Whether there is something left to paint."""
        return self._timer.isActive()

    def ask(self, names: Iterable[str], theme: Theme, ratio: float) -> None:
        """Announce the pictures of examples: those there are now, the others one by one."""
        self.stop()
        for name in names:
            known = self._pictures.get((name, theme.name, ratio))
            if known is not None:
                self.ready.emit(name, known)
            else:
                self._waiting.append((name, theme, ratio))
        if self._waiting:
            self._timer.start()

    def stop(self) -> None:
        """Paint nothing more; what was painted is remembered."""
        self._timer.stop()
        self._waiting.clear()
        self._work = None
        if self._scene is not None:
            self._scene.deleteLater()
            self._scene = None

    def _step(self) -> None:
        self.steps += 1
        if self._work is None:
            if not self._waiting:
                self.stop()
                return
            self._work = self._paint(*self._waiting.popleft())
        if next(self._work, StopIteration) is StopIteration:
            self._work = None

    def _paint(self, name: str, theme: Theme, ratio: float) -> Iterator[None]:
        """Paint one picture, in steps of a few milliseconds."""
        loaded = load_example(name)
        if isinstance(loaded, Refusal):
            return
        document, _bytes = loaded
        yield
        samples = load_samples(document.data, document.seeds)
        plans = make_plans(document)
        yield
        data = None if isinstance(samples, Refusal) else samples
        view = document.view
        result = evaluate(document, plans=plans, data=data, sample=view.sample, scope=view.scope)
        yield
        if self._scene is None:
            self._scene = CanvasScene(Document(), theme, self)
            self._scene.picture.titled = False  # a word or two would be all there is room for
        scene = self._scene
        scene.wear(theme)
        scene.build(document, view.folded)
        scene.show(result)
        yield
        picture = portrait(scene, self._size, ratio)
        self._pictures[name, theme.name, ratio] = picture
        self.ready.emit(name, picture)


def portrait(scene: CanvasScene, size: QSize, ratio: float) -> QPixmap:
    """Paint everything in a scene as large as fits into a picture."""
    picture = QPixmap(size * ratio)
    picture.setDevicePixelRatio(ratio)
    picture.fill(scene.picture.theme.background)
    bounds = scene.bounds()
    if bounds.isNull():
        return picture
    room = QRectF(0, 0, size.width(), size.height())
    across = (room.width() - 2 * MARGIN) / bounds.width()
    down = (room.height() - 2 * MARGIN) / bounds.height()
    zoom = min(across, down, LARGEST)
    source = QRectF(0, 0, room.width() / zoom, room.height() / zoom)
    source.moveCenter(bounds.center())
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    scene.render(painter, room, source, Qt.AspectRatioMode.IgnoreAspectRatio)
    painter.end()
    return picture
