"""What share of the predictions is right, as the link of the prediction defines right.

The trainer measures with it, the boundary panel takes the threshold from it.  A label counts as
positive above 0, whether it is written -1 and 1 or 0 and 1.
"""

from collections.abc import Mapping, Sequence
from math import log
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]

# Above it, a prediction says yes.  Links that are not in the table have no such number.
THRESHOLDS: Mapping[str, float] = MappingProxyType(
    {"score": 0.0, "logit": 0.0, "probability": 0.5}
)
# Where a decision counts as sure: the margins of a hinge loss, and odds of three to one.
MARGINS: Mapping[str, tuple[float, float]] = MappingProxyType(
    {
        "score": (-1.0, 1.0),
        "logit": (-log(3.0), log(3.0)),
        "class scores": (-log(3.0), log(3.0)),
        "probability": (0.25, 0.75),
    }
)
CLASS_SCORES = "class scores"
NUMBER = "number"


def accuracy(link: str, predictions: Sequence[Numbers], labels: Numbers) -> float | None:
    """Return the share of samples that are predicted right, from 0 to 1; None as for `right`."""
    found = right(link, predictions, labels)
    return None if found is None else float(np.mean(found))


def right(link: str, predictions: Sequence[Numbers], labels: Numbers) -> NDArray[np.bool_] | None:
    """Return which samples are predicted right, (n,).

    `predictions` holds one array (n,) for each prediction, or (1,) if it depends on no sample.
    None without samples or predictions, and where the prediction is a number.
    """
    if not predictions or not len(labels):
        return None
    positive = labels > 0
    if link == CLASS_SCORES:
        chosen = np.argmax(np.stack(np.broadcast_arrays(labels, *predictions)[1:]), axis=0)
        return np.asarray(chosen == classes(labels))
    if link not in THRESHOLDS:
        return None
    return np.asarray((predictions[0] > THRESHOLDS[link]) == positive)


def classes(labels: Numbers) -> NDArray[np.int64]:
    """Return the number of the class that each label names; -1 names class 0."""
    return np.maximum(labels, 0.0).astype(np.int64)
