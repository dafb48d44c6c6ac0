"""A pass done node by node over what is shown: the stepper's state, and the bug that is planted.

The session owns one; strip, order list, canvas and bug lab tell it what to do and follow it. While
it is on, what has happened so far is shown in place of the latest numbers; while a bug is planted
and nobody steps, the whole pass as the bug makes it is. Nothing here changes the document.
"""

from PySide6.QtCore import QObject, Signal

from engine.graph.document import Document
from engine.run.result import Result
from engine.run.trace import RIGHT, Phase, Rules, Step, Trace
from playground.session.looking import Looking

Wanted = tuple[Phase, int]


class Tracing(QObject):
    """Lives in the main thread, as long as its session.

    Attributes:
        on: whether somebody steps.
        rules: how the pass is done; other than `RIGHT` while a bug is planted.
        changed: `on`, the position, the rules or the numbers of the pass are others.
    """

    changed = Signal()

    def __init__(self, looking: Looking, parent: QObject) -> None:
        super().__init__(parent)
        self._looking = looking
        self.on = False
        self.rules = RIGHT
        self._taken: list[Wanted] = []  # what was done, in order
        self._trace: Trace | None = None

    @property
    def trace(self) -> Trace | None:
        """The pass as far as it is, None while nobody steps; ask it, and change it here only."""
        return self._trace if self.on else None

    @property
    def is_planted(self) -> bool:
        """Whether numbers are wrong on purpose."""
        return self.rules != RIGHT

    def switch(self, *, on: bool) -> None:
        """Begin before the first step, or end and show the latest numbers."""
        if on != self.on:
            self.on = on
            self._taken.clear()
            self._show()

    def plant(self, rules: Rules) -> None:
        """Do the pass by these rules from now on; `RIGHT` removes a bug. Stepping begins anew."""
        if rules != self.rules:
            self.rules = rules
            self._taken.clear()
            self._show()

    def step(self) -> Step | None:
        """Take the next step by the rules; None at the end."""
        trace = self.trace
        wanted = None if trace is None else next(iter(trace.schedule[len(self._taken) :]), None)
        return None if wanted is None else self.do(*wanted)

    def do(self, phase: Phase, node: int) -> Step | None:
        """Take this step now, whether it is its turn or not; None if it cannot be done."""
        trace = self.trace
        step = None if trace is None else trace.take(phase, node)
        if step is not None:
            self._taken.append((phase, node))
            self._tell()
        return step

    def back(self) -> Step | None:
        """Take back the latest step and return it; None at the start."""
        step = None if self._trace is None else self._trace.back()
        if step is not None:
            self._taken.pop()
            self._tell()
        return step

    def leave(self) -> None:
        """End stepping and remove the bug: another document is opened."""
        self.on, self.rules = False, RIGHT
        self._taken.clear()
        self._show()

    def begin_anew(self) -> None:
        """Go back before the first step: the graph is another one, and its numbers follow."""
        self._taken.clear()
        self._trace = None

    # ---------------------------------------------------------------------------------------------

    def _show(self) -> None:
        """Show the pass in place of the latest numbers, or no longer."""
        self._trace = None
        self._looking.retell(self._retold if self.on or self.is_planted else None)
        self.changed.emit()

    def _tell(self) -> None:
        """Show what the pass has come to, without doing it again."""
        self._looking.retell(self._told)
        self.changed.emit()

    def _told(self, base: Result) -> Result:
        trace = self._trace
        same = trace is not None and trace.base is base
        return trace.result() if trace is not None and same else self._retold(base)

    def _retold(self, base: Result) -> Result:
        """Do again what was done, with these numbers; without a stepper, all of it."""
        self._trace = trace = Trace(self._document, base, self.rules)
        if self.on:
            for wanted in self._taken:
                trace.take(*wanted)
        else:
            for _step in trace.run():
                pass
        return trace.result()

    @property
    def _document(self) -> Document:
        return self._looking.document
