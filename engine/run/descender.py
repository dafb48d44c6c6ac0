"""Gradient descent by the compiled kernels: many steps in one call, without Python between them.

The trainer owns one; it hands in what each step needs and gets back how many went well.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.errors import EngineError
from engine.run.compiled import CompiledRunner, optimizers
from engine.run.encode import CLIP_NONE, Lanes, Order
from engine.run.machine import Machine
from engine.run.program import Array
from engine.run.schedule import Index


@dataclass(frozen=True, slots=True, eq=False)
class Descent:
    """Steps to take.

    Attributes:
        rates: the learning rate of each step.
        decay, lasso: the alphas of L2 and L1 of each parameter, in the order of the plan.
        mean: whether the loss is reduced to its mean over the samples, or its sum.
        clip: how the gradient is clipped, a code of `encode`, and at what limit.
        optimizer: the key of a rule that the kernels know, and the numbers its settings give it.
        updates: how many steps the rule has taken; `state` (vectors, parameters) is what it
            remembers of them, in the order of the plan.
        truncates: whether L1 comes after the step and keeps at 0 what it takes there; the last
            vector of the state then flags what is there, 1 or 0.
        wanted: before which steps to measure over all samples, flags (steps,).
        batches: the rows that each step learns from; empty if each learns from all.
    """

    rates: Array
    decay: Array
    mean: bool
    wanted: NDArray[np.bool_]
    batches: tuple[Index, ...] = ()
    lasso: Array | None = None
    clip: int = CLIP_NONE
    limit: float = 1.0
    optimizer: str = "sgd"
    numbers: tuple[float, ...] = ()
    updates: int = 0
    state: tuple[Array, ...] = ()
    truncates: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Descended:
    """How many steps went well, and training loss, test loss, objective (3, steps) as wanted.

    `state` is what the rule remembers after them, `former` after all but the last.
    """

    taken: int
    records: Array
    state: tuple[Array, ...]
    former: tuple[Array, ...]


class Descender:
    """Takes steps on the parameters of the machine `whole`, measuring on `test`, too.

    Both run the same program on compiled kernels.
    """

    def __init__(self, whole: Machine, test: Machine | None) -> None:
        self._whole, self._test = whole, test
        self._parts: dict[int, Machine] = {}
        program = whole.program
        fed = [int(program.slot[whole.plan.narrow + leaf.row]) for leaf in whole.plan.fed]
        self._fed = np.array([slot for slot in fed if slot >= 0], dtype=np.int64)

    def take(self, descent: Descent) -> Descended:
        """Take the steps; the parameters of `whole` are then those after the last good one."""
        whole, test = self._whole, self._test
        whole.settle()
        if test is not None:
            test.settle()
        sizes = [len(rows) for rows in descent.batches]
        part = self._part(max(sizes)) if sizes else whole
        none = np.zeros(len(descent.decay))
        state = np.zeros((len(descent.state), len(none)))
        state[:, whole.slots] = np.array(descent.state).reshape(state.shape)
        order = Order(
            rates=np.array(descent.rates, dtype=np.float64),
            decay=self._by_slot(descent.decay),
            mean=bool(descent.mean),
            first=np.cumsum([0, *sizes]) if sizes else np.zeros(0, dtype=np.int64),
            rows=np.concatenate(descent.batches) if sizes else np.zeros(0, dtype=np.int64),
            wanted=np.array(descent.wanted, dtype=np.int64),
            fed=self._fed,
            lasso=self._by_slot(none if descent.lasso is None else descent.lasso),
            clip=int(descent.clip),
            limit=float(descent.limit),
            rule=optimizers().index(descent.optimizer),
            numbers=np.array(descent.numbers, dtype=np.float64),
            updates=int(descent.updates),
            state=state,
            former=state.copy(),
            truncates=bool(descent.truncates),
        )
        records = np.full((3, len(descent.rates)), np.nan)
        taken = _runner(whole).descend(
            _lanes(whole), None if test is None else _lanes(test), _lanes(part), order, records
        )
        states, formers = (tuple(s[whole.slots] for s in x) for x in (state, order.former))
        return Descended(taken, records, states, formers)

    @property
    def tests(self) -> bool:
        """Whether there are test samples to measure on."""
        return self._test is not None

    def start(self, parameters: Array) -> None:
        """Set the parameters, in the order of the plan."""
        self._whole.set_parameters(parameters)

    def parameters(self) -> Array:
        """Return the parameters, in the order of the plan."""
        return self._whole.parameters()

    def before(self) -> Array:
        """Return the parameters from before the last good step, in the order of the plan."""
        return self._whole.gradient[self._whole.slots]

    def _by_slot(self, numbers: Array) -> Array:
        placed = np.empty(len(numbers))
        placed[self._whole.slots] = numbers
        return placed

    def _part(self, lanes: int) -> Machine:
        if lanes not in self._parts:
            whole = self._whole
            self._parts[lanes] = Machine(whole.plan, whole.program, lanes, CompiledRunner)
        return self._parts[lanes]


def _runner(machine: Machine) -> CompiledRunner:
    if not isinstance(machine.runner, CompiledRunner):
        raise EngineError("only compiled programs descend")
    return machine.runner


def _lanes(machine: Machine) -> Lanes:
    return _runner(machine).lanes(machine.value, machine.gradient, machine.lanes)
