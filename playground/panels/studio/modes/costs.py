"""Measuring what both modes cost: by doing all passes, a portion in each turn of the event loop.

The page orders a measurement when the graph or the question is another one; numbers change no
count.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, QTimer, Signal

from engine.run.modes import Mode, Passes, in_turns, pull_back, push_forward
from engine.run.result import Array
from engine.run.schedule import Plan

MOST = 2**28  # numbers in all passes together; more are not measured


@dataclass(frozen=True, slots=True)
class Tally:
    """What the passes of one mode took so far: `done` of `passes`, each from `least` to `most`.

    `refused` says that so many are not counted.
    """

    passes: int
    done: int = 0
    multiplications: int = 0
    additions: int = 0
    idle: int = 0
    least: int = 0
    most: int = 0
    refused: bool = False

    @property
    def complete(self) -> bool:
        """Whether all passes are counted."""
        return self.done == self.passes

    def plus(self, passes: Passes) -> "Tally":
        """Return the tally with more passes."""
        counts = passes.multiplications
        least = int(counts.min())
        return Tally(
            self.passes,
            self.done + len(passes.seeds),
            self.multiplications + int(counts.sum()),
            self.additions + int(passes.additions.sum()),
            self.idle + int(passes.idle.sum()),
            min(self.least, least) if self.done else least,
            max(self.most, int(counts.max())),
        )


class Costs(QObject):
    """Counts one question at a time.

    Attributes:
        forward, reverse: how far each mode has come.
        changed: a portion more is counted.
    """

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.forward = self.reverse = Tally(0)
        self._asked: tuple[Plan, Sequence[int], Sequence[int]] | None = None
        self._waiting: Iterator[None] = iter(())
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._go_on)

    def measure(self, plan: Plan, value: Array, seeds: Sequence[int], ends: Sequence[int]) -> None:
        """Count the passes from all seeds forward and from all ends back, unless that is done."""
        if self._asked is not None and self._asked[0] is plan and self._asked[1:] == (seeds, ends):
            return
        self._asked = (plan, seeds, ends)
        work = len(plan.ids)
        self.forward = Tally(len(seeds), refused=work * len(seeds) > MOST)
        self.reverse = Tally(len(ends), refused=work * len(ends) > MOST)
        self._waiting = self._counting(plan, value, seeds, ends)
        self._timer.start()
        self.changed.emit()

    def rest(self) -> None:
        """Count nothing for now."""
        self._timer.stop()
        if not (self.forward.complete and self.reverse.complete):
            self._asked = None

    def _counting(
        self, plan: Plan, value: Array, seeds: Sequence[int], ends: Sequence[int]
    ) -> Iterator[None]:
        modes: tuple[tuple[str, Mode, Sequence[int]], ...] = (
            ("reverse", pull_back, ends),
            ("forward", push_forward, seeds),
        )
        for name, mode, begun in modes:
            if getattr(self, name).refused:
                continue
            for passes in in_turns(mode, plan, value, begun):
                setattr(self, name, getattr(self, name).plus(passes))
                yield

    def _go_on(self) -> None:
        if next(self._waiting, "over") == "over":
            self._timer.stop()
        self.changed.emit()
