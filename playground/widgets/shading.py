"""How a boundary and its samples are coloured: two classes, more of them, or numbers.

The boundary panel, the large maps of the canvas and the studio ask, so that a class has one colour
everywhere.  Nothing here knows a widget.
"""

from dataclasses import dataclass

import numpy as np
from PySide6.QtGui import QColor

from engine.train.boundary import Boundary, Reach, reach_of
from engine.train.metrics import classes
from engine.train.samples import Samples
from playground.theme import Theme
from playground.widgets.heatmap import (
    STRENGTH,
    Picture,
    colour_table,
    enlarged,
    leaning,
    parts,
    shade_numbers,
    shades,
)

OPAQUE = 255


@dataclass(frozen=True, slots=True)
class Shading:
    """What the colours of one document mean.

    Attributes:
        theme: whose colours they are.
        classes: how many classes the samples have, 0 where their targets are numbers.
        reach: the numbers at both ends of the colours.
        hard: whether a place has the full colour of its class, however undecided it is.
    """

    theme: Theme
    classes: int
    reach: Reach
    hard: bool = False

    def picture(self, boundary: Boundary, size: int) -> Picture:
        """Return a boundary in colours, (size, size, 4), the first row at the bottom."""
        with np.errstate(all="ignore"):  # what is no number has no colour
            if boundary.scores.ndim > 2:
                return self._of_many(boundary, size)
            table = colour_table(self.theme, hard=self.hard and boundary.classes > 0)
            return shades(enlarged(leaning(boundary, self.reach), size), table)

    def _of_many(self, boundary: Boundary, size: int) -> Picture:
        zero = np.array(parts(self.theme.map_zero)[:3], np.float32)
        ends = [parts(self.theme.of_class(k))[:3] for k in range(boundary.classes)]
        ways = np.float32(STRENGTH) * (np.array(ends, np.float32) - zero)
        picture = np.full((size, size, 4), OPAQUE, np.uint8)
        if self.hard:
            large = np.stack([enlarged(scores, size) for scores in boundary.scores])
            picture[..., :3] = np.rint(zero + ways)[np.argmax(large, axis=0)]
            picture[~np.isfinite(large).all(axis=0), 3] = 0
            return picture
        small = zero + np.tensordot(boundary.leads, ways, (0, 0))
        for channel in range(3):
            large = enlarged(small[..., channel], size)
            known = np.isfinite(large)
            picture[..., channel] = np.where(known, large, 0.0)
            picture[~known, 3] = 0
        return picture

    def points(self, labels: np.ndarray) -> list[QColor]:
        """Return the colour of each sample."""
        if self.classes:
            colours = [self.theme.of_class(number) for number in range(max(self.classes, 2))]
            return [colours[number % len(colours)] for number in classes(labels).tolist()]
        table = colour_table(self.theme)
        rows = table[shade_numbers(np.asarray(self.reach.share(labels)))]
        return [QColor(*row) for row in rows.tolist()]


def shading_of(samples: Samples | None, theme: Theme, *, hard: bool = False) -> Shading:
    """Return what colours mean for the samples of a document."""
    known = 2 if samples is None else samples.classes
    return Shading(theme, known, reach_of(samples), hard)
