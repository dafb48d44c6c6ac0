"""The lecture's training of a small network on four points, all of it unrolled into one graph.

The forty-one parameters stand once; every point has its own products, sums and tanhs, and the
loss is the sum of the four squared errors.
"""

from random import Random

from engine.graph.document import Document
from engine.graph.fragment import Sketch
from engine.graph.initialise import WEIGHT
from engine.graph.records import View
from engine.graph.schemes import unit_weight
from tests.examples.graphs import finished, trained_at

INPUTS = ((2.0, 3.0, -1.0), (3.0, -1.0, 0.5), (0.5, 1.0, 1.0), (1.0, 1.0, -1.0))
TARGETS = (1.0, -1.0, -1.0, 1.0)
LAYERS = (4, 4, 1)
SEED = 1337

COLUMN = 164.0
ROW = 104.0
POINT_ROW = 420.0

Weights = list[list[list[int]]]  # by layer, unit, input; the bias comes last


def four_points() -> Document:
    """Return the unrolled graph, its weights from `random.seed(1337)` in the lecture's order."""
    sketch = Sketch()
    weights = sketch_weights(sketch)
    errors = [sketch_point(sketch, weights, point) for point in range(len(INPUTS))]
    middle = (len(INPUTS) - 1) * POINT_ROW / 2
    place = (9.5 * COLUMN, middle + 60.0)
    sketch.op("add", errors, place, label="loss", marks=("loss",))
    document = trained_at(finished(sketch), learning_rate=0.05, reduction="sum")
    document.view = View(folded=frozenset(document.groups))
    return document


def sketch_weights(sketch: Sketch) -> Weights:
    """Sketch the parameters in a group, a folded group for each neuron."""
    stream = Random(SEED)
    middle = (len(INPUTS) - 1) * POINT_ROW / 2 + 50.0
    parameters = sketch.group("parameters", (1.6 * COLUMN, middle))
    weights: Weights = []
    count = len(INPUTS[0])
    for layer, units in enumerate(LAYERS):
        weights.append([])
        for unit in range(units):
            top = (unit - units / 2) * ROW
            own = sketch.group(
                f"neuron {layer + 1}.{unit + 1}", (layer * COLUMN, top), group=parameters
            )
            names = [*(f"w{k + 1}" for k in range(count)), "b"]
            weights[-1].append(
                [
                    sketch.value(
                        name,
                        unit_weight(stream),
                        (0.0, (k - len(names) / 2) * ROW),
                        role="parameter",
                        group=own,
                        slot=(layer, unit, k, WEIGHT),
                    )
                    for k, name in enumerate(names)
                ]
            )
        count = units
    return weights


def sketch_point(sketch: Sketch, weights: Weights, point: int) -> int:
    """Sketch the network at one point; return its squared error."""
    top = point * POINT_ROW
    signals = [
        sketch.value(f"x{k + 1}", number, (0.0, top + k * ROW))
        for k, number in enumerate(INPUTS[point])
    ]
    network = sketch.group(f"network at point {point + 1}", (3.2 * COLUMN, top + ROW))
    for layer, neurons in enumerate(weights):
        signals = [
            sketch_neuron(
                sketch, neuron, signals, (layer * COLUMN, (unit - len(neurons) / 2) * ROW), network
            )
            for unit, neuron in enumerate(neurons)
        ]
    target = sketch.value("y", TARGETS[point], (5.0 * COLUMN, top + 2.2 * ROW))
    place = (6.3 * COLUMN, top + 1.5 * ROW)
    error = sketch.op("sub", (signals[0], target), place, label=f"error {point + 1}")
    return sketch.op("square", (error,), (7.4 * COLUMN, place[1]), label=f"squared {point + 1}")


def sketch_neuron(
    sketch: Sketch,
    weights: list[int],
    signals: list[int],
    place: tuple[float, float],
    network: int,
) -> int:
    """Sketch tanh(w·x + b) as a folded group; return its output."""
    own = sketch.group("tanh neuron", place, group=network)
    *factors, bias = weights
    top = -len(signals) * ROW / 2
    products = [
        sketch.op("mul", (weight, signal), (0.0, top + k * ROW), group=own)
        for k, (weight, signal) in enumerate(zip(factors, signals, strict=True))
    ]
    total = sketch.op("add", (*products, bias), (COLUMN, -33.0), label="n", group=own)
    return sketch.op("tanh", (total,), (2 * COLUMN, -33.0), group=own)
