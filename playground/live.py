"""What makes every number live: one evaluation per turn of the event loop, however much changed.

The session tells it what changed and what is looked at; it compiles when the structure changed,
reruns when numbers did, and hands out the immutable `Result`. While training runs, the trained
numbers lie over the document's. It must never write to the document.
"""

from collections.abc import Callable, Iterable, Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, QTimer, Signal

from engine.graph.document import Document
from engine.run.evaluate import Plans, evaluate, make_plans
from engine.run.result import Result
from engine.train.samples import Samples

# Over thousands of samples gradients take a tenth of a second, and snapshots come thirty times.
BATCH_MILLISECONDS = 250

Numbers = tuple[NDArray[np.int64], NDArray[np.float64]]


class Live(QObject):
    """Keeps the result of one document current; lives in the main thread.

    `before` is called ahead of every evaluation, to bring what changed and was not told yet.

    Attributes:
        result_ready: carries the new `Result`.
        result: the latest one; plan: what was run for it.
        samples: the data set; None where the document has none.
        compilations, runs: how often a plan was made and evaluated, for tests.
    """

    result_ready = Signal(object)

    def __init__(
        self,
        document: Document,
        before: Callable[[], None] | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._before = before
        self.compilations = 0
        self.runs = 0
        self.samples: Samples | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self.flush)
        self._resting = QTimer(self)
        self._resting.setSingleShot(True)
        self._resting.setInterval(BATCH_MILLISECONDS)
        self._stale = False
        self._changed: set[int] | None = set()
        self._plans: Plans | None = None
        self._probe: tuple[float, ...] | None = None
        self._sample: int | None = None
        self._overlay: Numbers | None = None
        self._document = document
        self.result = self._evaluate()

    @property
    def probe(self) -> tuple[float, ...] | None:
        """The features that are tried out in place of a sample's, None while none are."""
        return self._probe

    def watch(self, document: Document, samples: Samples | None = None) -> None:
        """Turn to another document and its data; `flush` brings its result."""
        self._document = document
        self.samples = samples
        self._probe = self._sample = self._overlay = None
        self.stale(structural=True)

    def stale(self, *, structural: bool = False, changed: Iterable[int] | None = None) -> None:
        """Evaluate again this turn; with `structural`, compile first.

        `changed` are the nodes whose own numbers are not what they were; None: any may be.
        """
        if structural:
            self._plans = None
        if changed is None or self._changed is None:
            self._changed = None
        else:
            self._changed.update(changed)
        self._stale = True
        self._timer.start()

    def set_samples(self, samples: Samples | None) -> None:
        """Use another data set."""
        self.samples = samples
        self._resting.stop()
        self.stale(changed=())

    def set_probe(self, features: Sequence[float] | None) -> None:
        """Try out these features, or (None) go back to the sample."""
        probe = None if features is None else tuple(float(number) for number in features)
        if probe != self._probe:
            self._probe = probe
            self.stale(changed=())

    def set_sample(self, sample: int | None) -> None:
        """Show one sample's numbers and gradients, or (None) what the view says."""
        if sample != self._sample:
            self._sample = sample
            self.stale(changed=())

    def set_overlay(self, ids: NDArray[np.int64], values: NDArray[np.float64]) -> None:
        """Show these numbers of leaves in place of the document's.

        Gradients over the batch then follow four times a second, all else at once.
        """
        self._overlay = (ids, values)
        self.stale(changed=())

    def clear_overlay(self) -> None:
        """Show the document's own numbers again."""
        if self._overlay is not None:
            self._overlay = None
            self.stale(changed=())

    def flush(self) -> None:
        """Evaluate now, if anything is stale."""
        if self._stale and self._before is not None:
            self._before()
        if not self._stale:
            return
        self._stale = False
        self._timer.stop()
        self.result = self._evaluate()
        self.result_ready.emit(self.result)

    def close(self) -> None:
        """Evaluate nothing more."""
        self._timer.stop()
        self._resting.stop()
        self._stale = False

    def _evaluate(self) -> Result:
        if self._plans is None:
            self._plans = make_plans(self._document)
            self.compilations += 1
        self.runs += 1
        self.plan = self._plans.single
        view = self._document.view
        changed, self._changed = self._changed, set()
        alone = self._sample is not None
        scope = "sample" if alone else view.scope
        afresh = self._overlay is None or not self._resting.isActive()
        result = evaluate(
            self._document,
            plans=self._plans,
            data=self.samples,
            sample=self._sample if alone else view.sample,
            scope=scope,
            probe=self._probe,
            numbers=self._overlay,
            changed=changed,
            afresh=afresh,
        )
        if self._overlay is not None and scope == "batch" and afresh:
            self._resting.start()
        return result
