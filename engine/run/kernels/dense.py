"""Products of matrices: a layer's sums, and what they pass back to weights and signals.

Large products go to BLAS; below `SMALL` multiplications its call costs more than the work, and
loops over lanes with several operands in hand are faster.
"""

import numba
import numpy as np

from engine.run.kernels.op_bodies import FAST

KERNEL = numba.njit(fastmath=FAST, error_model="numpy", nogil=True, _nrt=False)
LIBRARY = numba.njit(fastmath=FAST, error_model="numpy", nogil=True, _nrt=True)
SMALL = 600


@LIBRARY
def blas(left, right, out):
    """Set `out` to the product of two matrices."""
    np.dot(left, right, out)


@KERNEL
def multiply(weights, signals, out):
    """Set `out` (n, lanes) to weights (n, m) times signals (m, lanes)."""
    if weights.size * out.shape[1] > SMALL:
        blas(weights, signals, out)
        return
    for row in range(out.shape[0]):
        combine(out[row], weights[row], signals)


@KERNEL
def multiply_transposed(weights, upstream, out):
    """Set `out` (m, lanes) to the transposed weights (n, m) times upstream (n, lanes)."""
    if weights.size * out.shape[1] > SMALL:
        blas(weights.T, upstream, out)
        return
    for row in range(out.shape[0]):
        combine(out[row], weights[:, row], upstream)


@KERNEL
def correlate(upstream, signals, out):
    """Set `out` (n, m) to upstream (n, lanes) times the transposed signals (m, lanes)."""
    if out.size * upstream.shape[1] > SMALL:
        blas(upstream, signals.T, out)
        return
    for row in range(out.shape[0]):
        up = upstream[row]
        for column in range(out.shape[1]):
            signal = signals[column]
            total = 0.0
            for lane in range(up.size):
                total += up[lane] * signal[lane]
            out[row, column] = total


@KERNEL
def combine(out, coefficients, signals):
    """Set `out` (lanes,) to the sum of coefficients (m,) times signals (m, lanes)."""
    out[:] = 0.0
    rest = coefficients.size % 4
    for k in range(rest):
        c, x = coefficients[k], signals[k]
        for lane in range(out.size):
            out[lane] += c * x[lane]
    for k in range(rest, coefficients.size, 4):
        c0, c1, c2, c3 = (
            coefficients[k],
            coefficients[k + 1],
            coefficients[k + 2],
            coefficients[k + 3],
        )
        x0, x1, x2, x3 = signals[k], signals[k + 1], signals[k + 2], signals[k + 3]
        for lane in range(out.size):
            out[lane] += c0 * x0[lane] + c1 * x1[lane] + c2 * x2[lane] + c3 * x3[lane]


@KERNEL
def add_each(out, numbers):
    """Add one number to all lanes of each row of `out`."""
    for k in range(numbers.size):
        row, number = out[k], numbers[k]
        for lane in range(row.size):
            row[lane] += number


@KERNEL
def sum_lanes(rows, out):
    """Set `out` (n,) to the sums over the lanes of `rows` (n, lanes)."""
    for k in range(out.size):
        row = rows[k]
        total = 0.0
        for lane in range(row.size):
            total += row[lane]
        out[k] = total
