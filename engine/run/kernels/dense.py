"""Products of matrices: a layer's sums, and what they pass back to weights and signals.

A block of sums is kept in registers, so that each vector that is loaded serves several rows.  That
beats BLAS, whose call and copies cost more than they save, but for many weights with few samples
or very many.  Matrices lie in flat buffers, row by row, from an index on; rows of signals and of
sums are `lanes` long.  Nothing here takes slices: to make one costs as much as a small product.
"""

import numba
import numpy as np

from engine.run.kernels import vector
from engine.run.kernels.op_bodies import FAST
from engine.run.kernels.vector import REGISTER, multiply_add, totals

KERNEL = numba.njit(fastmath=FAST, error_model="numpy", nogil=True, _nrt=False)
# Compiled into their caller, because handing over an array takes longer than a small product.
WITHIN = numba.njit(fastmath=FAST, error_model="numpy", nogil=True, _nrt=False, forceinline=True)
LIBRARY = numba.njit(fastmath=FAST, error_model="numpy", nogil=True, _nrt=True)
PAIR = 2 * REGISTER
ROWS = 4
MANY_LANES = 64 * REGISTER


@KERNEL
def suits_library(weights, lanes):
    """Whether BLAS multiplies so many weights quicker."""
    return weights > 2000 and not PAIR <= lanes <= MANY_LANES


@KERNEL
def sums_suit_library(weights, lanes):
    """Whether BLAS is quicker for sums over lanes: to add up few takes longer than to multiply."""
    return (weights > 500 and lanes < 3 * PAIR) or (weights > 2000 and lanes > MANY_LANES)


@WITHIN
def multiply(value, weights, signals, bias, out, n, m, lanes):
    """Set out (n, lanes) to weights (n, m) times signals (m, lanes), plus biases (n,) if any.

    All lie in `value`; without biases `bias` is negative.
    """
    if suits_library(n * m, lanes):
        _multiply(value, weights, signals, bias, out, n, m, lanes)
    else:
        _products(value, weights, m, 1, value, signals, bias, value, out, n, m, lanes)


@WITHIN
def multiply_transposed(value, weights, gradient, upstream, target, out, n, m, lanes):
    """Set out (m, lanes), in `target`, to the transposed weights (n, m) times upstream (n, lanes).

    The upstream lies in `gradient`.
    """
    if suits_library(n * m, lanes):
        _multiply_transposed(value, weights, gradient, upstream, target, out, n, m, lanes)
    else:
        _products(value, weights, 1, m, gradient, upstream, -1, target, out, m, n, lanes)


@WITHIN
def correlate(gradient, upstream, value, signals, out, n, m, lanes):
    """Set out (n, m) to upstream (n, lanes) times the transposed signals (m, lanes).

    The signals lie in `value`, the others in `gradient`.
    """
    if sums_suit_library(n * m, lanes):
        _correlate(gradient, upstream, value, signals, out, n, m, lanes)
    elif n < ROWS:
        _sums(value, signals, gradient, upstream, gradient, out, m, n, 1, m, lanes)
    else:
        _sums(gradient, upstream, value, signals, gradient, out, n, m, m, 1, lanes)


# Products, lanes together ------------------------------------------------------------------------


@WITHIN
def _products(weights, w, row_step, term_step, signals, x, bias, target, out, rows, terms, lanes):
    """Set out (rows, lanes) to sums over terms of weights times signals (terms, lanes).

    The weights of neighbouring rows and terms lie the steps apart.  Sums begin with the biases,
    which lie beside the weights, or with 0 if `bias` is negative.
    """
    for lane in range(0, lanes, PAIR):
        left = lanes - lane
        for row in range(0, rows - ROWS + 1, ROWS):
            places = (w + row * row_step, row_step, term_step, x + lane, out + row * lanes + lane)
            begin = bias + row if bias >= 0 else -1
            if left >= PAIR:
                _four(weights, signals, target, places, begin, terms, lanes, left)
            elif left > REGISTER:
                _four_of_pair(weights, signals, target, places, begin, terms, lanes, left)
            else:
                _four_of_register(weights, signals, target, places, begin, terms, lanes, left)
        for row in range(rows - rows % ROWS, rows):
            places = (w + row * row_step, row_step, term_step, x + lane, out + row * lanes + lane)
            begin = bias + row if bias >= 0 else -1
            if left >= PAIR:
                _one(weights, signals, target, places, begin, terms, lanes, left)
            else:
                _one_of_pair(weights, signals, target, places, begin, terms, lanes, left)


def _tiles(memory):
    """Return functions that compute a vector of lanes of four rows, and of one row."""
    load, store, repeat, spread = memory

    @WITHIN
    def four(weights, signals, target, places, bias, terms, lanes, left):
        i, row_step, term_step, at, out = places
        a = b = c = d = spread(0.0)
        if bias >= 0:
            a, b = repeat(weights, bias), repeat(weights, bias + 1)
            c, d = repeat(weights, bias + 2), repeat(weights, bias + 3)
        for _term in range(terms):
            x = load(signals, at, left)
            a = multiply_add(repeat(weights, i), x, a)
            b = multiply_add(repeat(weights, i + row_step), x, b)
            c = multiply_add(repeat(weights, i + 2 * row_step), x, c)
            d = multiply_add(repeat(weights, i + 3 * row_step), x, d)
            i, at = i + term_step, at + lanes
        store(target, out, a, left)
        store(target, out + lanes, b, left)
        store(target, out + 2 * lanes, c, left)
        store(target, out + 3 * lanes, d, left)

    @WITHIN
    def one(weights, signals, target, places, bias, terms, lanes, left):
        i, _row_step, term_step, at, out = places
        a = repeat(weights, bias) if bias >= 0 else spread(0.0)
        for _term in range(terms):
            a = multiply_add(repeat(weights, i), load(signals, at, left), a)
            i, at = i + term_step, at + lanes
        store(target, out, a, left)

    return four, one


