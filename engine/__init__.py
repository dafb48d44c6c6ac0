"""The core of Micrograd Playground: graphs of scalars, their gradients and their training.

Everything here works without a screen; the window, the command line and scripts all call it.
It must never import Qt, start a thread, read a clock, open a file or touch global random state
(but for `nn`, which draws from Python's own `random` as micrograd does).
"""

from engine.value import Value

__all__ = ["Value"]
