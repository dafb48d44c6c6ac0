"""Trains moons flat out beside the open window and counts what is seen of it, view by view.

`training.py` runs it as a program and reads the figures it prints. An update counts when it has
been painted; the window, the training and the tick of the main thread are those of `beside.py`.
"""

import json
import statistics
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QObject
from PySide6.QtWidgets import QApplication, QWidget

from engine.errors import accept
from engine.run import compiled
from playground.app import Program, make_application
from playground.settings import BENDS, SLOPES
from tests.benchmarks.beside import CACHE, Watcher, headless, in_line, live

SIZE = (1600, 1000)
SETTLING, WATCHING, ALONE = 1.5, 3.0, 1.0
ROUNDS = 3


@dataclass(frozen=True)
class Seen:
    """What was painted a second, steps a second, the longest gap, and how busy the thread was.

    `busy` is the share of the time that the main thread was on a processor; `waited` is how many
    seconds threads stood in line for one.
    """

    boundaries: float
    charts: float
    steps: float
    gap: float
    busy: float
    waited: float


class Painted(QObject):
    """Counts how often a widget was painted with something else than before."""

    def __init__(self, widget: QWidget, shown: Callable[[], object]) -> None:
        super().__init__()
        self._widget, self._shown = widget, shown
        self._last = shown()
        self.count = 0
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Look at what is shown whenever the widget is painted."""
        if event.type() is QEvent.Type.Paint and self._shown() is not self._last:
            self._last = self._shown()
            self.count += 1
        return False

    def leave(self) -> int:
        """Count no more; return how many there were."""
        self._widget.removeEventFilter(self)
        return self.count


class Studied:
    """The window with moons that train flat out, and the views that can be turned on."""

    def __init__(self, program: Program) -> None:
        self.program, self.window = program, program.window
        self.session, self.loop = program.session, QEventLoop()
        program.engine.ready.connect(self.loop.quit)
        program.engine.missing.connect(self.loop.quit)
        self.window.resize(*SIZE)
        program.start(None)
        self.loop.exec()
        assert compiled.is_loaded(), "there is no compiled engine"
        assert self.session.train_moons()
        self.session.training.set_speed(None)

    def look(self) -> Seen:
        """Watch for a while what is painted."""
        training, panel = self.session.training, self.window.training_panel
        live(self.loop, SETTLING)
        assert training.playing
        watcher, before = Watcher(), in_line()
        training.snapshot_ready.connect(watcher.see)
        boundary = Painted(panel.boundary.picture._plot.viewport(), lambda: training.boundary)
        chart = Painted(panel.loss.chart.plot.viewport(), lambda: training.curves)
        begin, busy = time.perf_counter(), time.thread_time()
        live(self.loop, WATCHING)
        seconds, busy = time.perf_counter() - begin, time.thread_time() - busy
        watcher.ticks.stop()
        training.snapshot_ready.disconnect(watcher.see)
        counts = boundary.leave() / seconds, chart.leave() / seconds
        return Seen(*counts, watcher.rate, watcher.gap, busy / seconds, in_line() - before)

    def views(self) -> dict[str, tuple[Callable[[], object], Callable[[], object]]]:
        """Return for each view how it is turned on, and off."""
        write, window = self.program.settings.write, self.window

        def page(key: str) -> tuple[Callable[[], object], Callable[[], object]]:
            return lambda: window.view.show_page(key), window.studio.parentWidget().hide

        return {
            "": (lambda: None, lambda: None),
            "zero lines": (lambda: write(BENDS, True), lambda: write(BENDS, False)),
            "arrows": (lambda: write(SLOPES, True), lambda: write(SLOPES, False)),
            "whose gradient": (self.whose, self.whose),
            "large boundary": page("boundary"),
            "space": page("space"),
            "large chart": page("loss"),
            "results": page("results"),
            "weights": page("weights"),
        }

    def whose(self) -> None:
        """Ask whose gradient it is, or no more."""
        self.window.commands["train.whose"].trigger()


def measure() -> dict[str, object]:
    """Return medians over rounds for each view, and the steps a second without a window."""
    alone = headless(ALONE)
    application = QApplication.instance() or make_application()
    assert isinstance(application, QApplication)
    program = Program(application)
    try:
        studied = Studied(program)
        found = {name: middle(studied, *view) for name, view in studied.views().items()}
    finally:
        program.session.training.pause()
        program.session.stack.setClean()
        program.close()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    return {"views": found, "headless": max(alone, headless(ALONE))}


def middle(
    studied: Studied, on: Callable[[], object], off: Callable[[], object]
) -> dict[str, float]:
    """Return the medians over rounds with a view turned on."""
    on()
    rounds = [asdict(studied.look()) for _round in range(ROUNDS)]
    off()
    return {key: statistics.median(one[key] for one in rounds) for key in rounds[0]}


if __name__ == "__main__":
    folder = CACHE / compiled.fingerprint()
    folder.mkdir(parents=True, exist_ok=True)
    accept(compiled.load(str(folder)))
    print(json.dumps(measure()))
