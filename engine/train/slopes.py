"""Which way a prediction grows at points of the plane, and how fast: a field of arrows.

The worker thread measures it beside the boundary.  The slopes are computed backward through the
graph, exactly, for all points at once.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from gettext import gettext as _

import numpy as np

from engine.errors import Refusal
from engine.graph.document import Document
from engine.graph.records import LEAF
from engine.run import compiled
from engine.run.compiled import CompiledRunner
from engine.run.compiler import compile_plan
from engine.run.machine import Machine, NumpyRunner, make_program
from engine.run.plan import ancestors, probe_plan
from engine.train.boundary import Bounds, Ids, Numbers, Plane, default_bounds
from engine.train.maps import Axes, axes_of
from engine.train.samples import Samples, load_samples


@dataclass(frozen=True, slots=True, eq=False)
class Slopes:
    """Arrows: where they begin and the slope of the prediction there, both (n, 2).

    Of two class scores it is the slope of the second less the first; of more, that of the winner
    less the next, which points to where the winner is surer.
    """

    places: Numbers
    slopes: Numbers


class SlopeProbe:
    """Measures the slopes of one document's predictions; made by `build`.

    `bounds` is the part of the plane, unless it is told another.
    """

    def __init__(
        self,
        machines: list[Machine],
        predictions: list[int],
        features: Sequence[list[int]],
        axes: Axes,
        samples: Samples,
    ) -> None:
        self._machines = machines
        self._predictions = predictions
        self._features = features
        self._usual = axes
        self._samples = samples
        self.look(Plane())

    @classmethod
    def build(cls, document: Document) -> "SlopeProbe | Refusal":
        """Make ready to measure, or say why there is no plane or nothing that is predicted."""
        samples = load_samples(document.data, document.seeds)
        if isinstance(samples, Refusal):
            return samples
        axes = None if samples is None else axes_of(document, samples.inputs.shape[1])
        predictions = document.marked("prediction")
        if samples is None or axes is None or not predictions:
            return Refusal(
                _("There are no slopes to draw"),
                _("they need a prediction, and data for two features of the graph"),
            )
        whole = probe_plan(document, predictions)
        if isinstance(whole, Refusal):
            return whole
        leaves = [n for n in ancestors(document, predictions) if n.op == LEAF]
        along = [
            [n.id for n in leaves if n.role == "feature" and n.index == feature]
            for feature in range(samples.inputs.shape[1])
        ]
        machines = [_machine(document, node) for node in predictions]
        return cls(machines, predictions, along, axes, samples)

    def look(self, plane: Plane) -> None:
        """Measure another plane from now on; axes that the data do not have are not taken."""
        self._axes, self._held = plane.within(self._samples.inputs, self._usual)
        self.bounds = plane.bounds or default_bounds(self._samples, self._axes)

    def set_numbers(self, ids: Ids, numbers: Numbers) -> None:
        """Measure with other parameters, or other leaves, from now on."""
        for machine in self._machines:
            machine.set_numbers(ids, numbers)

    def measure(self, across: int, up: int, bounds: Bounds | None = None) -> Slopes:
        """Measure at the middles of `across` times `up` equal parts of the plane."""
        bounds = bounds or self.bounds
        x = bounds.left + (bounds.right - bounds.left) * (np.arange(across) + 0.5) / across
        y = bounds.bottom + (bounds.top - bounds.bottom) * (np.arange(up) + 0.5) / up
        places = np.stack((np.tile(x, up), np.repeat(y, across)), axis=1)
        with np.errstate(all="ignore"):
            runs = [self._run(k, places) for k in range(len(self._machines))]
        scores = np.stack([run[0] for run in runs])
        slopes = np.stack([run[1] for run in runs])
        return Slopes(places, _combined(scores, slopes))

    def _run(self, which: int, places: Numbers) -> tuple[Numbers, Numbers]:
        """Return the values (n,) of one prediction and its slopes (n, 2)."""
        machine, count = self._machines[which], len(places)
        inputs = np.tile(self._held, (count, 1))
        inputs[:, self._axes] = places
        machine.resize(count)
        machine.set_samples(inputs, np.empty((count, 0)))
        machine.forward()
        machine.backward()
        slopes = np.zeros((count, 2))
        for axis, feature in enumerate(self._axes):
            for node in self._features[feature]:
                if node in machine.plan.row:
                    slopes[:, axis] += machine.gradients(node)
        return np.broadcast_to(machine.values(self._predictions[which]), count).copy(), slopes


def _combined(scores: Numbers, slopes: Numbers) -> Numbers:
    """Return one slope for each point (n, 2), of predictions (k, n) with slopes (k, n, 2)."""
    if len(scores) == 1:
        first: Numbers = slopes[0]
        return first
    if len(scores) == 2:
        more, less = np.array(1), np.array(0)
    else:
        less, more = np.argsort(scores, axis=0)[-2:]
    each = np.arange(scores.shape[1])
    difference: Numbers = slopes[more, each] - slopes[less, each]
    return difference


def _machine(document: Document, prediction: int) -> Machine:
    plan = compile_plan(document, ancestors(document, [prediction]), prediction, (), wide=True)
    leaves = [node for node in plan.row if document.node(node).is_leaf]
    keep = np.array([prediction, *leaves], dtype=np.int64)
    program = make_program(plan, keep, only_parameters=False)
    runner = CompiledRunner if compiled.supports(program) else NumpyRunner
    machine = Machine(plan, program, 1, runner)
    machine.load(document)
    return machine
