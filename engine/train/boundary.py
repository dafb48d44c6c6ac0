"""What a network says all over a plane of two of its features: the decision boundary.

Other features are held at one number; a network of one feature is measured along a line.

The worker thread measures it between chunks of steps, the command line draws it at the end.  A
probe is built once for a structure and then measures again and again with other parameters; it
owns its tape and reads its document only while it is built.
"""

from dataclasses import dataclass
from gettext import gettext as _

import numpy as np
from numpy.typing import NDArray

from engine.errors import Refusal
from engine.graph.document import Document
from engine.graph.records import LEAF
from engine.run import compiled
from engine.run.compiled import CompiledRunner
from engine.run.machine import Machine, make_program
from engine.run.plan import probe_plan
from engine.run.schedule import Plan
from engine.run.tape import Tape
from engine.train.metrics import CLASS_SCORES, MARGINS, NUMBER, THRESHOLDS, softmax
from engine.train.samples import Samples, load_samples

Numbers = NDArray[np.float64]
Ids = NDArray[np.int64]

LANES = 512  # points at a time: few enough to stay in the cache
FEWEST_LANES = 16
MOST_NUMBERS = 2**22  # of a tape: 32 MiB, however large the network
MARGIN = 1.0
PLANE = (0, 1)
STRIP = 6.0  # from so many times as wide as high on, or as high as wide, pictures are stretched
MARGINS_OF_SPAN = (0.05, 1.0)  # the least and the greatest share of the span that it may be
RESOLUTION = 100
FINEST = 1000


@dataclass(frozen=True, slots=True)
class Bounds:
    """A rectangle of the plane: the first feature runs along x, the second along y."""

    left: float
    right: float
    bottom: float
    top: float


def grid(bounds: Bounds, side: int) -> Numbers:
    """Return `side` times `side` points (side², 2) row by row, the corners among them."""
    x = np.linspace(bounds.left, bounds.right, side)
    y = np.linspace(bounds.bottom, bounds.top, side)
    return np.column_stack((np.tile(x, side), np.repeat(y, side)))


NO_DATA = Bounds(-5.0, 5.0, -5.0, 5.0)


@dataclass(frozen=True, slots=True)
class Plane:
    """A plane of the features: `axes` lie along x and y, the others are `held` at a number each.

    `held` is a number for every feature, (); a single axis makes it a line. What is empty or None
    follows from the samples: their first two features, their means, where they lie.
    """

    axes: tuple[int, ...] = ()
    held: tuple[float, ...] = ()
    bounds: Bounds | None = None

    def within(self, inputs: Numbers, usual: tuple[int, ...]) -> "tuple[tuple[int, ...], Numbers]":
        """Return axes and held numbers (features,) for data like these inputs (n, features).

        The axes are the usual ones if there are none, or the data do not have them.
        """
        columns = inputs.shape[1]
        known = len(self.axes) == len(usual) and all(0 <= axis < columns for axis in self.axes)
        held = np.array(self.held) if len(self.held) == columns else inputs.mean(axis=0)
        return (self.axes if known else usual), held


@dataclass(frozen=True, slots=True)
class Reach:
    """The numbers at both ends of the colours, where the prediction is a number."""

    low: float = -1.0
    high: float = 1.0

    def share(self, numbers: NDArray[np.floating]) -> NDArray[np.floating]:
        """Return where numbers lie between both ends, -1 being the low one and 1 the high one."""
        middle, half = (self.low + self.high) / 2, (self.high - self.low) / 2
        return (numbers - middle) / half


PLAIN_REACH = Reach()


