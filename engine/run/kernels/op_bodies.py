"""The bodies of all ops, to be inlined; generated from the op table, not to be edited.

`python -m engine.run.kernels.generate bodies` writes it anew.
"""

import numba

from engine.run.kernels.elementary import (
    absolute,
    cos,
    divide,
    exp,
    isfinite,
    log,
    log1p,
    maximum,
    minimum,
    power,
    sign,
    sin,
    sqrt,
    tanh,
    where,
)

# nnan and ninf would delete the checks for nan.
FAST = {"reassoc", "contract", "nsz", "arcp"}
BODY = numba.njit(fastmath=FAST, error_model="numpy", forceinline=True)


@BODY
def _add(x):
    out = x[0]
    for k in range(1, len(x)):
        out = out + x[k]
    return out


@BODY
def _add_partials(x, out, slopes):
    for k in range(len(x)):
        slopes[k] = 1


@BODY
def _sub(x, y):
    return x - y


@BODY
def _sub_partials(x, y, out):
    return (1, -1)


@BODY
def _mul(x, y):
    return x * y


@BODY
def _mul_partials(x, y, out):
    return (y, x)


@BODY
def _div(x, y):
    return divide(x, y)


@BODY
def _div_partials(x, y, out):
    return (divide(1.0, y), divide(-out, y))


@BODY
def _neg(x):
    return -x


@BODY
def _neg_partials(x, out):
    return (-1,)


@BODY
def _power(x, n):
    return power(x, n)


@BODY
def _power_partials(x, out, n):
    return (where(n == 0, 0, n * power(x, n - 1)),)


@BODY
def _pow(x, y):
    return power(x, y)


@BODY
def _pow_partials(x, y, out):
    steady = (x == 0) * (y >= 0)
    return (where(y == 0, 0, y * power(x, y - 1)), where(steady, 0, out * log(x)))


@BODY
def _square(x):
    return x * x


@BODY
def _square_partials(x, out):
    return (2 * x,)


@BODY
def _sqrt(x):
    return sqrt(x)


@BODY
def _sqrt_partials(x, out):
    return (divide(0.5, absolute(out)),)


@BODY
def _exp(x):
    return exp(x)


@BODY
def _exp_partials(x, out):
    return (out,)


@BODY
def _log(x):
    return log(x)


@BODY
def _log_partials(x, out):
    return (divide(1.0, x),)


@BODY
def _sin(x):
    return sin(x)


@BODY
def _sin_partials(x, out):
    return (cos(x),)


@BODY
def _cos(x):
    return cos(x)


@BODY
def _cos_partials(x, out):
    return (-sin(x),)


@BODY
def _abs(x):
    return absolute(x)


@BODY
def _abs_partials(x, out):
    return (sign(x),)


@BODY
def _relu(x):
    return maximum(x, 0)


@BODY
def _relu_partials(x, out):
    return (where(x > 0, 1, 0),)


@BODY
def _leaky_relu(x, slope):
    return where(x > 0, x, slope * x)


@BODY
def _leaky_relu_partials(x, out, slope):
    return (where(x > 0, 1, slope),)


@BODY
def _tanh(x):
    return tanh(x)


@BODY
def _tanh_partials(x, out):
    return (1 - out * out,)


@BODY
def _sigmoid(x):
    small = exp(-absolute(x))
    return where(x >= 0, 1, small) / (1 + small)


@BODY
def _sigmoid_partials(x, out):
    small = exp(-absolute(x))
    return (small / ((1 + small) * (1 + small)),)


@BODY
def _softplus(x):
    return maximum(x, 0) + log1p(exp(-absolute(x)))


@BODY
def _softplus_partials(x, out):
    small = exp(-absolute(x))
    return (where(x >= 0, 1, small) / (1 + small),)


@BODY
def _step(x):
    return where(x > 0, 1.0, where(x <= 0, 0.0, x))


@BODY
def _step_partials(x, out):
    return (0,)


@BODY
def _prod(x):
    out = x[0]
    for k in range(1, len(x)):
        out = out * x[k]
    return out


@BODY
def _prod_partials(x, out, slopes):
    for k in range(len(x)):
        slopes[k] = 1.0
    for k in range(1, len(x)):
        slopes[k] = slopes[k - 1] * x[k - 1]
    after = 1.0
    for j in range(len(x)):
        k = len(x) - 1 - j
        slopes[k] = slopes[k] * after
        after = after * x[k]


@BODY
def _max(x):
    out = x[0]
    for k in range(1, len(x)):
        out = maximum(out, x[k])
    return out


@BODY
def _max_partials(x, out, slopes):
    ties = where(x[0] == out, 1, 0)
    for k in range(1, len(x)):
        ties = ties + where(x[k] == out, 1, 0)
    for k in range(len(x)):
        number = x[k]
        slopes[k] = divide(where(number == out, 1, 0), ties)


@BODY
def _min(x):
    out = x[0]
    for k in range(1, len(x)):
        out = minimum(out, x[k])
    return out


@BODY
def _logsumexp(x):
    largest = x[0]
    for k in range(1, len(x)):
        largest = maximum(largest, x[k])
    shift = where(isfinite(largest), largest, 0.0)
    total = exp(x[0] - shift)
    for k in range(1, len(x)):
        total = total + exp(x[k] - shift)
    return shift + log(total)


@BODY
def _logsumexp_partials(x, out, slopes):
    shift = minimum(maximum(out, -1.7976931348623157e308), 1.7976931348623157e308)
    for k in range(len(x)):
        number = x[k]
        slopes[k] = exp(minimum(number, 1.7976931348623157e308) - shift)
