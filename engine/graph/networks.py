"""Networks as scalar graphs: a neuron, a layer, an MLP, sketched in ordinary nodes and groups.

Inside a group the coordinates are centred around height 0.  Parameters get their ids in the order
in which micrograd draws them, neuron by neuron, weights before the bias.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from gettext import gettext as _
from random import Random
from typing import Any

from engine.graph.arguments import LINEAR, gathered, spread
from engine.graph.fragment import Sketch
from engine.graph.geometry import FOLDED_SIZES, LEAF_SIZE, OP_SIZE, input_port
from engine.graph.initialise import BIAS, WEIGHT
from engine.graph.records import Point, Slot
from engine.graph.schemes import MICROGRAD, SCHEMES

Inputs = Sequence[int | None]

PRODUCT, SUM, ACTIVATED = "product", "sum", "activation"
MOST_ROWS = 6  # of weights below each other in a neuron; more go beside them
COLUMN = 164.0
ROW = 116.0
NEURON_ROW = FOLDED_SIZES["neuron"][1] + 28.0  # with two lines of numbers below each
LAYER_COLUMN = FOLDED_SIZES["layer"][0] + 126.0
# A product stands so far below its weight that the wire from its input comes in between two cards.
BETWEEN = (LEAF_SIZE[1] + ROW) / 2
DROP = BETWEEN - input_port(OP_SIZE, 1, 2)[1]


def neuron_place(unit: int, units: int) -> Point:
    """Return where a neuron stands in its layer."""
    top = -(units - 1) * NEURON_ROW / 2 - FOLDED_SIZES["neuron"][1] / 2
    return (0.0, top + unit * NEURON_ROW)


def layer_place(number: int) -> Point:
    """Return where a layer stands in its MLP."""
    return (number * LAYER_COLUMN, -FOLDED_SIZES["layer"][1] / 2)


def part_place(part: str, k: int, inputs: int) -> Point:
    """Return where a part stands in a neuron; `k` is the input that weights and products have."""
    rows = min(inputs, MOST_ROWS)
    top = -(rows - 1) * ROW / 2 - BETWEEN  # the inputs come in around height 0
    behind = 2 * COLUMN * -(-inputs // MOST_ROWS)
    x, y = (2 * COLUMN * (k // MOST_ROWS), top + (k % MOST_ROWS) * ROW)
    if part == WEIGHT:
        return (x, y)
    if part == PRODUCT:
        return (x + COLUMN, y + DROP)
    if part == BIAS:
        return (behind - COLUMN - 10, top + rows * ROW + BETWEEN - LEAF_SIZE[1] / 2)
    return (behind if part == SUM else behind + COLUMN - 20, -OP_SIZE[1] / 2)


@dataclass(frozen=True, slots=True)
class Spot:
    """Where the parts of a neuron go: its group, slot, number of inputs, and an offset."""

    group: int
    slot: Slot
    inputs: int
    off: Point = (0.0, 0.0)

    def fields(self, part: str, k: int = 0) -> dict[str, Any]:
        """Return the fields that say where a part belongs."""
        x, y = part_place(part, k, self.inputs)
        place = (x + self.off[0], y + self.off[1])
        return {"position": place, "group": self.group, "slot": (*self.slot, k, part)}


def weight(sketch: Sketch, spot: Spot, k: int, number: float) -> int:
    """Sketch the weight of input `k`."""
    return sketch.value(node_label(WEIGHT, k), number, role="parameter", **spot.fields(WEIGHT, k))


def product(sketch: Sketch, spot: Spot, k: int, factors: Sequence[int | None]) -> int:
    """Sketch the product of a weight and what comes in."""
    return sketch.op("mul", factors, **spot.fields(PRODUCT, k))


def activated(sketch: Sketch, spot: Spot, activation: str, total: int, **fields: Any) -> int:
    """Sketch the activation of a sum."""
    return sketch.op(activation, (total,), **spot.fields(ACTIVATED), **fields)


def sum_label(activation: str) -> str:
    """Return how the sum of a neuron is called: the lecture's n, unless it is the answer."""
    return "" if activation == LINEAR else node_label(SUM)


