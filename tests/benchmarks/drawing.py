"""Times our canvas on the sketch: `python -m tests.benchmarks.drawing PART`, prints JSON.

`canvas.py` runs it, a process for each part. A live frame shows a result in which every value and
gradient is another one, and paints at once; evaluation is the engine's figure, except while the
mouse drags, where each move is followed by an edit, an evaluation and a paint.
"""

import gc
import json
import sys
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
from PySide6.QtCore import QCoreApplication, QEvent, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication

from engine.errors import accept
from engine.files import write
from engine.graph.document import Document
from engine.graph.properties import set_value
from engine.graph.verbs import add_op
from engine.run.result import Result
from playground.app import make_application
from playground.canvas import CanvasView
from playground.session import Session
from playground.theme import ThemeManager
from tests.benchmarks.graphs import neurons, scalars
from tests.benchmarks.sketch import VIEWPORT, busy, in_turn, numbers

MOVED, CARRIED = 100, 200
FEW = 7  # repeats of what is not a frame
Figures = dict[str, float]


class Desk:
    """A session with a document, and a canvas on it that is shown and painted."""

    def __init__(self, document: Document) -> None:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "sketch.mgp"
            path.write_bytes(write(document))
            self.session = Session()
            assert self.session.open(path)
        self.canvas = self.show()

    def show(self) -> CanvasView:
        """Return one more canvas on the session, painted once."""
        canvas = CanvasView(self.session, ThemeManager("dark"))
        canvas.resize(*VIEWPORT)
        canvas.show()
        canvas.fit()
        settle()
        canvas.viewport().repaint()
        return canvas

    def live(self) -> Callable[[], None]:
        """Return work that shows and paints other numbers each time."""
        session, result = self.session, self.session.result
        results = [fed(result, *one) for one in numbers(len(result.ids))]

        def show(one: Result) -> None:
            session.live.result = one
            session.live.result_ready.emit(one)
            self.canvas.viewport().repaint()

        return in_turn([lambda one=one: show(one) for one in results])

    def take_hold(self, count: int) -> Callable[[int], None]:
        """Press on the first of `count` selected cards; return what moves them by real events."""
        session, canvas = self.session, self.canvas
        ids = sorted(canvas._scene.hits)[:count]
        session.set_selection(ids)
        settle()
        start = QPointF(canvas.item_rect(ids[count // 2]).center())
        start.setY(canvas.item_rect(ids[count // 2]).top() + 2)
        send(canvas, QEvent.Type.MouseButtonPress, start)

        def move(step: int) -> None:
            send(canvas, QEvent.Type.MouseMove, start + QPointF(6 + step % 40, step % 30))

        move(10)
        assert canvas._scene.picture.shift.any(), "nothing is being dragged"
        return move

    def let_go(self) -> None:
        """Give the drag up."""
        self.canvas._mouse.cancel()
        settle()

    def close(self) -> None:
        """End the session."""
        self.canvas.hide()
        self.session.close()


def fed(result: Result, values: list[float], slopes: list[float]) -> Result:
    """Return a result with other numbers everywhere."""
    whole = np.ones(len(values), bool)
    return replace(
        result,
        value=np.array(values),
        gradient=np.array(slopes),
        computed=whole,
        reached=whole,
        problems=(),
        reasons={},
    )


def send(canvas: CanvasView, kind: QEvent.Type, at: QPointF) -> None:
    """Send a mouse event with the left button."""
    left, held = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    place = QPointF(canvas.viewport().mapToGlobal(at.toPoint()))
    event = QMouseEvent(kind, at, place, left, left, held)
    QApplication.sendEvent(canvas.viewport(), event)


def settle() -> None:
    """Let everything of this turn happen."""
    for _turn in range(3):
        QApplication.processEvents()


def frames(count: int) -> Figures:
    """Time live frames of so many nodes: everything in sight, and each at its own size."""
    desk = Desk(scalars(count))
    live = desk.live()
    found = {"live, fit": busy(live)}
    desk.canvas.set_zoom(1.0)
    settle()
    found["live, 100 %"] = busy(live)
    desk.close()
    return found


def sharp(count: int) -> Figures:
    """Time live frames with four device pixels in a pixel."""
    found = frames(count)
    ratio = QApplication.primaryScreen().devicePixelRatio()
    assert ratio == 2, f"the ratio is {ratio}"
    return found


def weights(count: int) -> Figures:
    """Time live frames in which every wire has another weight, too."""
    desk = Desk(neurons(count))
    found = {"live, fit": busy(desk.live())}
    desk.close()
    return found


def work(count: int) -> Figures:
    """Time what is done to a graph: load, build, move some, select all."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "sketch.mgp"
        path.write_bytes(write(scalars(count)))
        desk = Desk(scalars(10))

        def load() -> None:
            assert desk.session.open(path)
            desk.canvas.viewport().repaint()

        found = {"load": busy(load, FEW)}
    canvases: list[CanvasView] = []

    def bury() -> None:
        for canvas in canvases:
            canvas.hide()
            canvas.deleteLater()
        canvases.clear()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    found["build"] = busy(lambda: canvases.append(desk.show()), FEW, bury)
    bury()
    step = desk.take_hold(MOVED)

    def move(place: int) -> None:
        step(place)
        desk.canvas.viewport().repaint()

    found["move"] = busy(in_turn([lambda at=at: move(at) for at in range(40)]))
    desk.let_go()

    def select_all() -> None:
        desk.canvas.select_all()
        desk.canvas.viewport().repaint()

    found["select all"] = busy(select_all, before=lambda: desk.session.set_selection(()))
    desk.close()
    return found


def dragging(count: int) -> Figures:
    """Time a drag of selected cards while a number changes with each move of the mouse."""
    desk = Desk(scalars(count))
    step, session, token = desk.take_hold(CARRIED), desk.session, object()

    def frame(place: int) -> None:
        step(place)
        session.do(accept(set_value(session.document, 1, place / 100, token)))
        session.flush()
        desk.canvas.viewport().repaint()

    found = {"frame": busy(in_turn([lambda at=at: frame(at) for at in range(1, 41)]))}
    assert desk.canvas._mouse.gesture is not None
    desk.let_go()
    desk.close()
    return found


def adding(count: int) -> Figures:
    """Time one operation more in a large graph, until it is seen."""
    desk = Desk(scalars(count))

    def add() -> None:
        paints = desk.canvas._scene.painter.paints
        desk.session.do(accept(add_op(desk.session.document, "tanh", (-400.0, 0.0))))
        settle()
        assert desk.canvas._scene.painter.paints == paints + 1, "it is not seen, or twice"

    found = {"add": busy(add, FEW)}
    desk.close()
    return found


def memory(count: int) -> Figures:
    """Return by how many bytes a process grows for a canvas on so many nodes."""
    first = Desk(scalars(10))
    desk = Desk.__new__(Desk)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "sketch.mgp"
        path.write_bytes(write(scalars(count)))
        desk.session = Session()
        assert desk.session.open(path)
    gc.collect()
    before = resident()
    desk.canvas = desk.show()
    gc.collect()
    found = {"bytes": float(resident() - before)}
    desk.close()
    first.close()
    return found


def resident() -> int:
    """Return how many bytes of memory this process holds; 0 where nobody tells."""
    pages = Path("/proc/self/statm")
    return int(pages.read_text().split()[1]) * 4096 if pages.exists() else 0


PARTS: dict[str, Callable[[int], Figures]] = {
    part.__name__: part for part in (frames, sharp, weights, work, dragging, adding, memory)
}


def main(part: str, count: int) -> None:
    """Print the figures of one part at one size."""
    application = QApplication.instance() or make_application()
    assert application is not None
    print(json.dumps(PARTS[part](count)))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
