"""Python's cyclic garbage, collected in the main thread only.

The collector runs in whatever thread happens to allocate, and there it would destroy the Qt
objects it finds, which only the main thread may touch. So the start-up turns it off and lets a
timer collect instead. `Program` makes one and closes it last.
"""

import gc
import threading

from PySide6.QtCore import QObject, QTimer

EVERY = 1_000  # milliseconds
OLDEST_EVERY = 30  # collections of the younger generations to one of all


class KeptOut:
    """Keeps Python's collector off as long as any thread of ours runs, in tests for instance.

    `enter` is called in the main thread before a thread starts, `leave` in it when it ends.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._threads = 0
        self._was_on = False

    def enter(self) -> None:
        """Turn the collector off for one thread more."""
        with self._lock:
            if not self._threads:
                self._was_on = gc.isenabled()
                gc.disable()
            self._threads += 1

    def leave(self) -> None:
        """Turn it on again after the last thread, if it was on before the first."""
        with self._lock:
            self._threads -= 1
            if not self._threads and self._was_on:
                gc.enable()


KEPT_OUT = KeptOut()


class GarbageCollector(QObject):
    """Collects once a second, in the thread that made it, until it is closed."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.collections = 0
        gc.disable()
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY)
        self._timer.timeout.connect(self.collect)
        self._timer.start()

    def settle(self) -> None:
        """Take what lives now as living for good, so that later collections pass it over."""
        gc.collect()
        gc.freeze()

    def collect(self) -> None:
        """Collect the younger generations, now and then all of them."""
        self.collections += 1
        gc.collect(2 if self.collections % OLDEST_EVERY == 0 else 1)

    def close(self) -> None:
        """Leave collecting to Python again."""
        self._timer.stop()
        gc.unfreeze()
        gc.enable()