@dataclass(frozen=True, slots=True, eq=False)
class Boundary:
    """Scores on a grid, read-only float32 (ny, nx); corners of the bounds are grid points.

    Row 0 lies at the bottom, column 0 at the left.  The link says what the scores are: of two
    class scores it is the second less the first, and the boundary runs where a score is
    `threshold`.  Of more classes there is one grid each, (k, ny, nx), and the greatest wins.
    `axes` are the features along x and y; if there is but one, ny is 1, and the bounds say up and
    down how far the targets reach.
    """

    scores: NDArray[np.float32]
    bounds: Bounds
    link: str
    axes: tuple[int, ...] = PLANE

    @property
    def classes(self) -> int:
        """How many classes are told apart; 0 where the prediction is a number."""
        if self.scores.ndim > 2:
            return len(self.scores)
        return 2 if self.link in THRESHOLDS or self.link == CLASS_SCORES else 0

    @property
    def side(self) -> int:
        """How many points there are along each axis."""
        return int(self.scores.shape[-1])

    @property
    def threshold(self) -> float:
        """The score between the two classes."""
        return THRESHOLDS.get(self.link, 0.0)

    @property
    def curve(self) -> Numbers:
        """Along a single axis, (nx,): numbers, the lean from -1 to 1 to one of two, or classes.

        Plain scores of two classes go on beyond -1 and 1.
        """
        scores: Numbers = (self.scores if self.scores.ndim < 3 else self.winners)[0].astype(float)
        if self.link == "probability":
            scores = 2.0 * scores - 1.0
        elif self.scores.ndim < 3 and self.link in ("logit", CLASS_SCORES):
            scores = np.tanh(scores / 2.0)
        return scores

    @property
    def margins(self) -> tuple[float, float] | None:
        """The scores on both sides where the decision counts as sure; None if none do."""
        return MARGINS.get(self.link) if self.scores.ndim == 2 else None

    @property
    def winners(self) -> NDArray[np.int64]:
        """The number of the class that wins at each point, (ny, nx)."""
        if self.scores.ndim > 2:
            winners: NDArray[np.int64] = np.argmax(self.scores, axis=0)
            return winners
        return (self.scores > self.threshold).astype(np.int64)

    @property
    def probabilities(self) -> NDArray[np.float32]:
        """The softmax of more than two class scores, (k, ny, nx)."""
        return softmax(self.scores, 0)

    @property
    def leads(self) -> NDArray[np.float32]:
        """How far the winner of more than two classes leads in probability, (k, ny, nx).

        It is 0 for all other classes, and so continuous where two of them meet.
        """
        shares = self.probabilities
        second = np.partition(shares, -2, axis=0)[-2]
        leads: NDArray[np.float32] = np.maximum(shares - second, np.float32(0.0))
        return leads

    def shades(self, reach: Reach = PLAIN_REACH) -> NDArray[np.float32]:
        """Return how decided each point is, from -1 over 0 at the boundary to 1.

        For logits and two class scores that is the difference of the classes' probabilities.
        A number is as far as it lies from the middle of its reach.
        """
        if self.link == "probability":
            return np.float32(2.0) * self.scores - np.float32(1.0)
        if self.link in ("logit", CLASS_SCORES):
            difference: NDArray[np.float32] = np.tanh(self.scores / np.float32(2.0))
            return difference
        scores = self.scores if self.classes else reach.share(self.scores).astype(np.float32)
        return np.clip(scores, np.float32(-1.0), np.float32(1.0))


def reach_of(samples: Samples | None) -> Reach:
    """Return the range of the targets; of both signs, it is the same on both sides of zero."""
    labels = samples.labels if samples is not None and len(samples) else np.zeros(1)
    low, high = float(labels.min()), float(labels.max())
    if low < 0.0 < high:
        low, high = -max(-low, high), max(-low, high)
    return Reach(low, high) if high > low else Reach(low - 1.0, low + 1.0)


def link_of(document: Document, samples: Samples | None) -> str:
    """Return how predictions are read: as numbers where the targets are."""
    told = samples is None or samples.classes or not samples.targets.shape[1]
    return document.link if told else NUMBER


def placed(inputs: Numbers, labels: Numbers, axes: tuple[int, ...]) -> Numbers:
    """Return where samples lie, shape (n, 2): along two axes, or along one with their label up."""
    across: Numbers = inputs[:, list(axes)]
    return across if len(axes) > 1 else np.column_stack((across, labels))


def default_bounds(samples: Samples | None, axes: tuple[int, ...] = PLANE) -> Bounds:
    """Return the range of the samples along some axes, and a margin around it.

    It is 1, as in micrograd's demo, unless the data are much wider or much narrower than that.
    Along a single axis, up and down are those of the targets.
    """
    if samples is None or not len(samples) or max(axes) >= samples.inputs.shape[1]:
        return NO_DATA
    left, right = _range(samples.inputs[:, axes[0]])
    up = samples.inputs[:, axes[1]] if len(axes) > 1 else samples.labels
    return Bounds(left, right, *_range(up))


def _range(numbers: Numbers) -> tuple[float, float]:
    low, high = float(numbers.min()), float(numbers.max())
    least, most = (share * (high - low) for share in MARGINS_OF_SPAN)
    margin = min(max(MARGIN, least), most) or MARGIN
    return low - margin, high + margin


def default_axes(document: Document, samples: Samples | None) -> tuple[int, ...]:
    """Return the first two features of the graph that data feed, of the data if there are fewer.

    One feature, or none, where there are no more.
    """
    used = sorted({n.index for n in document.nodes() if n.op == LEAF and n.role == "feature"})
    columns = range(samples.inputs.shape[1]) if samples is not None else used
    fed = [index for index in used if index in columns]
    return tuple(sorted((*fed, *(index for index in columns if index not in fed)))[:2])


