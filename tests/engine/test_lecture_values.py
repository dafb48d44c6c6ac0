"""The lecture's worked examples, number by number, through `Value`.

Expected numbers are the printed output of the lecture notebooks and of micrograd's repository,
or the same formulas computed in plain Python; they hold within 1e-12, counts exactly.
"""

import math
import random
from collections.abc import Callable
from types import SimpleNamespace

import numpy as np
import pytest

from engine import Value
from engine.nn import MLP, Neuron
from engine.train.datasets import DATASETS

BIAS = 6.8813735870195432
XS = [[2.0, 3.0, -1.0], [3.0, -1.0, 0.5], [0.5, 1.0, 1.0], [1.0, 1.0, -1.0]]
YS = [1.0, -1.0, -1.0, 1.0]


def close(expected: float) -> object:
    return pytest.approx(expected, rel=1e-12, abs=1e-15)


def trace(root: Value) -> tuple[set[Value], set[tuple[Value, Value]]]:
    """Collect values and edges as the lecture's drawing does."""
    nodes: set[Value] = set()
    edges: set[tuple[Value, Value]] = set()
    todo = [root]
    while todo:
        value = todo.pop()
        if value not in nodes:
            nodes.add(value)
            edges |= {(child, value) for child in value._prev}
            todo.extend(value._prev)
    return nodes, edges


def drawing(root: Value) -> tuple[int, int]:
    """Count the boxes and arrows of the lecture's drawing: an op is a box beside its value."""
    nodes, edges = trace(root)
    ops = sum(bool(value._op) for value in nodes)
    return len(nodes) + ops, len(edges) + ops


def parabola(x: float) -> float:
    value = Value(x)
    return (3 * value**2 - 4 * value + 5).data


def slope(f: Callable[[float], float], x: float, h: float) -> float:
    return (f(x + h) - f(x)) / h


def tanh_neuron(
    bias: float = BIAS, activation: Callable[[Value], Value] = Value.tanh
) -> SimpleNamespace:
    """Build the lecture's neuron with two inputs and go backward from its output."""
    x1, x2 = Value(2.0, label="x1"), Value(0.0, label="x2")
    w1, w2 = Value(-3.0, label="w1"), Value(1.0, label="w2")
    b = Value(bias, label="b")
    x1w1, x2w2 = x1 * w1, x2 * w2
    total = x1w1 + x2w2
    n = total + b
    o = activation(n)
    return SimpleNamespace(**locals())


def by_exponentials(n: Value) -> Value:
    e = (2 * n).exp()
    return (e - 1) / (e + 1)


def check_leaf_gradients(g: SimpleNamespace) -> None:
    found = [leaf.grad for leaf in (g.x1, g.x2, g.w1, g.w2, g.b)]
    assert found == [close(-1.5), close(0.5), close(1.0), close(0.0), close(0.5)]


# 1. A parabola and its slope


def test_the_parabola_is_20_at_3() -> None:
    assert parabola(3.0) == 20.0


def test_the_parabolas_slope_comes_out_of_small_steps() -> None:
    assert slope(parabola, 2 / 3, 1e-6) == close(2.999378523327323e-06)
    assert slope(parabola, 3.0, 1e-3) == close(14.00300000000243)
    assert slope(parabola, 3.0, 1e-6) == close(14.000003002223593)
    assert slope(parabola, -3.0, 1e-6) == pytest.approx(-21.999997, rel=1e-9)


def test_the_parabolas_gradient_is_the_exact_slope() -> None:
    for x, expected in ((3.0, 14.0), (-3.0, -22.0), (2 / 3, 0.0)):
        value = Value(x)
        (3 * value**2 - 4 * value + 5).backward()
        assert value.grad == close(expected)


# 2. An expression of three inputs


@pytest.mark.parametrize(
    ("nudged", "expected"),
    [("a", -3.000000000010772), ("b", 2.0000000000042206), ("c", 0.9999999999976694)],
)
def test_a_nudge_of_one_input_shows_its_slope(nudged: str, expected: float) -> None:
    def d(**moved: float) -> float:
        given = {"a": 2.0, "b": -3.0, "c": 10.0}
        given |= {name: given[name] + step for name, step in moved.items()}
        a, b, c = (Value(number) for number in given.values())
        return (a * b + c).data

    assert d() == 4.0
    assert d(c=1e-4) == close(4.0001)
    assert (d(**{nudged: 1e-4}) - d()) / 1e-4 == close(expected)


# 3 to 5. The graph of L


