"""The runs since the document was opened: what they were trained with, and how that went.

The session owns one and pages show it. Training numbers its runs: another begins with a rewind,
with new initial weights and with another structure, and undo may bring one back. Those before stay
as they were. Runs are not saved with the document.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from gettext import gettext as _
from typing import Any

import numpy as np
from PySide6.QtCore import QObject, Signal

from engine.errors import Refusal
from engine.graph.edits import Edit
from engine.graph.properties import set_training, set_values
from engine.train.log import Conditions, told_change
from engine.train.optimizers import OPTIMIZERS
from engine.train.snapshot import Snapshot
from playground.session.looking import Looking
from playground.training import Curves, Training

MOST_RUNS = 12
MOST_ROWS = 20_000  # of the curves of a run that is over


@dataclass(frozen=True, slots=True, eq=False)
class Run:
    """A run as it stands, or as it ended.

    Attributes:
        number: counts from 1 with every document; `given` is the name that a person gave it.
        pinned: whether it stays when there is no room for more.
        hidden: whether its curves are left out of the chart.
    """

    number: int
    curves: Curves
    snapshot: Snapshot
    given: str = ""
    pinned: bool = False
    hidden: bool = False

    @property
    def ended(self) -> Conditions | None:
        """Under which settings and on which data it was trained at last."""
        return self.curves.conditions

    @property
    def name(self) -> str:
        """What it is called: by a person, or after its optimiser and learning rate."""
        if self.given:
            return self.given
        if self.ended is None:
            return _("Run {number}").format(number=self.number)
        training = self.ended.training
        title = OPTIMIZERS[training.optimizer].title
        return _("Run {number} · {optimizer} {rate:.4g}").format(
            number=self.number, optimizer=title, rate=training.learning_rate
        )

    def with_news(self, curves: Curves, snapshot: Snapshot) -> "Run":
        """Return the run as it stands now.

        Numbers that were changed without a step, as by new weights, are not where it ended.
        """
        before = self.snapshot
        moved = snapshot.step != before.step
        same = np.array_equal(snapshot.parameters[1], before.parameters[1])
        return replace(self, curves=curves, snapshot=snapshot if moved or same else before)

    def differs_from(self, other: "Run | None") -> str:
        """Say what of its settings and data is not as at the end of another run."""
        before = None if other is None else other.ended
        return "" if before is None or self.ended is None else told_change(before, self.ended)


class Runs(QObject):
    """The runs in their order, the current one last.

    Attributes:
        changed: there is another run, one fewer, or one is called or shown otherwise.
        grown: the current run has come further.
    """

    changed = Signal()
    grown = Signal()

    def __init__(
        self,
        training: Training,
        looking: Looking,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._training, self._looking = training, looking
        self._runs: list[Run] = []
        self._count = 0
        training.snapshot_ready.connect(self._follow)

    def __len__(self) -> int:
        return len(self._runs)

    def __iter__(self) -> Iterator[Run]:
        return iter(tuple(self._runs))

    @property
    def current(self) -> Run | None:
        """The run that is under way or was last."""
        return self._runs[-1] if self._runs else None

    def find(self, number: int) -> Run | None:
        """Return the run of a number, None if it is not kept."""
        return next((run for run in self._runs if run.number == number), None)

    def before(self, number: int) -> Run | None:
        """Return the run that is listed before the one of a number."""
        earlier = [run for run in self._runs if run.number < number]
        return earlier[-1] if earlier else None

    def clear(self) -> None:
        """Forget all runs, as for another document."""
        self._runs.clear()
        self._count = 0
        self.changed.emit()

    # What a person does --------------------------------------------------------------------------

    def rename(self, number: int, name: str) -> None:
        """Call a run something; nothing calls it after its settings again."""
        self._change(number, given=" ".join(name.split())[:80])

    def pin(self, number: int, *, on: bool) -> None:
        """Keep a run when there is no room for more."""
        self._change(number, pinned=on)

    def hide(self, number: int, *, on: bool) -> None:
        """Leave the curves of a run out of the chart, or show them."""
        self._change(number, hidden=on)

    def delete(self, number: int) -> None:
        """Forget a run; the current one stays."""
        run = self.find(number)
        if run is not None and run is not self.current:
            self._runs.remove(run)
            self.changed.emit()

    def settings_edit(self, number: int) -> Edit | Refusal:
        """Return the edit to the training settings that a run ended with."""
        run = self.find(number)
        if run is None or run.ended is None:
            return Edit("")
        training = run.ended.training
        fields = {name: getattr(training, name) for name in training.__slots__}
        return set_training(self._looking.document, **fields)

    def weights_edit(self, number: int) -> Edit | Refusal:
        """Return the edit to the parameters that a run ended with."""
        run, document = self.find(number), self._looking.document
        if run is None:
            return Edit("")
        ids, numbers = run.snapshot.parameters
        trained = {node.id for node in document.nodes() if node.trainable}
        if not trained.issuperset(ids.tolist()):
            return Refusal(
                _("The weights of {run} do not fit").format(run=run.name),
                _("some of its parameters are frozen or no longer in the graph"),
            )
        title = _("Take the weights of {run}").format(run=run.name)
        return set_values(document, ids.tolist(), numbers.tolist(), title)

    def _change(self, number: int, **fields: Any) -> None:
        for row, run in enumerate(self._runs):
            if run.number == number:
                self._runs[row] = replace(run, **fields)
                self.changed.emit()

    # What training does --------------------------------------------------------------------------

    def _follow(self, snapshot: Snapshot) -> None:
        curves = self._training.curves
        if curves is None or curves.run != self._training.run:
            return  # curves come less often than snapshots: those of this run are on their way
        run = self.current
        if run is None or curves.run != run.curves.run:
            self._turn_to(curves, snapshot)
        else:
            self._runs[-1] = grown = run.with_news(curves, snapshot)
            if grown.name != run.name:
                self.changed.emit()
        self.grown.emit()

    def _turn_to(self, curves: Curves, snapshot: Snapshot) -> None:
        """Go on with a run that undo brought back, or begin one."""
        known = next((run for run in self._runs if run.curves.run == curves.run), None)
        if known is None:
            self._begin(Run(self._count + 1, curves, snapshot))
            return
        self._runs.remove(known)
        self._runs.append(known.with_news(curves, snapshot))
        self.changed.emit()

    def _begin(self, run: Run) -> None:
        last = self.current
        if last is not None and last.snapshot.step == 0:  # nothing came of it
            self._runs[-1] = replace(run, number=last.number, given=last.given)
        else:
            if last is not None:
                self._runs[-1] = replace(last, curves=last.curves.shortened(MOST_ROWS))
            self._count = run.number
            self._runs.append(run)
            free = [one for one in self._runs[:-1] if not one.pinned]
            if len(self._runs) > MOST_RUNS and free:
                self._runs.remove(free[0])
        self.changed.emit()