class BoundaryProbe:
    """Measures the prediction of one document over a plane; made by `build`.

    Attributes:
        axes, bounds: the features and the part of the plane that it measures; `look` sets them.
        size: how many scalars are computed for each point.
    """

    axes: tuple[int, ...]
    bounds: Bounds

    def __init__(self, document: Document, plan: Plan, samples: Samples | None) -> None:
        self._link = link_of(document, samples)
        self._predictions = document.marked("prediction")
        self._samples = samples
        self._axes = default_axes(document, samples)
        self._columns = 1 + max(n.index for n in document.nodes() if n.role == "feature")
        self.size = len(plan.ids)
        self._lanes = int(np.clip(MOST_NUMBERS // self.size, FEWEST_LANES, LANES))
        self._tape = _tape(plan, self._predictions, self._lanes)
        self._tape.load(document)
        self.look(Plane())

    @classmethod
    def build(cls, document: Document) -> "BoundaryProbe | Refusal":
        """Make ready to measure a document, or say why it has no boundary."""
        if not any(n.op == LEAF and n.role == "feature" for n in document.nodes()):
            return Refusal(_("There is no boundary to draw"), _("the graph has no feature"))
        predictions = document.marked("prediction")
        if (len(predictions) > 1) != (document.link == CLASS_SCORES) or not predictions:
            return _wrong_predictions(len(predictions), document.link)
        plan = probe_plan(document, predictions)
        if isinstance(plan, Refusal):
            return plan
        samples = load_samples(document.data, document.seeds)
        return cls(document, plan, None if isinstance(samples, Refusal) else samples)

    def look(self, plane: Plane) -> None:
        """Measure another plane from now on; axes that the data do not have are not taken."""
        samples = self._samples
        inputs = np.zeros((1, self._columns)) if samples is None else samples.inputs
        self.axes, held = plane.within(inputs, self._axes)
        self.bounds = plane.bounds or default_bounds(samples, self.axes)
        self._row = np.zeros(max(self._columns, len(held)))
        self._row[: len(held)] = held

    def set_numbers(self, ids: Ids, numbers: Numbers) -> None:
        """Measure with other parameters, or other leaves, from now on."""
        self._tape.set_numbers(ids, numbers)

    def measure(self, resolution: int = RESOLUTION, bounds: Bounds | None = None) -> Boundary:
        """Measure `resolution` times `resolution` points, one row of them along a single axis."""
        bounds = bounds or self.bounds
        if len(self.axes) > 1:
            points = grid(bounds, resolution)
        else:
            points = np.linspace(bounds.left, bounds.right, resolution)[:, None]
        many = len(self._predictions) if len(self._predictions) > 2 else 1
        scores = np.empty((many, len(points)), dtype=np.float32)
        with np.errstate(all="ignore"):  # a score may be too great for float32
            for first in range(0, len(points), self._lanes):
                part = points[first : first + self._lanes]
                scores[:, first : first + self._lanes] = self._scores(part)[:, : len(part)]
        scores.flags.writeable = False
        grids = scores.reshape(many, -1, resolution)
        return Boundary(grids if many > 1 else grids[0], bounds, self._link, self.axes)

    def _scores(self, points: Numbers) -> Numbers:
        """Return the scores of as many points as there are lanes at most; the rest is padding."""
        lanes = self._lanes
        inputs = np.tile(self._row, (lanes, 1))
        inputs[: len(points), self.axes] = points
        self._tape.set_samples(inputs, np.empty((lanes, 0)))
        self._tape.forward()
        values = [np.broadcast_to(self._tape.values(node), lanes) for node in self._predictions]
        return np.stack(values) if len(values) != 2 else (values[1] - values[0])[None]


def boundary_grid(
    document: Document,
    parameters: tuple[Ids, Numbers] | None = None,
    bounds: Bounds | None = None,
    resolution: int = RESOLUTION,
) -> Boundary | Refusal:
    """Measure the boundary of a document once, with its own or with other parameters."""
    if not 2 <= resolution <= FINEST:
        return Refusal(_("A boundary has between 2 and {most} points a side").format(most=FINEST))
    probe = BoundaryProbe.build(document)
    if isinstance(probe, Refusal):
        return probe
    if parameters is not None:
        probe.set_numbers(*parameters)
    return probe.measure(resolution, bounds)


def _wrong_predictions(count: int, link: str) -> Refusal:
    what = _("There is no boundary to draw")
    if not count:
        return Refusal(what, _("no value is marked as the prediction"), _("Mark the prediction"))
    return Refusal(
        what,
        _("{count} values are marked as predictions").format(count=count),
        _("Leave the mark on one, or read several as class scores"),
    )


def _tape(plan: Plan, predictions: list[int], lanes: int) -> Tape | Machine:
    """Return what runs the plan: the compiled kernels if they are loaded and know every op."""
    program = make_program(plan, np.array(predictions, dtype=np.int64))
    if compiled.supports(program):
        return Machine(plan, program, lanes, CompiledRunner)
    return Tape(plan, lanes)
