"""Forward and backward one node at a time, as `Value` goes, over a copy of a document's numbers.

The stepper and the bug lab fire nodes and read the `Result` of what has happened so far; the
command line prints the steps. Any node may be fired at any time: what is wrong then is done all
the same and told as the rules it broke. A planted bug is one of the `Rules` put differently. The
document is never written to.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum
from typing import Literal

import numpy as np

from engine.graph.document import Document
from engine.run.compiler import known
from engine.run.result import Array, Flags, Result, freeze
from engine.run.rules import RIGHT, Rules

Phase = Literal["forward", "start", "backward"]
Change = tuple[Array | Flags, int, float]  # an array, a row of it, and what was there before


class Broken(Enum):
    """Which rule of going backward a firing broke."""

    NOT_COMPUTED = "not computed"  # the node has no value yet
    NOTHING_ARRIVED = "nothing arrived"  # its gradient is still 0, as nobody has sent any
    TOO_EARLY = "too early"  # a consumer that is reached has not fired yet
    TWICE = "twice"  # it had fired before, and adds its parts again


@dataclass(frozen=True, slots=True)
class Breach:
    """A rule that was broken, and the nodes that it was broken for."""

    rule: Broken
    nodes: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """What a firing added to the gradient of one input: `local` times the fired node's gradient.

    `before` and `after` are the gradient of `source`. An input that is wired twice has two parts.
    """

    source: int
    port: int
    local: float
    brought: float
    before: float
    after: float


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that happened: a value was computed, going backward began, or a node fired.

    `number` is the value of the node (forward), else its gradient as it was used.
    """

    phase: Phase
    node: int
    number: float
    parts: tuple[Part, ...] = ()
    broken: tuple[Breach, ...] = ()


@dataclass(frozen=True, slots=True)
class _Undo:
    """What the rows were that a step changed."""

    changes: tuple[Change, ...]
    fired: int | None = None


