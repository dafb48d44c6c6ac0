"""The generated data sets: one record each, in one table.

The trainer, the panels and the command line read the table; adding a data set is adding a record
to the family it belongs to. Points are drawn from a stream of their own, so the same seed gives
the same data on any machine.
"""

from collections.abc import Mapping
from types import MappingProxyType

from engine.train.datasets import lines, playground, shapes
from engine.train.datasets.record import LARGEST_SEED, Dataset, Stream

__all__ = ["DATASETS", "LARGEST_SEED", "Dataset", "Stream"]

_TABLE = (
    shapes.MOONS,
    *playground.CLASSES,
    *shapes.SEVERAL,
    *playground.REGRESSIONS,
    *lines.CURVES,
)
DATASETS: Mapping[str, Dataset] = MappingProxyType({d.key: d for d in _TABLE})
