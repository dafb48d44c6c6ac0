"""Losses as scalar graphs: each a group of a few ops whose last one carries the mark "loss"."""

from collections.abc import Mapping, Sequence
from gettext import gettext as _
from random import Random
from typing import Any

from engine.graph.fragment import Sketch
from engine.graph.geometry import LEAF_SIZE, OP_SIZE
from engine.graph.networks import COLUMN, ROW

Inputs = Sequence[int]
LEVEL = -OP_SIZE[1] / 2


def squared_error(
    sketch: Sketch, given: Mapping[str, Any], inputs: Inputs, stream: Random
) -> None:
    """Sketch (prediction - target)**2."""
    own = sketch.group(_("squared error"), (0.0, 0.0), template="squared_error")
    gap = sketch.op("sub", inputs, (0.0, LEVEL), label=_("error"), group=own, slot=("error",))
    _end(sketch, "square", gap, 1, own)


def hinge(sketch: Sketch, given: Mapping[str, Any], inputs: Inputs, stream: Random) -> None:
    """Sketch relu(1 - score*target), the target being -1 or 1: micrograd's demo."""
    own = sketch.group(_("hinge"), (0.0, 0.0), template="hinge")
    height = ROW + LEAF_SIZE[1]
    one = sketch.value("", 1.0, (0.0, -height / 2), group=own, slot=("one",))
    margin = sketch.op(
        "mul",
        inputs,
        (10.0, height / 2 - OP_SIZE[1]),
        label=_("margin"),
        group=own,
        slot=("margin",),
    )
    gap = sketch.op("sub", (one, margin), (COLUMN + 10, LEVEL), group=own, slot=("gap",))
    _end(sketch, "relu", gap, 2, own)


def cross_entropy(
    sketch: Sketch, given: Mapping[str, Any], inputs: Inputs, stream: Random
) -> None:
    """Sketch softplus(-logit*target), the target being -1 or 1: stable for any logit."""
    own = sketch.group(_("cross-entropy"), (0.0, 0.0), template="cross_entropy")
    margin = sketch.op("mul", inputs, (0.0, LEVEL), label=_("margin"), group=own, slot=("margin",))
    minus = sketch.op("neg", (margin,), (COLUMN, LEVEL), group=own, slot=("minus",))
    _end(sketch, "softplus", minus, 2, own)


def _end(sketch: Sketch, key: str, source: int, column: int, group: int) -> None:
    sketch.op(
        key,
        (source,),
        (column * COLUMN + 10, LEVEL),
        label=_("loss"),
        group=group,
        slot=("loss",),
        marks=("loss",),
    )
