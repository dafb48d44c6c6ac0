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


class Collecting:
    """Python's own collecting, off as long as anyone has suspended it; for any thread.

    The window suspends it while it collects by a timer, and every thread of ours while it runs.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._suspended = 0
        self._was_on = False

    def suspend(self) -> None:
        """Turn the collector off; for a thread, before it starts."""
        with self._lock:
            if not self._suspended:
                self._was_on = gc.isenabled()
                gc.disable()
            self._suspended += 1

    def resume(self) -> None:
        """Take one `suspend` back; after the last, the collector is as it was before the first."""
        with self._lock:
            self._suspended -= 1
            if not self._suspended and self._was_on:
                gc.enable()


COLLECTING = Collecting()


class GarbageCollector(QObject):
    """Collects once a second, in the thread that made it, until it is closed."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.collections = 0
        COLLECTING.suspend()
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
        """Leave collecting to Python again, unless a thread of ours still runs."""
        if self._timer.isActive():
            self._timer.stop()
            gc.unfreeze()
            COLLECTING.resume()
