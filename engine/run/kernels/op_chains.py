"""One chain over all ops each way; generated from the op table, not to be edited.

`python -m engine.run.kernels.generate chains` writes it anew.  `code` counts through KEYS.
Arrays are contiguous and of one length; `share` receives what the gradient of an input gets from
each lane, and `a` holds the attributes.
"""

import numba

from engine.run.kernels.op_bodies import (
    FAST,
    _abs,
    _abs_partials,
    _add,
    _add_partials,
    _cos,
    _cos_partials,
    _div,
    _div_partials,
    _exp,
    _exp_partials,
    _leaky_relu,
    _leaky_relu_partials,
    _log,
    _log_partials,
    _logsumexp,
    _logsumexp_partials,
    _max,
    _max_partials,
    _min,
    _mul,
    _mul_partials,
    _neg,
    _neg_partials,
    _pow,
    _pow_partials,
    _power,
    _power_partials,
    _prod,
    _prod_partials,
    _relu,
    _relu_partials,
    _sigmoid,
    _sigmoid_partials,
    _sin,
    _sin_partials,
    _softplus,
    _softplus_partials,
    _sqrt,
    _sqrt_partials,
    _square,
    _square_partials,
    _step,
    _step_partials,
    _sub,
    _sub_partials,
    _tanh,
    _tanh_partials,
)

KERNEL = numba.njit(fastmath=FAST, error_model="numpy", nogil=True, _nrt=False)

KEYS = (
    "add",
    "sub",
    "mul",
    "div",
    "neg",
    "power",
    "pow",
    "square",
    "sqrt",
    "exp",
    "log",
    "sin",
    "cos",
    "abs",
    "relu",
    "leaky_relu",
    "tanh",
    "sigmoid",
    "softplus",
    "step",
    "prod",
    "max",
    "min",
    "logsumexp",
)


@KERNEL
def forward(code, out, x, y, a):
    """Compute `out` from the inputs `x` and, for ops of two, `y`."""
    if code == 1:  # sub
        for lane in range(out.size):
            out[lane] = _sub(x[lane], y[lane])
    elif code == 2:  # mul
        for lane in range(out.size):
            out[lane] = _mul(x[lane], y[lane])
    elif code == 3:  # div
        for lane in range(out.size):
            out[lane] = _div(x[lane], y[lane])
    elif code == 4:  # neg
        for lane in range(out.size):
            out[lane] = _neg(x[lane])
    elif code == 5:  # power
        n = a[0]
        for lane in range(out.size):
            out[lane] = _power(x[lane], n)
    elif code == 6:  # pow
        for lane in range(out.size):
            out[lane] = _pow(x[lane], y[lane])
    elif code == 7:  # square
        for lane in range(out.size):
            out[lane] = _square(x[lane])
    elif code == 8:  # sqrt
        for lane in range(out.size):
            out[lane] = _sqrt(x[lane])
    elif code == 9:  # exp
        for lane in range(out.size):
            out[lane] = _exp(x[lane])
    elif code == 10:  # log
        for lane in range(out.size):
            out[lane] = _log(x[lane])
    elif code == 11:  # sin
        for lane in range(out.size):
            out[lane] = _sin(x[lane])
    elif code == 12:  # cos
        for lane in range(out.size):
            out[lane] = _cos(x[lane])
    elif code == 13:  # abs
        for lane in range(out.size):
            out[lane] = _abs(x[lane])
    elif code == 14:  # relu
        for lane in range(out.size):
            out[lane] = _relu(x[lane])
    elif code == 15:  # leaky_relu
        slope = a[0]
        for lane in range(out.size):
            out[lane] = _leaky_relu(x[lane], slope)
    elif code == 16:  # tanh
        for lane in range(out.size):
            out[lane] = _tanh(x[lane])
    elif code == 17:  # sigmoid
        for lane in range(out.size):
            out[lane] = _sigmoid(x[lane])
    elif code == 18:  # softplus
        for lane in range(out.size):
            out[lane] = _softplus(x[lane])
    elif code == 19:  # step
        for lane in range(out.size):
            out[lane] = _step(x[lane])


