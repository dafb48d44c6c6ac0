"""Times the window's answers: a why card, steps of a pass, a nudge; `insight.py` runs it.

Each is asked for by a real key or move of the mouse, and is done when the event loop has nothing
left to do, painting included. Times are of the processor, without a screen.
"""

import gc
import json
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import cycle
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QPointF, QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from playground.app import make_application
from playground.main_window import MainWindow
from playground.session import Session
from playground.settings import ANIMATIONS, SHOW_WELCOME, Settings
from playground.theme import ThemeManager
from tests.benchmarks.drawing import Desk, Figures, send, settle
from tests.benchmarks.graphs import scalars
from tests.benchmarks.sketch import VIEWPORT, busy

NEURONS, SCALARS = 2, 3  # depths
MANY, LOOKS, SOON = 1_000, 500, 20  # looks, so many milliseconds apart


@contextmanager
def moons() -> Iterator[tuple[Session, MainWindow]]:
    """Open a window with the moons document."""
    with tempfile.TemporaryDirectory() as folder:
        stored = QSettings(str(Path(folder, "settings.ini")), QSettings.Format.IniFormat)
        settings = Settings(stored)
        settings.write(SHOW_WELCOME, False)
        settings.write(ANIMATIONS, False)
        themes = ThemeManager("dark")
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        themes.dress(application)
        session = Session()
        session.open_example("moons")
        window = MainWindow(session, settings, themes)
        window.resize(*VIEWPORT)
        window.show()
        window.canvas.setFocus()
        settle()
        yield session, window
        session.settle()
        session.stack.setClean()
        window.close()
        session.close()
        for one in (window, session):
            one.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()


def press(window: MainWindow, key: Qt.Key) -> None:
    """Press a key on the canvas, and wait until all of it is done."""
    QTest.keyClick(window.canvas, key)
    settle()


def why() -> Figures:
    """Ask of one weight after another why its gradient is what it is, every scalar in sight."""
    with moons() as (session, window):
        show(window, SCALARS)
        weights = cycle([node.id for node in session.document.nodes() if node.trainable])

        def choose() -> None:
            session.why.close()
            session.set_selection({next(weights)})
            settle()

        found = busy(lambda: press(window, Qt.Key.Key_F12), before=choose)
        assert window.why_card.isVisible()
    return {"why": found}


def steps() -> Figures:
    """Step backward over the folded neurons, and through every scalar."""
    found = {}
    for name, depth in (("step, neurons", NEURONS), ("step, scalars", SCALARS)):
        with moons() as (session, window):
            show(window, depth)
            press(window, Qt.Key.Key_F10)
            session.tracing.finish()  # forward; what is timed goes backward
            found[name] = busy(lambda: press(window, Qt.Key.Key_F10))
            assert session.tracing.on
    return found


def nudge() -> Figures:
    """Hold one of 1,000 scalars and move the mouse."""
    desk = Desk(scalars(MANY))
    desk.canvas.set_zoom(1.0)
    [first] = [node.id for node in desk.session.document.nodes() if node.is_leaf][:1]
    desk.canvas.bring({first})
    settle()
    at = QPointF(desk.canvas.value_rect(first).center())
    send(desk.canvas, QEvent.Type.MouseButtonPress, at)
    for _look in range(LOOKS):
        QTest.qWait(SOON)
        if desk.canvas._scene.picture.ghost is not None:
            break
    places = cycle(range(8, 400, 8))

    def move() -> None:
        send(desk.canvas, QEvent.Type.MouseMove, at + QPointF(next(places), 0.0))
        settle()

    found = busy(move)
    assert desk.canvas._scene.picture.ghost is not None, "nothing is held"
    desk.let_go()
    desk.close()
    return {"nudge": found}


def show(window: MainWindow, depth: int) -> None:
    """Show the graph at a depth of folding, all of it."""
    window.commands[f"view.depth.{depth}"].trigger()
    settle()
    window.canvas.fit()
    settle()


PARTS = (why, steps, nudge)


def main() -> None:
    """Print the figures of all parts."""
    application = QApplication.instance() or make_application()
    assert application is not None
    found: Figures = {}
    for part in PARTS:
        found |= part()
    print(json.dumps(found))


if __name__ == "__main__":
    main()
