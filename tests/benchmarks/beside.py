"""Trains moons flat out, beside the open window and without one, and prints what it measured.

`window.py` runs it as a program. Steps are counted from the snapshots that the window gets anyway,
and the main thread is only asked for a tick a millisecond, so that measuring costs little.
"""

import json
import time
from dataclasses import asdict, dataclass
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication

from engine.errors import accept
from engine.graph.models import Model, model_document
from engine.run import compiled
from engine.train.snapshot import Snapshot
from engine.train.trainer import Trainer
from playground.app import Program, make_application

CACHE = Path(__file__).parents[2] / "build" / "kernels"
CHUNK = 500  # steps in one call without a window: a few milliseconds


@dataclass(frozen=True)
class Figures:
    """Steps per second with the window and without it, the gap in seconds, and what screen.

    `waited` is how many seconds threads stood in line for a core beside other programs.
    """

    windowed: float
    headless: float
    gap: float
    waited: float
    screen: str


def measure(settling: float = 1.0, watching: float = 5.0, alone: float = 2.0) -> Figures:
    """Measure for so many seconds each; the compiled engine has to be loaded.

    Without the window it is measured before and after, and the faster counts.
    """
    before = headless(alone)
    windowed, gap, waited = windowed_training(settling, watching)
    fastest = max(before, headless(alone))
    return Figures(windowed, fastest, gap, waited, QApplication.platformName())


def headless(seconds: float) -> float:
    """Return the steps per second of a trainer on its own."""
    trainer = accept(Trainer.build(accept(model_document(Model())), runner="numba"))
    first, start = trainer.advance(CHUNK).step, time.perf_counter()
    while time.perf_counter() < start + seconds:
        trainer.advance(CHUNK)
    return (trainer.step - first) / (time.perf_counter() - start)


def windowed_training(settling: float, watching: float) -> tuple[float, float, float]:
    """Return the steps per second of the whole program, its longest gap and what it waited."""
    application = QApplication.instance() or make_application()
    assert isinstance(application, QApplication)
    program = Program(application)
    try:
        return watch(program, settling, watching)
    finally:
        program.session.stack.setClean()
        program.close()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def watch(program: Program, settling: float, watching: float) -> tuple[float, float, float]:
    """Train moons from when the engine is ready; return what `windowed_training` does."""
    loop, training = QEventLoop(), program.session.training
    program.engine.ready.connect(loop.quit)
    program.engine.missing.connect(loop.quit)
    program.start(None)
    loop.exec()
    assert compiled.is_loaded(), "there is no compiled engine"
    assert program.session.train_moons()
    training.set_speed(None)
    live(loop, settling)
    watcher, before = Watcher(), in_line()
    training.snapshot_ready.connect(watcher.see)
    live(loop, watching)
    waited = in_line() - before
    watcher.ticks.stop()
    training.snapshot_ready.disconnect(watcher.see)
    training.pause()
    return watcher.rate, watcher.gap, waited


def in_line() -> float:
    """Return the seconds our threads have waited for a core so far; 0 where nobody counts them."""
    counts = Path("/proc/self/task").glob("*/schedstat")
    return sum(int(count.read_text().split()[1]) for count in counts) / 1e9


def live(loop: QEventLoop, seconds: float) -> None:
    """Let the window live for so long."""
    QTimer.singleShot(round(seconds * 1000), loop.quit)
    loop.exec()


class Watcher(QObject):
    """Asks the main thread for a tick a millisecond, and reads the steps of the snapshots.

    Attributes:
        gap: the longest time between two ticks, in seconds.
    """

    def __init__(self) -> None:
        super().__init__()
        self.gap = 0.0
        self._last = time.perf_counter()
        self._seen: list[tuple[int, float]] = []
        self.ticks = QTimer(self)
        self.ticks.setTimerType(Qt.TimerType.PreciseTimer)
        self.ticks.timeout.connect(self._tick)
        self.ticks.start(1)

    @property
    def rate(self) -> float:
        """Steps per second between the first snapshot and the last."""
        (first, begin), (last, end) = self._seen[0], self._seen[-1]
        return (last - first) / (end - begin)

    def see(self, snapshot: Snapshot) -> None:
        """Note a snapshot."""
        self._seen = [*self._seen[:1], (snapshot.step, time.perf_counter())]

    def _tick(self) -> None:
        now = time.perf_counter()
        self.gap, self._last = max(self.gap, now - self._last), now


if __name__ == "__main__":
    folder = CACHE / compiled.fingerprint()
    folder.mkdir(parents=True, exist_ok=True)
    accept(compiled.load(str(folder)))
    print(json.dumps(asdict(measure())))
