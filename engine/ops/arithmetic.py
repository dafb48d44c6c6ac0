"""The arithmetic ops: sums, differences, products, quotients and powers.

The registry collects `ARITHMETIC`. Bodies keep to the bare names of the tables,
and never use `+=`, which would write into an array of the caller.
"""

from collections.abc import Sequence
from gettext import gettext as _

from engine.ops.record import Attribute, Domain, Op, between, several
from engine.ops.scalars import divide, floor, log, power, where

_CATEGORY = "arithmetic"
_POLE = _("0 to a negative power divides by 0")
_COMPLEX = _("a negative number to a fractional power is not a real number")


def _add(x: Sequence[float]) -> float:
    out = x[0]
    for k in range(1, len(x)):
        out = out + x[k]
    return out


def _add_partials(x: Sequence[float], out: float) -> Sequence[float]:
    return [1 for _x in x]


def _sub(x: float, y: float) -> float:
    return x - y


def _sub_partials(x: float, y: float, out: float) -> tuple[float, float]:
    return 1, -1


def _mul(x: float, y: float) -> float:
    return x * y


def _mul_partials(x: float, y: float, out: float) -> tuple[float, float]:
    return y, x


def _div(x: float, y: float) -> float:
    return divide(x, y)


def _div_partials(x: float, y: float, out: float) -> tuple[float, float]:
    return divide(1.0, y), divide(-out, y)


def _neg(x: float) -> float:
    return -x


def _neg_partials(x: float, out: float) -> tuple[float]:
    return (-1,)


def _power(x: float, n: float) -> float:
    return power(x, n)


def _power_partials(x: float, out: float, n: float) -> tuple[float]:
    """Take x⁰ as constant, also at x = 0 where the law would say 0 · ∞."""
    return (where(n == 0, 0, n * power(x, n - 1)),)


def _pow(x: float, y: float) -> float:
    return power(x, y)


def _pow_partials(x: float, y: float, out: float) -> tuple[float, float]:
    """Take 0ʸ as constant in y ≥ 0, and x⁰ as constant in x, where the law would say 0 · ∞."""
    steady = (x == 0) * (y >= 0)
    return where(y == 0, 0, y * power(x, y - 1)), where(steady, 0, out * log(x))


def _square(x: float) -> float:
    return x * x


def _square_partials(x: float, out: float) -> tuple[float]:
    return (2 * x,)


