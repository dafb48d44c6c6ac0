"""The elementary functions of one input: root, exponential, logarithm, waves, absolute value.

The registry collects `FUNCTIONS`. Bodies keep to the bare names of the tables.
"""

from gettext import gettext as _

from engine.ops.record import Domain, Op, between
from engine.ops.scalars import absolute, cos, divide, exp, log, sign, sin, sqrt

_CATEGORY = "functions"
_INFINITY = float("inf")


def _sqrt(x: float) -> float:
    return sqrt(x)


def _sqrt_partials(x: float, out: float) -> tuple[float]:
    """Give +∞ at 0, also at −0: the root only ever rises."""
    return (divide(0.5, absolute(out)),)


def _exp(x: float) -> float:
    return exp(x)


def _exp_partials(x: float, out: float) -> tuple[float]:
    return (out,)


def _log(x: float) -> float:
    return log(x)


def _log_partials(x: float, out: float) -> tuple[float]:
    return (divide(1.0, x),)


def _sin(x: float) -> float:
    return sin(x)


def _sin_partials(x: float, out: float) -> tuple[float]:
    return (cos(x),)


def _cos(x: float) -> float:
    return cos(x)


def _cos_partials(x: float, out: float) -> tuple[float]:
    return (-sin(x),)


def _abs(x: float) -> float:
    return absolute(x)


def _abs_partials(x: float, out: float) -> tuple[float]:
    """Give 0 at the kink, midway between the slopes on its two sides."""
    return (sign(x),)


FUNCTIONS = (
    Op(
        key="sqrt",
        symbol="√x",
        title=_("Square root"),
        category=_CATEGORY,
        ports=("x",),
        formula="sqrt(x)",
        derivatives=("1 / (2 * out)",),
        intuition=_("It rises ever more slowly, and infinitely steeply right at 0."),
        effects=(
            _("The larger the root, the flatter it is: its slope is {local} at {x} = {x_value}."),
        ),
        flat=(_("the root is flat at {x} = {x_value}"),),
        forward=_sqrt,
        partials=_sqrt_partials,
        sampler=between((0.2, 5)),
        special=((0.0,), (-1.0,), (_INFINITY,)),
        domain=(Domain(lambda x: x < 0, _("a negative number has no real square root")),),
        reference="x**0.5",
    ),
    Op(
        key="exp",
        symbol="eˣ",
        title=_("Exponential"),
        category=_CATEGORY,
        ports=("x",),
        formula="exp(x)",
        derivatives=("out",),
        intuition=_("It grows as fast as it is large: its slope is its own value."),
        effects=(_("The slope of the exponential is its own value: {local}."),),
        flat=(_("its input {x} = {x_value} is so far below 0 that it is flat"),),
        forward=_exp,
        partials=_exp_partials,
        sampler=between((-3, 3)),
        special=((0.0,), (709.0,), (710.0,), (-800.0,), (-_INFINITY,)),
        domain=(
            Domain(
                lambda x: x > 709.78,
                _("the exponential of more than about 709.78 is too large for a number"),
            ),
        ),
    ),
    Op(
        key="log",
        symbol="ln",
        title=_("Natural logarithm"),
        category=_CATEGORY,
        ports=("x",),
        formula="log(x)",
        derivatives=("1 / x",),
        intuition=_("It measures factors: doubling the input adds the same amount anywhere."),
        effects=(
            _("The slope of the logarithm is 1 divided by its input: {local} at {x} = {x_value}."),
        ),
        flat=(_("its input {x} = {x_value} is so large that it is flat"),),
        forward=_log,
        partials=_log_partials,
        sampler=between((0.2, 5)),
        special=((1.0,), (0.0,), (-1.0,), (_INFINITY,)),
        domain=(
            Domain(lambda x: x == 0, _("the logarithm falls without end towards 0")),
            Domain(lambda x: x < 0, _("a negative number has no real logarithm")),
        ),
    ),
    Op(
        key="sin",
        symbol="sin",
        title=_("Sine"),
        category=_CATEGORY,
        ports=("x",),
        formula="sin(x)",
        derivatives=("cos(x)",),
        intuition=_("A wave: the slope is largest at 0 and nothing at the crests."),
        effects=(_("The slope of the sine is the cosine: {local} at {x} = {x_value}."),),
        flat=(_("the wave is flat at {x} = {x_value}"),),
        forward=_sin,
        partials=_sin_partials,
        sampler=between((-4, 4)),
        special=((0.0,), (_INFINITY,)),
    ),
    Op(
        key="cos",
        symbol="cos",
        title=_("Cosine"),
        category=_CATEGORY,
        ports=("x",),
        formula="cos(x)",
        derivatives=("-sin(x)",),
        intuition=_("The sine's wave a quarter turn ahead: flat at 0, where it is largest."),
        effects=(_("The slope of the cosine is minus the sine: {local} at {x} = {x_value}."),),
        flat=(_("the wave is flat at {x} = {x_value}"),),
        forward=_cos,
        partials=_cos_partials,
        sampler=between((-4, 4)),
        special=((0.0,), (_INFINITY,)),
    ),
    Op(
        key="abs",
        symbol="|x|",
        title=_("Absolute value"),
        category=_CATEGORY,
        ports=("x",),
        formula="abs(x)",
        derivatives=("sign(x)",),
        intuition=_("The distance from 0: it passes the gradient on with the input's sign."),
        effects=(_("The slope of a distance from 0 is the sign of its input: {local}."),),
        flat=(_("it has its corner at {x} = {x_value}"),),
        forward=_abs,
        partials=_abs_partials,
        sampler=between((-3, 3)),
        special=((0.0,), (-0.0,), (-_INFINITY,)),
    ),
)
