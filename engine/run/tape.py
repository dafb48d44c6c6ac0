"""The tape: numbers in the rows of a plan, run forward and backward with NumPy.

It is the reference runner.  It owns its arrays and never looks at the document again, so a worker
thread may use one of its own.  Non-finite numbers flow through like any others.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from engine.graph.document import Document
from engine.graph.edits import Column
from engine.run.schedule import NARROW, WIDE, Gather, Index, Plan, Rows, Step

Array = NDArray[np.float64]


class Tape:
    """Values, gradients and contributions of a plan, over `lanes` samples.

    Attributes:
        value, gradient: for the narrow section (rows, 1), for the wide one (rows, lanes).
        contribution: what each edge adds to the gradient of its source, by edge, likewise.
        partial: the local derivative at each edge, kept only if asked for.

    With `apart` the gradients of the narrow section are not summed over the samples: they and
    their contributions are (rows, lanes), what each sample adds.
    """

    def __init__(
        self, plan: Plan, lanes: int = 1, *, keep_partials: bool = False, apart: bool = False
    ) -> None:
        self.plan = plan
        self.keep_partials = keep_partials
        self.apart = apart
        self._inputs: list[list[Array]] = []
        self._allocate(lanes)

    def _allocate(self, lanes: int) -> None:
        rows = (self.plan.narrow, len(self.plan.ids) - self.plan.narrow)
        edges = (self.plan.narrow_edges, len(self.plan.edge_source) - self.plan.narrow_edges)
        self.lanes = lanes
        self.value = _sections(rows, lanes, np.nan)
        narrow = lanes if self.apart else 1
        self.gradient = _sections(rows, lanes, 0.0, narrow)
        self.contribution = _sections(edges, lanes, 0.0, narrow)
        self.partial = _sections(edges if self.keep_partials else (0, 0), lanes, np.nan)

    def resize(self, lanes: int) -> None:
        """Make room for another number of samples; the narrow numbers stay."""
        if lanes != self.lanes:
            narrow = self.value[NARROW]
            self._allocate(lanes)
            self.value[NARROW][:] = narrow

    # Numbers in ----------------------------------------------------------------------------------

    def load(self, document: Document) -> None:
        """Copy the leaves' own numbers from the document, into every lane."""
        for node, row in self.plan.row.items():
            record = document.node(node)
            if record.is_leaf:
                section, at = self.plan.place(node) if row >= self.plan.narrow else (NARROW, row)
                self.value[section][at] = record.value

    def set_numbers(self, ids: Index, numbers: Array) -> None:
        """Give leaves of the plan other numbers; ids it does not hold are passed over."""
        for node, number in zip(ids.tolist(), numbers.tolist(), strict=True):
            if node in self.plan.row:
                section, at = self.plan.place(node)
                self.value[section][at] = number

    def set_parameters(self, vector: Array) -> None:
        """Write the parameters, in the order of `plan.parameters`."""
        self.value[NARROW][self.plan.parameter_rows, 0] = vector

    def parameters(self) -> Array:
        """Return a copy of the parameters, in the order of `plan.parameters`."""
        return self._at_parameters(self.value)

    def set_samples(self, inputs: Array, targets: Array) -> None:
        """Write samples to the feature and target leaves, one a lane.

        `inputs` is (lanes, features), `targets` (lanes, columns) of plain labels or numbers; each
        target leaf encodes its column as its record says.  A column that is not there leaves the
        leaf's own number.
        """
        for leaf in self.plan.fed:
            table = inputs if leaf.role == "feature" else targets
            column = 0 if leaf.encoding == "one-hot" else leaf.column
            if column < table.shape[1]:
                numbers = table[:, column]
                self.value[WIDE][leaf.row] = encode(numbers, leaf.encoding, leaf.column)

    # Running -------------------------------------------------------------------------------------

    def forward(self, steps: Sequence[Step] | None = None) -> None:
        """Compute every row from the leaves, or those of some steps in the order of the plan.

        `backward` wants all of them to be computed.
        """
        value = self.value
        self._inputs = []
        with np.errstate(all="ignore"):
            for step in self.plan.steps if steps is None else steps:
                inputs = [
                    value[section][rows]
                    for section, rows in zip(step.sections, step.sources, strict=True)
                ]
                self._inputs.append(inputs)
                output = step.op.loud.forward(inputs, step.attributes)
                value[step.section][step.start : step.stop] = output

    def backward(self, weight: float = 1.0) -> None:
        """Compute the gradients of weight * (sum of the output over lanes) + penalties.

        Runs on the values of the last `forward`.
        """
        with np.errstate(all="ignore"):
            for gradient in self.gradient:
                gradient[:] = 0.0
            self._seed(weight)
            steps = zip(reversed(self.plan.steps), reversed(self._inputs), strict=True)
            for step, inputs in steps:
                if step.reached or self.keep_partials:
                    self._pass_back(step, inputs)
            for gather in self.plan.leaves:
                self._collect(gather)

    def _seed(self, weight: float) -> None:
        if self.plan.output is not None:
            section, row = self.plan.place(self.plan.output)
            # A loss that depends on no sample is the same in every lane: it counts once.
            self.gradient[section][row] = weight if section == WIDE else 1.0
        for node in self.plan.penalties:
            section, row = self.plan.place(node)
            self.gradient[section][row] += 1.0 / (self.lanes if section == WIDE else 1)

    def _pass_back(self, step: Step, inputs: Sequence[Array]) -> None:
        if step.reached:
            self._collect(step.gather)
        rows = slice(step.start, step.stop)
        upstream = self.gradient[step.section][rows]
        output = self.value[step.section][rows]
        partials = step.op.loud.partials(inputs, output, step.attributes)
        # Over many lanes, scattering rows costs more than the calls that it saves.
        if step.ends is not None and upstream.shape[1] == 1 and _alike(partials):
            self._pass_alike(step, step.ends, partials[0], upstream)
            return
        for section, edges, partial in zip(step.sections, step.edges, partials, strict=True):
            if edges is None:
                continue
            if self.keep_partials and self.lanes == 1:
                self.partial[section][edges] = partial
            elif self.keep_partials:
                self._keep(section, edges, partial)
            if step.reached:
                narrowed = section == NARROW and step.section == WIDE and not self.apart
                share = _summed(partial, upstream) if narrowed else partial * upstream
                self.contribution[section][edges] = share

    def _pass_alike(
        self, step: Step, ends: Index, partial: Array | float, upstream: Array
    ) -> None:
        """Pass back through all ports at once, as a sum does: each gets the same share."""
        if self.keep_partials:
            self._keep(step.section, ends, partial)
        if step.reached:
            self.contribution[step.section][ends] = partial * upstream

    def _keep(self, section: int, edges: Rows, partial: Array | float) -> None:
        """Keep a local derivative; over lanes, that of the first one."""
        table = self.partial[section]
        kept = partial
        if isinstance(partial, np.ndarray) and partial.shape[1] != table.shape[1]:
            kept = partial[:, :1]
        table[edges] = kept

    def _collect(self, gather: Gather) -> None:
        if gather.first == gather.last:
            return
        shares = self.contribution[gather.section][gather.first : gather.last]
        if gather.each > 1:
            shares = shares.reshape(-1, gather.each, shares.shape[1]).sum(axis=1)
        elif gather.each == 0:
            shares = np.add.reduceat(shares, gather.offsets, axis=0)
        self.gradient[gather.section][gather.start : gather.stop][gather.holders] += shares

    # Numbers out ---------------------------------------------------------------------------------

    def values(self, node: int) -> Array:
        """Return a view of a node's values, (lanes,) or (1,) if it depends on no sample."""
        section, row = self.plan.place(node)
        values: Array = self.value[section][row]
        return values

    def gradients(self, node: int) -> Array:
        """Return a view of a node's gradients, shaped as its values."""
        section, row = self.plan.place(node)
        gradients: Array = self.gradient[section][row]
        return gradients

    def parameter_gradient(self) -> Array:
        """Return the gradients of the parameters, (parameters,), samples summed."""
        return self._at_parameters(self.gradient)

    def _at_parameters(self, sections: tuple[Array, Array]) -> Array:
        return np.take(sections[NARROW][:, 0], self.plan.parameter_rows)

    def written_back(self, before: Array) -> Column:
        """Return the parameters as a column of an edit, given what they were."""
        return Column("value", self.plan.parameters, before, self.parameters())


