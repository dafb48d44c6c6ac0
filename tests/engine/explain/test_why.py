"""Answers say what the tape computed: products, sums and results, for every op and graph."""

import math
import re

import numpy as np
import pytest

from engine import ops
from engine.errors import accept
from engine.exchange.program import insert_text
from engine.explain.questions import Answer, Question, Sentence
from engine.explain.why import answer, as_text, exists
from engine.graph import properties, verbs
from engine.graph.document import Document
from engine.graph.models import Model, insert_model
from engine.graph.records import DataSettings
from engine.ops.writing import latex
from engine.run.evaluate import evaluate
from engine.run.plan import display_plan
from engine.run.tape import Tape
from engine.train.samples import load_samples
from tests.engine.explain.test_describe import made, set_number
from tests.engine.random_graphs import random_graph

GRAPHS, CHUNK = 500, 50


def asked(document: Document, about: str, label: str) -> Answer:
    node = accept(document.find(label))
    return answer(document, evaluate(document), Question(about, node))


def close(one: float, other: float, scale: float = 0.0) -> bool:
    """Whether both are the same, as far as terms of this size can tell, or neither is finite."""
    if not (math.isfinite(one) and math.isfinite(other)):
        return not (math.isfinite(one) or math.isfinite(other))
    return abs(one - other) <= 1e-13 * max(scale, abs(one), abs(other))


# Against the tape --------------------------------------------------------------------------------


@pytest.mark.parametrize("first", range(0, GRAPHS, CHUNK))
def test_products_and_sums_of_random_graphs_are_the_gradients_of_the_tape(first: int) -> None:
    lines = 0
    for seed in range(first, first + CHUNK):
        document = random_graph(seed, size=14)
        result = evaluate(document)
        for node in document.nodes():
            told = answer(document, result, Question("gradient", node.id))
            slope = result.slope(node.id)
            if not result.reached[result.row[node.id]]:
                assert not told.lines
                assert told.gone
                continue
            lines += check_gradient(told, slope)
    assert lines > CHUNK


def check_gradient(told: Answer, slope: float) -> int:
    """Hold each line's product, and the sum of all, against the tape's gradient."""
    checked = 0
    brought = []
    for line in told.lines:
        numbers = [meaning.number for meaning in line.numbers.symbols]
        if line.through and len(numbers) >= 3:
            assert close(numbers[-3] * numbers[-2], numbers[-1]), line.numbers.plain
            brought.append(numbers[-1])
        elif line.through:
            brought.append(line.names.symbols[-1].number)  # and so many more
        checked += 1
    last = told.lines[-1]
    numbers = [meaning.number for meaning in (last.numbers.symbols or last.names.symbols)]
    assert numbers[-1] == slope or math.isnan(slope)
    if brought:
        terms = numbers[:-1]
        scale = math.fsum(map(abs, terms)) if all(map(math.isfinite, terms)) else 1.0
        assert close(sum(terms), slope, scale)
        assert close(sum(brought), sum(terms[-len(brought) :]), scale)
    elif len(numbers) >= 3:
        assert close(numbers[-3] * numbers[-2], slope)
    return checked


@pytest.mark.parametrize("first", range(0, GRAPHS, CHUNK))
def test_values_and_wires_of_random_graphs_are_those_of_the_tape(first: int) -> None:
    for seed in range(first, first + CHUNK):
        document = random_graph(seed, size=14)
        result = evaluate(document)
        for node in document.nodes():
            told = answer(document, result, Question("value", node.id))
            for line in told.lines:
                last = line.numbers.symbols[-1]
                assert last.question == Question("value", node.id)
                np.testing.assert_equal(last.number, result.number(node.id))
                named = {one.question.node for one in line.names.symbols} - {node.id}
                assert named <= set(document.inputs(node.id))
            for port in node.ports:
                wire = result.edge_row[node.id, port]
                told = answer(document, result, Question("wire", node.id, port))
                partial = float(result.partial[wire])
                assert told.words.endswith(f"{told.subject}?")
                local = [m.number for m in told.lines[0].numbers.symbols]
                if local:
                    np.testing.assert_allclose(local[-1], partial, rtol=1e-12, equal_nan=True)
                if result.reached[result.row[node.id]]:
                    brought = told.lines[1].numbers.symbols[-1].number
                    np.testing.assert_equal(brought, float(result.contribution[wire]))


