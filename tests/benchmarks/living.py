"""Watches the maps of all neurons while moons train flat out beside the open window.

`canvas.py` runs it as a program and reads the figures it prints. The window, the training and the
tick of the main thread are those of `beside.py`; here the maps that arrive are counted, each of
which is painted, and what one update costs is measured by itself.
"""

import json
import statistics
import time
from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QObject
from PySide6.QtWidgets import QApplication

from engine.errors import accept
from engine.run import compiled
from engine.train.maps import MapProbe
from playground.app import Program, make_application
from playground.canvas.painting.maps import Atlas
from playground.training import Measured
from playground.widgets.heatmap import colour_table, words
from tests.benchmarks.beside import CACHE, Watcher, headless, live
from tests.benchmarks.measure import median

NEURONS = 33
SETTLING, WATCHING, ALONE = 1.5, 5.0, 2.0
Figures = dict[str, float]


class Counter(QObject):
    """Counts the maps that the window gets, and those of all neurons that it painted."""

    def __init__(self, program: Program) -> None:
        super().__init__()
        self._painter = program.window.canvas._scene.painter
        self._before = (time.perf_counter(), self._painter.cards.maps.coloured)
        self.fewest = NEURONS

    def see(self, measured: Measured) -> None:
        """Note how many neurons there are maps of."""
        small = measured.small
        self.fewest = min(self.fewest, 0 if small is None else len(small.nodes))

    def rate(self) -> float:
        """Return how many times a second other maps were painted."""
        begin, coloured = self._before
        return (self._painter.cards.maps.coloured - coloured) / (time.perf_counter() - begin)


def measure() -> Figures:
    """Train moons with all neurons in sight; return what it was like, and what an update costs."""
    alone = headless(ALONE)
    application = QApplication.instance() or make_application()
    assert isinstance(application, QApplication)
    program = Program(application)
    try:
        found = watch(program)
    finally:
        program.session.stack.setClean()
        program.close()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    return found | {"headless": max(alone, headless(ALONE))}


def watch(program: Program) -> Figures:
    """Return updates and steps a second, the longest gap, and the seconds that an update takes."""
    loop, training = QEventLoop(), program.session.training
    program.engine.ready.connect(loop.quit)
    program.engine.missing.connect(loop.quit)
    program.window.resize(1600, 1000)
    program.start(None)
    loop.exec()
    assert compiled.is_loaded(), "there is no compiled engine"
    assert program.session.train_moons()
    program.window.canvas.fit()
    training.set_speed(None)
    live(loop, SETTLING)
    watcher, counter = Watcher(), Counter(program)
    training.snapshot_ready.connect(watcher.see)
    training.maps_ready.connect(counter.see)
    live(loop, WATCHING)
    found = {"updates": counter.rate(), "steps": watcher.rate, "gap": watcher.gap}
    watcher.ticks.stop()
    training.maps_ready.disconnect(counter.see)
    training.pause()
    assert counter.fewest >= NEURONS, f"only {counter.fewest} neurons have maps"
    return found | costs(program)


def costs(program: Program) -> Figures:
    """Return what it takes to measure, to colour and to paint the maps in sight."""
    canvas, training = program.window.canvas, program.session.training
    assert training.maps is not None
    assert training.maps.small is not None
    small, table = training.maps.small, words(colour_table(program.themes.current()))
    probe = accept(MapProbe.build(program.session.document, small.nodes))
    live(QEventLoop(), 0.2)

    def painted(*, on: bool) -> float:
        canvas.show_maps(on=on)
        live(QEventLoop(), 0.3)
        return cpu(canvas.viewport().repaint)

    with_maps, without = painted(on=True), painted(on=False)
    return {
        "measure": median(lambda: probe.measure(small.side)),
        "colour": median(lambda: Atlas(small, table)),
        "paint": with_maps,
        "paint, no maps": without,
    }


def cpu(work: Callable[[], object], repeats: int = 25) -> float:
    """Return the median seconds of the processor that a piece of work takes."""
    work()
    seconds = []
    for _repeat in range(repeats):
        start = time.thread_time()
        work()
        seconds.append(time.thread_time() - start)
    return statistics.median(seconds)


if __name__ == "__main__":
    folder = CACHE / compiled.fingerprint()
    folder.mkdir(parents=True, exist_ok=True)
    accept(compiled.load(str(folder)))
    print(json.dumps(measure()))
