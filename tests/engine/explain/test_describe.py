"""A node is explained in the words of its op, with the numbers of the result."""

import math

import pytest

from engine.errors import EngineError, accept
from engine.exchange.program import insert_text
from engine.explain import Explanation, describe
from engine.graph import verbs
from engine.graph.document import Document
from engine.graph.edits import WHOLE, Change, Edit
from engine.graph.properties import set_frozen, set_mark, set_value
from engine.graph.records import Node
from engine.ops import OPS, Op
from engine.run.evaluate import evaluate


def made(*expressions: str) -> Document:
    """Return a document of typed expressions."""
    document = Document()
    for text in expressions:
        document.apply(accept(insert_text(document, text, (0, 0))))
    return document


def labelled(document: Document, label: str) -> int:
    return accept(document.find(label))


def set_number(document: Document, label: str, number: float) -> None:
    document.apply(accept(set_value(document, labelled(document, label), number)))


def explained(document: Document, label: str) -> Explanation:
    return describe(document, evaluate(document), labelled(document, label))


@pytest.fixture
def product() -> Document:
    """d = a*b with a = 2, b = -3, and L = d*f with f = -2."""
    document = made("d = a*b", "L = d*f")
    for label, number in {"a": 2.0, "b": -3.0, "f": -2.0}.items():
        set_number(document, label, number)
    return document


def test_an_op_is_titled_and_described_by_its_record(product: Document) -> None:
    found = explained(product, "d")
    assert (found.title, found.intuition) == (OPS["mul"].title, OPS["mul"].intuition)


def test_the_formula_uses_the_names_of_the_inputs(product: Document) -> None:
    found = explained(product, "d")
    assert found.formula == "d = a · b"
    assert found.formula_latex == r"d = a \cdot b"


def test_the_formula_with_numbers_uses_their_values(product: Document) -> None:
    found = explained(product, "d")
    assert found.with_numbers == "−6 = 2 · (−3)"
    assert found.with_numbers_latex == r"-6 = 2 \cdot \left(-3\right)"


def test_the_node_has_its_value_and_gradient(product: Document) -> None:
    found = explained(product, "d")
    assert (found.value, found.gradient) == (-6.0, -2.0)
    assert found.computed
    assert found.reached
    assert found.problem == ""


def test_each_input_has_its_local_derivative_and_its_contribution(product: Document) -> None:
    a, b = explained(product, "d").inputs
    assert (a.name, a.value, a.derivative, a.local, a.contribution) == ("a", 2.0, "b", -3.0, 6.0)
    assert (b.name, b.value, b.derivative, b.local, b.contribution) == ("b", -3.0, "a", 2.0, -4.0)
    assert a.source == labelled(product, "a")
    assert b.derivative_latex == "a"


def test_a_derivative_may_use_the_nodes_own_label() -> None:
    document = made("o = tanh(n)")
    found = explained(document, "o")
    assert found.formula == "o = tanh(n)"
    assert found.inputs[0].derivative == "1 − o²"
    assert found.inputs[0].derivative_latex == "1 - o^{2}"


def test_an_unlabelled_node_is_called_out() -> None:
    document = made("exp(x)")
    op = next(node for node in document.nodes() if node.op == "exp")
    found = describe(document, evaluate(document), op.id)
    assert found.formula == "out = exp(x)"
    assert found.inputs[0].derivative == "out"


def test_an_attribute_stands_in_the_formula_as_its_number() -> None:
    found = explained(made("y = x**3"), "y")
    assert found.formula == "y = x³"
    assert found.inputs[0].derivative == "3 · x²"


def test_an_unlabelled_constant_stands_in_the_formula_as_its_number() -> None:
    found = explained(made("y = x * 2.5"), "y")
    assert found.formula == "y = x · 2.5"
    assert found.inputs[1].name == "#2"


def test_an_n_ary_op_is_written_with_all_its_inputs() -> None:
    document = made("s = prod(a, b, c)")
    for label, number in {"a": 2.0, "b": -3.0, "c": 4.0}.items():
        set_number(document, label, number)
    found = explained(document, "s")
    assert found.formula == "s = a · b · c"
    assert found.with_numbers == "−24 = 2 · (−3) · 4"
    assert [row.derivative for row in found.inputs] == ["b · c", "a · c", "a · b"]
    assert [row.local for row in found.inputs] == [-12.0, 8.0, -6.0]


def test_a_choice_names_the_input_in_its_derivative() -> None:
    first = explained(made("m = max(a, b)"), "m").inputs[0]
    assert first.derivative == "[a = m] / (Σ [xⱼ = m])"


def test_the_middle_of_many_inputs_is_left_out_of_the_formula_only() -> None:
    names = [f"w{k}" for k in range(1, 13)]
    found = explained(made(f"s = sum({', '.join(names)})"), "s")
    assert found.formula == "s = w1 + w2 + w3 + w4 + w5 + w6 + … + w12"
    assert [row.name for row in found.inputs] == names


