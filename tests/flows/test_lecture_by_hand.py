"""The lecture's graphs, built and read by hand in the window: all it prints is found there.

Each test is one of its examples, by typing, by mouse, by pasting its program, or from the welcome
page. Slopes, the way back and planted bugs have files of their own beside this one.
"""

import math

import pytest

from tests.flows.learner import Learner

NEURON = (
    *("x1=2", "w1=-3", "x2=0", "w2=1", "b=6.8813735870195432"),
    *("x1w1 = x1*w1", "x2w2 = x2*w2", "s = x1w1 + x2w2", "n = s + b"),
)
LEAF_GRADIENTS = {"x1": -1.5, "w1": 1.0, "x2": 0.5, "w2": 0.0, "b": 0.5}
PROGRAM = """
a = Value(2.0, label='a')
b = Value(-3.0, label='b')
c = Value(10.0, label='c')
e = a*b; e.label = 'e'
d = e + c; d.label = 'd'
f = Value(-2.0, label='f')
L = d * f; L.label = 'L'
L.backward()
draw_dot(L)
"""
L_GRADIENTS = {"L": 1, "f": 4, "d": -2, "c": -2, "e": -2, "a": 6, "b": -4}
L_VALUES = {"a": 2, "b": -3, "c": 10, "e": -6, "d": 4, "f": -2, "L": -8}


def near(number: float) -> object:
    return pytest.approx(number, rel=1e-12, abs=1e-15)


def written(number: float) -> str:
    return f"{number:.1f}".replace("-", "−")


def typed_chain(learner: Learner) -> None:
    for line in ("a=2", "b=-3", "c=10", "f=-2", "e = a*b", "d = e + c", "L = d*f"):
        learner.enter(line)
    learner.press("F")


def wired_chain(learner: Learner) -> None:
    """Type values and operations, name them with F2, and wire them by mouse and by Ctrl+L."""
    for line in ("a=2", "b=-3", "c=10", "f=-2"):
        learner.enter(line)
    for name, sign in (("e", "*"), ("d", "+"), ("L", "*")):
        learner.press("Escape")
        learner.enter(sign)
        learner.press("F2")
        learner.enter(name)
    learner.press("F7")
    learner.press("F")
    learner.wire("a", "e", 0)
    learner.wire("b", "e", 1)
    learner.wire("e", "d", 0)
    learner.wire("c", "d", 1)
    learner.connect("d", "L")
    learner.connect("f", "L")


def pasted_chain(learner: Learner) -> None:
    learner.paste(PROGRAM)
    learner.press("F")


def opened_chain(learner: Learner) -> None:
    learner.open_example("The chain rule")


@pytest.mark.parametrize("built", [typed_chain, wired_chain, pasted_chain, opened_chain])
def test_3_the_graph_of_l_has_its_values_its_gradients_and_its_boxes(
    learner: Learner, built
) -> None:
    built(learner)
    for label, number in L_VALUES.items():
        assert learner.exact(label) == (number, L_GRADIENTS[label])
        shown = written(number), f"∂ {written(L_GRADIENTS[label])}"
        assert learner.card(label) == shown
    assert learner.drawn() == (10, 9)


def test_3_the_chain_rule_is_said_where_the_mouse_rests(learner: Learner) -> None:
    typed_chain(learner)
    assert "∂L/∂a = 6.0" in learner.tooltip("a")
    assert "−8 = 4 · (−2)" in learner.tooltip("L")
    assert "local −3.0 × upstream −2.0 = 6.0" in learner.wire_tooltip("e", 0)


def test_4_a_nudge_along_the_gradients_of_the_leaves_makes_l_larger(learner: Learner) -> None:
    typed_chain(learner)
    read = {label: learner.exact(label) for label in "abcf"}
    for label, (value, gradient) in read.items():
        learner.set(label, f"{value} + 0.01*({gradient})")
    value, _gradient = learner.exact("L")
    assert value == near(-7.286496)
    assert learner.card("L")[0] == "−7.286"


