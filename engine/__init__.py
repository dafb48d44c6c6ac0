"""The core of Micrograd Playground: graphs of scalars, their gradients and their training.

Everything here works without a screen; the window, the command line and scripts all call it.
It must never import Qt, start a thread, read a clock, open a file or touch global random state
(but for `nn`, which draws from Python's own `random` as micrograd does).
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from engine.value import Value

if TYPE_CHECKING:
    from engine.run.traced import Traced

__all__ = ["Value", "compile"]


def compile(loss: Value, parameters: Sequence[Value]) -> "Traced":  # noqa: A001 - it does
    """Trace a loss made of `Value`s once, to rerun it thousands of times faster."""
    from engine.run.traced import trace

    return trace(loss, parameters)
