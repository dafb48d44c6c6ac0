"""Ask a network what every neuron says anywhere: values of named nodes over any number of points.

Heatmaps and boundaries use it.  Points go through in portions that stay in the processor's cache.
"""

from collections.abc import Sequence

import numpy as np

from engine.errors import Refusal
from engine.graph.document import Document
from engine.run import compiled
from engine.run.compiled import CompiledRunner
from engine.run.machine import Machine, NumpyRunner, make_program
from engine.run.plan import probe_plan
from engine.run.program import Array
from engine.run.schedule import Index

LANES = 504  # 63 lines of the cache: rows a power of two apart would push each other out


class Probe:
    """Measures the nodes `keep` of a document; made by `build`, reads its document only then."""

    def __init__(self, machine: Machine, keep: Sequence[int]) -> None:
        self._machine = machine
        self._keep = list(keep)

    @classmethod
    def build(cls, document: Document, keep: Sequence[int]) -> "Probe | Refusal":
        """Make ready to measure, on the compiled kernels if they are loaded."""
        plan = probe_plan(document, keep)
        if isinstance(plan, Refusal):
            return plan
        program = make_program(plan, np.array(keep, dtype=np.int64))
        runner = CompiledRunner if compiled.supports(program) else NumpyRunner
        machine = Machine(plan, program, LANES, runner)
        machine.load(document)
        return cls(machine, keep)

    def set_numbers(self, ids: Index, numbers: Array) -> None:
        """Measure with other parameters, or other leaves, from now on."""
        self._machine.set_numbers(ids, numbers)

    def measure(self, points: Array) -> Array:
        """Return the values (nodes, points) at points (points, features)."""
        found = np.empty((len(self._keep), len(points)))
        none = np.empty((LANES, 0))
        for first in range(0, len(points), LANES):
            part = points[first : first + LANES]
            self._machine.resize(len(part))
            self._machine.set_samples(part, none[: len(part)])
            self._machine.forward()
            for row, node in enumerate(self._keep):
                found[row, first : first + LANES] = self._machine.values(node)
        return found
