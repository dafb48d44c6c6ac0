"""Points above and below the graph of a typed function, as a table.

The window's dialog calls it. The formula is read as those of the canvas are; nothing is run.
"""

import math
from dataclasses import dataclass
from gettext import gettext as _

import numpy as np

from engine.errors import Refusal, Refused
from engine.exchange.formula import Call, Expression, Leaf, Name, Number, compute, parse
from engine.exchange.syntax import shown
from engine.graph.tables import Table, make_table

X = frozenset({"x"})
NAMES = ("x", "y", "label")
WORDS = ("below", "above")
MOST_POINTS = 5_000
LARGEST = 1e6  # of the ends of a range


@dataclass(frozen=True, slots=True)
class Curve:
    """Which points to draw: `count` of them, x and y each within its range, lower end first.

    A point whose y is greater than the formula's number is above. `noise` is the deviation of
    what is added to y after that, as a share of its range.
    """

    formula: str = "sin(x)"
    across: tuple[float, float] = (-6.0, 6.0)
    up: tuple[float, float] = (-2.0, 2.0)
    count: int = 200
    noise: float = 0.0
    seed: int = 1337


def curve_table(curve: Curve) -> Table | Refusal:
    """Draw the points; all lie where the formula has a number, and both classes occur."""
    refusal = _check(curve)
    if refusal is not None:
        return refusal
    try:
        expression = parse(curve.formula, X)
        _check_names(expression)
    except Refused as refused:
        return refused.refusal
    stream = np.random.RandomState(curve.seed)
    x = stream.uniform(*curve.across, curve.count)
    y = stream.uniform(*curve.up, curve.count)
    border = np.array([number_at(expression, place) for place in x.tolist()])
    if not np.isfinite(border).all():
        place = x[np.flatnonzero(~np.isfinite(border))[0]]
        return Refusal(
            _("“{formula}” is no finite number at x = {place:.4g}").format(
                formula=shown(curve.formula), place=place
            ),
            "",
            _("Choose another range of x"),
        )
    above = y > border
    if above.all() or not above.any():
        where = _("above") if above.all() else _("below")
        what = _("All points lie {where} the function").format(where=where)
        return Refusal(what, "", _("Choose another range of y"))
    width = curve.up[1] - curve.up[0]
    y = y + stream.normal(scale=curve.noise * width, size=curve.count)
    return make_table(NAMES, np.column_stack((x, y, above)), ((), (), WORDS))


def number_at(expression: Expression, x: float) -> float:
    """Return the number of an expression at x, nan or infinite where it has none."""
    match expression:
        case Number(value) | Leaf(value):
            return value
        case Name():
            return x
        case Call(key, inputs, attributes):
            return compute(key, [number_at(item, x) for item in inputs], attributes)


def _check_names(expression: Expression) -> None:
    """Refuse a formula of anything but x."""
    pending = [expression]
    while pending:
        match pending.pop():
            case Name(text) if text not in X:
                raise Refused(
                    _("“{name}” is not x").format(name=shown(text)),
                    "",
                    _("Write a formula of x, such as sin(x)"),
                )
            case Call(_key, inputs, _attributes):
                pending += inputs
            case _:
                pass


def _check(curve: Curve) -> Refusal | None:
    if not 2 <= curve.count <= MOST_POINTS:
        return Refusal(_("There are 2 to {most:,} points").format(most=MOST_POINTS))
    if not 0.0 <= curve.noise <= 1.0:
        return Refusal(_("The noise lies between 0 and 1"))
    if not 0 <= curve.seed < 2**32:
        return Refusal(_("The seed lies between 0 and {most:,}").format(most=2**32 - 1))
    for name, (low, high) in (("x", curve.across), ("y", curve.up)):
        if not (math.isfinite(low) and math.isfinite(high) and -LARGEST <= low < high <= LARGEST):
            return Refusal(
                _("The range of {name} goes from a number to a greater one").format(name=name)
            )
    return None
