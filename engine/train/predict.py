"""What a document says of inputs that are in nobody's data: outputs, probabilities, classes.

`predict` of the command line and the studio's page ask. Inputs are in the units of the table;
where the document standardises, that is done here. It runs on whatever thread builds it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from gettext import gettext as _
from gettext import ngettext

import numpy as np
from numpy.typing import ArrayLike, NDArray

from engine.errors import Refusal
from engine.graph.document import Document
from engine.graph.records import LEAF
from engine.graph.tables import Words
from engine.run.probe import Probe
from engine.train.boundary import link_of
from engine.train.checks import misfit
from engine.train.metrics import CLASS_SCORES, NUMBER, THRESHOLDS, predicted, softmax
from engine.train.samples import SIGNS, Samples, load_samples

Numbers = NDArray[np.float64]
Classes = NDArray[np.int64]
UNKNOWN = -1  # the class where an output is no number


@dataclass(frozen=True, slots=True, eq=False)
class Asked:
    """What a document has to be told, and in which words it answers.

    Attributes:
        features: the names of the inputs, in the order of the columns.
        meanings: for each feature what its numbers 0, 1, … stand for, () for plain numbers.
        target: the name of what is predicted.
        classes: the names of the classes, () where a number is predicted.
        outputs: the names of the outputs.
        link: how outputs are read.
        samples: the document's data, None if it has none.
    """

    features: Words
    meanings: tuple[Words, ...]
    target: str
    classes: Words
    outputs: Words
    link: str
    samples: Samples | None

    def scaled(self, raw: Numbers) -> Numbers:
        """Return raw inputs (…, features) as they are fed to the graph."""
        with np.errstate(over="ignore", invalid="ignore"):
            return raw if self.samples is None else self.samples.scaled(raw)


@dataclass(frozen=True, slots=True, eq=False)
class Forecast:
    """What is predicted for n rows.

    Attributes:
        asked: what the columns mean.
        outputs: the marked predictions as they are, (n, outputs).
        probabilities: one for each class, (n, classes); None where the link tells none.
        chosen: the number of the class, (n,), `UNKNOWN` where an output is no number; None
            where a number is predicted.
    """

    asked: Asked
    outputs: Numbers
    probabilities: Numbers | None
    chosen: Classes | None

    def __len__(self) -> int:
        return len(self.outputs)

    def word(self, row: int) -> str:
        """Return the class of a row, "" if it has none."""
        number = UNKNOWN if self.chosen is None else int(self.chosen[row])
        return "" if number == UNKNOWN else self.asked.classes[number]


class Predictor:
    """Predicts with one document; made by `build`, which alone reads it."""

    def __init__(self, asked: Asked, probe: Probe) -> None:
        self.asked = asked
        self._probe = probe

    @classmethod
    def build(cls, document: Document) -> "Predictor | Refusal":
        """Make ready to predict, or say why nothing can be."""
        asked = ask(document)
        if isinstance(asked, Refusal):
            return asked
        probe = Probe.build(document, document.marked("prediction"))
        return probe if isinstance(probe, Refusal) else cls(asked, probe)

    def set_numbers(self, ids: NDArray[np.int64], numbers: Numbers) -> None:
        """Predict with other parameters from now on."""
        self._probe.set_numbers(ids, numbers)

    def predict(self, inputs: ArrayLike) -> Forecast | Refusal:
        """Predict for raw inputs (n, features), or name the row that cannot be used."""
        raw = np.asarray(inputs, dtype=np.float64)
        refusal = _check(raw, self.asked.features)
        if refusal is not None:
            return refusal
        with np.errstate(all="ignore"):  # what is not finite is told row by row
            outputs = self._probe.measure(self.asked.scaled(raw)).T
            return read(self.asked, outputs)


def predict(
    document: Document,
    inputs: ArrayLike,
    parameters: tuple[NDArray[np.int64], Numbers] | None = None,
) -> Forecast | Refusal:
    """Predict once for raw inputs (n, features), with the document's own or other parameters."""
    made = Predictor.build(document)
    if isinstance(made, Refusal):
        return made
    if parameters is not None:
        made.set_numbers(*parameters)
    return made.predict(inputs)