_four, _one = _tiles(vector.whole(PAIR))
_four_of_pair, _one_of_pair = _tiles(vector.part(PAIR))
_four_of_register, _ = _tiles(vector.part(REGISTER))


# Sums over lanes ---------------------------------------------------------------------------------


@WITHIN
def _sums(left, u, right, x, target, out, rows, columns, row_step, column_step, lanes):
    """Set out to the sums over lanes of left (rows, lanes) times right (columns, lanes).

    Sums of neighbouring rows and columns go the steps apart.  Where a block stands out over the
    last row or column it computes that again, which is quicker than to tell the ends apart.
    """
    for row in range(0, rows, ROWS):
        rows_here = (row, min(row + 1, rows - 1), min(row + 2, rows - 1), min(row + 3, rows - 1))
        for column in range(0, columns, 2):
            other = min(column + 1, columns - 1)
            first, second = _block(left, u, right, x, rows_here, column, other, lanes)
            for k in range(ROWS):
                place = out + rows_here[k] * row_step
                target[place + column * column_step] = first[k]
                target[place + other * column_step] = second[k]


_load, _, _, _spread = vector.whole(REGISTER)
_load_part, *_ = vector.part(REGISTER)


def _accumulator(load):
    """Return a function that adds one vector of lanes to a block's sums."""

    @WITHIN
    def add(left, at, right, i, j, sums, some):
        (a0, a1), (b0, b1), (c0, c1), (d0, d1) = sums
        x, y = load(right, i, some), load(right, j, some)
        a, b = load(left, at[0], some), load(left, at[1], some)
        c, d = load(left, at[2], some), load(left, at[3], some)
        return (
            (multiply_add(a, x, a0), multiply_add(a, y, a1)),
            (multiply_add(b, x, b0), multiply_add(b, y, b1)),
            (multiply_add(c, x, c0), multiply_add(c, y, c1)),
            (multiply_add(d, x, d0), multiply_add(d, y, d1)),
        )

    return add


_add, _add_part = _accumulator(_load), _accumulator(_load_part)


@WITHIN
def _block(left, u, right, x, rows, column, other, lanes):
    """Return the sums of four rows with each of two columns."""
    none = (_spread(0.0), _spread(0.0))
    sums = (none, none, none, none)
    i, j = x + column * lanes, x + other * lanes
    k0, k1, k2, k3 = (
        u + rows[0] * lanes,
        u + rows[1] * lanes,
        u + rows[2] * lanes,
        u + rows[3] * lanes,
    )
    whole = lanes - lanes % REGISTER
    for lane in range(0, whole, REGISTER):
        at = (k0 + lane, k1 + lane, k2 + lane, k3 + lane)
        sums = _add(left, at, right, i + lane, j + lane, sums, REGISTER)
    if whole < lanes:
        at = (k0 + whole, k1 + whole, k2 + whole, k3 + whole)
        sums = _add_part(left, at, right, i + whole, j + whole, sums, lanes - whole)
    (a0, a1), (b0, b1), (c0, c1), (d0, d1) = sums
    return totals(a0, b0, c0, d0), totals(a1, b1, c1, d1)


@KERNEL
def sum_lanes(rows, first, out, count, lanes):
    """Set out (count,) to the sums over the lanes of rows (count, lanes), both in `rows`."""
    for k in range(count):
        row = rows[first + k * lanes : first + (k + 1) * lanes]
        total = 0.0
        for lane in range(lanes):
            total += row[lane]
        rows[out + k] = total


# The library's products --------------------------------------------------------------------------


@LIBRARY
def _multiply(value, weights, signals, bias, out, n, m, lanes):
    product = _matrix(value, out, n, lanes)
    np.dot(_matrix(value, weights, n, m), _matrix(value, signals, m, lanes), product)
    if bias >= 0:
        product += value[bias : bias + n].reshape(n, 1)


@LIBRARY
def _multiply_transposed(value, weights, gradient, upstream, target, out, n, m, lanes):
    np.dot(
        _matrix(value, weights, n, m).T,
        _matrix(gradient, upstream, n, lanes),
        _matrix(target, out, m, lanes),
    )


@LIBRARY
def _correlate(gradient, upstream, value, signals, out, n, m, lanes):
    np.dot(
        _matrix(gradient, upstream, n, lanes),
        _matrix(value, signals, m, lanes).T,
        _matrix(gradient, out, n, m),
    )


@numba.njit(inline="always")
def _matrix(flat, first, rows, columns):
    return flat[first : first + rows * columns].reshape(rows, columns)
