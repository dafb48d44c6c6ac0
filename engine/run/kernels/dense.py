"""Products of matrices: a layer's sums, and what they pass back to weights and signals.

Large products go to BLAS.  Below `SMALL` multiplications, or for sums of `FEW` terms, its call
costs more than the work, and loops over lanes with several operands in hand are faster.
"""

import numba
import numpy as np

from engine.run.kernels.op_bodies import FAST

KERNEL = numba.njit(fastmath=FAST, error_model="numpy", nogil=True, _nrt=False)
LIBRARY = numba.njit(fastmath=FAST, error_model="numpy", nogil=True, _nrt=True)
SMALL = 600
FEW = 4


@LIBRARY
def blas(left, right, out):
    """Set `out` to the product of two matrices."""
    np.dot(left, right, out)


@KERNEL
def is_small(terms, size):
    """Whether sums of so many terms, `size` of them, are quicker without BLAS."""
    return terms <= FEW or terms * size <= SMALL


@KERNEL
def multiply(weights, signals, out, n, m, lanes):
    """Set `out` (n, lanes) to weights (n, m) times signals (m, lanes)."""
    if n > 1 and not is_small(m, n * lanes):
        blas(weights.reshape(n, m), signals.reshape(m, lanes), out.reshape(n, lanes))
        return
    for row in range(n):
        combine(out[row * lanes : (row + 1) * lanes], weights[row * m :], 1, m, signals)


@KERNEL
def multiply_transposed(weights, upstream, out, n, m, lanes):
    """Set `out` (m, lanes) to the transposed weights (n, m) times upstream (n, lanes)."""
    if not is_small(n, m * lanes):
        blas(weights.reshape(n, m).T, upstream.reshape(n, lanes), out.reshape(m, lanes))
        return
    for row in range(m):
        combine(out[row * lanes : (row + 1) * lanes], weights[row:], m, n, upstream)


@KERNEL
def correlate(upstream, signals, out, n, m, lanes):
    """Set `out` (n, m) to upstream (n, lanes) times the transposed signals (m, lanes)."""
    if n > 1 and n * m * lanes > SMALL:
        blas(upstream.reshape(n, lanes), signals.reshape(m, lanes).T, out.reshape(n, m))
        return
    for row in range(n):
        up = upstream[row * lanes : (row + 1) * lanes]
        for column in range(m):
            signal = signals[column * lanes : (column + 1) * lanes]
            total = 0.0
            for lane in range(up.size):
                total += up[lane] * signal[lane]
            out[row * m + column] = total


@KERNEL
def combine(out, coefficients, stride, count, signals):
    """Set `out` (lanes,) to a sum of `count` coefficients, `stride` apart, times signals."""
    lanes = out.size
    begun = count % 4
    if begun == 0:
        out[:] = 0.0
    for k in range(begun):
        c, x = coefficients[k * stride], signals[k * lanes : (k + 1) * lanes]
        if k == 0:
            for lane in range(lanes):
                out[lane] = c * x[lane]
        else:
            for lane in range(lanes):
                out[lane] += c * x[lane]
    for k in range(begun, count, 4):
        c0, c1 = coefficients[k * stride], coefficients[(k + 1) * stride]
        c2, c3 = coefficients[(k + 2) * stride], coefficients[(k + 3) * stride]
        x0 = signals[k * lanes : (k + 1) * lanes]
        x1 = signals[(k + 1) * lanes : (k + 2) * lanes]
        x2 = signals[(k + 2) * lanes : (k + 3) * lanes]
        x3 = signals[(k + 3) * lanes : (k + 4) * lanes]
        for lane in range(lanes):
            out[lane] += c0 * x0[lane] + c1 * x1[lane] + c2 * x2[lane] + c3 * x3[lane]


@KERNEL
def add_each(out, numbers, lanes):
    """Add one number to all lanes of each row of `out` (n, lanes)."""
    for k in range(numbers.size):
        row, number = out[k * lanes : (k + 1) * lanes], numbers[k]
        for lane in range(lanes):
            row[lane] += number


@KERNEL
def sum_lanes(rows, out, lanes):
    """Set `out` (n,) to the sums over the lanes of `rows` (n, lanes)."""
    for k in range(out.size):
        row = rows[k * lanes : (k + 1) * lanes]
        total = 0.0
        for lane in range(lanes):
            total += row[lane]
        out[k] = total
