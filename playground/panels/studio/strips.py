"""Histograms over time as a picture: one column for each stretch of steps, dark where many lie.

The page of weights draws two of them. Nothing here knows a widget.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QColor

from engine.train.spreads import BINS, Strip
from playground.widgets.heatmap import parts

Numbers = NDArray[np.float64]
Picture = NDArray[np.uint8]

COLUMNS, ROWS = 240, 160
LEAST = 0.12  # of the colour's strength where a single number lies
MARGIN = 0.04  # of the height, above and below


@dataclass(frozen=True, slots=True, eq=False)
class Drawn:
    """A picture (ROWS, COLUMNS, 4), its first row lowest, and which numbers it shows."""

    pixels: Picture
    low: float
    high: float


def drawn(strip: Strip, steps: NDArray[np.int64], above: QColor, below: QColor) -> Drawn | None:
    """Draw a strip in one colour above zero and one below; None if it holds no number.

    Columns are steps from the first to the last, each as it was measured last before.
    """
    known = np.isfinite(strip.low)
    if not known.any():
        return None
    low, high = bounds(float(strip.low[known].min()), float(strip.high[known].max()))
    at = np.linspace(steps[0], steps[-1], COLUMNS)
    which = np.searchsorted(steps, at, side="right") - 1
    numbers = low + (np.arange(ROWS) + 0.5) / ROWS * (high - low)
    density = densities(strip, which, numbers, (high - low) / ROWS)
    pixels = np.zeros((ROWS, COLUMNS, 4), np.uint8)
    for rows, colour in ((numbers >= 0.0, above), (numbers < 0.0, below)):
        pixels[rows, :, :3] = parts(colour)[:3]
    strength = np.where(density > 0.0, LEAST + (1.0 - LEAST) * np.sqrt(density), 0.0)
    pixels[:, :, 3] = np.rint(255 * strength)
    return Drawn(pixels, low, high)


def densities(strip: Strip, which: NDArray[np.int64], numbers: Numbers, height: float) -> Numbers:
    """Return how many lie around each number at each moment, (numbers, moments), the most being 1.

    A histogram that is narrower than a row fills the one row it lies in.
    """
    low, high = strip.low[which], strip.high[which]
    thin = np.maximum(high - low, height)
    begin = (low + high - thin) / 2
    with np.errstate(invalid="ignore"):
        place = np.floor((numbers[:, None] - begin) / thin * BINS)
        inside = (place >= 0) & (place < BINS)
    bins = np.where(inside, np.nan_to_num(place), 0).astype(np.int64)
    counts = strip.counts[which]
    flat = (high - low) < height
    counts = np.where(flat[:, None], counts.sum(axis=1, keepdims=True), counts)
    found = np.where(inside, counts[np.arange(len(which)), bins], 0.0)
    most = found.max(axis=0)
    shares: Numbers = np.divide(found, most, out=np.zeros_like(found), where=most > 0.0)
    return shares


def bounds(low: float, high: float) -> tuple[float, float]:
    """Return limits with a margin, and with room where all numbers are the same."""
    reach = high - low
    space = reach * MARGIN if reach > 0.0 else max(abs(low) * 0.5, 0.5)
    return low - space, high + space