@KERNEL
def backward(code, port, share, x, y, out, up, a):
    """Compute the share of the input `port` from the gradient `up` of the output."""
    if code == 1:  # sub
        if port == 0:
            for lane in range(out.size):
                share[lane] = _sub_partials(x[lane], y[lane], out[lane])[0] * up[lane]
        else:
            for lane in range(out.size):
                share[lane] = _sub_partials(x[lane], y[lane], out[lane])[1] * up[lane]
    elif code == 2:  # mul
        if port == 0:
            for lane in range(out.size):
                share[lane] = _mul_partials(x[lane], y[lane], out[lane])[0] * up[lane]
        else:
            for lane in range(out.size):
                share[lane] = _mul_partials(x[lane], y[lane], out[lane])[1] * up[lane]
    elif code == 3:  # div
        if port == 0:
            for lane in range(out.size):
                share[lane] = _div_partials(x[lane], y[lane], out[lane])[0] * up[lane]
        else:
            for lane in range(out.size):
                share[lane] = _div_partials(x[lane], y[lane], out[lane])[1] * up[lane]
    elif code == 4:  # neg
        for lane in range(out.size):
            share[lane] = _neg_partials(x[lane], out[lane])[0] * up[lane]
    elif code == 5:  # power
        n = a[0]
        for lane in range(out.size):
            share[lane] = _power_partials(x[lane], out[lane], n)[0] * up[lane]
    elif code == 6:  # pow
        if port == 0:
            for lane in range(out.size):
                share[lane] = _pow_partials(x[lane], y[lane], out[lane])[0] * up[lane]
        else:
            for lane in range(out.size):
                share[lane] = _pow_partials(x[lane], y[lane], out[lane])[1] * up[lane]
    elif code == 7:  # square
        for lane in range(out.size):
            share[lane] = _square_partials(x[lane], out[lane])[0] * up[lane]
    elif code == 8:  # sqrt
        for lane in range(out.size):
            share[lane] = _sqrt_partials(x[lane], out[lane])[0] * up[lane]
    elif code == 9:  # exp
        for lane in range(out.size):
            share[lane] = _exp_partials(x[lane], out[lane])[0] * up[lane]
    elif code == 10:  # log
        for lane in range(out.size):
            share[lane] = _log_partials(x[lane], out[lane])[0] * up[lane]
    elif code == 11:  # sin
        for lane in range(out.size):
            share[lane] = _sin_partials(x[lane], out[lane])[0] * up[lane]
    elif code == 12:  # cos
        for lane in range(out.size):
            share[lane] = _cos_partials(x[lane], out[lane])[0] * up[lane]
    elif code == 13:  # abs
        for lane in range(out.size):
            share[lane] = _abs_partials(x[lane], out[lane])[0] * up[lane]
    elif code == 14:  # relu
        for lane in range(out.size):
            share[lane] = _relu_partials(x[lane], out[lane])[0] * up[lane]
    elif code == 15:  # leaky_relu
        slope = a[0]
        for lane in range(out.size):
            share[lane] = _leaky_relu_partials(x[lane], out[lane], slope)[0] * up[lane]
    elif code == 16:  # tanh
        for lane in range(out.size):
            share[lane] = _tanh_partials(x[lane], out[lane])[0] * up[lane]
    elif code == 17:  # sigmoid
        for lane in range(out.size):
            share[lane] = _sigmoid_partials(x[lane], out[lane])[0] * up[lane]
    elif code == 18:  # softplus
        for lane in range(out.size):
            share[lane] = _softplus_partials(x[lane], out[lane])[0] * up[lane]
    elif code == 19:  # step
        for lane in range(out.size):
            share[lane] = _step_partials(x[lane], out[lane])[0] * up[lane]


@KERNEL
def forward_many(code, out, x):
    """Compute `out` from any number of inputs, `x` (inputs, lanes)."""
    if code == 0:  # add
        for lane in range(out.size):
            out[lane] = _add(x[:, lane])
    elif code == 20:  # prod
        for lane in range(out.size):
            out[lane] = _prod(x[:, lane])
    elif code == 21:  # max
        for lane in range(out.size):
            out[lane] = _max(x[:, lane])
    elif code == 22:  # min
        for lane in range(out.size):
            out[lane] = _min(x[:, lane])
    elif code == 23:  # logsumexp
        for lane in range(out.size):
            out[lane] = _logsumexp(x[:, lane])


@KERNEL
def backward_many(code, share, x, out, up, slopes):
    """Compute the shares (inputs, lanes); `slopes` is room for one lane."""
    for lane in range(out.size):
        if code == 0:  # add
            _add_partials(x[:, lane], out[lane], slopes)
        elif code == 20:  # prod
            _prod_partials(x[:, lane], out[lane], slopes)
        elif code == 21:  # max
            _max_partials(x[:, lane], out[lane], slopes)
        elif code == 22:  # min
            _max_partials(x[:, lane], out[lane], slopes)
        elif code == 23:  # logsumexp
            _logsumexp_partials(x[:, lane], out[lane], slopes)
        for k in range(slopes.size):
            share[k, lane] = slopes[k] * up[lane]
