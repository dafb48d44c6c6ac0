"""A typed formula becomes the nodes that a person would have wired."""

import ast
import math
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import Refusal
from engine.exchange.program import insert_text
from engine.graph.document import Document
from engine.graph.edits import Edit
from engine.graph.geometry import node_size
from engine.graph.verbs import add_value
from engine.ops import OPS


def inserted(text: str, document: Document | None = None) -> Document:
    """Return the document with a formula inserted that must be fine."""
    document = document or Document()
    edit = insert_text(document, text, (0.0, 0.0))
    assert isinstance(edit, Edit), str(edit)
    document.apply(edit)
    return document


def labelled(*labels: str) -> Document:
    """Return a document with values of these labels."""
    document = Document()
    for label in labels:
        document.apply(add_value(document, (0.0, 0.0), value=2.0, label=label))
    return document


def refused(text: str, document: Document | None = None) -> str:
    """Return the sentence for a formula that must be refused."""
    outcome = insert_text(document or Document(), text, (0.0, 0.0))
    assert isinstance(outcome, Refusal)
    return str(outcome)


def shape(document: Document, node: int | None = None) -> object:
    """Return a graph as nested tuples: (op, inputs…), a label or a number."""
    if node is None:
        [node] = [n for n in document.graph if not document.consumers(n)]
    record = document.node(node)
    if record.is_leaf:
        return record.label or record.value
    inputs = tuple(shape(document, source) for source in document.inputs(node))
    return (record.op, *inputs, *record.attributes.values())


SHAPES = {
    "3*x**2 - 4*x + 5": (
        "add",
        ("sub", ("mul", 3.0, ("power", "x", 2.0)), ("mul", 4.0, "x")),
        5.0,
    ),
    "a + b + c": ("add", "a", "b", "c"),
    "a - b - c": ("sub", ("sub", "a", "b"), "c"),
    "a*b*c": ("mul", ("mul", "a", "b"), "c"),
    "a/b": ("div", "a", "b"),
    "-x": ("neg", "x"),
    "x + -2": ("add", "x", -2.0),
    "x*1/2": ("div", ("mul", "x", 1.0), 2.0),
    "x*(1/2)": ("mul", "x", 0.5),
    "x + 1/4": ("add", "x", 0.25),
    "sin(pi/2*t)": ("sin", ("mul", math.pi / 2, "t")),
    "e*x": ("mul", math.e, "x"),
    "x**y": ("pow", "x", "y"),
    "2**x": ("pow", 2.0, "x"),
    "x**-1": ("power", "x", -1.0),
    "x²": ("power", "x", 2.0),
    "x + x": ("add", "x", "x"),
    "max(a, b, c)": ("max", "a", "b", "c"),
    "sum(a, b)": ("add", "a", "b"),
    "leaky_relu(x)": ("leaky_relu", "x", 0.01),
    "leaky_relu(x, 0.2)": ("leaky_relu", "x", 0.2),
    "leaky_relu(x, slope=0.2)": ("leaky_relu", "x", 0.2),
    "power(x, 3)": ("power", "x", 3.0),
    "pow(x, 3)": ("pow", "x", 3.0),
    "(x*2 + 1).relu()": ("relu", ("add", ("mul", "x", 2.0), 1.0)),
    "tanh(0.5)": ("tanh", 0.5),
    "1/3": 1 / 3,
    "x": "x",
    "e = a*b; d = e + c; L = d*f": ("mul", ("add", ("mul", "a", "b"), "c"), "f"),
}


@pytest.mark.parametrize("text", SHAPES)
def test_a_formula_becomes_these_nodes(text: str) -> None:
    assert shape(inserted(text)) == SHAPES[text]


def test_an_assignment_labels_the_result() -> None:
    document = inserted("L = a*b + c")
    node = document.find("L")
    assert isinstance(node, int)
    assert document.node(node).op == "add"
    assert document.node(node).label == "L"


def test_names_of_the_document_are_wired_and_others_become_values() -> None:
    document = inserted("a*w + e", labelled("a", "e"))
    assert sorted(node.label for node in document.nodes()) == ["", "", "a", "e", "w"]
    assert shape(document) == ("add", ("mul", "a", "w"), "e")
    assert document.consumers(1)
    assert document.consumers(2)


def test_an_id_names_a_node_without_a_label() -> None:
    document = inserted("tanh(#1)", labelled(""))
    assert document.inputs(2) == (1,)


