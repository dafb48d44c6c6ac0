"""The activations: the bends that let a network be more than a straight line.

The registry collects `ACTIVATIONS`. Bodies keep to the bare names of the tables, and are stable:
they raise e only to powers that are not positive.
"""

from gettext import gettext as _

from engine.ops.record import Attribute, Op, between
from engine.ops.scalars import absolute, exp, log1p, maximum, tanh, where

_CATEGORY = "activations"
_FAR = ((0.0,), (40.0,), (-40.0,), (800.0,), (-800.0,))
_KINK = ((0.0,), (-0.0,), (float("-inf"),))


def _relu(x: float) -> float:
    return maximum(x, 0)


def _relu_partials(x: float, out: float) -> tuple[float]:
    """Give 0 at the kink, as micrograd and PyTorch do."""
    return (where(x > 0, 1, 0),)


def _leaky_relu(x: float, slope: float) -> float:
    return where(x > 0, x, slope * x)


def _leaky_relu_partials(x: float, out: float, slope: float) -> tuple[float]:
    """Give the slope of the negative side at the kink, as PyTorch does."""
    return (where(x > 0, 1, slope),)


def _tanh(x: float) -> float:
    return tanh(x)


def _tanh_partials(x: float, out: float) -> tuple[float]:
    return (1 - out * out,)


def _sigmoid(x: float) -> float:
    small = exp(-absolute(x))
    return where(x >= 0, 1, small) / (1 + small)


def _sigmoid_partials(x: float, out: float) -> tuple[float]:
    """Give out · (1 − out) without the cancellation where out is almost 1."""
    small = exp(-absolute(x))
    return (small / ((1 + small) * (1 + small)),)


def _softplus(x: float) -> float:
    return maximum(x, 0) + log1p(exp(-absolute(x)))


def _softplus_partials(x: float, out: float) -> tuple[float]:
    small = exp(-absolute(x))
    return (where(x >= 0, 1, small) / (1 + small),)


def _step(x: float) -> float:
    return where(x > 0, 1.0, where(x <= 0, 0.0, x))


def _step_partials(x: float, out: float) -> tuple[float]:
    """Give 0 everywhere, also at the jump: no gradient passes a step."""
    return (0,)


ACTIVATIONS = (
    Op(
        key="relu",
        symbol="ReLU",
        title=_("Rectified linear unit"),
        category=_CATEGORY,
        ports=("x",),
        torch="torch.relu(x)",
        formula="max(x, 0)",
        derivatives=("where(x > 0, 1, 0)",),
        intuition=_("A gate: the gradient passes unchanged if the input is positive, else not."),
        effects=(
            _("A gate, open above 0 only: at {x} = {x_value} it passes {local} of a change."),
        ),
        flat=(_("it is dead: its input {x} = {x_value} is not above 0"),),
        forward=_relu,
        partials=_relu_partials,
        sampler=between((-3, 3)),
        special=_KINK,
    ),
    Op(
        key="leaky_relu",
        symbol="LReLU",
        title=_("Leaky rectified linear unit"),
        category=_CATEGORY,
        ports=("x",),
        attributes=(Attribute("slope", _("Slope below 0"), 0.01, 0.0, 1.0),),
        torch="nn.functional.leaky_relu(x, slope)",
        formula="where(x > 0, x, slope * x)",
        derivatives=("where(x > 0, 1, slope)",),
        intuition=_("A gate that never shuts: below 0 a small part of the gradient still passes."),
        effects=(
            _("Above 0 all of a change passes, below 0 a part: at {x} = {x_value} it is {local}."),
        ),
        flat=(_("its input {x} = {x_value} is not above 0, where its slope is {local}"),),
        forward=_leaky_relu,
        partials=_leaky_relu_partials,
        sampler=between((-3, 3), (0.01, 0.5)),
        special=((0.0, 0.01), (-2.0, 0.0), (-2.0, 1.0)),
        reference="max(x, 0) + slope * min(x, 0)",
    ),
    Op(
        key="tanh",
        symbol="tanh",
        title=_("Hyperbolic tangent"),
        category=_CATEGORY,
        ports=("x",),
        formula="tanh(x)",
        derivatives=("1 - out**2",),
        intuition=_(
            "It squashes any number between −1 and 1; far out it is flat and learns little."
        ),
        effects=(_("tanh flattens towards −1 and 1: at {out_value} its slope is {local}."),),
        flat=(_("it is saturated: with an input {x} = {x_value} its slope is {local}"),),
        forward=_tanh,
        partials=_tanh_partials,
        sampler=between((-3, 3)),
        special=_FAR,
        reference="(exp(2 * x) - 1) / (exp(2 * x) + 1)",
    ),
    Op(
        key="sigmoid",
        symbol="σ",
        title=_("Sigmoid"),
        category=_CATEGORY,
        ports=("x",),
        torch="torch.sigmoid(x)",
        formula="1 / (1 + exp(-x))",
        derivatives=("out * (1 - out)",),
        intuition=_("It turns a score into a probability; the slope is at most a quarter."),
        effects=(_("The sigmoid flattens towards 0 and 1: at {out_value} its slope is {local}."),),
        flat=(_("it is saturated: with an input {x} = {x_value} its slope is {local}"),),
        forward=_sigmoid,
        partials=_sigmoid_partials,
        sampler=between((-5, 5)),
        special=_FAR,
        reference="1 / (1 + exp(-x))",
    ),
    Op(
        key="softplus",
        symbol="softplus",
        title=_("Softplus"),
        category=_CATEGORY,
        ports=("x",),
        torch="nn.functional.softplus(x, threshold=40)",
        formula="log(1 + exp(x))",
        derivatives=("sigmoid(x)",),
        intuition=_("A ReLU with its corner rounded off: its slope is the sigmoid."),
        effects=(
            _("The slope of softplus is the sigmoid of its input: {local} at {x} = {x_value}."),
        ),
        flat=(_("its input {x} = {x_value} is so far below 0 that it is flat"),),
        forward=_softplus,
        partials=_softplus_partials,
        sampler=between((-5, 5)),
        special=_FAR,
        reference="log(1 + exp(x))",
    ),
    Op(
        key="step",
        symbol="step",
        title=_("Step"),
        category=_CATEGORY,
        ports=("x",),
        torch="torch.where(torch.isnan(x), x.detach(), torch.relu(torch.sign(x)))",
        formula="where(x > 0, 1, 0)",
        derivatives=("0",),
        intuition=_("All or nothing: it is flat everywhere, so nothing before it can learn."),
        effects=(_("A step is flat: no change of {x} gets through."),),
        flat=(_("a step is flat everywhere, so nothing passes"),),
        forward=_step,
        partials=_step_partials,
        sampler=between((-3, 3)),
        special=_KINK,
    ),
)
