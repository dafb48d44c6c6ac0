"""Whose gradient is it: the shares of the samples that somebody looks at, measured in the worker.

The workbench has one `Sharer` and asks it whenever it tells news. While steps are taken it is
asked seldom, since nobody reads a ranking thirty times a second. Nothing here knows a clock, a
thread or Qt.
"""

import numpy as np
from numpy.typing import NDArray

from engine.errors import Refusal
from engine.graph.document import Document
from engine.train.shares import Question, Shares, SharesProbe

Ids = NDArray[np.int64]
Numbers = NDArray[np.float64]


class Sharer:
    """Measures what is asked of one document, again only if something has changed.

    Attributes:
        question: what is wanted, None for nothing at all.
        measured: how often it was measured, for those who count work.
    """

    def __init__(self) -> None:
        self.question: Question | None = None
        self.measured = 0
        self._document = Document()
        self._told: dict[int, float] = {}
        self._parameters: Numbers | None = None
        self._probe: SharesProbe | Refusal | None = None
        self._latest: Shares | None = None

    def load(self, document: Document) -> None:
        """Turn to another document, which nobody changes."""
        self._document = document
        self._told.clear()
        self._probe = self._latest = self._parameters = None

    def want(self, question: Question | None) -> None:
        """Measure for this question from now on; None lets the numbers go."""
        if question != self.question:
            self.question = question
            if question is None:
                self._probe = None
            if self._latest is None or self._latest.matrix is None:
                self._latest = None  # else all there is to know is known

    def set_numbers(self, ids: Ids, numbers: Numbers) -> None:
        """Give leaves other numbers."""
        self._told.update(zip(ids.tolist(), numbers.tolist(), strict=True))
        if isinstance(self._probe, SharesProbe):
            self._probe.set_numbers(ids, numbers)
        self._latest = None

    def measure(self, parameters: tuple[Ids, Numbers] | None) -> Shares | Refusal | None:
        """Return the shares with these parameters; None if none are wanted."""
        if self.question is None:
            return None
        probe = self._made()
        if isinstance(probe, Refusal):
            return probe
        if parameters is not None and parameters[1] is not self._parameters:
            self._parameters = parameters[1]
            self._latest = None
        if self._latest is None:
            if parameters is not None:
                probe.set_numbers(*parameters)
            self.measured += 1
            self._latest = probe.measure(self.question)
        return self._latest

    def _made(self) -> SharesProbe | Refusal:
        if self._probe is None:
            self._probe = SharesProbe.build(self._document)
            self._latest = None
            if isinstance(self._probe, SharesProbe) and self._told:
                numbers = np.array(list(self._told.values()), np.float64)
                self._probe.set_numbers(np.array(list(self._told), np.int64), numbers)
        return self._probe
