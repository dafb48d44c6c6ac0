"""The bare names of op bodies for NumPy arrays: the same names as `scalars`, lane by lane.

The registry binds op bodies to this table for the tape. NumPy's warnings about infinities and
nan are silenced where the bodies are bound, so nothing here does it again.
"""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from engine.ops import scalars

__all__ = list(scalars.__all__)

absolute = np.absolute
cos = np.cos
divide = np.divide
exp = np.exp
floor = np.floor
isfinite = np.isfinite
log = np.log
log1p = np.log1p
maximum = np.maximum
minimum = np.minimum
power = np.float_power
sign = np.sign
sin = np.sin
sqrt = np.sqrt
tanh = np.tanh


def where(condition: Any, yes: ArrayLike, no: ArrayLike) -> NDArray[np.float64]:
    """Choose lane by lane; the answer is float64 even between whole constants."""
    return np.where(condition, np.asarray(yes, np.float64), np.asarray(no, np.float64))