def node_label(part: int | str, k: int | str = 0) -> str:
    """Return how a part of a neuron is called at first, "" if it has no name."""
    names = {WEIGHT: f"w{int(k) + 1}", BIAS: "b", SUM: "n"}
    return names.get(str(part), "")


def neuron(
    sketch: Sketch,
    inputs: Inputs,
    activation: str,
    stream: Random,
    *,
    init: str = MICROGRAD,
    units: int = 1,
    position: Point = (0.0, 0.0),
    group: int | None = None,
    layer: int = 0,
    unit: int = 0,
) -> int:
    """Sketch act(sum of w*x, plus b) as a group; return the local id of its output.

    `units` is how many neurons its layer has, which some schemes ask.
    """
    own = sketch.group(
        neuron_label(unit),
        position,
        group=group,
        template="neuron",
        arguments={"inputs": len(inputs), "activation": activation, "init": init},
        slot=(layer, unit),
    )
    spot, scheme = Spot(own, (layer, unit), len(inputs)), SCHEMES[init]
    weights = [
        weight(sketch, spot, k, scheme.weight(stream, len(inputs), units))
        for k in range(len(inputs))
    ]
    bias = sketch.value(
        node_label(BIAS), scheme.bias(stream), role="parameter", **spot.fields(BIAS)
    )
    products = [
        product(sketch, spot, k, factors)
        for k, factors in enumerate(zip(weights, inputs, strict=True))
    ]
    total = sketch.op("add", (*products, bias), label=sum_label(activation), **spot.fields(SUM))
    return total if activation == LINEAR else activated(sketch, spot, activation, total)


def layer(
    sketch: Sketch,
    inputs: Inputs,
    units: int,
    activation: str,
    stream: Random,
    *,
    init: str = MICROGRAD,
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
        arguments={
            "inputs": len(inputs),
            "units": units,
            "activation": activation,
            "init": init,
        },
        slot=(number,),
    )
    return [
        neuron(
            sketch,
            inputs,
            activation,
            stream,
            init=init,
            units=units,
            position=neuron_place(unit, units),
            group=own,
            layer=number,
            unit=unit,
        )
        for unit in range(units)
    ]


def neuron_label(unit: int) -> str:
    """Return how a neuron is called at first."""
    return _("neuron {number}").format(number=unit + 1)


def layer_label(number: int, layers: int) -> str:
    """Return how a layer of an MLP is called at first."""
    if number == layers - 1:
        return _("output")
    return _("layer {number}").format(number=number + 1)


def mlp_label(inputs: int, widths: Sequence[int]) -> str:
    """Return how an MLP is called at first."""
    return "MLP " + " → ".join(str(width) for width in (inputs, *widths))


def build_neuron(sketch: Sketch, given: Mapping[str, Any], inputs: Inputs, stream: Random) -> None:
    """Sketch one neuron."""
    neuron(sketch, inputs, given["activation"], stream, init=given["init"])


def build_layer(sketch: Sketch, given: Mapping[str, Any], inputs: Inputs, stream: Random) -> None:
    """Sketch one layer."""
    layer(sketch, inputs, given["units"], given["activation"], stream, init=given["init"])


def build_mlp(sketch: Sketch, given: Mapping[str, Any], inputs: Inputs, stream: Random) -> None:
    """Sketch layers one behind the other; with one activation for all, the last is linear."""
    widths = tuple(given["layers"])
    words = spread(given["activation"], len(widths))
    own = sketch.group(
        mlp_label(len(inputs), widths),
        (0.0, 0.0),
        template="mlp",
        arguments={
            "inputs": len(inputs),
            "layers": widths,
            "activation": gathered(words, given["activation"]),
            "init": given["init"],
        },
    )
    signals: Inputs = inputs
    for number, width in enumerate(widths):
        signals = layer(
            sketch,
            signals,
            width,
            words[number],
            stream,
            init=given["init"],
            position=layer_place(number),
            group=own,
            number=number,
            label=layer_label(number, len(widths)),
        )
