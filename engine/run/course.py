"""How far a pass has come: which steps of its schedule were taken, and which is next.

The stepper walks along one. Steps are usually taken in the order of the schedule; what is fired by
hand, or together with a group, leaves gaps that are filled later. Writes to its trace alone.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from engine.run.result import Result
from engine.run.trace import Phase, Step, Trace

Wanted = tuple[Phase, int]
Taken = tuple[Wanted, int | None]  # what was done, and its place in the schedule, if it has one


@dataclass(slots=True, eq=False)
class Course:
    """A trace and its schedule, of n steps.

    Attributes:
        schedule: all steps by the rules, in order.
        taken: the steps that were taken, in order.
        next: the place of the first step that was not, n at the end.
    """

    trace: Trace
    schedule: tuple[Wanted, ...] = ()
    taken: list[Taken] = field(default_factory=list)
    next: int = 0
    _places: dict[Wanted, list[int]] = field(default_factory=dict)
    _done: bytearray = field(init=False)
    _history: dict[int, list[float]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Read the schedule once."""
        known = bool(self.schedule)
        self.schedule = self.schedule or self.trace.schedule
        self._done = bytearray(len(self.schedule))
        if known:
            return
        for place, wanted in enumerate(self.schedule):
            self._places.setdefault(wanted, []).append(place)

    def afresh(self, base: Result) -> "Course":
        """Return one before its first step, over numbers of the same graph."""
        return Course(self.trace.afresh(base), self.schedule, _places=self._places)

    # What may be asked --------------------------------------------------------------------------

    @property
    def forward(self) -> int:
        """How many steps compute values; those that go backward follow."""
        return len(self.trace.forward_order)

    @property
    def is_over(self) -> bool:
        """Whether every step of the schedule was taken."""
        return self.next == len(self.schedule)

    @property
    def latest(self) -> Step | None:
        """The step that was taken last, None at the beginning."""
        return self.trace.steps[-1] if self.trace.steps else None

    @property
    def place(self) -> int | None:
        """The place of the latest step in the schedule, None if it has none."""
        return self.taken[-1][1] if self.taken else None

    @property
    def phase(self) -> Phase:
        """The phase of the latest step; at the beginning that of the next."""
        return "forward" if self.latest is None else self.latest.phase

    def is_done(self, place: int) -> bool:
        """Whether the step at a place of the schedule was taken."""
        return bool(self._done[place])

    def done(self, begin: int = 0, end: int | None = None) -> int:
        """Return how many steps of the schedule, or of a part of it, were taken."""
        return sum(self._done[begin:end])

    def history(self, node: int) -> tuple[float, ...]:
        """Return what a gradient was at first and after each part that has arrived."""
        return tuple(self._history.get(node, ()))

    def has_settled(self, node: int) -> bool:
        """Whether a node's value is computed and nothing is to come of its gradient any more."""
        places = self._places.get(("backward", node), ())
        ready = self.trace.is_ready("backward", node)
        return ready and all(map(self.is_done, places))

    # Going --------------------------------------------------------------------------------------

    def do(self, phase: Phase, node: int) -> Step | None:
        """Take this step, whether it is its turn or not; None if it cannot be done."""
        step = self.trace.take(phase, node)
        if step is None:
            return None
        places = self._places.get((phase, node), ())
        place = next((one for one in places if not self._done[one]), None)
        self.taken.append(((phase, node), place))
        if place is not None:
            self._done[place] = True
        while self.next < len(self._done) and self._done[self.next]:
            self.next += 1
        for part in step.parts:
            self._history.setdefault(part.source, [part.before]).append(part.after)
        return step

    def step(self) -> Step | None:
        """Take the next step; None at the end."""
        return None if self.is_over else self.do(*self.schedule[self.next])

    def over(self, together: Collection[int]) -> list[Step]:
        """Take the next step and, if it is about one of these nodes, all of the phase about them.

        Those that still wait for others are left for later.
        """
        first = self.next
        taken = [step for step in (self.step(),) if step is not None]
        if not taken or taken[0].phase == "start" or taken[0].node not in together:
            return taken
        for place in range(first + 1, len(self.schedule)):
            phase, node = self.schedule[place]
            if phase != taken[0].phase:
                break
            if node in together and not self._done[place] and self.trace.is_ready(phase, node):
                step = self.do(phase, node)
                taken += [] if step is None else [step]
        return taken

    def finish(self) -> None:
        """Take all that is left of computing values; when that is done, all that is left."""
        end = self.forward if self.next < self.forward else len(self.schedule)
        while self.next < end and self.step() is not None:
            pass

    def go_to(self, place: int) -> None:
        """Go where the step at a place of the schedule is the latest."""
        if self._done[place]:
            while self.place != place:
                self.back()
        else:
            while not self._done[place] and self.step() is not None:
                pass

    def run_to(self, nodes: Iterable[int]) -> bool:
        """Go on until nodes have values; of those that have, until their gradients are complete.

        False if they are already.
        """
        known = [node for node in nodes if ("forward", node) in self._places]
        forward = [node for node in known if not self.trace.is_computed(node)]
        waiting = [*reversed(forward or [node for node in known if not self.has_settled(node)])]
        arrived = self.trace.is_computed if forward else self.has_settled
        if not waiting:
            return False
        while waiting:
            if arrived(waiting[-1]):
                waiting.pop()
            elif self.step() is None:
                break
        return True

    def back(self, together: Collection[int] = ()) -> Step | None:
        """Take back the latest step, with it those before that are about some nodes; None at 0."""
        first = self._back()
        if first is not None and first.phase != "start" and first.node in together:
            while self.taken and self.taken[-1][0][0] == first.phase:
                if self.taken[-1][0][1] not in together:
                    break
                self._back()
        return first

    def again(self, taken: Sequence[Taken]) -> Iterator[Step | None]:
        """Do again, one by one, what was done on another course, as far as it can be."""
        for wanted, _place in taken:
            if wanted[1] in self.trace.base.row:
                yield self.do(*wanted)

    def _back(self) -> Step | None:
        step = self.trace.back()
        if step is None:
            return None
        _wanted, place = self.taken.pop()
        if place is not None:
            self._done[place] = False
            self.next = min(self.next, place)
        for part in step.parts:
            self._history[part.source].pop()
        return step
