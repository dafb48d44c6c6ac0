"""The drawings of pages: curves of ops, losses and schedules, and points of data sets.

A drawing is asked for by the key of a page and the numbers to draw it with, as in
"op/leaky_relu?slope=0.2". Its numbers come from the records; `painting.py` paints them.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from gettext import gettext as _
from math import isfinite
from urllib.parse import parse_qsl

import numpy as np
from numpy.typing import NDArray

from engine import ops
from engine.errors import accept
from engine.graph.document import Document
from engine.graph.properties import set_value
from engine.graph.records import TrainingSettings
from engine.graph.templates import TEMPLATES
from engine.ops import Op
from engine.run.evaluate import evaluate
from engine.train.datasets import DATASETS
from engine.train.schedules import SCHEDULES, learning_rates
from playground.panels.help.templates import SCORE, TARGET, judges, made_of

Numbers = NDArray[np.float64]

REACH = 4.0  # a curve shows a function from -4 to 4
POINTS = 400  # even, so that none is where two whole numbers tie
NEAR = 1e-7  # on both sides of a special point, where it is compared
JUMP = 1e-3  # by which a slope, or a value, differs at a kink
HIGHEST = 6.0  # that a plot is cut off at
FIELD = 80  # places along each side of a field
SEED, SAMPLES = 7, 240


@dataclass(frozen=True, slots=True, eq=False)
class Plot:
    """Curves over one axis: `value` and its `slope` (None for none), each (n,) over `across` (n,).

    `dots` are places (x, y, role) where the rule at an edge is shown.
    """

    title: str
    across: Numbers
    value: Numbers
    slope: Numbers | None
    up: tuple[float, float]
    dots: tuple[tuple[float, float, str], ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Field:
    """A function of two inputs (n, n), the first row at the bottom, from -REACH to REACH."""

    title: str
    across: str
    upward: str
    numbers: Numbers


@dataclass(frozen=True, slots=True, eq=False)
class Points:
    """Points (n, 2) with their labels (n,), of so many classes, 0 for numbers."""

    places: Numbers
    labels: Numbers
    classes: int


Part = Plot | Field | Points


def parts_of(what: str) -> tuple[Part, ...]:
    """Return what a drawing shows, part by part; none if nothing is known of it."""
    key, _mark, query = what.partition("?")
    given = {name: float(number) for name, number in parse_qsl(query)}
    kind, _slash, name = key.partition("/")
    op = ops.get(name) if kind == "op" else None
    if op is not None:
        return op_parts(op, given)
    makers: Mapping[str, Callable[[str], tuple[Part, ...]]] = {
        "schedule": schedule_parts,
        "dataset": dataset_parts,
        "template": template_parts,
    }
    return makers[kind](name) if kind in makers else ()


# Ops -------------------------------------------------------------------------------------------


def op_parts(op: Op, given: Mapping[str, float]) -> tuple[Part, ...]:
    """Return the curve in each input, and of two inputs the field as well."""
    if op.variadic:
        return field_of(op, given), curve_of(op, given, 0)
    curves = tuple(curve_of(op, given, place) for place in range(len(op.ports)))
    return curves if len(op.ports) == 1 else (field_of(op, given), *curves)


def curve_of(op: Op, given: Mapping[str, float], place: int) -> Plot:
    """Return an op over one of its inputs, the others held at numbers, with its derivative.

    Both come from the record's own bodies.
    """
    attributes = op.defaults(given)
    edges = kinks(op, attributes)
    beside = [place for x in edges for place in (x - NEAR, x + NEAR)]
    across = np.sort(np.concatenate((np.linspace(-REACH, REACH, POINTS), beside)))
    names = ("x", "others") if op.variadic else op.ports
    inputs = [
        across if k == place else np.full(len(across), given.get(name, 2.0))
        for k, name in enumerate(names)
    ]
    value = broad(op.array.forward(inputs, attributes), len(across))
    slope = broad(op.array.partials(inputs, value, attributes)[place], len(across))
    name = names[place]
    still = [f"{other} = {given.get(other, 2.0):g}" for other in names if other != name]
    if op.variadic:
        still = [_("one other input at {number}").format(number=f"{given.get('others', 2.0):g}")]
    title = " · ".join((_("over {name}").format(name=name), *still))
    dots = [(x, float(op.scalar.forward((x,), attributes)), "positive") for x in edges]
    dots += [(x, edge.here, "backward") for x, edge in edges.items()]
    return Plot(title, across, value, slope, span_of(value, slope), tuple(dots))


def broad(numbers: Numbers | float, count: int) -> Numbers:
    """Return so many numbers, where a body says the same of all."""
    return np.broadcast_to(np.asarray(numbers, np.float64), (count,))


@dataclass(frozen=True, slots=True)
class Kink:
    """A point where the derivative jumps, or the value: the derivative left of it, at it, right.

    `below` and `above` are the values on both sides, `here` is what the rule says.
    """

    left: float
    here: float
    right: float
    below: float
    above: float

    @property
    def leaps(self) -> bool:
        """Whether the value itself jumps."""
        return abs(self.below - self.above) > JUMP


def kinks(op: Op, attributes: tuple[float, ...]) -> dict[float, Kink]:
    """Return the kinks among the special points of an op of one input, by where they are."""
    found: dict[float, Kink] = {}
    if op.variadic or len(op.ports) != 1:
        return found
    for x in sorted({point[0] for point in op.special if isfinite(point[0])}):
        slopes = (slope_at(op, place, attributes) for place in (x - NEAR, x, x + NEAR))
        values = (float(op.scalar.forward((x + way,), attributes)) for way in (-NEAR, NEAR))
        kink = Kink(*slopes, *values)
        bent = abs(kink.left - kink.right) > JUMP or kink.leaps
        if bent and isfinite(kink.left) and isfinite(kink.right):
            found[x] = kink
    return found


def slope_at(op: Op, x: float, attributes: tuple[float, ...]) -> float:
    """Return the derivative of an op of one input at a point, as the record has it."""
    out = op.scalar.forward((x,), attributes)
    return float(op.scalar.partials((x,), out, attributes)[0])


def field_of(op: Op, given: Mapping[str, float]) -> Field:
    """Return an op over two inputs."""
    line = np.linspace(-REACH, REACH, FIELD)
    x, y = np.meshgrid(line, line)
    flat = [x.ravel(), y.ravel()]
    numbers = op.array.forward(flat, op.defaults(given))
    first, second = ("x1", "x2") if op.variadic else op.ports
    return Field(op.title, first, second, np.asarray(numbers, np.float64).reshape(FIELD, FIELD))


def span_of(*curves: Numbers) -> tuple[float, float]:
    """Return what of an axis shows all curves, no more than can be told apart."""
    seen = np.concatenate([curve[np.isfinite(curve)] for curve in curves])
    seen = np.clip(seen, -HIGHEST, HIGHEST)
    low, high = (min(0.0, seen.min()), max(0.0, seen.max())) if seen.size else (-1.0, 1.0)
    room = 0.08 * max(high - low, 1e-9)
    return float(low - room), float(high + room) if high > low else 1.0


# Losses ----------------------------------------------------------------------------------------


@cache
def template_parts(name: str) -> tuple[Part, ...]:
    """Return a loss over the score, for a target of 1 and of -1, as its scalars compute it."""
    template = TEMPLATES.get(name)
    if template is None or not judges(template):
        return ()
    return tuple(loss_curve(made_of(template), target) for target in (1.0, -1.0))


def loss_curve(document: Document, target: float) -> Plot:
    """Return the loss of a document, and its gradient, over the value called the score."""
    score, answer = (
        next(node.id for node in document.nodes() if node.label == label)
        for label in (SCORE, TARGET)
    )
    [loss] = document.marked("loss")
    document.apply(accept(set_value(document, answer, target)))
    across = np.linspace(-REACH, REACH, FIELD)
    numbers = []
    for place in across.tolist():
        document.apply(accept(set_value(document, score, place)))
        result = evaluate(document)
        numbers.append((result.number(loss), result.slope(score)))
    value, slope = np.array(numbers).T
    title = _("over the score · target {number}").format(number=f"{target:g}".replace("-", "−"))
    return Plot(title, across, value, slope, span_of(value, slope))


# Training --------------------------------------------------------------------------------------


def schedule_parts(name: str) -> tuple[Part, ...]:
    """Return the rates of a schedule, as its settings are at first but for a rate of 1."""
    usual = replace(TrainingSettings(), schedule=name, learning_rate=1.0, warmup_steps=0)
    if name not in SCHEDULES:
        return ()
    steps = range(0, 3 * usual.schedule_steps, max(1, usual.schedule_steps // 200))
    rates = np.array(learning_rates(usual, steps))
    across = np.array(steps, np.float64)
    return (Plot(_("over the steps"), across, rates, None, span_of(rates)),)


@cache
def dataset_parts(name: str) -> tuple[Part, ...]:
    """Return points of a data set."""
    dataset = DATASETS.get(name)
    if dataset is None:
        return ()
    inputs, labels = accept(dataset.generate(SAMPLES, dataset.default_noise, SEED))
    plane = inputs if dataset.features > 1 else np.stack((inputs[:, 0], labels), axis=1)
    return (Points(plane, labels, dataset.classes),)
