"""Laying out beside the window: a thread computes where everything goes, and the result lands.

The handler of the Edit menu starts it. The thread has plain data of its own; the document may
change meanwhile, and whoever takes the result compares its revision.
"""

from collections.abc import Sequence

from PySide6.QtCore import QObject, QThread, Signal

from engine.graph.tidy import Chore, done
from playground.garbage import COLLECTING
from playground.training.worker import LEAVING_MILLISECONDS, LINGERING


class Tidier(QObject):
    """Lays out one thing at a time; asked anew, it forgets what it was at.

    Attributes:
        done: carries the new positions by id, and the revision of the document they are for.
    """

    done = Signal(object, int)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._thread: _Thread | None = None

    @property
    def is_busy(self) -> bool:
        """Whether something is being laid out."""
        return self._thread is not None

    def start(self, work: Sequence[Chore], revision: int) -> None:
        """Begin to lay out; `done` follows."""
        self.forget()
        thread = self._thread = _Thread(work, revision)
        thread.finished.connect(self._collect)
        COLLECTING.suspend()
        thread.start()

    def forget(self) -> None:
        """Drop what is being laid out; its thread ends by itself."""
        thread, self._thread = self._thread, None
        if thread is not None:
            thread.finished.disconnect(self._collect)
            # Qt aborts when a thread that still runs is destroyed, so somebody has to hold it.
            LINGERING.append(thread)
        LINGERING[:] = [one for one in LINGERING if one.isRunning()]

    def close(self) -> None:
        """End, and give what is under way two seconds to do so."""
        self.forget()
        for thread in LINGERING:
            if isinstance(thread, _Thread):
                thread.wait(LEAVING_MILLISECONDS)
        LINGERING[:] = [one for one in LINGERING if one.isRunning()]

    def _collect(self) -> None:
        thread, self._thread = self._thread, None
        if thread is None:
            return
        thread.wait(LEAVING_MILLISECONDS)  # it has said that it is about to end
        if thread.positions is not None:
            self.done.emit(thread.positions, thread.revision)


class _Thread(QThread):
    """One layout; `positions` are there when it has finished."""

    def __init__(self, work: Sequence[Chore], revision: int) -> None:
        super().__init__()
        self._work = work
        self.revision = revision
        self.positions: dict[int, tuple[float, float]] | None = None

    def run(self) -> None:
        """Compute; Python's collector would destroy widgets here."""
        try:
            self.positions = done(self._work)
        finally:
            COLLECTING.resume()