@dataclass(slots=True, eq=False)
class Trace:
    """A pass under way, on numbers of its own.

    `base` is an evaluation of the document: its rows are ours, its leaves' numbers too, and its
    `reached` and `output` say what going backward is about. Nodes that have no value there are no
    part of the pass. Not thread-safe; every call is fast but `Trace(...)` itself, which reads the
    whole graph.

    Attributes:
        forward_order: every node that has a value, each after its inputs; leaves first.
        backward_order: the ops that the output depends on, each after all its consumers.
        steps: what has happened, in order.
    """

    document: Document
    base: Result
    rules: Rules = RIGHT
    forward_order: tuple[int, ...] = ()
    backward_order: tuple[int, ...] = ()
    steps: list[Step] = field(default_factory=list)
    _inputs: dict[int, tuple[tuple[int, int], ...]] = field(default_factory=dict)
    _consumers: dict[int, tuple[int, ...]] = field(default_factory=dict)
    _value: Array = field(init=False)
    _gradient: Array = field(init=False)
    _computed: Flags = field(init=False)
    _arrived: Flags = field(init=False)
    _partial: Array = field(init=False)
    _contribution: Array = field(init=False)
    _fired: list[int] = field(default_factory=list)
    _times: dict[int, int] = field(default_factory=dict)  # that each of those has fired
    _undone: list[_Undo] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Read the graph, and put everything where it is before the first step."""
        base, count, wires = self.base, len(self.base.ids), len(self.base.edge_row)
        if not self._inputs:
            self._read()
        self._value = np.full(count, np.nan)
        self._gradient = np.zeros(count)
        self._computed = np.zeros(count, np.bool_)
        self._arrived = np.zeros(count, np.bool_)
        self._partial = np.full(wires, np.nan)
        self._contribution = np.zeros(wires)
        for node, number in self.rules.leftovers(self).items():
            self._gradient[base.row[node]] = number

    def afresh(self, base: Result) -> "Trace":
        """Return a pass before its first step, over numbers of the same graph."""
        return replace(self, base=base, steps=[], _fired=[], _times={}, _undone=[])

    # What may be asked --------------------------------------------------------------------------

    @property
    def output(self) -> int | None:
        """Where going backward begins; None if nowhere, or if the output has no value."""
        output = self.base.output
        return output if output in self._inputs else None

    @property
    def schedule(self) -> tuple[tuple[Phase, int], ...]:
        """All steps of the whole pass by the rules, as (phase, node)."""
        forward: list[tuple[Phase, int]] = [("forward", node) for node in self.forward_order]
        if self.output is None or not self.rules.starts:
            return tuple(forward)
        backward: list[tuple[Phase, int]] = [("backward", n) for n in self.rules.order(self)]
        return (*forward, ("start", self.output), *backward)

    @property
    def fired(self) -> tuple[int, ...]:
        """The nodes that have fired backward, in order, as often as they did."""
        return tuple(self._fired)

    def inputs(self, node: int) -> tuple[tuple[int, int], ...]:
        """Return (port, source) of a node's wires, by port order; () of leaves."""
        return self._inputs[node]

    def consumers(self, node: int) -> tuple[int, ...]:
        """Return the ops that the output depends on and that this node feeds, each once, by id."""
        return self._consumers[node]

    def is_computed(self, node: int) -> bool:
        """Whether the pass has come to its value."""
        return bool(self._computed[self.base.row[node]])

    def gradient(self, node: int) -> float:
        """Return what its gradient is so far."""
        return float(self._gradient[self.base.row[node]])

    def is_ready(self, phase: Phase, node: int) -> bool:
        """Whether a step can be taken now without breaking a rule."""
        if phase == "forward":
            return all(self.is_computed(source) for _port, source in self._inputs[node])
        return self.is_computed(node) and not self._waited_for(node)

    def value(self, node: int) -> float:
        """Return its value, nan while it is not computed."""
        return float(self._value[self.base.row[node]])

    def result(self) -> Result:
        """Return what there is so far, as any view can show it.

        `computed` flags what has a value by now, `reached` where some gradient has arrived. Where
        going backward is never begun, every gradient is the 0 that it is at first.
        """
        begins, base = self.rules.starts, self.base
        arrived = self._arrived | (self._gradient != 0.0) if begins else base.reached.copy()
        arrays = (
            self._value.copy(),
            self._gradient.copy(),
            self._computed.copy(),
            arrived,
            self._partial.copy() if begins else base.partial.copy(),
            self._contribution.copy(),
            base.computed & ~self._computed,
            base.computed & base.reached & ~arrived,
        )
        for array in arrays:
            freeze(array)
        value, gradient, computed, reached, partial, contribution, waits, slope_waits = arrays
        return replace(
            base,
            value=value,
            gradient=gradient,
            computed=computed,
            reached=reached,
            partial=partial,
            contribution=contribution,
            value_waits=waits,
            gradient_waits=slope_waits,
        )

    # Doing --------------------------------------------------------------------------------------

    def take(self, phase: Phase, node: int) -> Step | None:
        """Take one step; None if a value is wanted whose inputs have none yet.

        None as well of a node that is no part of the pass.
        """
        if node not in self._inputs:
            return None
        if phase == "forward":
            return self.compute(node)
        return self.start(node) if phase == "start" else self.fire(node)

    def run(self) -> Iterator[Step]:
        """Take all steps of the schedule that are left, if only those of it were taken."""
        for phase, node in self.schedule[len(self.steps) :]:
            step = self.take(phase, node)
            if step is not None:
                yield step

    def compute(self, node: int) -> Step | None:
        """Compute the value of a node; None while an input has none."""
        row, inputs = self.base.row[node], self._inputs[node]
        if not self.is_ready("forward", node):
            return None
        record = self.document.node(node)
        if record.is_leaf:
            number = float(self.base.value[row])
        else:
            op = known(record)
            given = [self.value(source) for _port, source in inputs]
            number = float(op.scalar.forward(given, op.defaults(record.attributes)))
        number = self.rules.rounded(number)
        changed = [self._write(self._value, row, number), self._write(self._computed, row, True)]
        return self._note(Step("forward", node, number), changed)

    def start(self, node: int) -> Step:
        """Begin going backward at a node: its gradient is 1."""
        row = self.base.row[node]
        changed = [self._write(self._gradient, row, 1.0), self._write(self._arrived, row, True)]
        return self._note(Step("start", node, 1.0), changed)

    def fire(self, node: int) -> Step:
        """Let a node send its gradient back to its inputs, whether it is its turn or not."""
        gradient, inputs = self.gradient(node), self._inputs[node]
        broken, changed, parts = self._breaches(node), [], []
        for (port, source), local in zip(inputs, self._locals(node), strict=True):
            brought = self.rules.rounded(local * gradient)
            row, wire = self.base.row[source], self.base.edge_row[(node, port)]
            before = float(self._gradient[row])
            after = self.rules.rounded(self.rules.add(before, brought))
            changed.append(self._write(self._gradient, row, after))
            changed.append(self._write(self._arrived, row, True))
            changed.append(self._write(self._partial, wire, local))
            total = float(self._contribution[wire]) + brought
            changed.append(self._write(self._contribution, wire, total))
            parts.append(Part(source, port, local, brought, before, after))
        self._fired.append(node)
        self._times[node] = self._times.get(node, 0) + 1
        step = Step("backward", node, gradient, tuple(parts), broken)
        return self._note(step, changed, fired=node)

    def back(self) -> Step | None:
        """Take back the latest step and return it; None if there is none."""
        if not self.steps:
            return None
        undo = self._undone.pop()
        for array, row, before in reversed(undo.changes):
            array[row] = before
        if undo.fired is not None:
            self._times[self._fired.pop()] -= 1
        return self.steps.pop()

    # ---------------------------------------------------------------------------------------------

    def _read(self) -> None:
        """Find inputs, consumers and both orders of what has a value in the base."""
        base, document = self.base, self.document
        computed = base.ids[base.computed].tolist()
        inside = set(computed)
        reached = set(base.ids[base.reached].tolist()) & inside
        wires = document.wires()
        consumers: dict[int, set[int]] = {node: set() for node in computed}
        for node in computed:
            wired = wires.get(node, {})
            ports = document.node(node).ports
            self._inputs[node] = tuple((port, wired[port]) for port in ports if port in wired)
            if node in reached:
                for _port, source in self._inputs[node]:
                    consumers[source].add(node)
        self._consumers = {node: tuple(sorted(found)) for node, found in consumers.items()}
        self.forward_order = tuple(self._sorted(computed))
        ops = (node for node in reversed(self.forward_order) if self._inputs[node])
        self.backward_order = tuple(node for node in ops if node in reached)

    def _sorted(self, nodes: Sequence[int]) -> list[int]:
        """Return nodes by their depth, then by id: each comes after its inputs."""
        depth: dict[int, int] = {}
        for node in nodes:  # the rows of a plan, where inputs come first
            sources = (depth[source] for _port, source in self._inputs[node])
            depth[node] = 1 + max(sources, default=-1)
        return sorted(nodes, key=lambda node: (depth[node], node))

    def _locals(self, node: int) -> Sequence[float]:
        record = self.document.node(node)
        if record.is_leaf:
            return ()
        op = known(record)
        given = [self.value(source) for _port, source in self._inputs[node]]
        right = op.scalar.partials(given, self.value(node), op.defaults(record.attributes))
        wanted = self.rules.partials(op.key, tuple(map(float, right)))
        return [self.rules.rounded(local) for local in wanted]

    def _breaches(self, node: int) -> tuple[Breach, ...]:
        found = list[Breach]()
        if not self.is_computed(node):
            found.append(Breach(Broken.NOT_COMPUTED, (node,)))
        if self._times.get(node):
            found.append(Breach(Broken.TWICE, (node,)))
        waited = self._waited_for(node)
        if waited:
            found.append(Breach(Broken.TOO_EARLY, waited))
        elif not self._arrived[self.base.row[node]]:
            found.append(Breach(Broken.NOTHING_ARRIVED, (node,)))
        return tuple(found)

    def _waited_for(self, node: int) -> tuple[int, ...]:
        return tuple(one for one in self._consumers[node] if not self._times.get(one))

    def _write(self, array: Array | Flags, row: int, number: float) -> Change:
        before = array[row]
        array[row] = number
        return array, row, before

    def _note(self, step: Step, changed: Sequence[Change], fired: int | None = None) -> Step:
        self.steps.append(step)
        self._undone.append(_Undo(tuple(changed), fired))
        return step
