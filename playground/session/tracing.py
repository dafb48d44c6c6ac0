"""A pass done node by node over what is shown: the stepper's state, and the bug that is planted.

The session owns one; strip, order list, canvas and bug lab tell it what to do and follow it. While
it is on, what has happened so far is shown in place of the latest numbers; while a bug is planted
and nobody steps, the whole pass as the bug makes it is. Nothing here changes the document.
"""

from collections.abc import Iterable, Iterator, Sequence
from gettext import gettext as _
from itertools import islice
from sys import maxsize

import numpy as np
from PySide6.QtCore import QObject, QTimer, Signal

from engine.explain.steps import right_gradients
from engine.graph.document import Document
from engine.graph.flat import flattened
from engine.run.course import Course, Taken
from engine.run.result import Result
from engine.run.rules import RIGHT, Rules
from engine.run.trace import Phase, Step, Trace
from playground.session.looking import Looking

AT_ONCE = 1_000  # steps that are done again with other numbers before anything is shown
SLICE, EVERY = 300, 12  # steps of a longer pass, and milliseconds from one such slice to the next


class Tracing(QObject):
    """Lives in the main thread, as long as its session.

    Attributes:
        on: whether somebody steps.
        by_hand: whether nodes are fired by hand, in any order; the values are all there then.
        rules: how the pass is done; other than `RIGHT` while a bug is planted.
        redone: how many steps were done again with other numbers so far, for tests.
        changed: `on`, `by_hand`, the position, the rules or the numbers of the pass are others.
        told: carries a sentence about what has become of the pass.
    """

    changed = Signal()
    told = Signal(str)

    def __init__(self, looking: Looking, parent: QObject) -> None:
        super().__init__(parent)
        self._looking = looking
        self.on = False
        self.by_hand = False
        self.rules = RIGHT
        self.redone = 0
        self._course: Course | None = None
        self._right: tuple[Result, dict[int, float]] | None = None
        self._redone = False
        self._ahead: Course | None = None  # the same pass with other numbers, while it is done
        self._doing: Iterator[Step | None] = iter(())
        self._slices = QTimer(self)
        self._slices.setInterval(EVERY)
        self._slices.timeout.connect(self._redo_slice)
        looking.result_changed.connect(self._follow_result)

    @property
    def course(self) -> Course | None:
        """How far the pass has come, None while nobody steps; ask it, and change it here only."""
        return self._course if self.on else None

    @property
    def trace(self) -> Trace | None:
        """The pass as far as it is, None while nobody steps; ask it, and change it here only."""
        return None if self.course is None else self.course.trace

    @property
    def is_planted(self) -> bool:
        """Whether numbers are wrong on purpose."""
        return self.rules != RIGHT

    def right(self) -> dict[int, float]:
        """Return the gradients as they should be, {} while nobody steps."""
        trace = self.trace
        if trace is None:
            return {}
        if self._right is None or self._right[0] is not trace.base:
            self._right = trace.base, right_gradients(trace)
        return self._right[1]

    # For the person ------------------------------------------------------------------------------

    def switch(self, *, on: bool) -> None:
        """Begin before the first step, or end and show the latest numbers."""
        if on != self.on:
            self._looking.live.flush()
            self.on = on
            self.by_hand = False
            self._restart()

    def plant(self, rules: Rules) -> None:
        """Do the pass by these rules from now on; `RIGHT` removes a bug. Stepping begins anew."""
        if rules != self.rules:
            self.rules = rules
            self.by_hand = False
            self._restart()

    def fire_by_hand(self, *, on: bool) -> None:
        """Let the person choose which node fires, once all values are computed; or no longer.

        What broke a rule is taken back then, with all that came after it.
        """
        course = self._now()
        if course is None or on == self.by_hand:
            return
        while not on and any(step.broken for step in course.trace.steps):
            course.back()
        self.by_hand = on
        while on and not course.is_over and course.schedule[course.next][0] != "backward":
            course.step()
        self._tell()

    def step(self) -> Step | None:
        """Take the next step by the rules; None at the end."""
        course = self._now()
        return self._done(None if course is None else course.step())

    def advance(self, steps: int) -> None:
        """Take so many steps, of a folded group all at once."""
        course = self._now()
        for _step in range(steps):
            if course is not None and not course.is_over:
                course.over(self.together(course.schedule[course.next][1]))
        self._tell()

    def do(self, phase: Phase, node: int) -> Step | None:
        """Take this step now, whether it is its turn or not; None if it cannot be done."""
        course = self._now()
        return self._done(None if course is None else course.do(phase, node))

    def fire(self, item: int) -> Step | None:
        """Let a node fire, whether it is its turn or not; a group has to be opened for that."""
        if item in self._document:
            step = self.do("backward", item)
            if step is None and self.on:
                words = _("{name} has no value, so it is no part of the pass")
                self.told.emit(words.format(name=self._document.name(item)))
            return step
        if item in self._document.groups:
            self.told.emit(_("Unfold the group to let one of its nodes fire"))
        return None

    def fire_selected(self) -> bool:
        """By hand, let what is selected fire, if that is one thing; False if nothing is meant."""
        selection = self._looking.selection
        if not self.by_hand or len(selection) != 1:
            return False
        self.fire(*selection)
        return True

    def back(self) -> Step | None:
        """Take back the latest step, of a folded group all; None at the start.

        By hand nothing is taken back but what was fired.
        """
        course = self._now()
        latest = None if course is None else course.latest
        if course is None or latest is None or not self._may_go_back(course):
            return None
        return self._done(course.back(self.together(latest.node)))

    def restart(self) -> None:
        """Go back before the first step; by hand, before the first node fired."""
        course = self._now()
        while course is not None and self._may_go_back(course):
            course.back()
        self._tell()

    def finish(self) -> None:
        """Take all steps of the phase that are left."""
        course = self._now()
        if course is not None:
            course.finish()
            self._tell()

    def go_to(self, place: int) -> None:
        """Go where the step at a place of the schedule is the latest."""
        course = self._now()
        if course is not None and place < len(course.schedule):
            course.go_to(place)
            self._tell()

    def run_to(self, nodes: Iterable[int]) -> bool:
        """Go on until these have their values, else their whole gradients; False if they have."""
        course = self._now()
        moved = course is not None and course.run_to(nodes)
        self._tell()
        return moved

    def folded(self, node: int) -> int | None:
        """Return the folded group that is seen in the place of a node, None if there is none."""
        document, view = self._document, self._looking.view
        around = document.ancestry(document.node(node).group)
        if view.current_group in around:
            around = around[: around.index(view.current_group)]
        return next((group for group in reversed(around) if group in view.folded), None)

    def together(self, node: int) -> frozenset[int]:
        """Return the nodes that a step over the one takes at once: those it is folded with."""
        group = self.folded(node)
        if group is None:
            return frozenset()
        flat = flattened(self._document)
        inside = np.isin(flat.group, sorted(self._document.subgroups(group)))
        return frozenset(flat.ids[inside].tolist())

    def leave(self) -> None:
        """End stepping and remove the bug: another document is opened."""
        self.on, self.by_hand, self.rules = False, False, RIGHT
        self._restart()

    def begin_anew(self) -> None:
        """Go back before the first step: the graph is another one, and its numbers follow."""
        begun = self.on and self._course is not None and bool(self._course.taken)
        self._forget()
        self.by_hand = False
        if begun:
            self.told.emit(_("The graph is another one now: stepping begins anew"))

    # ---------------------------------------------------------------------------------------------

    def _now(self) -> Course | None:
        """Return how far the pass has come with the numbers of now; None while nobody steps."""
        self._looking.live.flush()
        while self.on and self._slices.isActive():
            self._redo_slice(maxsize)
        return self.course

    def _forget(self) -> None:
        self._slices.stop()
        self._course = None

    def _may_go_back(self, course: Course) -> bool:
        latest = course.latest
        return latest is not None and (latest.phase == "backward" or not self.by_hand)

    def _restart(self) -> None:
        """Show the pass in place of the latest numbers, or no longer, before its first step."""
        self._forget()
        self._looking.retell(self._retold if self.on or self.is_planted else None)
        self.changed.emit()

    def _done(self, step: Step | None) -> Step | None:
        if step is not None:
            self._tell()
        return step

    def _tell(self) -> None:
        """Show what the pass has come to, without doing it again."""
        if self.on:
            self._looking.retell(self._retold)
            self.changed.emit()

    def _retold(self, base: Result) -> Result:
        """Return what the pass has come to; of other numbers, after doing again what was done.

        What takes long is done beside the window, and what was shown is shown until then.
        """
        course = self._course
        if course is None or (course.trace.base is not base and not self._may_wait(course, base)):
            course = self._redo(base)
        elif course.trace.base is not base and not self._slices.isActive():
            self._ahead = course.afresh(base)
            self._doing = self._again(self._ahead, course.taken)
            self._slices.start()
        return course.trace.result()

    def _may_wait(self, course: Course, base: Result) -> bool:
        """Whether the pass may be shown for a while, though there are other numbers."""
        steps = len(course.taken) if self.on else len(course.schedule)
        return steps > AT_ONCE and course.trace.base.is_like(base)

    def _redo(self, base: Result) -> Course:
        """Do again, at once, what was done."""
        self._slices.stop()
        taken = [] if self._course is None else self._course.taken
        self._course = Course(Trace(self._document, base, self.rules))
        self._do(self._again(self._course, taken))
        self._redone = True
        return self._course

    def _again(self, course: Course, taken: Sequence[Taken]) -> Iterator[Step | None]:
        """Do again, one by one, what was done; everything if nobody steps."""
        return course.again(taken) if self.on else course.trace.run()

    def _do(self, doing: Iterator[Step | None]) -> int:
        """Do what comes; return how much it was."""
        done = sum(1 for _step in doing)
        self.redone += done
        return done

    def _redo_slice(self, steps: int = SLICE) -> None:
        """Do a bit more of the pass with other numbers; show it when it has come as far."""
        if self._do(islice(self._doing, steps)) < steps:
            self._slices.stop()
            self._course = self._ahead
            self._redone = True
            self._looking.retell(self._retold)  # which begins again if there are newer numbers

    def _follow_result(self) -> None:
        """Tell of a pass that was done again with other numbers."""
        if self._redone:
            self._redone = False
            self.changed.emit()

    @property
    def _document(self) -> Document:
        return self._looking.document
