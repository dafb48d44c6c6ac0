"""The bare names of op bodies for compiled code: branch-free, so that loops over them vectorise.

The same names as `engine.ops.scalars`.  exp, tanh and log1p are within 4 units in the last place
everywhere, also near 0, and right at infinities and nan; the rest is the mathematical library's.
Reductions of arguments must not be reassociated, so these functions allow contraction only.
"""

import math

import numba
import numpy as np
from numba.core import types
from numba.extending import intrinsic

PRECISE = numba.njit(fastmath={"contract"}, error_model="numpy", forceinline=True)

# ln 2 in two parts: the first has 32 trailing zero bits, so that multiples of it are exact.
LOG2_HIGH = 6.93147180369123816490e-01
LOG2_LOW = 1.90821492927058770002e-10
LOG2_INVERSE = 1.44269504088896338700e00
SQRT2 = 1.4142135623730951
LARGEST_EXPONENT = 1023


@intrinsic
def _as_float(typing, bits):
    """Read the bits of an int64 as a float64."""

    def build(context, builder, signature, arguments):
        return builder.bitcast(arguments[0], context.get_value_type(types.float64))

    return types.float64(types.int64), build


@intrinsic
def _as_bits(typing, number):
    """Read the bits of a float64 as an int64."""

    def build(context, builder, signature, arguments):
        return builder.bitcast(arguments[0], context.get_value_type(types.int64))

    return types.int64(types.float64), build


@PRECISE
def where(condition, yes, no):
    """Choose between two numbers that are both already computed."""
    return yes if condition else no


@PRECISE
def maximum(x, y):
    """Return the larger number, or nan if either is nan."""
    return x if (x >= y) | (x != x) else y  # noqa: PLR0124 - only nan differs from itself


@PRECISE
def minimum(x, y):
    """Return the smaller number, or nan if either is nan."""
    return x if (x <= y) | (x != x) else y  # noqa: PLR0124 - only nan differs from itself


@PRECISE
def sign(x):
    """Return -1, 0 or 1 as x is negative, zero or positive, and nan for nan."""
    return where(x == x, (1.0 if x > 0 else 0.0) - (1.0 if x < 0 else 0.0), x)  # noqa: PLR0124


@PRECISE
def _power_of_two(n):
    """Return 2**n for whole -1022 <= n <= 1023."""
    return _as_float(np.int64(np.int32(n) + LARGEST_EXPONENT) << 52)


@PRECISE
def _expm1_reduced(r):
    """Return e**r - 1 for |r| <= ln(2) / 2: Taylor's series, good to 2**-56 there."""
    s = r * r
    even = 1 / 2 + s * (1 / 24 + s * (1 / 720 + s * (1 / 40320 + s * (1 / 3628800))))
    odd = 1 / 6 + s * (1 / 120 + s * (1 / 5040 + s * (1 / 362880 + s * (1 / 39916800))))
    even += s * s * s * s * s * (1 / 479001600)
    odd += s * s * s * s * s * (1 / 6227020800)
    return r + s * (even + r * odd)


@PRECISE
def exp(x):
    """Return e**x: 2**n times e**r, scaled in two halves so that ends are gradual."""
    y = -746.0 if not x >= -746.0 else (710.0 if x > 710.0 else x)
    n = np.rint(y * LOG2_INVERSE)
    r = (y - n * LOG2_HIGH) - n * LOG2_LOW
    half = np.floor(n * 0.5)
    result = (1.0 + _expm1_reduced(r)) * _power_of_two(half) * _power_of_two(n - half)
    return x if x != x else result  # noqa: PLR0124 - only nan differs from itself


@PRECISE
def tanh(x):
    """Return -t / (2 + t) with t = e**(-2|x|) - 1, with the sign of x."""
    y = -2.0 * abs(x)
    y = y if y >= -44.0 else -44.0
    n = np.rint(y * LOG2_INVERSE)
    r = (y - n * LOG2_HIGH) - n * LOG2_LOW
    scale = _power_of_two(n)
    t = scale * _expm1_reduced(r) + (scale - 1.0)
    result = math.copysign(t / (2.0 + t), x)
    return x if x != x else result  # noqa: PLR0124 - only nan differs from itself


@PRECISE
def log1p(x):
    """Return log(1 + x): the logarithm of the rounded sum, and a correction for the rounding."""
    u = 1.0 + x
    normal = u if (u > 2.3e-308) & (u < 1.7e308) else 1.0
    bits = _as_bits(normal) - _as_bits(SQRT2 * 0.5)
    k = np.int32(bits >> 52)
    m = _as_float(_as_bits(normal) - (np.int64(k) << 52))
    f = m - 1.0
    s = f / (2.0 + f)
    z = s * s
    # Coefficients of fdlibm's log: a minimax polynomial of the series of 2 artanh(s).
    even = (
        z
        * z
        * (0.3999999999940941908 + z * z * (0.2222219843214978396 + z * z * 0.1531383769920937332))
    )
    odd = z * (
        0.6666666666666735130
        + z
        * z
        * (0.2857142874366239149 + z * z * (0.1818357216161805012 + z * z * 0.1479819860511658591))
    )
    h = 0.5 * f * f
    tail = s * (h + (even + odd)) + (x - (u - 1.0)) / normal + k * LOG2_LOW
    result = k * LOG2_HIGH - ((h - tail) - f)
    ends = u if u > 1.0 else (-math.inf if u == 0.0 else math.nan)
    return result if (u > 2.3e-308) & (u < 1.7e308) else ends


@PRECISE
def absolute(x):
    """Return |x|."""
    return abs(x)


@PRECISE
def divide(x, y):
    """Return x / y, infinite or nan where y is 0."""
    return x / y


@PRECISE
def power(x, y):
    """Return x to the y."""
    return math.pow(x, y)


@PRECISE
def floor(x):
    """Return the next whole number below."""
    return np.floor(x)


@PRECISE
def isfinite(x):
    """Whether x is neither infinite nor nan."""
    return abs(x) <= 1.7976931348623157e308


@PRECISE
def log(x):
    """Return the natural logarithm."""
    return math.log(x)


@PRECISE
def sqrt(x):
    """Return the square root, nan below 0."""
    return math.sqrt(x)


@PRECISE
def sin(x):
    """Return the sine."""
    return math.sin(x)


@PRECISE
def cos(x):
    """Return the cosine."""
    return math.cos(x)
