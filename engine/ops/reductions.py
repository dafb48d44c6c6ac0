"""The reductions: many inputs to one number, by product, choice or log-sum-exp.

The registry collects `REDUCTIONS`. Bodies keep to the bare names of the tables, never use `*=`,
which would write into an array of the caller, and take time in proportion to their inputs.
The n-ary sum is arithmetic.
"""

from collections.abc import Sequence
from gettext import gettext as _

from engine.ops.record import Op, several
from engine.ops.scalars import divide, exp, isfinite, log, maximum, minimum, where

_CATEGORY = "reductions"
_INFINITY = float("inf")
_TIES = ((1.0, 1.0), (2.0, 2.0, 2.0, 1.0), (-1.0, 0.0, -1.0), (_INFINITY, 1.0))


def _prod(x: Sequence[float]) -> float:
    out = x[0]
    for k in range(1, len(x)):
        out = out * x[k]
    return out


def _prod_partials(x: Sequence[float], out: float) -> Sequence[float]:
    """Multiply what stands before by what stands after: right with zeros, unlike out / x."""
    partials = [1.0 for _x in x]
    for k in range(1, len(x)):
        partials[k] = partials[k - 1] * x[k - 1]
    after = 1.0
    for j in range(len(x)):
        k = len(x) - 1 - j
        partials[k] = partials[k] * after
        after = after * x[k]
    return partials


def _max(x: Sequence[float]) -> float:
    out = x[0]
    for k in range(1, len(x)):
        out = maximum(out, x[k])
    return out


def _max_partials(x: Sequence[float], out: float) -> Sequence[float]:
    """Share the gradient equally among the inputs that tie for the largest."""
    ties = where(x[0] == out, 1, 0)
    for k in range(1, len(x)):
        ties = ties + where(x[k] == out, 1, 0)
    return [divide(where(number == out, 1, 0), ties) for number in x]


def _min(x: Sequence[float]) -> float:
    out = x[0]
    for k in range(1, len(x)):
        out = minimum(out, x[k])
    return out


def _logsumexp(x: Sequence[float]) -> float:
    """Shift by the largest input, so that no exponential overflows and not all vanish."""
    largest = x[0]
    for k in range(1, len(x)):
        largest = maximum(largest, x[k])
    shift = where(isfinite(largest), largest, 0.0)
    total = exp(x[0] - shift)
    for k in range(1, len(x)):
        total = total + exp(x[k] - shift)
    return shift + log(total)


def _logsumexp_partials(x: Sequence[float], out: float) -> Sequence[float]:
    """Give the softmax; an input of +∞ gets 1, and all inputs get 0 if all are −∞.

    The number written out is the largest float: it stands for infinity in the differences.
    """
    shift = minimum(maximum(out, -1.7976931348623157e308), 1.7976931348623157e308)
    return [exp(minimum(number, 1.7976931348623157e308) - shift) for number in x]


REDUCTIONS = (
    Op(
        key="prod",
        symbol="Π",
        title=_("Product of many"),
        category=_CATEGORY,
        ports=("x",),
        variadic=True,
        formula="prod(x)",
        derivatives=("prod(rest)",),
        intuition=_("Each input's slope is the product of all the others."),
        effects=(_("The other factors scale every change of {x} by {local}."),),
        flat=(_("its other factors make {local}"),),
        forward=_prod,
        partials=_prod_partials,
        sampler=several(-2, 2),
        special=((0.0, 2.0, 3.0), (0.0, 0.0, 3.0), (5.0,)),
        binary="mul",
    ),
    Op(
        key="max",
        symbol="max",
        title=_("Maximum"),
        category=_CATEGORY,
        ports=("x",),
        variadic=True,
        torch="torch.amax(torch.stack(torch.broadcast_tensors(*x)), 0)",
        formula="max(x)",
        derivatives=("(x_k == out) / count(x == out)",),
        intuition=_("The winner takes all of the gradient; ties share it equally."),
        effects=(
            _("Only the largest input counts: of a change of {x} the part {local} gets through."),
        ),
        flat=(_("another input is larger than {x} = {x_value}"),),
        forward=_max,
        partials=_max_partials,
        sampler=several(-3, 3),
        special=_TIES,
        binary="max",
    ),
    Op(
        key="min",
        symbol="min",
        title=_("Minimum"),
        category=_CATEGORY,
        ports=("x",),
        variadic=True,
        torch="torch.amin(torch.stack(torch.broadcast_tensors(*x)), 0)",
        formula="min(x)",
        derivatives=("(x_k == out) / count(x == out)",),
        intuition=_("The smallest takes all of the gradient; ties share it equally."),
        effects=(
            _("Only the smallest input counts: of a change of {x} the part {local} gets through."),
        ),
        flat=(_("another input is smaller than {x} = {x_value}"),),
        forward=_min,
        partials=_max_partials,
        sampler=several(-3, 3),
        special=_TIES,
        binary="min",
    ),
    Op(
        key="logsumexp",
        symbol="LSE",
        title=_("Log-sum-exp"),
        category=_CATEGORY,
        ports=("x",),
        variadic=True,
        torch="torch.logsumexp(torch.stack(torch.broadcast_tensors(*x)), 0)",
        formula="log(sum(exp(x)))",
        derivatives=("exp(x_k - out)",),
        intuition=_("A soft maximum: the gradient is shared as the softmax, most to the largest."),
        effects=(
            _("The largest input counts most: of a change of {x} the part {local} gets through."),
        ),
        flat=(_("other inputs are far larger than {x} = {x_value}"),),
        forward=_logsumexp,
        partials=_logsumexp_partials,
        sampler=several(-3, 3),
        special=(
            (1000.0, 1000.0),
            (-1000.0, -1001.0),
            (-_INFINITY, -_INFINITY),
            (-_INFINITY, 0.0),
            (_INFINITY, 0.0),
        ),
        reference="log(sum(exp(x)))",
    ),
)