ARITHMETIC = (
    Op(
        key="add",
        symbol="+",
        title=_("Sum"),
        category=_CATEGORY,
        ports=("x",),
        variadic=True,
        formula="sum(x)",
        derivatives=("1",),
        intuition=_("A sum hands its gradient on unchanged to every one of its inputs."),
        effects=(_("A sum passes every change of {x} on as it is."),),
        forward=_add,
        partials=_add_partials,
        sampler=several(-3, 3),
        special=((0.0, 0.0), (1e308, 1e308), (float("inf"), float("-inf"))),
        binary="add",
    ),
    Op(
        key="sub",
        symbol="−",
        title=_("Difference"),
        category=_CATEGORY,
        ports=("x", "y"),
        formula="x - y",
        derivatives=("1", "-1"),
        intuition=_(
            "The first input gets the gradient as it is, the second with its sign turned."
        ),
        effects=(
            _("Every change of {x} changes the difference by as much."),
            _("Every change of {y} changes the difference by as much, the other way."),
        ),
        forward=_sub,
        partials=_sub_partials,
        sampler=between((-3, 3), (-3, 3)),
        special=((1.0, 1.0), (float("inf"), float("inf"))),
        reference="x + -1 * y",
    ),
    Op(
        key="mul",
        symbol="×",
        title=_("Product"),
        category=_CATEGORY,
        ports=("x", "y"),
        formula="x * y",
        derivatives=("y", "x"),
        intuition=_("Each input's slope is the other input: a factor of 0 silences the other."),
        effects=(
            _("Multiplying by {y} scales every change of {x} by {local}."),
            _("Multiplying by {x} scales every change of {y} by {local}."),
        ),
        flat=(
            _("its other factor, {y}, is {y_value}"),
            _("its other factor, {x}, is {x_value}"),
        ),
        forward=_mul,
        partials=_mul_partials,
        sampler=between((-3, 3), (-3, 3)),
        special=((0.0, 2.0), (0.0, 0.0), (0.0, float("inf"))),
    ),
    Op(
        key="div",
        symbol="÷",
        title=_("Quotient"),
        category=_CATEGORY,
        ports=("x", "y"),
        formula="x / y",
        derivatives=("1 / y", "-x / y**2"),
        intuition=_("The smaller the divisor, the more the quotient reacts to both inputs."),
        effects=(
            _("Dividing by {y} scales every change of {x} by {local}."),
            _("A change of the divisor {y} changes the quotient {local} times as much."),
        ),
        flat=(
            _("the divisor {y} is very large, {y_value}"),
            _("it divides {x} = {x_value} by {y} = {y_value}"),
        ),
        forward=_div,
        partials=_div_partials,
        sampler=between((-3, 3), (0.5, 3)),
        special=((0.0, 2.0), (1.0, -2.0), (1.0, 0.0), (-1.0, 0.0), (0.0, 0.0)),
        domain=(Domain(lambda x, y: y == 0, _("a number divided by 0 has no finite value")),),
        reference="x * y**-1",
    ),
    Op(
        key="neg",
        symbol="−x",
        title=_("Negation"),
        category=_CATEGORY,
        ports=("x",),
        formula="-x",
        derivatives=("-1",),
        intuition=_("Turning the sign of the number turns the sign of its gradient."),
        effects=(_("The sign is turned: where {x} grows, this falls by as much."),),
        forward=_neg,
        partials=_neg_partials,
        sampler=between((-3, 3)),
        special=((0.0,),),
        reference="-1 * x",
    ),
    Op(
        key="power",
        symbol="xⁿ",
        title=_("Power"),
        category=_CATEGORY,
        ports=("x",),
        attributes=(Attribute("n", _("Exponent"), 2.0, -100.0, 100.0),),
        formula="x**n",
        derivatives=("n * x**(n - 1)",),
        intuition=_("The higher the exponent, the flatter near 0 and the steeper far from it."),
        effects=(_("At {x} = {x_value} the power changes {local} times as fast as {x}."),),
        flat=(_("the power is flat at {x} = {x_value}"),),
        forward=_power,
        partials=_power_partials,
        sampler=between((0.3, 3), (-3, 4)),
        special=(
            (0.0, 2.0),
            (0.0, 1.0),
            (0.0, 0.0),
            (0.0, 0.5),
            (0.0, -1.0),
            (-2.0, 3.0),
            (-2.0, -1.0),
            (-2.0, 0.5),
            (1e200, 2.0),
        ),
        domain=(
            Domain(lambda x, n: x == 0 and n < 0, _POLE),
            Domain(lambda x, n: x < 0 and n != floor(n), _COMPLEX),
        ),
    ),
    Op(
        key="pow",
        symbol="xʸ",
        title=_("Power of two inputs"),
        category=_CATEGORY,
        ports=("x", "y"),
        formula="x**y",
        derivatives=("y * x**(y - 1)", "out * log(x)"),
        intuition=_("Base and exponent both learn: the exponent's slope grows with the result."),
        effects=(
            _("At {x} = {x_value} the power changes {local} times as fast as its base."),
            _("At {y} = {y_value} the power changes {local} times as fast as its exponent."),
        ),
        flat=(
            _("the power is flat at {x} = {x_value}"),
            _("the exponent changes nothing at {x} = {x_value}"),
        ),
        forward=_pow,
        partials=_pow_partials,
        sampler=between((0.3, 3), (-3, 3)),
        special=(
            (1.0, 0.0),
            (0.0, 2.0),
            (0.0, 0.0),
            (0.0, -1.0),
            (-2.0, 2.0),
            (-2.0, 0.5),
            (1e200, 2.0),
        ),
        domain=(
            Domain(lambda x, y: x == 0 and y < 0, _POLE),
            Domain(lambda x, y: x < 0 and y != floor(y), _COMPLEX),
        ),
    ),
    Op(
        key="square",
        symbol="x²",
        title=_("Square"),
        category=_CATEGORY,
        ports=("x",),
        formula="x**2",
        derivatives=("2 * x",),
        intuition=_("The further from 0, the steeper: large errors count more than small ones."),
        effects=(_("The slope of a square is twice its input: {local} at {x} = {x_value}."),),
        flat=(_("the square is flat at {x} = {x_value}"),),
        forward=_square,
        partials=_square_partials,
        sampler=between((-3, 3)),
        special=((0.0,), (1e200,)),
        reference="x * x",
    ),
)
