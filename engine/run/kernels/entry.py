"""The compiled functions that Python calls; only these are kept in the cache on disk."""

import numba

from engine.run.kernels import descent, sweep
from engine.run.kernels.descent import Lanes, Order
from engine.run.kernels.op_bodies import FAST

__all__ = ["Lanes", "Order", "backward", "descend", "forward"]

ENTRY = numba.njit(fastmath=FAST, error_model="numpy", nogil=True, cache=True)


@ENTRY
def forward(program, value, lanes, scratch):
    """See `sweep.forward`."""
    sweep.forward(program, value, lanes, scratch)


@ENTRY
def backward(program, value, gradient, lanes, weight, scratch):
    """See `sweep.backward`."""
    sweep.backward(program, value, gradient, lanes, weight, scratch)


@ENTRY
def descend(program, whole, test, part, order, records):
    """See `descent.descend`."""
    return descent.descend(program, whole, test, part, order, records)
