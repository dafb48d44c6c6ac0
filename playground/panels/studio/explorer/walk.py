"""Gradient descent as the page shows it: some steps in each turn of the event loop.

The page starts it and draws the stops; for each the graph is run forward and backward.
"""

from itertools import islice

from PySide6.QtCore import QObject, QTimer, Signal

from engine.run.downhill import Stop, descend
from engine.run.sweep import Sweep

FIRST_RATE, FIRST_STEPS, MOST_STEPS = 0.1, 20, 1_000
CALLS = 400  # of kernels in one turn: a few milliseconds


class Walk(QObject):
    """Walks downhill from a place.

    Attributes:
        rate, steps: how far a step goes, and how many there are; the next start takes them.
        stops: where it has been, the place it started from first.
        going: whether it has more to do.
        advanced: there are other stops than before.
    """

    advanced = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rate, self.steps = FIRST_RATE, FIRST_STEPS
        self.stops: list[Stop] = []
        self.going = False
        self._some = 1
        self._path: islice[Stop] = islice((), 0)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._go_on)

    def start(self, sweep: Sweep, place: tuple[float, ...]) -> None:
        """Begin at a place."""
        self.stop()
        self._path = islice(descend(sweep, place, self.rate), self.steps + 1)
        self._some = max(1, CALLS // max(1, 2 * sweep.depth))
        self.going = True
        self._go_on()

    def stop(self) -> None:
        """Forget where it has been."""
        self._timer.stop()
        self.stops, self.going = [], False

    def _go_on(self) -> None:
        taken = list(islice(self._path, self._some))
        self.stops += taken
        self.going = len(taken) == self._some
        if self.going:
            self._timer.start()
        self.advanced.emit()
