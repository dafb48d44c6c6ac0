"""The lecture's small graphs as documents, laid out by hand where that reads better.

`tests/make_examples.py` writes them; each function returns a new document.
"""

import random
from collections.abc import Mapping
from typing import Any

from engine.errors import accept
from engine.exchange.program import insert_text
from engine.graph import properties
from engine.graph.document import Document
from engine.graph.fragment import Sketch, insert_fragment
from engine.graph.models import Model, model_document

BIAS = 6.8813735870195432
SINGLE_BIAS = 6.881373405456543  # that bias in single precision
ORIGIN = (0.0, 0.0)
# Of an op's pill beside a value's card: the drop that puts their middles on one line.
DROP = 9.0
# What notes beside the graphs suggest to try.
TANH_NEURON = """## Try it
Drag the number of **w1** sideways and watch **o**. The violet **∂** of w1 says beforehand which \
way o will go, and how fast."""
SAME_VALUE_TWICE = """Each wire brings a gradient of 1 back to **a**. \
They **add up**: overwriting one with the other is the lecture's bug."""
PYTORCH_NEURON = """PyTorch rounds **b** to single precision, so **o** is 0.70710669…, and \
gradients differ from the seventh digit on. Rest the mouse on a number of the inspector to read \
every digit."""
QUADRATIC_DESCENT = """Press **Train**: each step moves **x** a little against its ∂, \
until there is no slope left to go down."""


def finished(sketch: Sketch) -> Document:
    """Return a document that holds a sketch."""
    document = Document()
    document.apply(insert_fragment(document, sketch.finish(), ""))
    return document


def typed(formula: str, **numbers: float) -> Document:
    """Return a document of a typed formula with these numbers for its names."""
    document = Document()
    document.apply(accept(insert_text(document, formula, ORIGIN)))
    for label, number in numbers.items():
        node = accept(document.find(label))
        document.apply(accept(properties.set_value(document, node, number)))
    return document


def parabola() -> Document:
    """Return f(x) = 3x² − 4x + 5 at 3."""
    return typed("y = 3*x**2 - 4*x + 5", x=3.0)


def product_and_sum() -> Document:
    """Return d = a*b + c."""
    sketch = Sketch()
    a = sketch.value("a", 2.0, (0.0, 0.0))
    b = sketch.value("b", -3.0, (0.0, 126.0))
    c = sketch.value("c", 10.0, (180.0, 226.0))
    product = sketch.op("mul", (a, b), (190.0, 63.0 + DROP), label="a*b")
    sketch.op("add", (product, c), (380.0, 140.0 + DROP), label="d")
    return finished(sketch)


def chain() -> Document:
    """Return L = (a*b + c)*f, the lecture's first graph."""
    sketch = Sketch()
    a = sketch.value("a", 2.0, (0.0, 0.0))
    b = sketch.value("b", -3.0, (0.0, 126.0))
    c = sketch.value("c", 10.0, (180.0, 226.0))
    e = sketch.op("mul", (a, b), (190.0, 63.0 + DROP), label="e")
    d = sketch.op("add", (e, c), (380.0, 140.0 + DROP), label="d")
    f = sketch.value("f", -2.0, (370.0, 300.0))
    sketch.op("mul", (d, f), (570.0, 216.0 + DROP), label="L")
    return finished(sketch)


def tanh_curve() -> Document:
    """Return y = tanh(x)."""
    sketch = Sketch()
    x = sketch.value("x", 0.5, ORIGIN)
    sketch.op("tanh", (x,), (200.0, DROP), label="y")
    return finished(sketch)


def neuron_leaves(sketch: Sketch, bias: float = BIAS) -> tuple[int, int, int, int, int]:
    """Sketch the inputs, weights and bias of the lecture's neuron."""
    return (
        sketch.value("x1", 2.0, (0.0, 0.0), role="feature", index=0),
        sketch.value("w1", -3.0, (0.0, 126.0), role="parameter"),
        sketch.value("x2", 0.0, (0.0, 290.0), role="feature", index=1),
        sketch.value("w2", 1.0, (0.0, 416.0), role="parameter"),
        sketch.value("b", bias, (370.0, 450.0), role="parameter"),
    )


def tanh_neuron() -> Document:
    """Return o = tanh(x1*w1 + x2*w2 + b), the graph that the window starts with."""
    sketch = Sketch()
    x1, w1, x2, w2, b = neuron_leaves(sketch)
    first = sketch.op("mul", (x1, w1), (200.0, 66.0), label="x1*w1")
    second = sketch.op("mul", (x2, w2), (200.0, 356.0), label="x2*w2")
    n = sketch.op("add", (first, second, b), (520.0, 220.0), label="n")
    sketch.op("tanh", (n,), (710.0, 220.0), label="o")
    sketch.note(TANH_NEURON, (520.0, 414.0), (282.0, 120.0))
    return finished(sketch)


def neuron_sum(sketch: Sketch, bias: float = BIAS) -> int:
    """Sketch the neuron up to n with the lecture's two sums of two."""
    x1, w1, x2, w2, b = neuron_leaves(sketch, bias)
    first = sketch.op("mul", (x1, w1), (200.0, 66.0), label="x1*w1")
    second = sketch.op("mul", (x2, w2), (200.0, 356.0), label="x2*w2")
    both = sketch.op("add", (first, second), (390.0, 211.0), label="x1*w1 + x2*w2")
    return sketch.op("add", (both, b), (580.0, 330.0), label="n")


def neuron_in_steps() -> Document:
    """Return the neuron as the lecture wires it, every sum of two."""
    sketch = Sketch()
    n = neuron_sum(sketch)
    sketch.op("tanh", (n,), (770.0, 330.0), label="o")
    return finished(sketch)


