"""A program with its numbers: what training, probes and traced programs run.

It answers as a tape does, and runs on NumPy or on the compiled kernels with the same numbers up
to the order of sums.  It owns its arrays, so a worker thread may use one of its own.
"""

from collections.abc import Callable
from typing import Protocol

import numpy as np

from engine.graph.document import Document
from engine.run import reference
from engine.run.passes.lower import ALL, Passes, lower
from engine.run.passes.wiring import wiring_of
from engine.run.program import Array, Program, buffer
from engine.run.schedule import Index, Plan
from engine.run.tape import Tape, sampled


class Runner(Protocol):
    """Runs one program; numbers lie in flat buffers (narrow + wide * lanes,)."""

    def once(self, value: Array) -> None:
        """Compute what depends on constants only."""

    def forward(self, value: Array, lanes: int) -> None:
        """Compute everything else."""

    def backward(self, value: Array, gradient: Array, lanes: int, weight: float) -> None:
        """Compute the gradients of weight * (sum of the output over lanes) + penalties."""


class NumpyRunner:
    """The reference runner."""

    def __init__(self, program: Program) -> None:
        self._program = program

    def once(self, value: Array) -> None:
        """Compute what depends on constants only."""
        narrow = value[: self._program.narrow]
        reference.forward(self._program, self._program.once, narrow, 0)

    def forward(self, value: Array, lanes: int) -> None:
        """Compute everything else."""
        reference.forward(self._program, self._program.steps, value, lanes)

    def backward(self, value: Array, gradient: Array, lanes: int, weight: float) -> None:
        """Compute the gradients."""
        reference.backward(self._program, value, gradient, lanes, weight)


MakeRunner = Callable[[Program], Runner]


class Machine:
    """Values and gradients of a program over `lanes` samples.

    Attributes:
        plan: what was lowered.
        program: what it was lowered to.
        value, gradient: flat, (narrow + wide * lanes,).
    """

    def __init__(
        self,
        plan: Plan,
        program: Program,
        lanes: int = 1,
        make_runner: MakeRunner = NumpyRunner,
    ) -> None:
        self.plan = plan
        self.program = program
        self.runner = make_runner(program)
        self.lanes = lanes
        self.value, self.gradient = self._room()
        self.value[program.one] = 1.0
        self._stale = True

    def resize(self, lanes: int) -> None:
        """Make room for another number of samples.

        The narrow numbers stay, and what is fed has its number of the first sample in all.
        """
        if lanes != self.lanes:
            narrow = self.value[: self.program.narrow]
            rows = [self.plan.narrow + leaf.row for leaf in self.plan.fed]
            slots = [slot for slot in self.program.slot[rows].tolist() if slot >= 0]
            first = [self._at(slot)[0] for slot in slots]
            self.lanes = lanes
            self.value, self.gradient = self._room()
            self.value[: self.program.narrow] = narrow
            for slot, number in zip(slots, first, strict=True):
                self._at(slot)[:] = number

    def _room(self) -> tuple[Array, Array]:
        count = self.program.narrow + self.program.wide * self.lanes
        return buffer(count, np.nan), buffer(count, 0.0)

    # Numbers in ----------------------------------------------------------------------------------

    def load(self, document: Document) -> None:
        """Copy the leaves' own numbers from the document, into every lane."""
        for node, row in self.plan.row.items():
            slot = int(self.program.slot[row])
            record = document.node(node)
            if slot >= 0 and record.is_leaf:
                self._at(slot)[:] = record.value
        self._stale = True

    def set_numbers(self, ids: Index, numbers: Array) -> None:
        """Give leaves of the plan other numbers; ids it does not hold are passed over."""
        for node, number in zip(ids.tolist(), numbers.tolist(), strict=True):
            row = self.plan.row.get(node)
            if row is not None and self.program.slot[row] >= 0:
                self._at(int(self.program.slot[row]))[:] = number
        self._stale = True

    def set_parameters(self, vector: Array) -> None:
        """Write the parameters, in the order of `plan.parameters`."""
        self.value[self.slots] = vector

    def parameters(self) -> Array:
        """Return a copy of the parameters, in the order of `plan.parameters`."""
        return self.value[self.slots]

    @property
    def slots(self) -> Index:
        """The slots of the parameters, in the order of `plan.parameters`."""
        slots: Index = self.program.slot[self.plan.parameter_rows]
        return slots

    def set_samples(self, inputs: Array, targets: Array) -> None:
        """Write samples to the feature and target leaves, one a lane; see `Tape.set_samples`."""
        for leaf in self.plan.fed:
            numbers = sampled(inputs, targets, leaf.role, leaf.column, leaf.encoding)
            slot = int(self.program.slot[self.plan.narrow + leaf.row])
            if numbers is not None and slot >= 0:
                self._at(slot)[:] = numbers

    # Running -------------------------------------------------------------------------------------

    def forward(self) -> None:
        """Compute every slot from the leaves."""
        self.settle()
        self.runner.forward(self.value, self.lanes)

    def backward(self, weight: float = 1.0) -> None:
        """Compute the gradients of weight * (sum of the output over lanes) + penalties."""
        self.runner.backward(self.value, self.gradient, self.lanes, weight)

    def settle(self) -> None:
        """Compute what depends on constants only, if one of them changed."""
        if self._stale:
            self.runner.once(self.value)
            self._stale = False

    # Numbers out ---------------------------------------------------------------------------------

    def values(self, node: int) -> Array:
        """Return a view of a node's values, (lanes,) or (1,) if it depends on no sample."""
        return self._at(int(self.program.slot[self.plan.row[node]]))

    def gradients(self, node: int) -> Array:
        """Return a view of a node's gradients, shaped as its values."""
        return self._at(int(self.program.slot[self.plan.row[node]]), of=self.gradient)

    def parameter_gradient(self) -> Array:
        """Return the gradients of the parameters, (parameters,), samples summed."""
        return self.gradient[self.slots]

    def unfused(self) -> Tape:
        """Return a tape with the same leaves, run forward: there every node has its number."""
        tape = Tape(self.plan, self.lanes)
        for node, row in self.plan.row.items():
            if self.program.slot[row] >= 0:
                tape.values(node)[:] = self.values(node)
        tape.forward()
        return tape

    def _at(self, slot: int, of: Array | None = None) -> Array:
        if slot < 0:
            raise KeyError("a node that was fused away has no number of its own")
        flat = self.value if of is None else of
        narrow = self.program.narrow
        if slot < narrow:
            return flat[slot : slot + 1]
        start = narrow + (slot - narrow) * self.lanes
        return flat[start : start + self.lanes]


def make_program(
    plan: Plan, keep: Index | None = None, passes: Passes = ALL, *, only_parameters: bool = True
) -> Program:
    """Lower a plan; the values of the nodes `keep` can be read afterwards."""
    none = np.zeros(0, dtype=np.int64)
    kept = none if keep is None else keep
    return lower(wiring_of(plan, kept, only_parameters=only_parameters), passes)
