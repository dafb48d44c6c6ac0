"""Why a number is what it is, asked by a click on it in each of the lecture's graphs."""

from tests.flows.learner import Learner

CHAIN = {
    "a": "∂L/∂a = b · ∂L/∂e = −3.0 × −2.0 = 6.0",
    "b": "∂L/∂b = a · ∂L/∂e = 2.0 × −2.0 = −4.0",
    "c": "∂L/∂c = 1 · ∂L/∂d = 1.0 × −2.0 = −2.0",
    "e": "∂L/∂e = 1 · ∂L/∂d = 1.0 × −2.0 = −2.0",
    "d": "∂L/∂d = f · ∂L/∂L = −2.0 × 1.0 = −2.0",
    "f": "∂L/∂f = d · ∂L/∂L = 4.0 × 1.0 = 4.0",
    "L": "∂L/∂L = 1.0",
}
NEURON = {
    "x1": "∂o/∂x1 = w1 · ∂o/∂(x1*w1) = −3.0 × 0.5 = −1.5",
    "w1": "∂o/∂w1 = x1 · ∂o/∂(x1*w1) = 2.0 × 0.5 = 1.0",
    "x2": "∂o/∂x2 = w2 · ∂o/∂(x2*w2) = 1.0 × 0.5 = 0.5",
    "w2": "∂o/∂w2 = x2 · ∂o/∂(x2*w2) = 0.0 × 0.5 = 0.0",
    "b": "∂o/∂b = 1 · ∂o/∂n = 1.0 × 0.5 = 0.5",
    "n": "∂o/∂n = (1 − o²) · ∂o/∂o = (1 − 0.70711²) × 1.0 = 0.5 × 1.0 = 0.5",
}
TWO_WAYS = {
    "a": ("3.0 × 1.0 = 3.0", "1.0 × −6.0 = −6.0", "= 3.0 + (−6.0) = −3.0"),
    "b": ("−2.0 × 1.0 = −2.0", "1.0 × −6.0 = −6.0", "= −2.0 + (−6.0) = −8.0"),
    "d": ("∂f/∂d = e · ∂f/∂f = 1.0 × 1.0 = 1.0",),
    "e": ("∂f/∂e = d · ∂f/∂f = −6.0 × 1.0 = −6.0",),
}


def test_3_every_gradient_of_the_chain_says_its_law_with_names_and_numbers(
    learner: Learner,
) -> None:
    learner.open_example("The chain rule")
    assert {label: learner.why(label) for label in CHAIN} == CHAIN
    assert learner.why("L", "value") == "L = d · f = 4.0 × −2.0 = −8.0"


def test_7_so_does_every_gradient_of_the_neuron(learner: Learner) -> None:
    learner.open_example("The neuron in steps")
    assert {label: learner.why(label) for label in NEURON} == NEURON
    assert learner.why("o", "value") == "o = tanh(n) = tanh(0.88137) = 0.70711"


def test_9_a_plus_a_has_a_part_for_each_wire_and_their_sum(learner: Learner) -> None:
    learner.enter("a=3")
    learner.enter("b = a + a")
    learner.press("F")
    part = "1 · ∂b/∂b = 1.0 × 1.0 = 1.0"
    told = f"{part} {part} ∂b/∂a = 1 · ∂b/∂b + 1 · ∂b/∂b = 1.0 + 1.0 = 2.0"
    assert learner.why("a") == told


def test_10_what_comes_by_two_ways_is_told_way_by_way(learner: Learner) -> None:
    learner.open_example("Two values, two ways")
    for label, parts in TWO_WAYS.items():
        told = learner.why(label)
        assert all(part in told for part in parts), told


def test_11_the_gradient_of_the_power_is_the_rule_of_powers(learner: Learner) -> None:
    learner.open_example("tanh from exp")
    assert learner.why("e + 1") == (
        "∂o/∂(e + 1) = −1 · (e + 1)⁻² · ∂o/∂(1/(e + 1))"
        " = −1 · 6.8284⁻² × 4.8284 = −0.021447 × 4.8284 = −0.10355"
    )
    assert learner.why("e").endswith("= 0.14645 + (−0.10355) = 0.042893")
