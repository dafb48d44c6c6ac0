"""Losses as scalar graphs: each a group of a few ops whose last one carries the mark "loss"."""

from collections.abc import Mapping, Sequence
from gettext import gettext as _
from random import Random
from typing import Any

from engine.graph.arguments import CLASSES
from engine.graph.fragment import Sketch
from engine.graph.geometry import LEAF_SIZE, OP_SIZE
from engine.graph.networks import COLUMN, ROW

Inputs = Sequence[int]
LEVEL = -OP_SIZE[1] / 2
STEP = OP_SIZE[1] + 26.0  # from one op to the next below it


def squared_error(
    sketch: Sketch, given: Mapping[str, Any], inputs: Inputs, stream: Random
) -> None:
    """Sketch (prediction - target)**2."""
    own = sketch.group(_("squared error"), (0.0, 0.0), template="squared_error")
    gap = sketch.op("sub", inputs, (0.0, LEVEL), label=_("error"), group=own, slot=("error",))
    _end(sketch, "square", (gap,), 1, own)


def half_squared_error(
    sketch: Sketch, given: Mapping[str, Any], inputs: Inputs, stream: Random
) -> None:
    """Sketch 0.5 * (prediction - target)**2: TensorFlow Playground's, whose slope is the error."""
    own = sketch.group(_("half squared error"), (0.0, 0.0), template="half_squared_error")
    gap = sketch.op("sub", inputs, (0.0, LEVEL), label=_("error"), group=own, slot=("error",))
    square = sketch.op("square", (gap,), (COLUMN, LEVEL), group=own, slot=("square",))
    place = (COLUMN - 10.0, LEVEL - ROW)
    half = sketch.value("", 0.5, place, group=own, slot=("half",))
    _end(sketch, "mul", (half, square), 2, own)


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
    _end(sketch, "relu", (gap,), 2, own)


def cross_entropy(
    sketch: Sketch, given: Mapping[str, Any], inputs: Inputs, stream: Random
) -> None:
    """Sketch softplus(-logit*target), the target being -1 or 1: stable for any logit."""
    own = sketch.group(_("cross-entropy"), (0.0, 0.0), template="cross_entropy")
    margin = sketch.op("mul", inputs, (0.0, LEVEL), label=_("margin"), group=own, slot=("margin",))
    minus = sketch.op("neg", (margin,), (COLUMN, LEVEL), group=own, slot=("minus",))
    _end(sketch, "softplus", (minus,), 2, own)


def softmax_cross_entropy(
    sketch: Sketch, given: Mapping[str, Any], inputs: Inputs, stream: Random
) -> None:
    """Sketch logsumexp(scores) - sum of target*score; the targets are one-hot.

    The first half of the inputs are the scores, the second half the targets.
    """
    count = len(inputs) // 2
    own = sketch.group(
        _("softmax cross-entropy"),
        (0.0, 0.0),
        template="softmax_cross_entropy",
        arguments={CLASSES.key: count},
    )
    scores, targets = inputs[:count], inputs[count:]
    top = -(count - 1) * STEP / 2 - OP_SIZE[1] / 2
    products = [
        sketch.op(
            "mul",
            (target, score),
            (0.0, top + (k + 0.5) * STEP),
            group=own,
            slot=(k, "product"),
        )
        for k, (target, score) in enumerate(zip(targets, scores, strict=True))
    ]
    all_of_them = sketch.op(
        "logsumexp", scores, (COLUMN, top - STEP / 2), group=own, slot=("all",)
    )
    right = sketch.op(
        "add",
        products,
        (COLUMN, LEVEL + STEP / 2),
        label=_("score of the class"),
        group=own,
        slot=("right",),
    )
    sketch.op(
        "sub",
        (all_of_them, right),
        (2 * COLUMN + 10, LEVEL),
        label=_("loss"),
        group=own,
        slot=("loss",),
        marks=("loss",),
    )


def _end(sketch: Sketch, key: str, sources: Inputs, column: int, group: int) -> None:
    sketch.op(
        key,
        sources,
        (column * COLUMN + 10, LEVEL),
        label=_("loss"),
        group=group,
        slot=("loss",),
        marks=("loss",),
    )