def graph_of_l(nudge: float = 0.0, **slopes: float) -> dict[str, Value]:
    """Build the lecture's L, with leaves moved by `nudge` times the slopes given."""
    leaves = {"a": 2.0, "b": -3.0, "c": 10.0, "f": -2.0}
    v = {name: Value(x + nudge * slopes.get(name, 0.0), label=name) for name, x in leaves.items()}
    v["e"] = v["a"] * v["b"]
    v["d"] = v["e"] + v["c"]
    v["L"] = v["d"] * v["f"]
    return v


def test_the_graph_of_l_has_the_lectures_values_and_gradients() -> None:
    v = graph_of_l()
    assert (v["e"].data, v["d"].data, repr(v["L"])) == (-6.0, 4.0, "Value(data=-8.0, grad=0)")
    v["L"].backward()
    found = {name: value.grad for name, value in v.items()}
    assert found == {"L": 1, "f": 4, "d": -2, "c": -2, "e": -2, "a": 6, "b": -4}


def test_the_graph_of_l_is_drawn_with_10_boxes_and_9_arrows() -> None:
    assert drawing(graph_of_l()["L"]) == (10, 9)


def test_a_step_along_the_gradient_raises_l() -> None:
    v = graph_of_l()
    v["L"].backward()
    moved = graph_of_l(0.01, **{name: v[name].grad for name in "abcf"})
    assert moved["L"].data == close(-7.286496)


def test_a_small_step_of_b_shows_its_gradient() -> None:
    found = (graph_of_l(0.001, b=1.0)["L"].data - graph_of_l()["L"].data) / 0.001
    assert found == close(-3.9999999999995595)


# 6. tanh as it is plotted


def test_the_plot_of_tanh_is_tanh() -> None:
    for x in np.arange(-5, 5, 0.2):
        e = math.exp(2 * x)
        assert Value(x).tanh().data == close((e - 1) / (e + 1))


# 7, 8, 11, 12. The neuron


def test_the_neuron_has_the_lectures_values() -> None:
    g = tanh_neuron()
    assert [g.x1w1.data, g.x2w2.data, g.total.data] == [-6.0, 0.0, -6.0]
    assert g.n.data == close(0.8813735870195432)
    assert g.o.data == close(0.7071067811865476)
    assert 1 - g.o.data**2 == close(0.4999999999999999)
    assert drawing(g.o) == (15, 14)


def test_the_neuron_has_the_lectures_gradients() -> None:
    g = tanh_neuron()
    g.o.backward()
    assert g.o.grad == 1
    assert [v.grad for v in (g.n, g.total, g.x1w1, g.x2w2)] == [close(0.5)] * 4
    check_leaf_gradients(g)


def test_the_neuron_is_sorted_with_inputs_first() -> None:
    g = tanh_neuron()
    order = g.o._sorted()
    assert sorted(value.data for value in order) == pytest.approx(
        [-6.0, -6.0, -3.0, 0.0, 0.0, 0.7071067811865476, 0.8813735870195432, 1.0, 2.0, BIAS]
    )
    assert all(order.index(x) < order.index(value) for value in order for x in value.inputs)


def test_the_neuron_can_go_backward_by_hand() -> None:
    g = tanh_neuron()
    g.o.grad = 1.0
    for value in (g.o, g.n, g.b, g.total, g.x2w2, g.x1w1):
        value._backward()
    check_leaf_gradients(g)


def test_tanh_taken_apart_into_exponentials_gives_the_same_gradients() -> None:
    g = tanh_neuron(activation=by_exponentials)
    g.o.backward()
    assert g.o.data == close(0.7071067811865476)
    check_leaf_gradients(g)
    assert drawing(g.o) == (28, 28)


def test_tanh_taken_apart_has_the_lectures_inner_numbers() -> None:
    g = tanh_neuron(activation=by_exponentials)
    g.o.backward()
    expected = [
        (1.7627, 0.2500),
        (5.8284, 0.0429),
        (4.8284, 0.1464),
        (6.8284, -0.1036),
        (0.1464, 4.8284),
        (2.0, 0.2203),
        (-1.0, 0.1464),
        (1.0, -0.1036),
    ]
    found = [(round(v.data, 4), round(v.grad, 4)) for v in trace(g.o)[0]]
    assert all(pair in found for pair in expected)


def test_a_bias_rounded_to_single_precision_gives_the_numbers_pytorch_printed() -> None:
    g = tanh_neuron(bias=float(np.float32(BIAS)))
    g.o.backward()
    assert g.o.data == close(0.7071066904050358)
    assert g.x2.grad == close(0.5000001283844369)
    assert g.w2.grad == 0.0
    assert g.x1.grad == close(-1.5000003851533106)
    assert g.w1.grad == close(1.0000002567688737)


