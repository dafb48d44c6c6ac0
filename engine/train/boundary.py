"""What a network says all over the plane of its two features: the decision boundary.

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
from engine.train.metrics import CLASS_SCORES, MARGINS, NUMBER, THRESHOLDS
from engine.train.samples import Samples, load_samples

Numbers = NDArray[np.float64]
Ids = NDArray[np.int64]

LANES = 512  # points at a time: few enough to stay in the cache
MARGIN = 1.0
RESOLUTION = 100
FINEST = 1000


@dataclass(frozen=True, slots=True)
class Bounds:
    """A rectangle of the plane: the first feature runs along x, the second along y."""

    left: float
    right: float
    bottom: float
    top: float


NO_DATA = Bounds(-5.0, 5.0, -5.0, 5.0)


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
    """

    scores: NDArray[np.float32]
    bounds: Bounds
    link: str

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
        powers = np.exp(self.scores - self.scores.max(axis=0))
        shares: NDArray[np.float32] = powers / powers.sum(axis=0)
        return shares

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


def default_bounds(samples: Samples | None) -> Bounds:
    """Return the range of the samples and a margin of 1 around it, as in micrograd's demo."""
    if samples is None or samples.inputs.shape[1] < 2:
        return NO_DATA
    (left, bottom), (right, top) = samples.inputs[:, :2].min(0), samples.inputs[:, :2].max(0)
    return Bounds(
        float(left) - MARGIN, float(right) + MARGIN, float(bottom) - MARGIN, float(top) + MARGIN
    )


class BoundaryProbe:
    """Measures the prediction of one document over the plane; made by `build`.

    `bounds` is what it measures unless told otherwise: where the document's samples lie.
    """

    def __init__(
        self, document: Document, plan: Plan, axes: tuple[int, int], samples: Samples | None
    ) -> None:
        self.bounds = default_bounds(samples)
        self._link = link_of(document, samples)
        self._predictions = document.marked("prediction")
        self._axes = axes
        self._tape = _tape(plan, self._predictions)
        self._tape.load(document)

    @classmethod
    def build(cls, document: Document) -> "BoundaryProbe | Refusal":
        """Make ready to measure a document, or say why it has no boundary."""
        axes = sorted({n.index for n in document.nodes() if n.op == LEAF and n.role == "feature"})
        if len(axes) != 2:
            return Refusal(
                _("There is no boundary to draw"),
                _("the plane has two features, and the graph has {count}").format(count=len(axes)),
            )
        predictions = document.marked("prediction")
        if (len(predictions) > 1) != (document.link == CLASS_SCORES) or not predictions:
            return _wrong_predictions(len(predictions), document.link)
        plan = probe_plan(document, predictions)
        if isinstance(plan, Refusal):
            return plan
        samples = load_samples(document.data, document.seeds)
        known = None if isinstance(samples, Refusal) else samples
        return cls(document, plan, (axes[0], axes[1]), known)

    def set_numbers(self, ids: Ids, numbers: Numbers) -> None:
        """Measure with other parameters, or other leaves, from now on."""
        self._tape.set_numbers(ids, numbers)

    def measure(self, resolution: int = RESOLUTION, bounds: Bounds | None = None) -> Boundary:
        """Measure `resolution` times `resolution` points."""
        bounds = bounds or self.bounds
        x = np.linspace(bounds.left, bounds.right, resolution)
        y = np.linspace(bounds.bottom, bounds.top, resolution)
        points = np.stack((np.tile(x, resolution), np.repeat(y, resolution)), axis=1)
        many = len(self._predictions) if len(self._predictions) > 2 else 1
        scores = np.empty((many, len(points)), dtype=np.float32)
        with np.errstate(all="ignore"):  # a score may be too great for float32
            for first in range(0, len(points), LANES):
                part = points[first : first + LANES]
                scores[:, first : first + LANES] = self._scores(part)[:, : len(part)]
        scores.flags.writeable = False
        grids = scores.reshape(many, resolution, resolution)
        return Boundary(grids if many > 1 else grids[0], bounds, self._link)

    def _scores(self, points: Numbers) -> Numbers:
        """Return the scores of at most `LANES` points, (k or 1, LANES); the rest is padding."""
        inputs = np.zeros((LANES, self._axes[1] + 1))
        inputs[: len(points), self._axes] = points
        self._tape.set_samples(inputs, np.empty((LANES, 0)))
        self._tape.forward()
        values = [np.broadcast_to(self._tape.values(node), LANES) for node in self._predictions]
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


def _tape(plan: Plan, predictions: list[int]) -> Tape | Machine:
    """Return what runs the plan: the compiled kernels if they are loaded and know every op."""
    program = make_program(plan, np.array(predictions, dtype=np.int64))
    if compiled.supports(program):
        return Machine(plan, program, LANES, CompiledRunner)
    return Tape(plan, LANES)
