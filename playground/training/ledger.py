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
from engine.graph.start import learned
from engine.train.optimizers import Memory
from engine.train.snapshot import Snapshot

Ids = NDArray[np.int64]
Numbers = NDArray[np.float64]

MOST_MARKS = 64


@dataclass(frozen=True, slots=True, eq=False)
class Mark:
    """A moment of a run whose parameters are, or were, the document's.

    `memory` is what the optimiser remembered then, None if the document alone knows the moment.
    """

    run: int
    step: int
    ids: Ids
    numbers: Numbers
    memory: Memory | None = None

    @classmethod
    def of(cls, run: int, snapshot: Snapshot) -> "Mark":
        """Return the moment of a snapshot."""
        return cls(run, snapshot.step, *snapshot.parameters, snapshot.memory)


class Ledger:
    """Keeps the books of runs of one structure, from the moment it is handed to the worker.

    Attributes:
        run: the number of the run the document is in.
        step: the step whose parameters it holds.
    """

    def __init__(self, document: Document, run: int = 0) -> None:
        self.run, self.step = run, 0
        self._document = document
        self._seed = document.seeds.init
        self._told = {node.id: node.value for node in document.nodes() if node.is_leaf}
        self._edited: dict[int, int] = {}
        self._marks: deque[Mark] = deque(maxlen=MOST_MARKS)

    def take_redrawn(self) -> bool:
        """Whether the document has another seed of initial weights since this was asked last."""
        redrawn = self._document.seeds.init != self._seed
        self._seed = self._document.seeds.init
        return redrawn

    def write_back(self, snapshot: Snapshot) -> Edit | None:
        """Return the edit that brings the parameters of a snapshot home; None if it has them."""
        steps = snapshot.step - self.step
        if steps <= 0:
            return None
        ids, numbers = snapshot.parameters
        self.leave_for(Mark.of(self.run, snapshot))
        title = ngettext("Train {count} step", "Train {count} steps", steps)
        return learned(self._document, ids.tolist(), numbers.tolist(), title.format(count=steps))

    def is_at(self, mark: Mark) -> bool:
        """Whether the document is at a moment."""
        return (mark.run, mark.step) == (self.run, self.step)

    def leave_for(self, mark: Mark) -> None:
        """Be at another moment, and keep the one before, which undo leads back to."""
        self._remember_here(mark.ids)
        self.go_to(mark)

    def go_to(self, mark: Mark) -> None:
        """Be at another moment, whose parameters the document is about to get."""
        self._marks.append(mark)
        self.run, self.step = mark.run, mark.step
        self._told.update(zip(mark.ids.tolist(), mark.numbers.tolist(), strict=True))

    def _remember_here(self, ids: Ids) -> None:
        """Keep the moment before the document changes, unless it is the last that was kept."""
        now = Mark(self.run, self.step, ids, self._numbers(ids))
        last = self._marks[-1] if self._marks else None
        if last is None or not np.array_equal(last.numbers, now.numbers):
            self._marks.append(now)

    def begin(self, run: int, edit: Edit) -> Mark:
        """Begin a run with the parameters that an edit is about to give the document."""
        here = self.here()
        given = edit.numbers
        old = zip(here.ids.tolist(), here.numbers.tolist(), strict=True)
        numbers = np.array([given.get(node, number) for node, number in old], np.float64)
        for change in edit.changes:
            if change.field == "seeds":
                self._seed = change.after.init
        mark = Mark(run, 0, here.ids, numbers)
        self.leave_for(mark)
        return mark

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
        """Return the moment of a run that the document's parameters belong to, latest first."""
        ids, numbers = np.zeros(0, np.int64), np.zeros(0)
        for mark in reversed(self._marks):
            if not np.array_equal(ids, mark.ids):  # nearly all marks are of the same parameters
                ids, numbers = mark.ids, self._numbers(mark.ids)
            if np.array_equal(numbers, mark.numbers):
                return mark
        return None

    def here(self) -> Mark:
        """Return the moment of the run that the document is at."""
        ids = np.array([node.id for node in self._document.nodes() if node.trainable], np.int64)
        return Mark(self.run, self.step, ids, self._numbers(ids))

    def _numbers(self, ids: Ids) -> Numbers:
        return np.array([self._document.node(leaf).value for leaf in ids.tolist()], np.float64)
