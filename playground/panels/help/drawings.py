"""The drawings of pages: curves of ops and of schedules, and points of data sets.

A drawing is asked for by the key of a page and the numbers to draw it with, as in
"op/leaky_relu?slope=0.2". Its numbers come from the records; `painting.py` paints them.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from gettext import gettext as _
from urllib.parse import parse_qsl

import numpy as np
from numpy.typing import NDArray

from engine import ops
from engine.errors import accept
from engine.graph.records import TrainingSettings
from engine.ops import Op
from engine.train.datasets import DATASETS
from engine.train.schedules import SCHEDULES, learning_rates

Numbers = NDArray[np.float64]

REACH = 4.0  # a curve shows a function from -4 to 4
POINTS = 401
HIGHEST = 6.0  # that a plot is cut off at
FIELD = 81  # places along each side of a field
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
    across = np.linspace(-REACH, REACH, POINTS)
    names = ("x", "others") if op.variadic else op.ports
    inputs = [
        across if k == place else np.full(POINTS, given.get(name, 2.0))
        for k, name in enumerate(names)
    ]
    attributes = op.defaults(given)
    value = broad(op.array.forward(inputs, attributes))
    slope = broad(op.array.partials(inputs, value, attributes)[place])
    name = names[place]
    still = [f"{other} = {given.get(other, 2.0):g}" for other in names if other != name]
    if op.variadic:
        still = [_("one other input at {number}").format(number=f"{given.get('others', 2.0):g}")]
    title = " · ".join((_("over {name}").format(name=name), *still))
    edges = edges_of(op, attributes) if len(names) == 1 else ()
    return Plot(title, across, value, slope, span_of(value, slope), edges)


def broad(numbers: Numbers | float) -> Numbers:
    """Return numbers for every place, where a body says the same of all."""
    return np.broadcast_to(np.asarray(numbers, np.float64), (POINTS,))


def edges_of(op: Op, attributes: tuple[float, ...]) -> tuple[tuple[float, float, str], ...]:
    """Return the rule at each special point in sight: its value and its derivative."""
    dots = []
    for x in sorted({point[0] + 0.0 for point in op.special if abs(point[0]) < REACH}):
        out = op.scalar.forward((x,), attributes)
        slope = float(op.scalar.partials((x,), out, attributes)[0])
        dots += [(x, out, "positive"), (x, slope, "backward")]
    return tuple(dots)


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
