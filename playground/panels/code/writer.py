"""Writes the document as code beside the window, as often as it changes and no more.

The code panel owns one. A copy of the document goes to a thread; what comes back is the text with
what its lines are about. It knows what it wrote last, so that nothing is written twice.
"""

from collections.abc import Hashable
from functools import partial

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QElapsedTimer, QObject, QTimer, Signal

from engine.errors import Refusal
from engine.exchange.exporters import EXPORTERS
from engine.exchange.exporters.tracing import Code
from engine.graph.document import Document
from engine.graph.properties import set_values
from playground.session import Session
from playground.session.aside import Aside

SOON, TRAINING = 100, 300  # milliseconds between two texts at least
LIVE_MOST = 20_000  # nodes; larger graphs are written anew when training has paused
REST = 3  # times as long as the writing took, the window has its processor for itself

Numbers = tuple[NDArray[np.int64], NDArray[np.float64]]


class CodeWriter(QObject):
    """Follows a session while it is `awake`; lives in the main thread.

    Attributes:
        written: carries the new `Code`, or the `Refusal` that says why there is none.
        texts: how many texts were written, for those who count work.
    """

    written = Signal(object)

    def __init__(self, session: Session, key: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.texts = 0
        self._session = session
        self._key = key
        self._awake = False
        self._known: Hashable = None
        self._asked: Hashable = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._write)
        self._clock = QElapsedTimer()
        self._took = 0
        self._aside = Aside(self)
        self._aside.done.connect(self._take)
        session.changed.connect(self.follow)
        session.result_changed.connect(self.follow)
        session.view_changed.connect(self.follow)
        session.document_replaced.connect(self._start_over)

    @property
    def key(self) -> str:
        """The format, a key of `EXPORTERS`."""
        return self._key

    @property
    def is_busy(self) -> bool:
        """Whether a text is awaited."""
        return self._timer.isActive() or self._aside.is_busy

    def choose(self, key: str) -> None:
        """Write another format."""
        self._key = key
        self._start_over()

    def wake(self, *, up: bool) -> None:
        """Write while somebody reads, and do nothing at all while nobody does."""
        self._awake = up
        if up:
            self.follow()
        else:
            self._timer.stop()
            self._aside.forget()

    def follow(self) -> None:
        """Write soon, if the document, its numbers or its folds are not those of the last text."""
        if not self._awake or self._timer.isActive() or self._aside.is_busy:
            return
        running = self._session.training.running
        if running and self._known is not None and len(self._session.document) > LIVE_MOST:
            return
        if self._state() != self._known:
            least = TRAINING if running else SOON
            first = self._known is None
            self._timer.start(0 if first else max(least, REST * self._took))

    def close(self) -> None:
        """Write nothing more."""
        self._awake = False
        self._timer.stop()
        self._aside.close()

    def _start_over(self) -> None:
        self._known = None
        self._timer.stop()
        self._aside.forget()
        self.follow()

    def _state(self) -> Hashable:
        """Return all that the text depends on."""
        session = self._session
        document, view = session.document, session.view
        learned = session.training.snapshot if session.training.running else None
        step = None if learned is None else learned.step
        return (self._key, id(document), document.revision, view.folded, view.sample, step)

    def _write(self) -> None:
        session, self._asked = self._session, self._state()
        learned = session.training.snapshot if session.training.running else None
        numbers = None if learned is None else learned.parameters
        self._clock.start()
        self._aside.start(partial(code_of, session.document.copy(), self._key, numbers))

    def _take(self, code: Code | Refusal) -> None:
        self._known, self._took = self._asked, self._clock.elapsed()
        self.texts += 1
        self.written.emit(code)
        self.follow()


def code_of(document: Document, key: str, numbers: Numbers | None = None) -> Code | Refusal:
    """Return a copy of a document as code, folded as it is seen, with numbers it has learned."""
    if numbers is not None:
        ids, values = numbers
        alive = np.array([node in document for node in ids.tolist()], bool)
        if alive.any():
            document.apply(set_values(document, ids[alive].tolist(), values[alive].tolist(), ""))
    return EXPORTERS[key].code(document, document.view.folded)
