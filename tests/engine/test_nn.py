"""Networks of `Value`s draw micrograd's weights and print and answer as micrograd's do."""

import random

import pytest

from engine import Value
from engine.nn import MLP, Layer, Module, Neuron


def numbers(module: Module) -> list[float]:
    return [parameter.data for parameter in module.parameters()]


def test_a_neuron_draws_its_weights_and_starts_with_bias_0() -> None:
    random.seed(1337)
    assert numbers(Neuron(2)) == [0.23550571390294128, 0.06653114721000164, 0]


def test_a_network_draws_weights_neuron_by_neuron() -> None:
    random.seed(1337)
    drawn = numbers(MLP(2, [3, 1]))
    random.seed(1337)
    neurons = [[*(random.uniform(-1, 1) for _ in range(n)), 0] for n in (2, 2, 2, 3)]
    assert drawn == [number for neuron in neurons for number in neuron]


def test_the_lectures_network_draws_each_bias_after_its_weights() -> None:
    random.seed(1337)
    drawn = numbers(MLP.lecture(3, [4, 4, 1]))
    random.seed(1337)
    assert drawn == [random.uniform(-1, 1) for _ in range(41)]


def test_modules_print_as_in_micrograd() -> None:
    assert repr(Neuron(2)) == "ReLUNeuron(2)"
    assert repr(Neuron(2, nonlin=False)) == "LinearNeuron(2)"
    assert repr(Layer(2, 2)) == "Layer of [ReLUNeuron(2), ReLUNeuron(2)]"
    assert repr(MLP(1, [2, 1])) == (
        "MLP of [Layer of [ReLUNeuron(1), ReLUNeuron(1)], Layer of [LinearNeuron(2)]]"
    )
    assert repr(MLP.lecture(1, [1])) == "MLP of [Layer of [TanhNeuron(1)]]"


def test_only_the_last_layer_is_linear() -> None:
    network = MLP(2, [3, 2, 1])
    nonlin = [[neuron.nonlin for neuron in layer.neurons] for layer in network.layers]
    assert nonlin == [[True] * 3, [True] * 2, [False]]


def test_the_lectures_network_ends_in_tanh() -> None:
    out = MLP.lecture(3, [4, 4, 1])([2.0, 3.0, -1.0])
    assert out._op == "tanh"
    assert -1 < out.data < 1


@pytest.mark.parametrize(
    ("network", "parameters"), [((2, [16, 16, 1]), 337), ((3, [4, 4, 1]), 41)]
)
def test_a_network_has_the_parameters_that_its_sizes_ask_for(
    network: tuple[int, list[int]], parameters: int
) -> None:
    assert len(MLP(*network).parameters()) == parameters
    assert len(MLP.lecture(*network).parameters()) == parameters


def test_a_neuron_is_a_weighted_sum_through_its_activation() -> None:
    random.seed(1337)
    neuron = Neuron(2)
    w, v = (weight.data for weight in neuron.w)
    assert neuron([1.0, -2.0]).data == pytest.approx(w - 2 * v, rel=1e-15)
    assert neuron([-1.0, 2.0]).data == 0
    assert Neuron(1, activation="sigmoid")([0.0]).data == 0.5


def test_a_layer_answers_with_a_list_unless_it_is_one_neuron() -> None:
    assert isinstance(Layer(2, 1)([1.0, 2.0]), Value)
    assert len(Layer(2, 3)([1.0, 2.0])) == 3


def test_a_single_neuron_can_feed_the_next_layer() -> None:
    assert len(MLP(2, [1, 3])([1.0, 2.0])) == 3


def test_zero_grad_forgets_the_gradients_of_all_parameters() -> None:
    random.seed(1337)
    network = MLP(2, [3, 1])
    network([1.0, -2.0]).backward()
    assert any(parameter.grad for parameter in network.parameters())
    network.zero_grad()
    assert not any(parameter.grad for parameter in network.parameters())


def test_a_module_without_parameters_has_none() -> None:
    assert Module().parameters() == []
