"""Any value as a function of any other: one node swept over places, each a lane of one tape.

The derivative explorer and whoever draws curves, surfaces and descents of a graph ask a `Sweep`.
What is swept may be a leaf or an op; an op is cut off from what feeds it and becomes a leaf, on a
copy. Everything else keeps the number that an evaluation gave it. The document is never written.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from gettext import gettext as _

import numpy as np

from engine.errors import Refusal
from engine.graph.document import Document
from engine.graph.edits import Change, Edit
from engine.graph.records import EMPTY, LEAF
from engine.graph.verbs import cut
from engine.run.compiler import compile_plan, known
from engine.run.diagnosis import first_problem
from engine.run.plan import ancestors
from engine.run.result import Array, Problem, Result
from engine.run.schedule import NARROW, WIDE, Plan
from engine.run.tape import Tape

ROOM = 2**19  # numbers that a tape may hold at a time
FEWEST = 8  # lanes, however large the graph
LARGEST = 20_000  # nodes: a plan of more takes a second


@dataclass(frozen=True, slots=True, eq=False)
class Swept:
    """What was found at n places: `value` (n,), and `slope` (k, n), along each of k inputs.

    `problem` says why values are not finite somewhere, None if all of them are.
    """

    value: Array
    slope: Array
    problem: Problem | None


Work = tuple[int, Callable[..., float], tuple[int, ...], tuple[float, ...]]


class Sweep:
    """The function that `y` is of the values `x`; made by `build`, not thread-safe.

    Attributes:
        x, y: node ids. cut: those of `x` that are ops, and so no longer follow their inputs.
        start: the numbers that `x` had in the evaluation.
        depends: whether `y` depends on any of `x`.
        lanes: how many places fit into one call of `at`.
        depth: how many kernels one call runs, one way.
    """

    def __init__(self, document: Document, plan: Plan, y: int, x: tuple[int, ...]) -> None:
        self.x, self.y = x, y
        self.cut: tuple[int, ...] = ()
        self.start: tuple[float, ...] = ()
        self._document, self._plan = document, plan
        self.depends = plan.row[y] >= plan.narrow
        self.depth = len(plan.steps)
        self.lanes = max(FEWEST, ROOM // max(1, len(plan.ids) - plan.narrow))
        self._tape = Tape(plan)
        self._numbers: dict[int, float] = {}
        self._work: tuple[list[Work], list[Work]] = ([], [])
        for step in plan.steps:
            first = 0 if step.section == NARROW else plan.narrow
            for node in plan.ids[first + step.start : first + step.stop].tolist():
                self._work[step.section].append(_work(document, node))

    @classmethod
    def build(
        cls, document: Document, result: Result, y: int, x: Sequence[int]
    ) -> "Sweep | Refusal":
        """Make ready to sweep; refuses what has no value, and graphs that are too large."""
        for node in (y, *x):
            if node not in result.row or not result.computed[result.row[node]]:
                name = document.name(node) if node in document else f"#{node}"
                return Refusal(
                    _("{name} has no value to explore").format(name=name),
                    _("an input is missing"),
                    _("Wire its inputs"),
                    (node,),
                )
        twin, severed = _severed(document, result, x)
        part = ancestors(twin, (y, *x))
        if len(part) > LARGEST:
            return Refusal(
                _("There is too much to compute here"),
                _("{count:,} nodes lead to it, of {most:,} at most").format(
                    count=len(part), most=LARGEST
                ),
                _("Choose a value nearer to the inputs"),
                (y,),
            )
        plan = compile_plan(twin, part, y, (), wide=False, swept=frozenset(x))
        sweep = cls(twin, plan, y, tuple(x))
        sweep.cut = severed
        sweep.load(result)
        return sweep

    def load(self, result: Result) -> None:
        """Hold everything at the numbers of another evaluation of the same structure."""
        self.start = tuple(result.number(node) for node in self.x)
        self._tape.set_numbers(result.ids, result.value)
        self._numbers = {node: result.number(node) for node in self._plan.ids.tolist()}
        _run(self._work[NARROW], self._numbers)

    def at(self, places: Array) -> Swept:
        """Return value and slopes at places (k, n), or (n,) for a single input.

        Slopes are found backward, in every lane.
        """
        places = np.atleast_2d(places)
        tape, lanes = self._tape, places.shape[1]
        tape.resize(lanes)
        for node, row in zip(self.x, places, strict=True):
            tape.values(node)[:] = row
        tape.forward()
        tape.backward()
        value = np.broadcast_to(tape.values(self.y), lanes).copy()
        slope = np.stack([tape.gradients(node) for node in self.x])
        if not self.depends:
            slope[:] = 0.0
        problem = None
        if not np.isfinite(value).all():
            problem = first_problem(self._document, tape)
        return Swept(value, slope, problem)

    def exactly(self, *place: float) -> float:
        """Return the value at one place as `Value` computes it, to the last bit."""
        numbers = self._numbers
        for node, number in zip(self.x, place, strict=True):
            numbers[node] = number
        _run(self._work[WIDE], numbers)
        return numbers[self.y]


def _severed(
    document: Document, result: Result, x: Sequence[int]
) -> tuple[Document, tuple[int, ...]]:
    """Return a copy in which each of `x` is a leaf, and those that were none."""
    severed = tuple(node for node in x if not document.node(node).is_leaf)
    if not severed:
        return document, ()
    twin = document.copy()
    wires = [(node, port) for node in severed for port in document.node(node).ports]
    twin.apply(Edit("", tuple(cut(document, wires, frozenset()))))
    for node in severed:
        record = twin.node(node)
        leaf = {"op": LEAF, "ports": (), "attributes": EMPTY, "value": result.number(node)}
        fields = ((name, getattr(record, name), after) for name, after in leaf.items())
        twin.apply(Edit("", tuple(Change("node", node, *field) for field in fields)))
    return twin, severed


def _work(document: Document, node: int) -> Work:
    record = document.node(node)
    op = known(record)
    inputs = tuple(source for source in document.inputs(node) if source is not None)
    return node, op.scalar.forward, inputs, op.defaults(record.attributes)


def _run(work: list[Work], numbers: dict[int, float]) -> None:
    for node, forward, inputs, attributes in work:
        numbers[node] = float(forward([numbers[source] for source in inputs], attributes))
