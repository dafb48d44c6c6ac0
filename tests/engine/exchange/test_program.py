"""Programs as micrograd's users write them, against Python's own arithmetic."""

import ast
import math
import random
from itertools import combinations

import pytest

from engine import Value
from engine.errors import Refusal, accept
from engine.exchange.program import MOST_NODES, insert_text, statements
from engine.graph.document import Document
from engine.graph.geometry import item_size
from engine.graph.verbs import add_value, group
from engine.run.evaluate import evaluate

ORIGIN = (0.0, 0.0)

README = """
from micrograd.engine import Value

a = Value(-4.0)
b = Value(2.0)
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
print(f'{g.data:.4f}') # prints 24.7041, the outcome of this forward pass
g.backward()
print(f'{a.grad:.4f}') # prints 138.8338, i.e. the numerical value of dg/da
print(f'{b.grad:.4f}') # prints 645.5773, i.e. the numerical value of dg/db
"""
LECTURE = """
# inputs x1,x2
x1 = Value(2.0, label='x1'); x2 = Value(0.0, label='x2')
w1 = Value(-3.0, label='w1'); w2 = Value(1.0, label='w2')
b = Value(6.8813735870195432, label='b')  # the bias; "#" and ';' may stand in it
x1w1 = x1*w1; x1w1.label = 'x1*w1'
x2w2 = x2*w2; x2w2.label = 'x2*w2'
x1w1x2w2 = x1w1 + x2w2; x1w1x2w2.label = 'x1*w1 + x2*w2'
n = x1w1x2w2 + b; n.label = 'n'
# ----
e = (2*n).exp()
o = (e - 1) / (e + 1)
o.label = 'o'
o.backward()
draw_dot(o)
"""


def made(text: str, document: Document | None = None, **how) -> Document:
    document = document or Document()
    edit = insert_text(document, text, ORIGIN, **how)
    assert not isinstance(edit, Refusal), str(edit)
    document.apply(edit)
    return document


def refused(text: str) -> str:
    outcome = insert_text(Document(), text, ORIGIN)
    assert isinstance(outcome, Refusal)
    return str(outcome)


def number(document: Document, name: str) -> float:
    return evaluate(document).number(accept(document.find(name)))


def slope(document: Document, name: str) -> float:
    return evaluate(document).slope(accept(document.find(name)))


def test_the_readme_of_micrograd_can_be_pasted():
    document = made(README)
    assert f"{number(document, 'g'):.4f}" == "24.7041"
    assert f"{slope(document, 'a'):.4f}" == "138.8338"
    assert f"{slope(document, 'b'):.4f}" == "645.5773"


def test_so_can_the_lectures_neuron_with_its_labels():
    document = made(LECTURE)
    labels = {node.label for node in document.nodes() if node.label}
    assert labels == {
        "x1", "x2", "w1", "w2", "b", "x1*w1", "x2*w2", "x1*w1 + x2*w2", "n", "e", "o",
    }  # fmt: skip
    assert number(document, "o") == pytest.approx(0.7071067811865476, abs=1e-15)
    assert slope(document, "w1") == pytest.approx(1.0, abs=1e-12)
    assert document.marked("backward") == [accept(document.find("o"))]


@pytest.mark.parametrize("seed", range(40))
def test_a_random_program_has_the_numbers_that_python_and_micrograd_give_it(seed):
    """The oracle runs the same text; only here, and only what this test has written."""
    program, names = written(seed)
    space: dict[str, object] = {"Value": Value}
    exec(program, space)
    document = made(program)
    result = evaluate(document)
    for name in names:
        [node] = [node for node in document.nodes() if node.label == name]
        expected = space[name]
        assert isinstance(expected, Value)
        assert result.number(node.id) == pytest.approx(expected.data, rel=1e-12)


