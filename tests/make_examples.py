"""Writes the bundled examples: run it as `python -m tests.make_examples` after changing one.

A test compares the committed files with what this makes.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from engine.files import write
from engine.graph.document import Document
from tests.examples import graphs, models
from tests.examples.four_points import four_points

FOLDER = Path(__file__).parents[1] / "resources" / "examples"


@dataclass(frozen=True, slots=True)
class Example:
    """A bundled document."""

    name: str
    title: str
    description: str
    make: Callable[[], Document]


EXAMPLES = (
    Example(
        "tanh-neuron",
        "A tanh neuron",
        "Every value and gradient of one neuron",
        graphs.tanh_neuron,
    ),
    Example("moons", "Two moons", "337 parameters learn to part them", graphs.moons),
    Example(
        "spiral",
        "The spiral, solved",
        "337 parameters part its arms in 800 steps",
        models.spiral,
    ),
    Example(
        "three-classes",
        "Three classes",
        "A score each for the three arms of a spiral",
        models.three_classes,
    ),
    Example(
        "sine",
        "A curve from points",
        "13 parameters bend a line into a sine",
        models.sine,
    ),
    Example(
        "quadratic-descent",
        "Roll down a parabola",
        "Gradient descent to the least (x − 3)²",
        graphs.quadratic_descent,
    ),
    Example(
        "four-points",
        "Four points",
        "A small network, unrolled over its points",
        four_points,
    ),
    Example(
        "parabola", "3x² − 4x + 5", "A function, its value and its slope at 3", graphs.parabola
    ),
    Example(
        "product-and-sum",
        "d = a*b + c",
        "Which of three values moves d most?",
        graphs.product_and_sum,
    ),
    Example(
        "chain",
        "The chain rule",
        "Local slopes multiply on the way back",
        graphs.chain,
    ),
    Example(
        "neuron-in-steps",
        "The neuron in steps",
        "Every sum of the neuron taken two by two",
        graphs.neuron_in_steps,
    ),
    Example(
        "tanh-from-exp",
        "tanh from exp",
        "Simpler ops, and the same gradients",
        graphs.tanh_from_exp,
    ),
    Example(
        "pytorch-neuron",
        "The neuron in PyTorch",
        "In single precision: other digits at the end",
        graphs.pytorch_neuron,
    ),
    Example(
        "same-value-twice",
        "One value, two wires",
        "b = a + a: gradients add up to 2",
        graphs.same_value_twice,
    ),
    Example(
        "shared-values",
        "Two values, two ways",
        "What comes back by two ways is added",
        graphs.shared_values,
    ),
    Example(
        "tanh-curve", "tanh", "Drag x and see tanh level off on both sides", graphs.tanh_curve
    ),
    Example(
        "relu-line",
        "A bent line",
        "relu(2x + 1): flat left of −½, then slope 2",
        graphs.relu_line,
    ),
    Example(
        "first-neuron",
        "A random neuron",
        "A ReLU neuron as seed 1337 draws it",
        graphs.first_neuron,
    ),
    Example(
        "readme",
        "micrograd's README",
        "Its front page's formula: g is 24.7041",
        graphs.readme,
    ),
    Example(
        "sanity-check",
        "micrograd's test",
        "Its first test: y is −20, the slope is 46",
        graphs.sanity_check,
    ),
)


def files() -> dict[str, bytes]:
    """Return the content of every file of the folder."""
    index = {
        "examples": [
            {"name": one.name, "title": one.title, "description": one.description}
            for one in EXAMPLES
        ]
    }
    text = json.dumps(index, ensure_ascii=False, indent=2) + "\n"
    return {"index.json": text.encode()} | {
        f"{one.name}.mgp": write(one.make()) for one in EXAMPLES
    }


def main() -> None:
    """Write the files."""
    for name, data in files().items():
        (FOLDER / name).write_bytes(data)


if __name__ == "__main__":
    main()
