"""The bare names of op bodies for plain Python floats.

Bodies import these names and so run on one number at a time, as `Value` does; `arrays` has the
same names for NumPy. Nothing here raises: where `math` would, NumPy's answer (an infinity or
nan) is taken, so both tables agree on every float.
"""

import math
from collections.abc import Callable

import numpy as np

__all__ = [
    "absolute",
    "cos",
    "divide",
    "exp",
    "floor",
    "isfinite",
    "log",
    "log1p",
    "maximum",
    "minimum",
    "power",
    "sign",
    "sin",
    "sqrt",
    "tanh",
    "where",
]

_LARGEST_EXACT_WHOLE = 2**53


def _quiet(fast: Callable[..., float], careful: Callable[..., float]) -> Callable[..., float]:
    """Call `fast`, and `careful` (a NumPy function) for the numbers that make it raise."""

    def call(*numbers: float) -> float:
        try:
            return fast(*numbers)
        except (ValueError, OverflowError, ZeroDivisionError):
            with np.errstate(all="ignore"):
                return float(careful(*(np.float64(number) for number in numbers)))

    return call


absolute = abs
isfinite = math.isfinite
tanh = math.tanh
exp = _quiet(math.exp, np.exp)
log = _quiet(math.log, np.log)
log1p = _quiet(math.log1p, np.log1p)
sqrt = _quiet(math.sqrt, np.sqrt)
sin = _quiet(math.sin, np.sin)
cos = _quiet(math.cos, np.cos)
floor = _quiet(math.floor, np.floor)
divide = _quiet(lambda x, y: x / y, np.divide)
_power = _quiet(math.pow, np.power)


def power(x: float, n: float) -> float:
    """Return x to the n; whole numbers stay whole, as in Python, while a float is exact."""
    y = _power(x, n)
    if isinstance(x, int) and isinstance(n, int) and n >= 0 and abs(y) <= _LARGEST_EXACT_WHOLE:
        return int(y)
    return y


def maximum(x: float, y: float) -> float:
    """Return the larger number, or nan if either is nan."""
    return x if x >= y or x != x else y  # noqa: PLR0124 - only nan differs from itself


def minimum(x: float, y: float) -> float:
    """Return the smaller number, or nan if either is nan."""
    return x if x <= y or x != x else y  # noqa: PLR0124 - only nan differs from itself


def sign(x: float) -> float:
    """Return −1, 0 or 1 as x is negative, zero or positive, and nan for nan."""
    return float(x > 0) - float(x < 0) if x == x else x  # noqa: PLR0124 - see maximum


def where(condition: object, yes: float, no: float) -> float:
    """Choose between two numbers that are both already computed."""
    return yes if condition else no