@pytest.mark.parametrize("seed", range(40))
def test_a_tiny_evaluator_agrees(seed):
    program, names = written(seed)
    numbers: dict[str, float] = {}
    for statement in ast.parse(program).body:
        match statement:
            case ast.Assign(targets=[ast.Name(id=name)], value=value):
                numbers[name] = computed(value, numbers)
            case ast.AugAssign(target=ast.Name(id=name), value=value):
                numbers[name] += computed(value, numbers)
    document = made(program)
    for name in names:
        assert number(document, name) == pytest.approx(numbers[name], rel=1e-12)


def computed(node: ast.expr, numbers: dict[str, float]) -> float:
    match node:
        case ast.Constant(value=value):
            return float(value)
        case ast.Name(id=name):
            return numbers[name]
        case ast.Call(func=ast.Name(), args=[value]):
            return computed(value, numbers)
        case ast.Call(func=ast.Attribute(value=value, attr="tanh")):
            return math.tanh(computed(value, numbers))
        case ast.Call(func=ast.Attribute(value=value, attr="relu")):
            return max(computed(value, numbers), 0.0)
        case ast.UnaryOp(operand=value):
            return -computed(value, numbers)
        case ast.BinOp(left=left, op=operator, right=right):
            one, other = computed(left, numbers), computed(right, numbers)
            signs = {ast.Add: one + other, ast.Sub: one - other, ast.Mult: one * other}
            return one**other if isinstance(operator, ast.Pow) else signs[type(operator)]
    raise AssertionError(ast.dump(node))


def written(seed: int) -> tuple[str, list[str]]:
    """Return a program of assignments that use each other, and its names."""
    chance = random.Random(seed)
    names = ["a", "b"]
    lines = [f"{name} = Value({chance.uniform(-2, 2):.3f})" for name in names]

    def term(depth: int) -> str:
        if depth == 0 or chance.random() < 0.3:
            return chance.choice(names)
        inner = term(depth - 1)
        return chance.choice(
            (
                f"({inner} + {term(depth - 1)})",
                f"({inner} - {term(depth - 1)}*0.5)",
                f"{inner}*{term(depth - 1)}",
                f"({inner}).tanh()",
                f"({inner} + 1).relu()",
                f"(-{inner})**2",
            )
        )

    for number in range(8):
        if chance.random() < 0.3:
            lines.append(f"{chance.choice(names)} += {term(2)}".replace("+= ", "+= 0.5*"))
        else:
            lines.append(f"n{number} = ({term(3)}).tanh()  # {number}")
            names.append(f"n{number}")
    return "\n".join(lines), names


def test_it_is_one_edit_and_undo_is_exact():
    document = made("a = 2")
    start = document.copy()
    edit = accept(insert_text(document, LECTURE, ORIGIN))
    document.apply(edit)
    document.apply(edit.inverse())
    assert document.same_content(start)


def test_wires_run_to_the_right_nothing_overlaps_and_the_corner_is_where_it_was_asked():
    document = Document()
    document.apply(accept(insert_text(document, README, (300.0, -120.0))))
    boxes = {node.id: (*node.position, *item_size(node)) for node in document.nodes()}
    for source, target, _port in document.edges():
        assert boxes[source][0] + boxes[source][2] < boxes[target][0]
    for (x, y, w, h), (x2, y2, w2, h2) in combinations(boxes.values(), 2):
        assert x + w < x2 or x2 + w2 < x or y + h < y2 or y2 + h2 < y
    assert (min(b[0] for b in boxes.values()), min(b[1] for b in boxes.values())) == (300, -120)


def test_formulas_and_templates_may_stand_together():
    document = made("mlp 2 3 1 relu\nhinge\ns = 0.5*3 + q  # and a formula")
    assert sorted(g.label for g in document.groups.values() if g.group is None) == [
        "MLP 2 → 3 → 1",
        "hinge",
    ]
    assert number(document, "s") == 2.5


def test_inside_a_group_everything_lies_in_it():
    document = Document()
    document.apply(add_value(document, (0.0, 0.0)))
    document.apply(accept(group(document, [1])))
    [around] = document.groups
    edit = accept(insert_text(document, "b = 2\nc = b*3\nneuron 2", ORIGIN, around))
    document.apply(edit)
    assert {n.group for n in document.nodes() if n.label == "c"} == {around}
    assert [g.group for g in document.groups.values() if g.template == "neuron"] == [around]