# 9, 10. Values used twice


def test_a_value_added_to_itself_has_gradient_2() -> None:
    a = Value(3.0)
    b = a + a
    b.backward()
    assert (b.data, a.grad) == (6.0, 2.0)


def test_gradients_of_a_value_used_twice_add_up() -> None:
    a, b = Value(-2.0), Value(3.0)
    d, e = a * b, a + b
    f = d * e
    f.backward()
    assert [v.data for v in (d, e, f)] == [-6.0, 1.0, -6.0]
    assert [v.grad for v in (f, d, e, a, b)] == [1, 1.0, -6.0, -3.0, -8.0]
    assert drawing(f) == (8, 9)


# 13, 14. The network of the notebook


def test_the_notebooks_network_has_the_lectures_size() -> None:
    network = MLP.lecture(3, [4, 4, 1])
    assert len(network.parameters()) == 41
    assert len(trace(network(XS[0]))[0]) == 126
    loss = sum((network(x) - y) ** 2 for x, y in zip(XS, YS, strict=True))
    assert len(trace(loss)[0]) == 398


def test_the_printed_predictions_give_the_printed_loss() -> None:
    printed = [0.9817830812439714, -0.9863881624765284, -0.9766534529377958, 0.9729591216966093]
    loss = sum((Value(p) - y) ** 2 for p, y in zip(printed, YS, strict=True))
    assert loss.data == close(0.0017934086088756394)


def test_twenty_steps_of_the_notebooks_loop_learn_the_four_points() -> None:
    random.seed(1)
    network = MLP.lecture(3, [4, 4, 1])
    losses = []
    for _ in range(20):
        loss = sum((network(x) - y) ** 2 for x, y in zip(XS, YS, strict=True))
        for p in network.parameters():
            p.grad = 0.0
        loss.backward()
        for p in network.parameters():
            p.data += -0.1 * p.grad
        losses.append(loss.data)
    assert losses[-1] < 0.1 < losses[0]


# 15, 16. micrograd's repository


def test_the_readme_of_micrograd_gives_its_numbers() -> None:
    a, b = Value(-4.0), Value(2.0)
    c = a + b
    d = a * b + b**3
    c += c + 1
    c += 1 + c + (-a)
    d += d * 2 + (b + a).relu()
    d += 3 * d + (b - a).relu()
    e = c - d
    f = e**2
    g = f / 2.0
    g += 10.0 / f
    assert g.data == close(24.70408163265306)
    g.backward()
    assert a.grad == close(138.83381924198252)
    assert b.grad == close(645.5772594752186)


def test_the_sanity_check_of_micrograd_gives_its_numbers() -> None:
    x = Value(-4.0)
    z = 2 * x + 2 + x
    q = z.relu() + z * x
    h = (z * z).relu()
    y = h + q + q * x
    y.backward()
    assert (y.data, x.grad) == (-20.0, 46.0)


def test_the_first_drawing_of_micrograd_has_its_numbers() -> None:
    x = Value(1.0)
    y = (x * 2 + 1).relu()
    y.backward()
    assert (y.data, x.grad) == (3.0, 2.0)


def test_the_drawn_neuron_of_micrograd_has_its_numbers() -> None:
    random.seed(1337)
    neuron = Neuron(2)
    x = [Value(1.0), Value(-2.0)]
    y = neuron(x)
    y.backward()
    w = [0.23550571390294128, 0.06653114721000164]
    assert [p.data for p in neuron.parameters()] == [*w, 0]
    assert y.data == close(0.102443419482938)
    assert [p.grad for p in neuron.parameters()] == [1.0, -2.0, 1.0]
    assert [v.grad for v in x] == w


# 17. The demo: moons


def test_the_first_loss_of_the_moons_demo_is_the_demos() -> None:
    """One step of the whole notebook, which takes micrograd itself about as long."""
    inputs, labels = DATASETS["moons"].generate(100, 0.1, 1337)
    random.seed(1337)
    model = MLP(2, [16, 16, 1])
    scores = [model([Value(x) for x in row]) for row in inputs]
    losses = [(1 + -y * score).relu() for y, score in zip(labels, scores, strict=True)]
    data_loss = sum(losses) * (1.0 / len(losses))
    total = data_loss + 1e-4 * sum(p * p for p in model.parameters())
    assert total.data == close(0.8958441028683222)
    assert len(total._sorted()) == 65_818