@pytest.mark.parametrize("op", ops.OPS.values(), ids=ops.OPS.keys())
def test_each_derivative_of_each_op_is_written_and_put_into_words(op: ops.Op) -> None:
    document = Document()
    count = 3 if op.variadic else len(op.ports)
    for k in range(count):
        document.apply(verbs.add_value(document, (0, 0), value=0.5 + k, label=f"v{k}"))
    sources = [node.id for node in document.nodes()]
    document.apply(accept(verbs.add_op(document, op.key, (0, 0))))
    made_op = document.next_id - 1
    for source in sources:
        document.apply(accept(verbs.connect(document, source, made_op)))
    result = evaluate(document)
    for port, source in zip(document.node(made_op).ports, sources, strict=True):
        told = answer(document, result, Question("wire", made_op, port))
        assert [line.names.plain for line in told.lines]
        names = told.lines[0].names
        assert set(re.findall(r"#(\w{6})", names.latex)) == {
            f"{k + 1:06x}" for k in range(len(names.symbols))
        }
        assert "{" not in told.sentences[0].text
        gradient = answer(document, result, Question("gradient", source))
        assert gradient.sentences[0].text == told.sentences[0].text


def test_each_op_says_what_a_change_of_each_input_does() -> None:
    for op in ops.OPS.values():
        assert len(op.effects) == len(op.derivatives), op.key
        assert len(op.flat) in (0, len(op.derivatives)), op.key


# The lecture's examples --------------------------------------------------------------------------


def plain(told: Answer) -> list[str]:
    return [part.plain for line in told.lines for part in (line.names, line.numbers) if part.plain]


@pytest.fixture
def product() -> Document:
    """L = d*f with d = e+c and e = a*b."""
    document = made("e = a*b", "d = e + c", "L = d*f")
    for label, number in {"a": 2.0, "b": -3.0, "c": 10.0, "f": -2.0}.items():
        set_number(document, label, number)
    return document


def test_a_gradient_is_the_local_derivative_times_the_upstream_one(product: Document) -> None:
    told = asked(product, "gradient", "a")
    assert told.words == "Why is a.grad = 6.0?"
    assert plain(told) == ["∂L/∂a = b · ∂L/∂e", "= −3.0 × −2.0 = 6.0"]
    assert told.sentences[0] == Sentence("Multiplying by b scales every change of a by −3.0.")
    assert told.sentences[1].text == "The −2.0 is the gradient of e."
    assert told.sentences[1].onward == Question("gradient", accept(product.find("e")))


def test_a_value_is_its_formula_with_names_and_with_numbers(product: Document) -> None:
    told = asked(product, "value", "L")
    assert told.words == "Why is L = −8.0?"
    assert plain(told) == ["L = d · f", "= 4.0 × −2.0 = −8.0"]


def test_what_is_used_twice_adds_up() -> None:
    document = made("d = a*b", "e = a + b", "f = d*e")
    set_number(document, "a", -2.0)
    set_number(document, "b", 3.0)
    told = asked(document, "gradient", "a")
    assert [line.through for line in told.lines] == ["through d", "through e", ""]
    assert plain(told)[-2:] == ["∂f/∂a = b · ∂f/∂d + 1 · ∂f/∂e", "= 3.0 + (−6.0) = −3.0"]
    assert plain(asked(document, "gradient", "b"))[-1] == "= −2.0 + (−6.0) = −8.0"


def test_the_same_value_twice_in_one_op_has_a_gradient_of_two() -> None:
    document = made("b = a + a")
    set_number(document, "a", 3.0)
    assert plain(asked(document, "gradient", "a"))[-1] == "= 1.0 + 1.0 = 2.0"


