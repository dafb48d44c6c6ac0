"""Of a gradient that is 0 the ancestor is named that lets nothing through."""

import numpy as np
import pytest

from engine.errors import accept
from engine.explain.questions import Answer, Question
from engine.explain.why import answer
from engine.graph import properties, verbs
from engine.graph.document import Document
from engine.graph.models import Model, insert_model
from engine.graph.records import DataSettings
from engine.run.evaluate import evaluate
from engine.train.samples import load_samples
from tests.engine.explain.test_describe import labelled, made, set_number
from tests.engine.explain.test_why import asked


def words(told: Answer) -> list[str]:
    return [sentence.text for sentence in told.gone]


def graph(*expressions: str, **numbers: float) -> Document:
    document = made(*expressions)
    for label, number in numbers.items():
        set_number(document, label, number)
    return document


def test_a_dead_relu_is_named_from_any_node_before_it() -> None:
    document = graph("n = w*x", "h = relu(n)", "L = h*v", w=2.0, x=-3.0, v=1.5)
    for label in ("w", "x", "n"):
        told = asked(document, "gradient", label)
        assert told.gone_words == "Why did my gradient disappear?"
        assert words(told) == [
            "It is lost at h, for it is dead: its input n = −6.0 is not above 0."
        ]
        h = labelled(document, "h")
        assert told.gone[0].onward == Question("wire", h, document.node(h).ports[0])
    assert not asked(document, "gradient", "h").gone


@pytest.mark.parametrize("squash", ["tanh", "sigmoid"])
def test_a_saturated_squash_is_named_though_a_little_is_left(squash: str) -> None:
    document = graph("n = w*x", f"h = {squash}(n)", "L = h*v", w=10.0, x=2.0, v=1.0)
    told = asked(document, "gradient", "w")
    [sentence] = words(told)
    assert sentence.startswith("It is lost at h, for it is saturated: with an input n = 20.0")


def test_a_factor_of_zero_is_named() -> None:
    document = graph("p = a*b", "L = p + c", a=1.0, b=0.0, c=1.0)
    assert words(asked(document, "gradient", "a")) == [
        "It is lost at p, for its other factor, b, is 0.0."
    ]


def test_what_comes_before_the_zero_does_not_hide_it() -> None:
    document = graph("q = relu(a)", "p = q*b", "L = p + c", a=1.0, b=0.0, c=1.0)
    assert words(asked(document, "gradient", "a")) == [
        "It is lost at p, for its other factor, b, is 0.0."
    ]


def test_ways_that_cancel_are_told_with_their_amounts() -> None:
    document = graph("p = 2*a", "q = 2*a", "L = p - q", a=1.0)
    [sentence] = words(asked(document, "gradient", "a"))
    assert sentence == "At a its ways cancel each other: 2.0 + −2.0 = 0.0."


def test_every_way_that_is_shut_is_told_and_of_many_how_many_more() -> None:
    text = " + ".join(f"relu(w*k{k})" for k in range(6))
    document = graph(f"L = {text}", w=1.0, **{f"k{k}": -1.0 - k for k in range(6)})
    found = words(asked(document, "gradient", "w"))
    assert len(found) == 3
    assert found[-1] == "It is lost in 4 more places."


def test_a_long_way_of_small_steps_is_no_single_ops_fault() -> None:
    document = graph(
        "a = w*f1",
        "b = a*f2",
        "c = b*f3",
        "d = c*f4",
        "L = d*f5",
        w=1.0,
        **{f"f{k}": 0.05 for k in range(1, 6)},
    )
    [sentence] = words(asked(document, "gradient", "w"))
    assert sentence == "Each of 5 steps back from L makes it smaller."


def test_a_gradient_that_is_there_has_not_disappeared() -> None:
    document = graph("L = a*b", a=2.0, b=3.0)
    told = asked(document, "gradient", "a")
    assert not told.gone
    assert not told.gone_words


@pytest.fixture
def network() -> Document:
    document = Document()
    data = DataSettings("moons", samples=20)
    model = Model((2, 1), activation="relu", data=data)
    document.apply(accept(insert_model(document, model)))
    return document


def over_batch(document: Document, node: int) -> Answer:
    samples = accept(load_samples(document.data, document.seeds))
    result = evaluate(document, data=samples, scope="batch")
    return answer(document, result, Question("gradient", node), samples)


def test_a_unit_that_is_dead_for_all_samples_is_told_with_the_range_of_its_input(
    network: Document,
) -> None:
    relu = next(node.id for node in network.nodes() if node.op == "relu")
    [summed] = network.inputs(relu)
    bias = next(n for n in network.inputs(summed) if network.node(n).is_leaf)
    network.apply(accept(properties.set_value(network, bias, -1000.0)))
    [sentence] = words(over_batch(network, bias))
    assert sentence.startswith(f"It is lost at {network.name(relu)} for each of 20 samples")
    samples = accept(load_samples(network.data, network.seeds))
    values = [evaluate(network, data=samples, sample=k).number(summed) for k in range(20)]
    assert f"−{abs(np.min(values)):.5g} to −{abs(np.max(values)):.5g}" in sentence


def test_samples_that_cancel_each_other_are_told() -> None:
    document = Document()
    data = DataSettings("moons", samples=20)
    document.apply(accept(insert_model(document, Model((1,), data=data))))
    bias = document.next_id
    document.apply(verbs.add_value(document, (0, 0), value=1.0, label="s", role="parameter"))
    document.apply(accept(verbs.add_op(document, "mul", (0, 0), label="m")))
    product = document.next_id - 1
    target = next(n.id for n in document.nodes() if n.is_leaf and n.role == "target")
    document.apply(accept(verbs.connect(document, bias, product)))
    document.apply(accept(verbs.connect(document, target, product)))
    document.apply(accept(properties.set_mark(document, product, "backward")))
    [sentence] = words(over_batch(document, bias))
    assert sentence == "At s what the 20 samples bring adds up to nothing."
