"""Whose gradient is it? What each training sample adds to the gradient of each parameter.

One run backward over the samples that keeps apart what each adds: exact, without a loop over
samples. The training worker measures it between chunks of steps, a script may as well. A probe is
built once for a structure and its data, and then measures again and again with other parameters;
it reads its document only while it is built. What is kept is bounded: of few numbers all, of many
those that were asked for.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from gettext import gettext as _

import numpy as np
from numpy.typing import NDArray

from engine.errors import Refusal
from engine.graph.document import Document
from engine.run.plan import training_plan
from engine.run.schedule import NARROW, Plan
from engine.run.tape import Tape
from engine.train.objective import make_terms
from engine.train.samples import Samples, load_samples

Ids = NDArray[np.int64]
Numbers = NDArray[np.float64]
Flags = NDArray[np.bool_]

WHOLE = 2_000_000  # shares that are kept all: 16 MiB
MOST = 200_000_000  # numbers along wires, of all samples, that are still computed
CHUNK = 2_000_000  # numbers along wires that are held at a time


@dataclass(frozen=True, slots=True)
class Question:
    """Whose shares are wanted where there are too many to keep all.

    The shares of one `sample` in all parameters, None for no sample, and those of all samples in
    some `parameters` together.
    """

    sample: int | None = None
    parameters: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Shares:
    """The gradient of the objective at some parameters, taken apart by sample; read-only.

    For p parameters and the n training samples, `gradient` (p,) is that of the reduced loss over
    them and `penalties` (p,) that of all penalties, so that both together are what an optimiser
    gets before anything is clipped. `matrix` (n, p) has a row for each sample, weighed as the
    reduction weighs it: its columns sum to `gradient`. It is None where it would be too large;
    then there are the answers to one `question`: a `row` (p,) and a `column` (n,).
    """

    parameters: Ids
    numbers: Numbers
    gradient: Numbers
    penalties: Numbers
    samples: int
    matrix: Numbers | None
    question: Question
    row: Numbers | None = None
    column: Numbers | None = None

    def place(self, parameter: int) -> int | None:
        """Return the column of a parameter, None if the loss is not trained by it."""
        at = int(np.searchsorted(self.parameters, parameter))
        there = at < len(self.parameters) and self.parameters[at] == parameter
        return at if there else None

    def of_sample(self, sample: int) -> Numbers | None:
        """Return what a training sample adds to each gradient, (p,); None if that is not known."""
        if not 0 <= sample < self.samples:
            return None
        if self.matrix is not None:
            row: Numbers = self.matrix[sample]
            return row
        return self.row if self.question.sample == sample else None

    def of_parameters(self, parameters: Sequence[int]) -> Numbers | None:
        """Return what each sample adds, (n,): to one parameter, else how far it moves them all.

        That is the length of its part of the gradient. None without a trained parameter, and
        where it is not known.
        """
        if self.matrix is None:
            return self.column if self.question.parameters == tuple(parameters) else None
        chosen = np.isin(self.parameters, parameters)
        return _together(self.matrix[:, chosen]) if chosen.any() else None


@dataclass(frozen=True, slots=True, eq=False)
class Ranking:
    """The shares of the n samples in one number, from the greatest, without its sign, down.

    `samples` (n,) names those that have one at all. `rises` and `falls` sum up what would lower
    and what would raise the number, as gradients: going downhill follows the other sign.
    `leading` is the part, 0 to 1, that the first tenth of all samples has in the sizes.
    """

    samples: Ids
    shares: Numbers
    rises: float
    falls: float
    leading: float


def ranked(shares: Numbers) -> Ranking:
    """Rank what samples add, (n,)."""
    size = np.where(np.isfinite(shares), np.abs(shares), 0.0)
    order = np.argsort(-size, kind="stable")
    some = order[size[order] > 0.0]
    total, first = float(size.sum()), max(1, round(len(size) / 10))
    leading = float(size[order[:first]].sum()) / total if total > 0.0 else 0.0
    known = shares[some]
    return Ranking(
        some, known, float(known[known > 0.0].sum()), float(known[known < 0.0].sum()), leading
    )


class SharesProbe:
    """Measures the shares of one document; made by `build`."""

    def __init__(self, document: Document, plan: Plan, samples: Samples) -> None:
        self._terms = make_terms(document, plan, document.training)
        self._inputs = samples.inputs[samples.train]
        self._targets = samples.targets[samples.train]
        count = len(self._inputs)
        lanes = max(1, min(count, CHUNK // max(1, len(plan.edge_source))))
        self._tape = Tape(replace(plan, penalties=()), lanes, apart=True)
        self._costs: Tape | None = None
        if plan.penalties:
            wide = any(plan.row[node] >= plan.narrow for node in plan.penalties)
            self._costs = Tape(replace(plan, output=None), count if wide else 1)
            self._costs.load(document)
            some = self._costs.lanes
            self._costs.set_samples(self._inputs[:some], self._targets[:some])
        self._tape.load(document)

    @classmethod
    def build(cls, document: Document) -> "SharesProbe | Refusal":
        """Make ready to measure a document, or say why its gradient cannot be taken apart."""
        samples = load_samples(document.data, document.seeds)
        if isinstance(samples, Refusal):
            return samples
        plan = training_plan(document)
        if isinstance(plan, Refusal):
            return plan
        if samples is None or not plan.fed:
            return Refusal(
                _("There is no sample whose gradient it could be"),
                _("the loss depends on no data"),
                _("Choose data, and feed a feature with it"),
            )
        train = len(samples) - samples.tests
        if train * len(plan.edge_source) > MOST:
            return Refusal(
                _("The gradient is not taken apart"),
                _("{samples:,} samples go along {wires:,} wires each").format(
                    samples=train, wires=len(plan.edge_source)
                ),
                _("Take fewer samples or a smaller network"),
            )
        return cls(document, plan, samples)

    def set_numbers(self, ids: Ids, numbers: Numbers) -> None:
        """Measure with other parameters, or other leaves, from now on."""
        self._tape.set_numbers(ids, numbers)
        if self._costs is not None:
            self._costs.set_numbers(ids, numbers)

    def measure(self, question: Question | None = None) -> Shares:
        """Take the gradient apart at the numbers of now."""
        question = question or Question()
        ids, count = self._tape.plan.parameters, len(self._inputs)
        keeps = count * len(ids) <= WHOLE
        matrix = np.empty((count, len(ids))) if keeps else None
        row: Numbers | None = None
        column: Numbers | None = None
        asked = np.flatnonzero(np.isin(ids, question.parameters))
        wanted = -1 if keeps or question.sample is None else question.sample
        if not keeps and len(asked):
            column = np.empty(count)
        total = np.zeros(len(ids))
        for first in range(0, count, self._tape.lanes):
            part = self._part(first)  # (p, lanes)
            total += part.sum(axis=1)
            lanes = slice(first, first + part.shape[1])
            if matrix is not None:
                matrix[lanes] = part.T
            elif column is not None:
                column[lanes] = _together(part[asked].T)
            if lanes.start <= wanted < lanes.stop:
                row = part[:, wanted - first].copy()
        numbers = self._tape.parameters()
        found = Shares(
            ids, numbers, total, self._penalties(numbers), count, matrix, question, row, column
        )
        for array in (numbers, total, found.penalties, matrix, row, column):
            if array is not None:
                array.flags.writeable = False
        return found

    def _part(self, first: int) -> Numbers:
        """Return what a few samples from `first` on add to each gradient, (p, lanes)."""
        tape, count = self._tape, len(self._inputs)
        begin = min(first, count - tape.lanes)  # the last ones together with some before them
        some = slice(begin, begin + tape.lanes)
        tape.set_samples(self._inputs[some], self._targets[some])
        tape.forward()
        tape.backward(1.0 / count if self._terms.mean else 1.0)
        part: Numbers = np.take(tape.gradient[NARROW], tape.plan.parameter_rows, axis=0)
        return part[:, first - begin :]

    def _penalties(self, parameters: Numbers) -> Numbers:
        terms = self._terms
        found = 2.0 * terms.decay * parameters + terms.lasso * np.sign(parameters)
        if self._costs is not None:
            self._costs.forward()
            self._costs.backward()
            found += self._costs.parameter_gradient()
        return found


def _together(shares: Numbers) -> Numbers:
    """Return shares (n, k) as one number each: the only one, or the length of them all."""
    if shares.shape[1] == 1:
        return shares[:, 0].copy()
    with np.errstate(all="ignore"):
        lengths: Numbers = np.sqrt(np.einsum("ij,ij->i", shares, shares))
    return lengths
