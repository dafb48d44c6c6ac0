"""Python's cyclic garbage, collected in the main thread only.

The collector runs in whatever thread happens to allocate, and there it would destroy the Qt
objects it finds, which only the main thread may touch. So the start-up turns it off and lets a
timer collect instead. `Program` makes one and closes it last.
"""

import gc

from PySide6.QtCore import QObject, QTimer

EVERY = 1_000  # milliseconds
OLDEST_EVERY = 30  # collections of the younger generations to one of all


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