def test_a_law_of_more_than_a_symbol_is_written_out_before_its_number() -> None:
    document = made("o = tanh(n)")
    set_number(document, "n", 0.8813735870195432)
    told = asked(document, "gradient", "n")
    assert plain(told) == [
        "∂o/∂n = (1 − o²) · ∂o/∂o",
        "= (1 − 0.70711²) × 1.0 = 0.5 × 1.0 = 0.5",
    ]


def test_going_backward_begins_at_the_output(product: Document) -> None:
    told = asked(product, "gradient", "L")
    assert plain(told) == ["∂L/∂L = 1.0"]
    assert told.sentences[0].text.startswith("Going backward begins here")


def test_of_very_many_ways_the_largest_are_told_and_the_rest_as_one() -> None:
    document = made("L = " + " + ".join(f"(a*k{k})*q{k}" for k in range(18)))
    for k in range(18):
        set_number(document, f"k{k}", float(k))
        set_number(document, f"q{k}", 1.0)
    result = evaluate(document)
    node = accept(document.find("a"))
    told = answer(document, result, Question("gradient", node))
    assert told.lines[4].through == "and 14 more"
    assert told.lines[4].names.plain == "91.0"
    assert told.lines[-1].numbers.plain == "= 17.0 + 16.0 + 15.0 + 14.0 + 91.0 = 153.0"
    assert result.slope(node) == 153.0


# What has no number ------------------------------------------------------------------------------


def test_what_is_not_reached_says_where_its_ways_end(product: Document) -> None:
    product.apply(accept(insert_text(product, "g = a*h", (0, 0))))
    product.apply(accept(properties.set_mark(product, accept(product.find("L")), "backward")))
    told = asked(product, "gradient", "h")
    assert told.words == "Why has h no gradient?"
    assert told.gone[0].text == "No gradient: L does not depend on it. Its ways end in g."


def test_what_is_not_computed_leads_to_the_input_that_is_missing() -> None:
    document = Document()
    document.apply(accept(verbs.add_op(document, "tanh", (0, 0), label="t")))
    document.apply(accept(verbs.add_op(document, "exp", (0, 0), label="e")))
    t, e = accept(document.find("t")), accept(document.find("e"))
    document.apply(accept(verbs.connect(document, t, e)))
    told = asked(document, "value", "e")
    assert told.words == "Why is e not computed?"
    assert told.sentences[-1].onward == Question("value", t)
    assert "no wire" in asked(document, "value", "t").sentences[0].text
    assert asked(document, "gradient", "t").words


def test_a_number_that_is_not_finite_leads_to_where_it_became_so() -> None:
    document = made("l = log(x)", "y = l*z")
    set_number(document, "x", -1.0)
    set_number(document, "z", 2.0)
    told = asked(document, "value", "y")
    assert told.sentences[0].onward == Question("value", accept(document.find("l")))
    told = asked(document, "value", "l")
    assert "logarithm" in told.sentences[0].text
    told = asked(document, "gradient", "z")
    assert any("slope of y" in sentence.text for sentence in told.sentences)


def test_without_an_output_there_is_nothing_to_go_backward_from() -> None:
    document = made("b = a + 1", "c = a*2")
    told = asked(document, "gradient", "a")
    assert told.gone[0].text == "No gradient: nothing is marked to go backward from."


def test_the_card_of_a_wire_with_a_weight_leads_to_the_gradient_of_that() -> None:
    document = made("x = 2", "w = 3", "L = x*w")
    target, weight = (accept(document.find(label)) for label in ("L", "w"))
    document.apply(accept(properties.set_role(document, {weight}, "parameter")))
    told = answer(document, evaluate(document), Question("wire", target, 0))
    assert "The gradient of w is 2.0." in [one.text for one in told.sentences]
    assert Question("gradient", weight) in [one.onward for one in told.sentences]


