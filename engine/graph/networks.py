"""Networks as scalar graphs: a neuron, a layer, an MLP, sketched in ordinary nodes and groups.

Inside a group the coordinates are centred around height 0.  Parameters get their ids in the order
in which micrograd draws them, neuron by neuron, weights before the bias.
"""

from collections.abc import Mapping, Sequence
from gettext import gettext as _
from random import Random
from typing import Any

from engine.graph.arguments import LINEAR
from engine.graph.fragment import Sketch
from engine.graph.geometry import FOLDED_SIZES, LEAF_SIZE, OP_SIZE, input_port
from engine.graph.initialise import BIAS, WEIGHT, draw_weight
from engine.graph.records import Point

Inputs = Sequence[int]

MOST_ROWS = 6  # of weights below each other in a neuron; more go beside them
COLUMN = 164.0
ROW = 116.0
NEURON_ROW = FOLDED_SIZES["neuron"][1] + 28.0  # with two lines of numbers below each
LAYER_COLUMN = FOLDED_SIZES["layer"][0] + 190.0
# A product stands so far below its weight that the wire from its input comes in between two cards.
BETWEEN = (LEAF_SIZE[1] + ROW) / 2
DROP = BETWEEN - input_port(OP_SIZE, 1, 2)[1]


def neuron(
    sketch: Sketch,
    inputs: Inputs,
    activation: str,
    stream: Random,
    *,
    position: Point = (0.0, 0.0),
    group: int | None = None,
    layer: int = 0,
    unit: int = 0,
) -> int:
    """Sketch act(sum of w*x, plus b) as a group; return the local id of its output."""
    own = sketch.group(
        _("neuron {number}").format(number=unit + 1),
        position,
        group=group,
        template="neuron",
        arguments={"inputs": len(inputs), "activation": activation},
        slot=(layer, unit),
    )
    rows = min(len(inputs), MOST_ROWS)
    top = -(rows - 1) * ROW / 2 - BETWEEN  # the inputs come in around height 0
    blocks = -(-len(inputs) // MOST_ROWS)
    behind = 2 * COLUMN * blocks
    places = [
        (2 * COLUMN * (k // MOST_ROWS), top + (k % MOST_ROWS) * ROW) for k in range(len(inputs))
    ]
    weights = [
        sketch.value(
            f"w{k + 1}",
            draw_weight(stream),
            places[k],
            role="parameter",
            group=own,
            slot=(layer, unit, k, WEIGHT),
        )
        for k in range(len(inputs))
    ]
    bias = sketch.value(
        "b",
        0.0,
        (behind - COLUMN - 10, top + rows * ROW + BETWEEN - LEAF_SIZE[1] / 2),
        role="parameter",
        group=own,
        slot=(layer, unit, 0, BIAS),
    )
    products = [
        sketch.op(
            "mul",
            (weight, source),
            (places[k][0] + COLUMN, places[k][1] + DROP),
            group=own,
            slot=(layer, unit, k, "product"),
        )
        for k, (weight, source) in enumerate(zip(weights, inputs, strict=True))
    ]
    total = sketch.op(
        "add",
        (*products, bias),
        (behind, -OP_SIZE[1] / 2),
        label="" if activation == LINEAR else "n",
        group=own,
        slot=(layer, unit, 0, "sum"),
    )
    if activation == LINEAR:
        return total
    return sketch.op(
        activation,
        (total,),
        (behind + COLUMN - 20, -OP_SIZE[1] / 2),
        group=own,
        slot=(layer, unit, 0, "activation"),
    )


def layer(
    sketch: Sketch,
    inputs: Inputs,
    units: int,
    activation: str,
    stream: Random,
    *,
    position: Point = (0.0, 0.0),
    group: int | None = None,
    number: int = 0,
    label: str = "",
) -> list[int]:
    """Sketch neurons that share their inputs as a group; return the local ids of the outputs."""
    own = sketch.group(
        label or _("layer"),
        position,
        group=group,
        template="layer",
        arguments={"inputs": len(inputs), "units": units, "activation": activation},
        slot=(number,),
    )
    top = -(units - 1) * NEURON_ROW / 2 - FOLDED_SIZES["neuron"][1] / 2
    return [
        neuron(
            sketch,
            inputs,
            activation,
            stream,
            position=(0.0, top + unit * NEURON_ROW),
            group=own,
            layer=number,
            unit=unit,
        )
        for unit in range(units)
    ]


def build_neuron(sketch: Sketch, given: Mapping[str, Any], inputs: Inputs, stream: Random) -> None:
    """Sketch one neuron."""
    neuron(sketch, inputs, given["activation"], stream)


def build_layer(sketch: Sketch, given: Mapping[str, Any], inputs: Inputs, stream: Random) -> None:
    """Sketch one layer."""
    layer(sketch, inputs, given["units"], given["activation"], stream)


def build_mlp(sketch: Sketch, given: Mapping[str, Any], inputs: Inputs, stream: Random) -> None:
    """Sketch hidden layers with the activation and a linear last one, as micrograd's MLP."""
    widths = tuple(given["layers"])
    own = sketch.group(
        "MLP " + " → ".join(str(width) for width in (len(inputs), *widths)),
        (0.0, 0.0),
        template="mlp",
        arguments={
            "inputs": len(inputs),
            "layers": widths,
            "activation": given["activation"],
        },
    )
    signals = list(inputs)
    for number, width in enumerate(widths):
        last = number == len(widths) - 1
        signals = layer(
            sketch,
            signals,
            width,
            LINEAR if last else given["activation"],
            stream,
            position=(number * LAYER_COLUMN, -FOLDED_SIZES["layer"][1] / 2),
            group=own,
            number=number,
            label=_("output") if last else _("layer {number}").format(number=number + 1),
        )
