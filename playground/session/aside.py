"""Work beside the window: a thread computes, and what it found comes back as a signal.

For whatever takes longer than a frame and needs plain data alone: laying out, writing code. The
document may change meanwhile, so the work gets a copy of its own, and whoever takes the outcome
looks whether it still fits.
"""

from collections.abc import Callable

from PySide6.QtCore import QObject, QThread, Signal

from playground.garbage import COLLECTING
from playground.training.worker import LEAVING_MILLISECONDS, LINGERING


class Aside(QObject):
    """Does one thing at a time; asked anew, it forgets what it was at.

    Attributes:
        done: carries what the work returned.
    """

    done = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._thread: _Thread | None = None

    @property
    def is_busy(self) -> bool:
        """Whether there is work under way."""
        return self._thread is not None

    def start(self, work: Callable[[], object]) -> None:
        """Begin; `done` follows. The work must touch nothing that anyone else changes."""
        self.forget()
        thread = self._thread = _Thread(work)
        thread.finished.connect(self._collect)
        COLLECTING.suspend()
        thread.start()

    def forget(self) -> None:
        """Drop what is under way; its thread ends by itself."""
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
        if thread.outcome is not None:
            self.done.emit(thread.outcome)


class _Thread(QThread):
    """One piece of work; the `outcome` is there when it has finished."""

    def __init__(self, work: Callable[[], object]) -> None:
        super().__init__()
        self._work = work
        self.outcome: object = None

    def run(self) -> None:
        """Compute; Python's collector would destroy widgets here."""
        try:
            self.outcome = self._work()
        finally:
            COLLECTING.resume()