def pytorch_neuron() -> Document:
    """Return the neuron with the bias that PyTorch computes with."""
    sketch = Sketch()
    n = neuron_sum(sketch, SINGLE_BIAS)
    sketch.op("tanh", (n,), (770.0, 330.0), label="o")
    sketch.note(PYTORCH_NEURON, (580.0, 60.0), (290.0, 120.0))
    return finished(sketch)


def tanh_from_exp() -> Document:
    """Return the neuron with tanh taken apart into (exp(2n) − 1)/(exp(2n) + 1)."""
    sketch = Sketch()
    n = neuron_sum(sketch)
    two = sketch.value("2", 2.0, (570.0, 450.0))
    double = sketch.op("mul", (n, two), (770.0, 390.0), label="2n")
    e = sketch.op("exp", (double,), (920.0, 390.0), label="e")
    minus = sketch.value("-1", -1.0, (910.0, 220.0))
    plus = sketch.value("+1", 1.0, (910.0, 520.0))
    less = sketch.op("add", (e, minus), (1110.0, 290.0), label="e - 1")
    more = sketch.op("add", (e, plus), (1110.0, 460.0), label="e + 1")
    inverse = sketch.op(
        "power", (more,), (1260.0, 460.0), label="1/(e + 1)", attributes={"n": -1.0}
    )
    sketch.op("mul", (less, inverse), (1410.0, 370.0), label="o")
    return finished(sketch)


def same_value_twice() -> Document:
    """Return b = a + a."""
    sketch = Sketch()
    a = sketch.value("a", 3.0, ORIGIN)
    sketch.op("add", (a, a), (220.0, DROP), label="b")
    sketch.note(SAME_VALUE_TWICE, (0.0, 130.0), (320.0, 84.0))
    return finished(sketch)


def shared_values() -> Document:
    """Return f = (a*b)*(a + b)."""
    sketch = Sketch()
    a = sketch.value("a", -2.0, (0.0, 0.0))
    b = sketch.value("b", 3.0, (0.0, 150.0))
    d = sketch.op("mul", (a, b), (220.0, DROP), label="d")
    e = sketch.op("add", (a, b), (220.0, 150.0 + DROP), label="e")
    sketch.op("mul", (d, e), (410.0, 75.0 + DROP), label="f")
    return finished(sketch)


def readme() -> Document:
    """Return the expression of micrograd's README."""
    steps = (
        "c0 = a + b",
        "d0 = a*b + b**3",
        "c1 = c0 + (c0 + 1)",
        "c2 = c1 + (1 + c1 + -a)",
        "d1 = d0 + (d0*2 + (b + a).relu())",
        "d2 = d1 + (3*d1 + (b - a).relu())",
        "diff = c2 - d2",
        "f = diff**2",
        "g = f/2 + 10/f",
    )
    return typed("; ".join(steps), a=-4.0, b=2.0)


def sanity_check() -> Document:
    """Return the expression of micrograd's first test."""
    steps = (
        "z = 2*x + 2 + x",
        "q = z.relu() + z*x",
        "h = (z*z).relu()",
        "y = h + q + q*x",
    )
    return typed("; ".join(steps), x=-4.0)


def relu_line() -> Document:
    """Return y = relu(x*2 + 1) at 1."""
    return typed("y = (x*2 + 1).relu()", x=1.0)


def first_neuron() -> Document:
    """Return micrograd's first random neuron, relu(w·x + b), from seed 1337."""
    stream = random.Random(1337)
    sketch = Sketch()
    x1 = sketch.value("x1", 1.0, (0.0, 0.0), role="feature", index=0)
    w1 = sketch.value("w1", stream.uniform(-1, 1), (0.0, 126.0), role="parameter")
    x2 = sketch.value("x2", -2.0, (0.0, 290.0), role="feature", index=1)
    w2 = sketch.value("w2", stream.uniform(-1, 1), (0.0, 416.0), role="parameter")
    b = sketch.value("b", 0.0, (370.0, 450.0), role="parameter")
    first = sketch.op("mul", (w1, x1), (200.0, 66.0), label="w1*x1")
    second = sketch.op("mul", (w2, x2), (200.0, 356.0), label="w2*x2")
    n = sketch.op("add", (first, second, b), (520.0, 220.0), label="n")
    sketch.op("relu", (n,), (710.0, 220.0), label="out")
    return finished(sketch)


def quadratic_descent() -> Document:
    """Return the loss (x − 3)² with x to be trained from −1."""
    sketch = Sketch()
    x = sketch.value("x", -1.0, (0.0, 0.0), role="parameter")
    three = sketch.value("3", 3.0, (0.0, 126.0))
    gap = sketch.op("sub", (x, three), (200.0, 63.0 + DROP), label="x - 3")
    sketch.op("power", (gap,), (370.0, 63.0 + DROP), label="loss", marks=("loss",))
    sketch.note(QUADRATIC_DESCENT, (200.0, 180.0), (270.0, 104.0))
    return trained_at(finished(sketch), learning_rate=0.1)


def moons() -> Document:
    """Return micrograd's demo: two moons, a network of 337 parameters, the hinge loss."""
    return accept(model_document(Model()))


def trained_at(document: Document, **settings: Any) -> Document:
    """Return the document with other training settings."""
    document.apply(accept(properties.set_training(document, **settings)))
    return document


def numbers_by_label(document: Document) -> Mapping[str, float]:
    """Return the number of every labelled leaf."""
    return {node.label: node.value for node in document.nodes() if node.is_leaf and node.label}
