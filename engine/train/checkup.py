"""A checkup: what is measured of a training run at one step, for the diagnoses to judge.

The doctor makes one from a trainer.  Everything in it was measured: layers with the lengths of
their gradients and the units that stand still, the losses of late, and how it all was before.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.graph.document import Document
from engine.graph.hidden import number_of
from engine.graph.records import TrainingSettings
from engine.run.result import Problem
from engine.run.units import Still, activations_of, still_units
from engine.train.samples import Samples
from engine.train.spreads import LAYER, Ids, homes, titles
from engine.train.trainer import Trainer

Numbers = NDArray[np.float64]
NETWORK = "mlp"  # the template whose layers follow each other
MOST_NUMBERS = 2**20  # on the tape that is looked at: fewer samples of very large networks
LATE = 100  # entries of the history that are looked at


@dataclass(frozen=True, slots=True)
class Vitals:
    """A run at a step: lengths of parameters, gradient and update, and the objective."""

    step: int
    length: float
    gradient: float
    update: float
    objective: float


@dataclass(frozen=True, slots=True, eq=False)
class Layer:
    """A layer, or what lies outside of layers in one group (None: in none).

    `network` is the MLP it is a part of, None if of none, and `number` its place there. `units`
    counts its activations; `still` are those that pass no gradient on. `gradient` is the length
    of the gradient of the loss, nan without parameters.
    """

    group: int | None
    title: str
    network: int | None
    number: int
    units: int
    still: tuple[Still, ...]
    gradient: float


@dataclass(frozen=True, slots=True, eq=False)
class Checkup:
    """What there is to judge.

    `looked` counts the samples in which units were looked at, evenly spread if not all. `losses`
    are steps (n,) and objectives (n,) of the latest entries. `quality` is the accuracy or R² on
    training samples, None without. `trail` are the vitals up to now, the first of the run first.
    """

    document: Document
    settings: TrainingSettings
    rate: float
    samples: Samples | None
    problem: Problem | None
    layers: tuple[Layer, ...]
    looked: int
    losses: tuple[Numbers, Numbers]
    quality: float | None
    trail: tuple[Vitals, ...]

    @property
    def now(self) -> Vitals:
        """The latest vitals."""
        return self.trail[-1]


class Body:
    """Which parameters and activations belong to which layer of a document."""

    def __init__(self, document: Document, ids: Ids) -> None:
        activations = activations_of(document)
        self._document = document
        self._places = homes(document, ids)
        self._units = homes(document, np.array(activations, np.int64))
        self._home = {
            activations[place]: home for home, places in self._units.items() for place in places
        }
        self._groups = list(dict.fromkeys((*self._places, *self._units)))
        self._titles = titles(document, self._groups)

    def layers(self, still: Sequence[Still], gradient: Numbers) -> tuple[Layer, ...]:
        """Return all layers, given what stands still and the gradient (parameters,)."""
        found: dict[int | None, list[Still]] = {}
        for unit in still:
            if unit.node in self._home:
                found.setdefault(self._home[unit.node], []).append(unit)
        return tuple(
            self._layer(group, title, tuple(found.get(group, ())), gradient)
            for group, title in zip(self._groups, self._titles, strict=True)
        )

    def _layer(
        self, group: int | None, title: str, still: tuple[Still, ...], gradient: Numbers
    ) -> Layer:
        record = None if group is None else self._document.groups[group]
        inside = record is not None and record.template == LAYER and record.group is not None
        around = record.group if inside and record is not None else None
        network = around if _is_network(self._document, around) else None
        number = 0 if record is None else number_of(record)
        places = self._places.get(group, [])
        long = length(gradient[places]) if places else float("nan")
        units = len(self._units.get(group, ()))
        return Layer(group, title, network, number, units, still, long)


def checkup(document: Document, body: Body, trainer: Trainer, trail: Sequence[Vitals]) -> Checkup:
    """Measure where a trainer stands; `trail` are the vitals before."""
    snapshot, moment = trainer.snapshot(), trainer.moment()
    tape = trainer.plain_tape(MOST_NUMBERS)
    here = Vitals(
        snapshot.step,
        length(moment.numbers),
        length(moment.gradient),
        length(moment.update),
        snapshot.objective,
    )
    rows = trainer.history.losses.rows(snapshot.step)[:, -LATE:]
    quality = snapshot.train_r2 if snapshot.train_accuracy is None else snapshot.train_accuracy
    return Checkup(
        document,
        trainer.settings,
        trainer.learning_rate,
        trainer.samples,
        snapshot.problem,
        body.layers(still_units(tape), tape.parameter_gradient()),
        tape.lanes,
        (rows[0], rows[4]),
        quality,
        (*trail, here),
    )


def length(numbers: Numbers) -> float:
    """Return the Euclidean length, inf where it is too large to square."""
    with np.errstate(all="ignore"):
        return float(np.linalg.norm(numbers))


def _is_network(document: Document, group: int | None) -> bool:
    return group is not None and document.groups[group].template == NETWORK