def test_7_the_neuron_by_hand(learner: Learner) -> None:
    for line in (*NEURON, "o = tanh(n)"):
        learner.enter(line)
    learner.press("F")
    values = {"x1w1": -6.0, "x2w2": 0.0, "s": -6.0, "n": 0.8813735870195432}
    for label, number in values.items():
        assert learner.exact(label) == (near(number), near(0.5))
        assert learner.card(label)[1] == "∂ 0.5"
    assert learner.exact("o") == (near(0.7071067811865476), 1.0)
    assert learner.card("o") == ("0.7071", "∂ 1.0")
    assert leaf_gradients(learner) == near_all(LEAF_GRADIENTS)
    assert learner.drawn() == (15, 14)
    learner.select("o")
    [_value, local] = learner.window.inspector.node_page.inputs._rows[0]
    assert float(local.toolTip().splitlines()[-1]) == near(0.4999999999999999)


def test_7_the_neuron_in_steps_is_among_the_examples(learner: Learner) -> None:
    learner.open_example("The neuron in steps")
    assert leaf_gradients(learner) == near_all(LEAF_GRADIENTS)
    assert learner.exact("o")[0] == near(0.7071067811865476)
    assert learner.drawn() == (15, 14)


def test_11_tanh_in_exponentials_by_hand(learner: Learner) -> None:
    steps = ("n2 = 2*n", "e = exp(n2)", "em = e + -1", "ep = e + 1", "inv = ep**-1", "o = em*inv")
    for line in (*NEURON, *steps):
        learner.enter(line)
    learner.press("F")
    inner = {
        "n2": ("1.763", "∂ 0.25"),
        "e": ("5.828", "∂ 0.04289"),
        "em": ("4.828", "∂ 0.1464"),
        "ep": ("6.828", "∂ −0.1036"),
        "inv": ("0.1464", "∂ 4.828"),
    }
    assert {label: learner.card(label) for label in inner} == inner
    e = math.exp(2 * 0.8813735870195432)
    assert learner.exact("e") == (near(e), near(0.5 / (2 * e)))
    assert learner.exact("o") == (near((e - 1) / (e + 1)), 1.0)
    assert leaf_gradients(learner) == near_all(LEAF_GRADIENTS)
    constants = {"2.0": "∂ 0.2203", "−1.0": "∂ 0.1464", "1.0": "∂ −0.1036"}
    assert learner.unnamed_leaves() == constants
    assert learner.drawn() == (28, 28)


def test_11_ctrl_shift_e_writes_tanh_out_and_the_leaves_keep_their_gradients(
    learner: Learner,
) -> None:
    for line in (*NEURON, "o = tanh(n)"):
        learner.enter(line)
    learner.select("o")
    learner.press("E", "Control", "Shift")
    assert learner.drawn() == (26, 26)  # with − and ÷, which the lecture writes as + and ·
    assert leaf_gradients(learner) == near_all(LEAF_GRADIENTS)
    learner.press("A", "Control")
    learner.press("E", "Control", "Shift")
    ops = {node.op for node in learner.session.document.nodes() if not node.is_leaf}
    assert ops == {"add", "mul", "exp", "power"}
    assert learner.exact("o") == (near(0.7071067811865476), 1.0)
    assert leaf_gradients(learner) == near_all(LEAF_GRADIENTS)


def test_11_the_graph_is_among_the_examples(learner: Learner) -> None:
    learner.open_example("tanh from exp")
    assert leaf_gradients(learner) == near_all(LEAF_GRADIENTS)
    assert learner.drawn() == (28, 28)


def test_12_the_bias_in_single_precision_gives_the_five_numbers_that_pytorch_prints(
    learner: Learner,
) -> None:
    learner.open_example("The neuron in steps")
    learner.set("b", "6.881373405456543")
    assert_pytorch(learner)


def test_12_the_neuron_as_pytorch_has_it_is_among_the_examples(learner: Learner) -> None:
    learner.open_example("The neuron in PyTorch")
    assert_pytorch(learner)


def assert_pytorch(learner: Learner) -> None:
    assert learner.exact("o")[0] == near(0.7071066904050358)
    printed = {
        "x2": 0.5000001283844369,
        "w2": 0.0,
        "x1": -1.5000003851533106,
        "w1": 1.0000002567688737,
    }
    assert {label: learner.exact(label)[1] for label in printed} == near_all(printed)


def leaf_gradients(learner: Learner) -> dict[str, float]:
    return {label: learner.exact(label)[1] for label in LEAF_GRADIENTS}


def near_all(numbers: dict[str, float]) -> dict[str, object]:
    return {label: near(number) for label, number in numbers.items()}
