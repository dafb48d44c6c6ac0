"""What the document knows of the training, and what the worker knows of the document.

`Training` keeps one for its document. It turns snapshots into edits that write parameters back,
tells which numbers a person changed since, and recognises the numbers of an earlier moment of
the run when undo brings them back. It never changes the document itself.
"""

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, replace
from gettext import ngettext

import numpy as np
from numpy.typing import NDArray

from engine.graph.document import Document
from engine.graph.edits import Edit
from engine.graph.initialise import initial_parameters
from engine.graph.properties import set_values
from engine.train.snapshot import Snapshot

Ids = NDArray[np.int64]
Numbers = NDArray[np.float64]

MOST_MARKS = 64


@dataclass(frozen=True, slots=True, eq=False)
class Mark:
    """A moment of the run whose parameters are, or were, the document's."""

    step: int
    ids: Ids
    numbers: Numbers


class Ledger:
    """Keeps the books of one run, from the moment the document is handed to the worker.

    Attributes:
        step: the step whose parameters the document holds.
    """

    def __init__(self, document: Document) -> None:
        self.step = 0
        self._document = document
        self._seed = document.seeds.init
        self._told = {node.id: node.value for node in document.nodes() if node.is_leaf}
        self._edited: dict[int, int] = {}
        self._start: Mark | None = None
        self._marks: deque[Mark] = deque(maxlen=MOST_MARKS)

    @property
    def redrawn(self) -> bool:
        """Whether the document has another seed of initial weights since."""
        return self._document.seeds.init != self._seed

    def write_back(self, snapshot: Snapshot) -> Edit | None:
        """Return the edit that brings the parameters of a snapshot home; None if it has them."""
        steps = snapshot.step - self.step
        if steps <= 0:
            return None
        ids, numbers = snapshot.parameters
        now = self._numbers(ids)
        if self._start is None:
            self._start = Mark(self.step, ids, now)
            self._marks.append(self._start)
        self._marks.append(Mark(snapshot.step, ids, numbers))
        self.step = snapshot.step
        self._told.update(zip(ids.tolist(), numbers.tolist(), strict=True))
        title = ngettext("Train {count} step", "Train {count} steps", steps)
        return set_values(
            self._document, ids.tolist(), numbers.tolist(), title.format(count=steps)
        )

    def changed(self, nodes: Iterable[int]) -> tuple[Ids, Numbers]:
        """Return the leaves among `nodes` whose numbers the worker was not told yet."""
        here = (self._document.node(node) for node in sorted(nodes) if node in self._document)
        fresh = {n.id: n.value for n in here if n.is_leaf and self._told.get(n.id) != n.value}
        self._told.update(fresh)
        return np.array(list(fresh), np.int64), np.array(list(fresh.values()), np.float64)

    def sent(self, ids: Ids, order: int) -> None:
        """Remember which order told the worker about these leaves."""
        self._edited.update(dict.fromkeys(ids.tolist(), order))

    def corrected(self, snapshot: Snapshot, serial: int) -> Snapshot:
        """Return a snapshot with the numbers that were edited after the order `serial`."""
        self._edited = {leaf: order for leaf, order in self._edited.items() if order > serial}
        ids, numbers = snapshot.parameters
        late = np.flatnonzero(np.isin(ids, list(self._edited)))
        if not len(late):
            return snapshot
        numbers = numbers.copy()
        numbers[late] = self._numbers(ids[late])
        return replace(snapshot, parameters=(ids, numbers))

    def moment(self) -> Mark | None:
        """Return the moment of the run that the document's parameters belong to, latest first."""
        for mark in reversed(self._marks):
            if np.array_equal(self._numbers(mark.ids), mark.numbers):
                return mark
        return None

    def here(self) -> Mark:
        """Return the moment of the run that the document is at."""
        ids = np.array([node.id for node in self._document.nodes() if node.trainable], np.int64)
        return Mark(self.step, ids, self._numbers(ids))

    def fresh(self, title: str) -> Edit:
        """Return the edit to new initial weights; what no template drew goes back to the start."""
        numbers: dict[int, float] = {}
        if self._start is not None:
            numbers.update(
                zip(self._start.ids.tolist(), self._start.numbers.tolist(), strict=True)
            )
        drawn = initial_parameters(self._document).column
        if drawn is not None:
            numbers.update(zip(drawn.ids.tolist(), drawn.after.tolist(), strict=True))
        return set_values(self._document, list(numbers), list(numbers.values()), title)

    def _numbers(self, ids: Ids) -> Numbers:
        return np.array([self._document.node(leaf).value for leaf in ids.tolist()], np.float64)