def test_a_question_about_what_is_gone_does_not_exist(product: Document) -> None:
    e = accept(product.find("e"))
    port = product.node(e).ports[0]
    assert exists(product, Question("wire", e, port))
    product.apply(accept(verbs.disconnect(product, e, port)))
    assert not exists(product, Question("wire", e, port))
    assert not exists(product, Question("value", 999))


# Over a batch ------------------------------------------------------------------------------------


@pytest.fixture
def network() -> Document:
    document = Document()
    data = DataSettings("moons", samples=20)
    document.apply(accept(insert_model(document, Model((3, 1), data=data))))
    return document


@pytest.mark.parametrize("reduction", ["mean", "sum"])
def test_over_a_batch_a_gradient_is_the_mean_or_sum_of_the_products_of_all_samples(
    network: Document, reduction: str
) -> None:
    network.apply(accept(properties.set_training(network, reduction=reduction)))
    samples = accept(load_samples(network.data, network.seeds))
    result = evaluate(network, data=samples, scope="batch")
    inputs, targets = samples.inputs[samples.train], samples.targets[samples.train]
    tape = Tape(display_plan(network, lanes=True), len(inputs))
    tape.load(network)
    tape.set_samples(inputs, targets)
    tape.forward()
    tape.backward()
    means = 0
    for node in network.nodes():
        if node.role != "parameter" or not node.is_leaf:
            continue
        told = answer(network, result, Question("gradient", node.id), samples)
        assert told.lines[-1].numbers.symbols[-1].number == result.slope(node.id)
        [(target, _port)] = network.consumers(node.id)
        other = [s for s in network.inputs(target) if s != node.id]
        if network.node(target).op == "mul" and " over " in told.lines[0].names.plain:
            assert told.lines[0].names.plain.startswith("∂loss/∂")
            assert f"{reduction} over {len(inputs)} samples" in told.lines[0].names.plain
            products = tape.values(other[0]) * tape.gradients(target)
            total = products.mean() if reduction == "mean" else products.sum()
            assert result.slope(node.id) == pytest.approx(total, rel=1e-12, abs=1e-15)
            means += 1
    assert means


def test_what_a_penalty_adds_in_training_is_said(network: Document) -> None:
    network.apply(accept(properties.set_training(network, l2=0.1)))
    weight = next(n.id for n in network.nodes() if n.is_leaf and n.role == "parameter")
    told = answer(network, evaluate(network), Question("gradient", weight))
    assert any("L2 adds 2·α·w" in sentence.text for sentence in told.sentences)


def test_text_has_the_question_every_formula_and_every_sentence(product: Document) -> None:
    told = asked(product, "gradient", "a")
    lines = as_text(told).splitlines()
    assert lines[0] == told.words
    assert [line.strip() for line in lines[1:3]] == plain(told)
    assert lines[3:] == [sentence.text for sentence in told.sentences]


def test_labels_that_say_what_is_computed_are_set_as_formulas() -> None:
    assert latex("x", {"x": "x1*w1"}) == r"x_{1} \cdot w_{1}"
    assert latex("x", {"x": "a*b#7"}) == r"\mathrm{a*b\#7}"
    assert latex("x", {"x": "a*("}) == r"\mathrm{a*(}"


def test_what_is_negative_is_in_brackets_where_it_is_added() -> None:
    document = made("y = x - x")
    assert "= 1 · ∂y/∂y + (−1 · ∂y/∂y)" in as_text(asked(document, "gradient", "x"))


@pytest.mark.parametrize(("x", "moves"), [(2.0, "smaller"), (-2.0, "larger"), (0.0, "")])
def test_a_step_of_training_goes_against_the_gradient_and_nowhere_without_one(
    x: float, moves: str
) -> None:
    document = made("L = w*x")
    w = accept(document.find("w"))
    set_number(document, "x", x)
    document.apply(accept(properties.set_role(document, {w}, "parameter")))
    document.apply(accept(properties.set_mark(document, accept(document.find("L")), "loss")))
    words = " ".join(sentence.text for sentence in asked(document, "gradient", "w").sentences)
    assert ("A step of training" in words) == bool(moves)
    assert f"makes w {moves}" in words or not moves
