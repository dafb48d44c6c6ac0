"""What is explored and what was found: which value against which, where, and how finely.

The page sets the questions, calls `compute`, and shows the answers. Nothing here touches the
document: the place that is explored is no edit, and nothing here knows a widget.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from gettext import gettext as _

import numpy as np
from numpy.typing import NDArray

from engine.errors import Refusal
from engine.run.breaks import Break, find_breaks
from engine.run.result import Problem
from engine.run.secant import ErrorCurve, Secant, error_curve, secant
from engine.run.sweep import Sweep
from engine.train.boundary import Bounds
from playground.session import Session

Numbers = NDArray[np.float64]
Span = tuple[float, float]

POINTS = 401  # of a curve that nobody has given a step
MOST_POINTS = 2_000
SIDE = 49  # places along each side of a surface
USUAL, NEAR = (-5.0, 5.0), 4.0  # the range of numbers that are near 0
LARGEST = 1e300  # no range has a larger number in its middle
REACH = 2.0  # how far other ranges go to both sides, in multiples of the number in its middle
FARTHEST = 4.0  # a path may make a range so many times as wide
FIRST_H = 1e-3


class Stale(IntEnum):
    """How much has to be computed again; each holds all before it."""

    NOTHING = 0
    PLACE = 1
    CURVE = 2
    NUMBERS = 3
    STRUCTURE = 4


@dataclass(frozen=True, slots=True, eq=False)
class Curve:
    """Values and slopes over ascending x, and where they are not smooth; all (n,).

    `wanted` is how many points were asked for.
    """

    x: Numbers
    value: Numbers
    slope: Numbers
    breaks: list[Break]
    problem: Problem | None
    wanted: int


@dataclass(frozen=True, slots=True, eq=False)
class Surface:
    """Values (side, side) over a rectangle; x runs along a row, z up the rows."""

    bounds: Bounds
    value: Numbers
    problem: Problem | None


@dataclass(slots=True)
class Exploration:
    """The questions, and the answers that `compute` finds.

    Attributes:
        f_choice, x_choice, z_choice: node ids; None leaves it to the output and the selection.
        spans: ranges of x and z that were typed, None for one around the place.
        step: how far apart the points of the curve are, None for as fine as can be seen.
        h: how far apart the two points of the secant are; not 0.
        explored: the place that is tried out, None while it is where the document is.
        f, x: what is explored; () and None where there is nothing.
        refusal: why there is nothing to see, None if there is.
    """

    session: Session
    f_choice: int | None = None
    x_choice: int | None = None
    z_choice: int | None = None
    spans: list[Span | None] = field(default_factory=lambda: [None, None])
    step: float | None = None
    h: float = FIRST_H
    explored: tuple[float, ...] | None = None
    f: int | None = None
    x: tuple[int, ...] = ()
    refusal: Refusal | None = None
    sweep: Sweep | None = None
    curve: Curve | None = None
    surface: Surface | None = None
    secants: tuple[Secant, ...] = ()
    slopes: tuple[float, ...] = ()
    errors: ErrorCurve | None = None
    _auto: list[Span] = field(default_factory=list)
    _last: int | None = None

    # What is asked -------------------------------------------------------------------------------

    @property
    def place(self) -> tuple[float, ...]:
        """Where the slopes are looked at."""
        if self.explored is not None:
            return self.explored
        return self.sweep.start if self.sweep is not None else ()

    def span(self, axis: int) -> Span:
        """Return the range that is shown of an input: typed, else around the place."""
        return self.spans[axis] or self._auto[axis]

    def move(self, *place: float) -> None:
        """Look at another place; where the document is, it is followed from then on."""
        start = self.sweep.start if self.sweep is not None else None
        self.explored = None if place == start else place

    def ask(self, which: str, number: float | None) -> Refusal | None:
        """Set the "step", or an end of a range ("low", "high", "bottom", "top"); say why not.

        None leaves step or range to be found.
        """
        if which == "step":
            if number is not None and number <= 0.0:
                return Refusal(_("A step has to be above 0"), "", _("Type one such as 0.25"))
            self.step = number
            return None
        axis = int(which in ("bottom", "top"))
        if number is None:
            self.spans[axis] = None
            return None
        low, high = self.span(axis)
        low, high = (number, high) if which in ("low", "bottom") else (low, number)
        if not (low < high and math.isfinite(high - low)):
            return Refusal(
                _("A range has to end above its beginning"),
                _("{low} is not below {high}").format(low=low, high=high),
            )
        self.spans[axis] = (low, high)
        return None

    def computed(self) -> Refusal | None:
        """Say why the document cannot be given the place: one of the inputs is computed."""
        document = self.session.document
        for node in self.x:
            if not document.node(node).is_leaf:
                return Refusal(
                    _("{name} has no number of its own").format(name=document.name(node)),
                    _("it is computed from its inputs"),
                    _("Choose one of these as x"),
                    (node,),
                )
        return None

    def include(self, places: Sequence[tuple[float, ...]]) -> bool:
        """Widen the ranges that nobody typed to hold places; return whether one was widened."""
        widened = False
        for axis, numbers in enumerate(zip(*places, strict=True)):
            low, high = self._auto[axis]
            first, last = min(low, *numbers), max(high, *numbers)
            room = FARTHEST * (high - low)
            if self.spans[axis] is None and high - low < last - first < room:
                unit = 10.0 ** math.floor(math.log10(last - first)) / 2
                first, last = math.floor(first / unit) * unit, math.ceil(last / unit) * unit
                self._auto[axis] = (min(low, first), max(high, last))
                widened = True
        return widened

    def choose(self) -> bool:
        """Decide what is explored; return whether it is something else than before."""
        before = (self.f, self.x)
        document, result = self.session.document, self.session.live.result
        for name in ("f_choice", "x_choice", "z_choice"):
            if getattr(self, name) is not None and getattr(self, name) not in document:
                setattr(self, name, None)
        picked = [item for item in self.session.order if item in result.row]
        picked = picked or [node for node in self.session.weights if node in result.row]
        f = self.f_choice if self.f_choice is not None else self._output(picked)
        others = [node for node in picked if node not in (f, self.x_choice, self.z_choice)]
        x = self.x_choice
        if x is None and f is not None:
            x = others.pop(0) if others else self._usual(f)
        z = self.z_choice if self.z_choice is not None else (others[0] if others else None)
        self.f = f
        self.x = () if x is None else (x,) if z is None or z == x else (x, z)
        if before == (self.f, self.x):
            return False
        self._last = x
        if before[1] != self.x:
            self.explored, self.spans, self._auto = None, [None, None], []
        return True

    def _output(self, picked: list[int]) -> int | None:
        """Return where going backward starts, else what is selected, else the last op."""
        output = self.session.live.result.output
        if output is not None:
            return output
        ops = [node.id for node in self.session.document.nodes() if not node.is_leaf]
        return next((node for node in reversed(picked) if node in ops), ops[-1] if ops else None)

    def _usual(self, f: int) -> int | None:
        """Return what was explored last, else the leaf that a reader would think of first."""
        document, result = self.session.document, self.session.live.result
        if self._last is not None and self._last in result.row and self._last != f:
            return self._last
        leaves = [node for node in document.nodes() if node.is_leaf and node.id != f]
        reached = [leaf for leaf in leaves if result.reached[result.row[leaf.id]]]
        order = sorted(
            reached or leaves,
            key=lambda n: (not n.label, n.role == "target", n.role != "parameter", n.id),
        )
        return order[0].id if order else None

    # What is found -------------------------------------------------------------------------------

    def compute(self, stale: Stale) -> None:
        """Find again what is stale."""
        if stale >= Stale.STRUCTURE or self.sweep is None:
            self._build()
        elif stale >= Stale.NUMBERS:
            self.sweep.load(self.session.live.result)
        if self.sweep is None:
            return
        self._reach()
        if stale >= Stale.CURVE:
            self._draw(self.sweep)
        self._look(self.sweep)

    def _build(self) -> None:
        self.sweep, self.curve, self.surface = None, None, None
        self.secants, self.errors, self.refusal = (), None, None
        if self.f is None or not self.x:
            return
        document, result = self.session.document, self.session.live.result
        built = Sweep.build(document, result, self.f, self.x)
        if isinstance(built, Refusal):
            self.refusal = built
        else:
            self.sweep = built

    def _reach(self) -> None:
        """Keep the ranges that nobody typed, unless the place has left them."""
        middle = self.place
        self._auto = self._auto or [around(number) for number in middle]
        for axis, number in enumerate(middle):
            low, high = self._auto[axis]
            if not low <= number <= high and math.isfinite(number):
                self._auto[axis] = around(number)

    def _draw(self, sweep: Sweep) -> None:
        self.curve = self.surface = None
        if len(self.x) > 1:
            self.surface = self._surface(sweep)
            return
        low, high = self.span(0)
        wanted = POINTS if self.step is None else max(2, math.ceil((high - low) / self.step))
        count = min(wanted, sweep.lanes, MOST_POINTS)
        x: Numbers = np.linspace(low, high, count)
        if self.step is not None and count == wanted:
            x = np.asarray(low + self.step * np.arange(count))
        found = sweep.at(x)
        slope = found.slope[0]
        breaks = find_breaks(sweep, x, found.value, slope) if sweep.depends else []
        self.curve = Curve(x, found.value, slope, breaks, found.problem, wanted)

    def _surface(self, sweep: Sweep) -> Surface:
        (left, right), (bottom, top) = self.span(0), self.span(1)
        side = max(2, min(SIDE, math.isqrt(sweep.lanes)))
        x, z = np.meshgrid(np.linspace(left, right, side), np.linspace(bottom, top, side))
        found = sweep.at(np.stack((x.ravel(), z.ravel())))
        bounds = Bounds(left, right, bottom, top)
        return Surface(bounds, found.value.reshape(side, side), found.problem)

    def _look(self, sweep: Sweep) -> None:
        place = self.place
        self.secants = tuple(secant(sweep, place, self.h, axis) for axis in range(len(place)))
        self.errors = error_curve(sweep, place)
        self.slopes = self.errors.slope


def around(number: float) -> Span:
    """Return the usual range, or one of round numbers with a number in its middle."""
    if not NEAR < abs(number) < LARGEST:
        return USUAL
    reach = REACH * abs(number)
    unit = 10.0 ** math.floor(math.log10(reach)) / 2
    return math.floor((number - reach) / unit) * unit, math.ceil((number + reach) / unit) * unit
