"""Programs written for micrograd, traced once, give their own numbers again and again."""

import random

import numpy as np
import pytest

import engine
from engine import Value
from engine.errors import EngineError
from engine.nn import MLP
from engine.run import compiled
from engine.run.traced import Traced

XS = [[2.0, 3.0, -1.0], [3.0, -1.0, 0.5], [0.5, 1.0, 1.0], [1.0, 1.0, -1.0]]
YS = [1.0, -1.0, -1.0, 1.0]


def lecture(network: MLP) -> Value:
    """Return the lecture's loss over its four points: 398 scalars."""
    return sum(((network(x) - y) ** 2 for x, y in zip(XS, YS, strict=True)), Value(0))


@pytest.fixture(params=["numpy", "numba"])
def runner(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Run a test without, and with, compiled kernels."""
    if request.param == "numba":
        request.getfixturevalue("kernels")
    else:
        monkeypatch.setattr(compiled, "_loaded", [])
    return str(request.param)


@pytest.mark.usefixtures("runner")
def test_twenty_steps_of_the_lecture_are_those_of_its_loop() -> None:
    random.seed(7)
    network = MLP.lecture(3, [4, 4, 1])
    traced = engine.compile(lecture(network), network.parameters())
    losses = traced.steps([0.1] * 20)
    for k in range(20):
        loss = lecture(network)
        assert losses[k] == pytest.approx(loss.data, rel=1e-12)
        network.zero_grad()
        loss.backward()
        for parameter in network.parameters():
            parameter.data += -0.1 * parameter.grad
    expected = [parameter.data for parameter in network.parameters()]
    assert traced.parameters.tolist() == pytest.approx(expected, rel=1e-10)


@pytest.mark.usefixtures("runner")
def test_gradients_are_those_of_value_and_can_be_written_back() -> None:
    random.seed(1337)
    network = MLP(2, [4, 1])
    loss = (network([Value(0.5), Value(-2.0)]) ** 3).exp() + network.parameters()[0].log()
    loss.backward()
    expected = [parameter.grad for parameter in network.parameters()]
    traced = engine.compile(loss, network.parameters())
    assert traced.forward() == pytest.approx(loss.data, rel=1e-13, nan_ok=True)
    assert traced.backward().tolist() == pytest.approx(expected, rel=1e-12)
    network.zero_grad()
    traced.write_back()
    assert [parameter.grad for parameter in network.parameters()] == traced.gradient.tolist()


@pytest.mark.usefixtures("runner")
def test_parameters_can_be_set_and_stepped_one_at_a_time() -> None:
    x = Value(0.0)
    traced = engine.compile((x - 3) ** 2, [x])
    traced.parameters = np.array([1.0])
    assert traced.step(0.25) == 4.0
    assert traced.parameters.tolist() == [2.0]
    assert traced.forward() == 1.0


@pytest.mark.usefixtures("runner")
def test_a_deep_chain_needs_no_recursion() -> None:
    x = value = Value(1.0)
    for _step in range(5_000):
        value = (value * 1.0001).tanh()
    traced = Traced(value, [x])
    value.backward()
    assert traced.forward() == pytest.approx(value.data, rel=1e-11)
    assert traced.backward()[0] == pytest.approx(x.grad, rel=1e-9)


def test_what_cannot_be_traced_is_refused_in_words() -> None:
    x, stranger = Value(1.0), Value(2.0)
    with pytest.raises(EngineError, match="depends on no leaf"):
        engine.compile(x * 2, [stranger])
    own = x * 2
    own._backward = lambda: None
    with pytest.raises(EngineError, match="derivative of its own"):
        engine.compile(own + 1, [x])