def test_a_value_used_twice_is_explained_at_both_ports() -> None:
    document = made("s = sum(a, a)")
    set_number(document, "a", 3.0)
    found = explained(document, "s")
    assert found.with_numbers == "6 = 3 + 3"
    assert [row.contribution for row in found.inputs] == [1.0, 1.0]


def test_a_number_that_is_not_finite_comes_with_its_reason() -> None:
    document = made("y = log(x)")
    set_number(document, "x", -1.0)
    found = explained(document, "y")
    assert found.with_numbers == "nan = ln(−1)"
    assert "no real logarithm" in found.problem


def test_an_unwired_port_keeps_its_own_name_and_there_are_no_numbers() -> None:
    document = Document()
    document.apply(accept(verbs.add_op(document, "sub", (0, 0), label="d")))
    document.apply(verbs.add_value(document, (0, 0), value=2.0, label="a"))
    document.apply(accept(verbs.connect(document, 2, 1)))
    found = explained(document, "d")
    assert found.formula == "d = a − y"
    assert (found.with_numbers, found.computed) == ("", False)
    assert math.isnan(found.value)
    assert found.inputs[1].source is None
    assert math.isnan(found.inputs[1].value)
    assert math.isnan(found.inputs[1].local)


def test_an_n_ary_op_without_inputs_is_explained_by_its_law() -> None:
    document = Document()
    document.apply(accept(verbs.add_op(document, "logsumexp", (0, 0), label="s")))
    found = explained(document, "s")
    assert found.formula == "s = ln(Σ exp(xⱼ))"
    assert found.inputs == ()


def test_a_node_that_the_output_does_not_depend_on_is_not_reached(product: Document) -> None:
    product.apply(accept(set_mark(product, labelled(product, "d"), "backward")))
    assert not explained(product, "L").reached
    assert explained(product, "a").reached


@pytest.mark.parametrize(
    ("role", "frozen", "title", "word"),
    [
        ("constant", False, "Constant", "when you change it"),
        ("parameter", False, "Parameter", "Training"),
        ("parameter", True, "Frozen parameter", "alone"),
        ("feature", False, "Feature 0", "sample"),
        ("target", False, "Target 0", "answer"),
    ],
)
def test_a_leaf_is_explained_by_its_role(role: str, frozen: bool, title: str, word: str) -> None:
    document = Document()
    document.apply(verbs.add_value(document, (0, 0), value=1.5, label="w", role=role))
    if frozen:
        document.apply(accept(set_frozen(document, [1], on=True)))
    found = explained(document, "w")
    assert found.title == title
    assert word in found.intuition
    assert (found.formula, found.value, found.inputs) == ("", 1.5, ())


def test_an_op_that_is_not_known_says_so() -> None:
    document = Document()
    record = Node(1, op="from_the_future", label="y", ports=(0,))
    document.apply(Edit("Add", (Change("node", 1, WHOLE, None, record),)))
    found = explained(document, "y")
    assert (found.title, found.formula, found.computed) == ("from_the_future", "", False)
    assert "from_the_future" in found.problem
    assert found.inputs[0].derivative == ""


def test_without_a_result_there_are_words_but_no_numbers(product: Document) -> None:
    found = describe(product, None, labelled(product, "d"))
    assert (found.formula, found.with_numbers) == ("d = a · b", "")
    assert math.isnan(found.value)
    assert math.isnan(found.gradient)
    assert math.isnan(found.inputs[0].local)


def test_a_node_that_is_not_there_is_a_broken_promise(product: Document) -> None:
    with pytest.raises(EngineError, match="#99"):
        describe(product, None, 99)


@pytest.mark.parametrize("op", OPS.values(), ids=OPS.keys())
def test_every_op_of_the_table_can_be_explained(op: Op) -> None:
    document = Document()
    document.apply(accept(verbs.add_op(document, op.key, (0, 0), label="out")))
    for port in range(len(op.ports) + op.variadic):
        edit = verbs.add_value(document, (0, 0), value=1.5, label=f"x{port}")
        document.apply(edit)
        document.apply(accept(verbs.connect(document, port + 2, 1)))
    result = evaluate(document)
    found = describe(document, result, 1)
    assert found.formula.startswith("out = ")
    assert found.with_numbers.count("=") >= 1
    assert all(row.derivative and row.derivative_latex for row in found.inputs)
    assert all(math.isfinite(row.local) for row in found.inputs)


def test_an_unnamed_input_cannot_be_read_as_an_operator() -> None:
    document = made("(a - b) + 5")
    total = max(node.id for node in document.nodes() if node.op == "add")
    difference = next(node.id for node in document.nodes() if node.op == "sub")
    assert describe(document, None, total).formula == f"out = sub#{difference} + 5"
