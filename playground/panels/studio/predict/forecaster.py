"""Predicts beside the window, as often as rows, graph or parameters change and no more.

The page of predictions owns one. What runs the graph goes to the thread with the work and comes
back with the answer, so that nobody else touches it meanwhile.
"""

from collections.abc import Hashable
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QElapsedTimer, QObject, QTimer, Signal

from engine.errors import Refusal
from engine.graph.document import Document
from engine.train.predict import Forecast, Predictor
from playground.bridge import ChangeSet
from playground.session import Session
from playground.session.aside import Aside

Numbers = NDArray[np.float64]

SOON, TRAINING = 0, 100  # milliseconds between two forecasts at least
REST = 2  # times as long as a forecast took, the window has its processor for itself


@dataclass(frozen=True, slots=True, eq=False)
class Answer:
    """A forecast of the rows of one version, or why there is none, and what made it."""

    version: int
    outcome: Forecast | Refusal
    predictor: Predictor | None


class Forecaster(QObject):
    """Follows a session while it is `awake`; lives in the main thread.

    Attributes:
        told: carries an `Answer`.
        forecasts: how many were made, for those who count work.
    """

    told = Signal(object)

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.forecasts = 0
        self._session = session
        self._awake = False
        self._inputs = np.empty((0, 0))
        self._version = 0
        self._known: Hashable = None
        self._asked: Hashable = None
        self._predictor: Predictor | None = None
        self._stale = False
        self._took = 0
        self._clock = QElapsedTimer()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._begin)
        self._aside = Aside(self)
        self._aside.done.connect(self._take)
        session.changed.connect(self._follow_changes)
        session.document_replaced.connect(self._start_over)
        session.training.snapshot_ready.connect(self.follow)

    @property
    def is_busy(self) -> bool:
        """Whether a forecast is awaited."""
        return self._timer.isActive() or self._aside.is_busy

    def ask(self, inputs: Numbers, version: int) -> None:
        """Forecast these rows (n, features) from now on."""
        self._inputs, self._version = inputs, version
        self.follow()

    def wake(self, *, up: bool) -> None:
        """Forecast while somebody looks, and do nothing at all while nobody does."""
        self._awake = up
        if up:
            self.follow()
        else:
            self._timer.stop()

    def follow(self, _what: object = None) -> None:
        """Forecast soon, if anything is not as it was at the last forecast."""
        if not self._awake or self.is_busy or self._state() == self._known:
            return
        least = TRAINING if self._session.training.running else SOON
        self._timer.start(max(least, REST * self._took))

    def close(self) -> None:
        """Forecast nothing more."""
        self._awake = False
        self._timer.stop()
        self._aside.close()

    def _follow_changes(self, _changes: ChangeSet) -> None:
        self._stale = True
        self.follow()

    def _start_over(self) -> None:
        self._stale = True
        self._known = None
        self.follow()

    def _state(self) -> Hashable:
        """Return all that a forecast depends on."""
        document, training = self._session.document, self._session.training
        step = training.snapshot.step if training.running and training.snapshot else None
        return (id(document), document.revision, step, self._version)

    def _begin(self) -> None:
        session, self._asked = self._session, self._state()
        source: Predictor | Document | None = self._predictor
        if self._stale or source is None:
            source, self._stale = session.document.copy(), False
        self._predictor = None  # it goes along
        learned = session.training.snapshot if session.training.running else None
        numbers = None if learned is None else learned.parameters
        self._clock.start()
        self._aside.start(partial(_answer, source, numbers, self._inputs, self._version))

    def _take(self, answer: Answer) -> None:
        self._known, self._took = self._asked, self._clock.elapsed()
        self._predictor = answer.predictor
        self.forecasts += 1
        self.told.emit(answer)
        self.follow()


def _answer(
    source: Predictor | Document,
    parameters: tuple[NDArray[np.int64], Numbers] | None,
    inputs: Numbers,
    version: int,
) -> Answer:
    """Predict rows; of rows that have other features, predict none, to tell which it has."""
    made = Predictor.build(source) if isinstance(source, Document) else source
    if isinstance(made, Refusal):
        return Answer(version, made, None)
    if parameters is not None:
        made.set_numbers(*parameters)
    features = len(made.asked.features)
    fitting = inputs if inputs.shape[1] == features else np.empty((0, features))
    return Answer(version, made.predict(fitting), made)
