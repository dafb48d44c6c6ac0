"""The lecture's way back, node by node in the stepper: in order, and in orders that are wrong."""

import pytest
from PySide6.QtWidgets import QToolButton

from tests.flows.learner import Learner

NOTHING, HALF = "", "∂ 0.5"
LECTURES_ORDER = ("o", "n", "b", "x1*w1 + x2*w2", "x2*w2", "x1*w1")


class Stepping:
    """The learner at the stepper."""

    def __init__(self, learner: Learner) -> None:
        self.learner = learner
        self.stepper = learner.window.stepper

    def begin(self) -> None:
        self.learner.press("S", "Control", "Alt")
        assert self.stepper.strip.isVisible()

    def by_hand(self) -> None:
        """Choose "By hand" in the card of the order."""
        self.begin()
        self.learner.click(self.stepper.strip.order)
        buttons = self.stepper.order.findChildren(QToolButton)
        [button] = [one for one in buttons if one.text() == "By hand"]
        self.learner.click(button)

    def fire(self, label: str) -> str:
        """Click a card; return what the card of the order says of it."""
        at = self.learner.canvas.item_rect(self.learner.node(label)).center()
        self.learner.hands.click(at)
        return self.stepper.order.sentence.text()

    def step(self) -> str:
        """Press F10; return what the strip says of that."""
        self.learner.press("F10")
        return self.stepper.strip.what.text()

    def steps_until(self, words: str) -> list[str]:
        """Press F10 until the strip says something; return all it said."""
        said = [self.step()]
        while words not in said[-1]:
            assert len(said) < 99, said
            said.append(self.step())
        return said


@pytest.fixture
def stepping(learner: Learner) -> Stepping:
    return Stepping(learner)


def test_8_the_neuron_is_fired_by_hand_as_the_lecture_calls_backward(
    learner: Learner, stepping: Stepping
) -> None:
    learner.open_example("The neuron in steps")
    stepping.by_hand()
    assert learner.card("o") == ("0.7071", "∂ 1.0")
    assert learner.card("n") == ("0.8814", NOTHING)
    seen = {}
    for label in LECTURES_ORDER:
        stepping.fire(label)
        seen[label] = learner.cards()
    assert seen["o"] == {"o": "∂ 1.0", "n": HALF}
    assert seen["n"] == seen["o"] | {"x1*w1 + x2*w2": HALF, "b": HALF}
    assert seen["b"] == seen["n"]  # a leaf sends nothing on
    assert seen["x1*w1 + x2*w2"] == seen["n"] | {"x1*w1": HALF, "x2*w2": HALF}
    assert seen["x2*w2"] == seen["x1*w1 + x2*w2"] | {"x2": HALF, "w2": "∂ 0.0"}
    assert seen["x1*w1"] == seen["x2*w2"] | {"x1": "∂ −1.5", "w1": "∂ 1.0"}
    assert stepping.stepper.order.verdict.text().startswith("All gradients are right")


def test_8_an_order_that_is_wrong_gives_wrong_gradients_and_says_which_rule_it_broke(
    learner: Learner, stepping: Stepping
) -> None:
    learner.open_example("The neuron in steps")
    right = {label: learner.exact(label)[1] for label in ("x1", "w1", "x2", "b")}
    stepping.by_hand()
    said = stepping.fire("n")
    assert said.startswith("n fired before o had sent its part: its gradient was 0 then")
    for label in ("o", "x1*w1 + x2*w2", "x1*w1", "x2*w2"):
        stepping.fire(label)
    for label, gradient in right.items():
        assert gradient != 0.0
        assert learner.card(label)[1] == "∂ 0.0"
    assert stepping.stepper.order.verdict.text().startswith("7 gradients are wrong")
    learner.press("S", "Control", "Alt")
    assert {label: learner.exact(label)[1] for label in right} == right


def test_8_stepping_takes_the_same_way_by_the_rules(learner: Learner, stepping: Stepping) -> None:
    learner.open_example("The neuron in steps")
    right = {label: learner.exact(label) for label in (*LECTURES_ORDER, "x1", "w1", "x2", "w2")}
    stepping.begin()
    assert learner.cards() == {}
    assert learner.card("o")[0] == NOTHING
    said = stepping.steps_until("x1.grad")
    assert said[-1] == "x1.grad: 0 → −1.5 · w1.grad: 0 → 1"
    learner.press("F10", "Control", "Shift")
    assert "x1" not in learner.cards()
    learner.press("F11", "Shift")
    for label, numbers in right.items():
        assert learner.exact(label) == pytest.approx(numbers, rel=1e-12)


def test_9_a_plus_a_gathers_its_gradient_from_both_wires(
    learner: Learner, stepping: Stepping
) -> None:
    learner.enter("a=3")
    learner.enter("b = a + a")
    stepping.begin()
    assert stepping.steps_until("a.grad") == [
        "a = 3",
        "b = 6",
        "b.grad = 1",
        "a.grad: 0 → 1 → 2",
    ]
    assert learner.exact("a") == (3.0, 2.0)
    assert learner.card("a") == ("3.0", "∂ 2.0")


def test_10_what_comes_back_by_two_ways_is_added_step_by_step(
    learner: Learner, stepping: Stepping
) -> None:
    for line in ("a=-2", "b=3", "d = a*b", "e = a + b", "f = d*e"):
        learner.enter(line)
    assert learner.drawn() == (8, 9)
    stepping.begin()
    said = stepping.steps_until("→ −3")
    assert said[5:] == [
        "f.grad = 1",
        "d.grad: 0 → 1 · e.grad: 0 → −6",
        "a.grad: 0 → −6 · b.grad: 0 → −6",
        "a.grad: 0 → −6 → −3 · b.grad: 0 → −6 → −8",
    ]
    told = {label: learner.exact(label) for label in "abdef"}
    assert told == {
        "a": (-2.0, -3.0),
        "b": (3.0, -8.0),
        "d": (-6.0, 1.0),
        "e": (1.0, -6.0),
        "f": (-6.0, 1.0),
    }