def _alike(partials: Sequence[Array | float]) -> bool:
    """Whether an op gave one and the same local derivative for all its inputs."""
    return len(set(map(id, partials))) == 1


def _summed(partial: Array | float, upstream: Array) -> Array:
    """Return sum(partial * upstream) over the lanes, as a column."""
    if isinstance(partial, np.ndarray) and partial.shape[1] > 1:
        sums: Array = np.einsum("ij,ij->i", *np.broadcast_arrays(partial, upstream))
        return sums[:, None]
    total: Array = upstream.sum(axis=1, keepdims=True)
    return partial * total


def _sections(
    heights: tuple[int, int], lanes: int, number: float, narrow_lanes: int = 1
) -> tuple[Array, Array]:
    narrow, wide = heights
    return np.full((narrow, narrow_lanes), number), np.full((wide, lanes), number)


def encode(numbers: Array, encoding: str, index: int = 0) -> Array:
    """Write labels as a target wants them: -1 and 1, 0 and 1, or one number for each class.

    Of the labels -1 and 1, the first is class 0.
    """
    if encoding == "signed":
        return np.where(numbers > 0, 1.0, -1.0)
    if encoding == "zero-one":
        return np.where(numbers > 0, 1.0, 0.0)
    if encoding == "one-hot":
        return np.where(np.maximum(numbers, 0.0) == index, 1.0, 0.0)
    return numbers