def test_a_formula_is_one_edit_with_a_title() -> None:
    document = Document()
    edit = insert_text(document, "y = 3*x", (0.0, 0.0))
    assert isinstance(edit, Edit)
    assert edit.title == "Insert y = 3*x"
    document.apply(edit)
    document.apply(edit.inverse())
    assert len(document) == 0


def test_nodes_keep_apart_and_wires_run_to_the_right() -> None:
    text = "o = tanh(x1*w1 + x2*w2 + b); L = (o - y)**2 + max(x1, o, w2) * exp(-b)"
    document = inserted(text)
    boxes = {node.id: (*node.position, *node_size(node)) for node in document.nodes()}
    for (x, y, width, height), (left, top, *size) in combinations(boxes.values(), 2):
        apart = x + width < left or left + size[0] < x
        assert apart or y + height < top or top + size[1] < y
    for source, target, _port in document.edges():
        assert boxes[source][0] + boxes[source][2] < boxes[target][0]


def test_a_formula_stands_where_it_is_dropped() -> None:
    document = Document()
    edit = insert_text(document, "a*b", (500.0, -200.0))
    assert isinstance(edit, Edit)
    document.apply(edit)
    assert document.node(1).position == (500.0, -200.0)


REFUSED = {
    "": "There is no formula. Type one, such as 3*x**2 - 4*x + 5.",
    "y =": "There is no formula. Type one, such as 3*x**2 - 4*x + 5.",
    "3*x +": "“3*x +” cannot be read: it stops before it is complete.",
    "3*x + * 2": "“3*x + * 2” cannot be read: the trouble starts at “* 2”.",
    "2(x + 1)": (
        "“2(x + 1)” has no place in a formula."
        " Write * between things that are multiplied: 2*(x + 1)."
    ),
    "x^2": "“x ^ 2” has no place in a formula. Write ** for a power: x**2.",
    "x == 2": ("“x == 2” has no place in a formula. Write one = to name a result, as in y = 3*x."),
    "sigmoyd(x)": "There is no function “sigmoyd”. Perhaps “sigmoid” is meant.",
    "qqq(x)": "There is no function “qqq”.",
    "max()": "“max” takes 1 or more inputs and has 0.",
    "leaky_relu(x, a)": "“slope” of “leaky_relu” must be a number.",
    "leaky_relu(x, sloop=1)": "“leaky_relu” has no “sloop”.",
    "tanh(#12)": "There is no node #12.",
    "a": "There is nothing to insert: “a” alone is no operation. Type a formula such as tanh(a).",
    "y = a": (
        "There is nothing to insert: “a” alone is no operation. Type a formula such as tanh(a)."
    ),
    "a = 2*b": "There is already a node called “a”. Choose another name.",
    "3*twin": ("'twin' names more than one node: there are #2, #3. Use one of these ids instead."),
    "__import__('os')": "There is no function “__import__”.",
    "x if x else y": (
        "“x if x else y” has no place in a formula. It is made of numbers, names, + − * / ** and"
        " functions such as tanh(x)."
    ),
}


@pytest.mark.parametrize("text", REFUSED)
def test_what_is_wrong_is_said_in_one_sentence(text: str) -> None:
    assert refused(text, labelled("a", "twin", "twin")) == REFUSED[text]


def test_the_exponent_has_the_range_of_the_op() -> None:
    exponent = OPS["power"].attributes[0]
    assert refused(f"x**{exponent.high * 2}").startswith(exponent.title)


def grown(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Return formulas one op larger than the inner ones."""
    functions = st.sampled_from(["tanh", "relu", "exp", "sigmoid"])
    return st.one_of(
        st.tuples(inner, st.sampled_from("+-*/"), inner).map(lambda t: f"({' '.join(t)})"),
        st.tuples(functions, inner).map(lambda t: f"{t[0]}({t[1]})"),
    )


FORMULAS = st.recursive(st.sampled_from(["a", "b", "c", "2", "0.5", "-1"]), grown, max_leaves=12)


@given(FORMULAS)
def test_the_nodes_of_a_formula_are_those_of_its_syntax_tree(text: str) -> None:
    """Names are shared, numbers are not; sums of sums and arithmetic on numbers save nodes."""
    document = inserted(text)
    tree = ast.parse(text, mode="eval")
    names = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    used = {node.label for node in document.nodes() if node.label}
    assert used <= names
    assert len(document) <= sum(isinstance(node, ast.expr) for node in ast.walk(tree))
    assert all(None not in document.inputs(node.id) for node in document.nodes())