def test_what_is_pasted_may_repeat_labels_and_what_is_typed_may_not():
    document = made("a = 2\nb = a*3")
    assert isinstance(insert_text(document, "a = 4\nb = a*5", ORIGIN), Refusal)
    made("a = 4\nb = a*5", document, pasted=True)
    values = [evaluate(document).number(n.id) for n in document.nodes() if n.label == "b"]
    assert values == [6.0, 20.0]


def test_names_of_the_document_are_wired():
    document = made("a = 2")
    made("x = a*3\ny = x + a", document)
    assert number(document, "y") == 8.0
    assert sum(node.label == "a" for node in document.nodes()) == 1


REFUSED = {
    "a = 2\nb = tahn(a)": "Line 2: There is no function “tahn”. Perhaps “tanh” is meant.",
    "# title\n\na = (1 +\n  2)\nb = a ^ 2": (
        "Line 5: “a ^ 2” has no place in a formula. Write ** for a power: x**2."
    ),
    "a = 2\nmlp 2 4 tahn": "Line 2: There is no activation “tahn”. Perhaps “tanh” is meant.",
    "a = 2\nb.label = 'b'": (
        "Line 2: There is no node called “b”. Write it before, as in b = a*b."
    ),
    "a = 2\na = 3": "Line 2: There is already a node called “a”. Choose another name.",
    "a = 2\nfor i in range(3):\n  a += 1": (
        "Line 2: “for i in range(3):” cannot be read: the trouble starts at “for i in range(3):”."
    ),
    "a = Value('x')": "“'x'” has no place in a formula.",
    "a = Value(b)": "“b” is no number.",
    "a = Value()": "A value is written as Value(2.0, label='a').",
    "# nothing": "There is no formula. Type one, such as 3*x**2 - 4*x + 5.",
    "a = 2\nl1_penalty\nb = sqrt(": "Line 3: “sqrt(” cannot be read: it stops",
    "a = 2\nl1_penalty": "Line 2: There is no parameter to keep small. Add a parameter",
}


@pytest.mark.parametrize("text", REFUSED)
def test_a_refusal_names_the_line_and_the_reason(text):
    assert refused(text).startswith(REFUSED[text])


HOSTILE = [
    "(" * 15_000,
    "\n".join("x+1" for _ in range(4_000)),
    "\n".join(f"a{i} = a{i - 1}*2" for i in range(1_500)),
    "'" * 19_999,
    "\\\n" * 9_000,
    ";" * 19_999,
    "mlp " + "[" * 900,
    "mlp " + "9" * 1_900,
    "a\x00b",
    "x = " + "-" * 1_900 + "1",
    ".".join("a" * 500),
    "**".join("9" * 400),
    "9" * 1_999,
    "mlp 4096 4096",
    "layer 9e999",
    "a" * 100_000,
]


@pytest.mark.parametrize("number", range(len(HOSTILE)))
def test_hostile_text_is_refused_in_words_or_makes_few_nodes(number):
    outcome = insert_text(Document(), HOSTILE[number], ORIGIN)
    if isinstance(outcome, Refusal):
        assert len(str(outcome)) < 400
    else:
        assert len(outcome.changes) <= 3 * MOST_NODES + 30_000


def test_statements_end_at_lines_and_semicolons_outside_of_quotes_and_brackets():
    text = "a = 1; b = Value(2, label='a;#b') # c; d\n\nc = (a +\n  b)\nd = a + \\\n  b"
    found = [(statement.text.split(), statement.line) for statement in statements(text)]
    assert found == [
        (["a", "=", "1"], 1),
        (["b", "=", "Value(2,", "label='a;#b')"], 1),
        (["c", "=", "(a", "+", "b)"], 3),
        (["d", "=", "a", "+", "b"], 5),
    ]
