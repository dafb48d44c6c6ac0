"""Penalties as scalar graphs: the strength times the sum of every parameter's size.

What a penalty covers is what is wired to it. Its last node carries the mark "penalty", so that it
is added to the loss once, whatever the number of samples.
"""

from collections.abc import Mapping, Sequence
from gettext import gettext as _
from math import ceil
from random import Random
from typing import Any

from engine.graph.arguments import STRENGTH
from engine.graph.fragment import Sketch
from engine.graph.geometry import LEAF_SIZE, OP_SIZE
from engine.graph.networks import COLUMN, ROW

STEP = OP_SIZE[1] + 18.0  # from one op to the next below it; they have no names
LOWEST = 12  # ops below each other; more go beside them, as nearly in a square as it gets
LEVEL = -OP_SIZE[1] / 2


def build_l1(
    sketch: Sketch, given: Mapping[str, Any], inputs: Sequence[int], stream: Random
) -> None:
    """Sketch strength * (|p| + |p| + ...)."""
    _penalty(sketch, given, inputs, "abs", _("L1 penalty"), "l1_penalty")


def build_l2(
    sketch: Sketch, given: Mapping[str, Any], inputs: Sequence[int], stream: Random
) -> None:
    """Sketch strength * (p**2 + p**2 + ...)."""
    _penalty(sketch, given, inputs, "square", _("L2 penalty"), "l2_penalty")


def _penalty(
    sketch: Sketch,
    given: Mapping[str, Any],
    inputs: Sequence[int],
    size: str,
    title: str,
    key: str,
) -> None:
    strength = given[STRENGTH.key]
    own = sketch.group(
        title, (0.0, 0.0), template=key, arguments={STRENGTH.key: strength, "inputs": len(inputs)}
    )
    rows = max(min(len(inputs), LOWEST), ceil(len(inputs) ** 0.5))
    top = -((min(rows, len(inputs)) - 1) * STEP + OP_SIZE[1]) / 2
    sizes = [
        sketch.op(
            size,
            (source,),
            (k // rows * COLUMN, top + k % rows * STEP),
            group=own,
            slot=("size", k),
        )
        for k, source in enumerate(inputs)
    ]
    behind = ceil(len(inputs) / rows) * COLUMN
    total = sketch.op("add", sizes, (behind, LEVEL), group=own, slot=("sum",))
    factor = sketch.value(
        "λ",
        strength,
        (behind - 10.0, LEVEL - ROW),
        group=own,
        slot=("strength",),
    )
    sketch.op(
        "mul",
        (factor, total),
        (behind + max(COLUMN, LEAF_SIZE[0]), LEVEL),
        label=_("penalty"),
        group=own,
        slot=("penalty",),
        marks=("penalty",),
    )