def ask(document: Document) -> Asked | Refusal:
    """Return what a document has to be told, or why it predicts nothing."""
    what = _("There is nothing to predict")
    nodes = document.marked("prediction")
    if not nodes:
        return Refusal(what, _("no value is marked as the prediction"), _("Mark the prediction"))
    samples = load_samples(document.data, document.seeds)
    if isinstance(samples, Refusal):
        return samples
    leaves = [n for n in document.nodes() if n.op == LEAF and n.role == "feature"]
    if not leaves:
        return Refusal(what, _("the graph has no feature"), _("Make a value a feature"))
    refusal = misfit(leaves, document, samples)
    if refusal is not None:
        return refusal
    link = link_of(document, samples)
    if link != NUMBER and (len(nodes) > 1) != (link == CLASS_SCORES):
        count = len(nodes)
        why = ngettext(
            "{count} value is marked as prediction",
            "{count} values are marked as predictions",
            count,
        ).format(count=count)
        return Refusal(
            what, why, _("Leave the mark on one, or read several as class scores"), tuple(nodes)
        )
    if samples is not None:
        features = samples.names[: samples.inputs.shape[1]]
    else:
        called = {leaf.index: leaf.label for leaf in reversed(leaves)}
        features = tuple(called.get(k) or f"x{k + 1}" for k in range(1 + max(called)))
    table = document.data.table
    columns = document.data.features
    meanings = ((),) * len(features) if table is None else tuple(table.words[k] for k in columns)
    told = samples is not None and samples.targets.shape[1]
    target = samples.names[-1] if samples is not None and told else "y"
    classes = _classes(link, len(nodes), samples)
    outputs = _titles(document, nodes, link, classes)
    return Asked(features, meanings, target, classes, outputs, link, samples)


def read(asked: Asked, outputs: Numbers) -> Forecast:
    """Read outputs (n, outputs) as their link says."""
    if not asked.classes:
        return Forecast(asked, outputs, None, None)
    unsure = np.isnan(outputs).any(axis=1)
    found = predicted(asked.link, list(outputs.T), len(outputs))
    chosen = np.zeros(0, np.int64) if found is None else np.where(unsure, UNKNOWN, found)
    return Forecast(asked, outputs, _probabilities(asked.link, outputs), chosen)


def read_truth(asked: Asked, told: Sequence[str] | Numbers) -> Numbers:
    """Return what is true of n rows, (n,): numbers of classes, or numbers; nan is not known.

    `told` has words or numbers as a table has them; two classes may be written -1 and 1.
    """
    if not asked.classes:
        return np.array([_number(cell) for cell in told])
    known = {word: float(k) for k, word in enumerate(asked.classes)}
    if asked.classes == SIGNS:
        known |= {"0": 0.0}
    return np.array([known.get(_word(cell), np.nan) for cell in told])


def right(forecast: Forecast, truth: Numbers) -> NDArray[np.bool_]:
    """Return which rows are taken for their true class, (n,)."""
    chosen = np.full(len(truth), UNKNOWN) if forecast.chosen is None else forecast.chosen
    return np.asarray(chosen == truth)


def _word(cell: str | float) -> str:
    return cell.strip() if isinstance(cell, str) else repr(float(cell)).removesuffix(".0")


def _number(cell: str | float) -> float:
    try:
        return float(cell)
    except ValueError:
        return float("nan")


def _probabilities(link: str, outputs: Numbers) -> Numbers | None:
    """Return the probability of each class, (n, classes); rows sum to 1."""
    if link == CLASS_SCORES:
        return softmax(outputs, 1)
    if link == "logit":
        # The smaller of both is computed, so that a probability near 0 keeps its digits.
        small = np.exp(-np.abs(outputs[:, 0]))
        less, more = small / (1.0 + small), 1.0 / (1.0 + small)
        yes = outputs[:, 0] > 0.0
        return np.column_stack((np.where(yes, less, more), np.where(yes, more, less)))
    if link == "probability":
        return np.column_stack((1.0 - outputs[:, 0], outputs[:, 0]))
    return None


def _classes(link: str, count: int, samples: Samples | None) -> Words:
    """Return the names of the classes: the table's words, as far as there are any."""
    words = () if samples is None else samples.words
    if link == CLASS_SCORES and (count > 2 or words):
        return (*words, *(str(k) for k in range(len(words), count)))[:count]
    if link in THRESHOLDS or link == CLASS_SCORES:
        return words if len(words) == len(SIGNS) else SIGNS
    return ()


def _titles(document: Document, nodes: Sequence[int], link: str, classes: Words) -> Words:
    """Name the outputs: by class, by how they are read, or as the graph does."""
    if link == CLASS_SCORES:
        return tuple(_("score {name}").format(name=name) for name in classes)
    if classes:
        return (link,)
    if len(nodes) == 1:
        return (_("prediction"),)
    return tuple(document.name(node) for node in nodes)


def _check(raw: Numbers, features: Words) -> Refusal | None:
    """Return which row of raw inputs cannot be used, None if all can."""
    if raw.ndim != 2 or raw.shape[1] != len(features):
        wanted = ", ".join(features)
        what = _("A row has a number for each of {names}").format(names=wanted)
        return Refusal(what, _("these have the shape {shape}").format(shape=raw.shape))
    bad = np.argwhere(~np.isfinite(raw))
    if not len(bad):
        return None
    row, column = bad[0].tolist()
    what = _("Row {row} has no finite number in {name}")
    return Refusal(what.format(row=row + 1, name=features[column]))
