"""How good predictions are: accuracy and confusion of classes, R² of numbers.

The trainer measures with it, the boundary panel takes the threshold from it.  A label counts as
positive above 0, whether it is written -1 and 1 or 0 and 1.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log
from types import MappingProxyType
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
Classes = NDArray[np.int64]
Floats = TypeVar("Floats", NDArray[np.float32], NDArray[np.float64])

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


@dataclass(frozen=True, slots=True)
class Quality:
    """How good predictions are: an accuracy where classes are predicted, R² where numbers are."""

    accuracy: float | None = None
    r_squared: float | None = None


def quality(link: str, predictions: Sequence[Numbers], labels: Numbers, count: int) -> Quality:
    """Measure predictions against labels of so many classes, 0 for numbers."""
    if count:
        return Quality(accuracy=accuracy(link, predictions, labels))
    return Quality(r_squared=r_squared(predictions[0], labels) if predictions else None)


def accuracy(link: str, predictions: Sequence[Numbers], labels: Numbers) -> float | None:
    """Return the share of samples that are predicted right, from 0 to 1; None as for `right`."""
    found = right(link, predictions, labels)
    return None if found is None else float(np.mean(found))


def right(link: str, predictions: Sequence[Numbers], labels: Numbers) -> NDArray[np.bool_] | None:
    """Return which samples are predicted right, (n,).

    `predictions` holds one array (n,) for each prediction, or (1,) if it depends on no sample.
    None without samples or predictions, and where the prediction is a number.
    """
    chosen = predicted(link, predictions, len(labels))
    return None if chosen is None else np.asarray(chosen == classes(labels))


def confusion(
    link: str, predictions: Sequence[Numbers], labels: Numbers, count: int
) -> Classes | None:
    """Count the samples of each class by the class that they are taken for.

    Returns (count, count): rows are the true classes, columns the predicted ones. `predictions`
    are as for `accuracy`, and so is when there is None. A prediction of more classes than
    `count` leaves out the samples that it takes for one of these.
    """
    chosen = predicted(link, predictions, len(labels))
    if chosen is None:
        return None
    known = chosen < count
    counts = np.zeros((count, count), dtype=np.int64)
    np.add.at(counts, (classes(labels)[known], chosen[known]), 1)
    return counts


def r_squared(predictions: Numbers, targets: Numbers) -> float | None:
    """Return R² = 1 - SS_res/SS_tot: 1 where all is told, 0 where the mean would do as well.

    Both are (n,), predictions also (1,).  None without samples, where all targets are equal, and
    where a prediction is not finite.
    """
    if not len(targets):
        return None
    spread = float(np.sum((targets - targets.mean()) ** 2))
    with np.errstate(all="ignore"):
        missed = float(np.sum((targets - predictions) ** 2))
    return 1.0 - missed / spread if spread > 0.0 and np.isfinite(missed) else None


def predicted(link: str, predictions: Sequence[Numbers], count: int) -> Classes | None:
    """Return the class (count,) that each of the samples is taken for; None where there is none.

    Of class scores it is the first of the greatest; else 1 above the threshold of the link, and 0.
    """
    if not predictions or not count:
        return None
    read = np.stack([np.broadcast_to(prediction, count) for prediction in predictions])
    if link == CLASS_SCORES:
        return np.asarray(np.argmax(read, axis=0), dtype=np.int64)
    if link not in THRESHOLDS:
        return None
    return np.asarray(read[0] > THRESHOLDS[link], dtype=np.int64)


def softmax(scores: Floats, axis: int) -> Floats:
    """Return the probabilities of classes along an axis, from their scores."""
    powers = np.exp(scores - scores.max(axis=axis, keepdims=True))
    shares: Floats = powers / powers.sum(axis=axis, keepdims=True)
    return shares


def classes(labels: Numbers) -> Classes:
    """Return the number of the class that each label names; -1 names class 0."""
    return np.maximum(labels, 0.0).astype(np.int64)
