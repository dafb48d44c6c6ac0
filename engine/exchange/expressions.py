"""Typed formulas as pieces of graph, and typed numbers.

`engine.exchange.program` inserts the pieces; number fields and `--set` read numbers.
`L = a*b + c` becomes nodes: names that the document knows are wired, other names become values,
and the result is labelled.
"""

import math
import re
from dataclasses import replace
from gettext import gettext as _

from engine.errors import Refusal, Refused
from engine.exchange.formula import Call, Expression, Leaf, Name, Number, compute, parse
from engine.exchange.syntax import shown, split_assignment
from engine.graph.document import Document
from engine.graph.fragment import Fragment, Sketch
from engine.graph.geometry import LEAF_SIZE, node_size
from engine.graph.records import Node, Point

COLUMN = 180.0
ROW = 116.0
# What a new name starts with: most functions have a value and a slope there.
START = 1.0


def parse_number(text: str) -> float | Refusal:
    """Return the finite number that a text such as "1/3", "pi/2" or "-2e-3" means."""
    if not text.strip():
        return Refusal(_("There is no number"), "", _("Type one, such as 0.5 or 1/3"))
    try:
        number = value_of(parse(text))
    except Refused as refused:
        return refused.refusal
    if math.isfinite(number):
        return number
    return Refusal(_("“{text}” is not a finite number").format(text=shown(text)))


def value_of(expression: Expression) -> float:
    """Return the number of an expression without names."""
    match expression:
        case Number(value) | Leaf(value):
            return value
        case Call(key, inputs, attributes):
            return compute(key, [value_of(item) for item in inputs], attributes)
        case Name(text):
            raise Refused(_("“{name}” is not a number").format(name=shown(text)))


class Builder:
    """Sketches the nodes of formulas; a name means the same node in all of them.

    Attributes:
        inputs: nodes of the document, for the sources -1, -2, … of what is sketched.
        count: how many nodes there are so far.

    What is `pasted` may have the labels of nodes that are there, as copies have.
    """

    def __init__(self, document: Document, *, pasted: bool = False) -> None:
        self.document = document
        self.inputs: list[int] = []
        self.count = 0
        self._sketch = Sketch()
        self._labels = {node.label for node in document.nodes() if node.label}
        self._reserved = set() if pasted else self._labels
        self._known = set(self._labels)
        self._names: dict[str, int] = {}
        self._called: dict[int, str] = {}
        self._backward: int | None = None

    def add(self, statement: str) -> None:
        """Sketch one formula, with or without a name for its result."""
        label, formula = split_assignment(statement)
        if label and (label in self._reserved or self._is_taken(label, formula)):
            raise Refused(
                _("There is already a node called “{name}”").format(name=label),
                "",
                _("Choose another name"),
            )
        expression = parse(formula, self._known)
        if isinstance(expression, Name) and (label or expression.text in self._labels):
            raise Refused(
                _("There is nothing to insert"),
                _("“{name}” alone is no operation").format(name=expression.text),
                _("Type a formula such as tanh({name})").format(name=expression.text),
            )
        node = self._place(expression)
        if label:
            self._name(node, label)

    def label(self, name: str, label: str) -> None:
        """Label a node that has a name: `e.label = 'e'`."""
        self._called[self._made(name)] = label

    def start_backward(self, name: str) -> None:
        """Let gradients begin at a node: `L.backward()`."""
        self._backward = self._made(name)

    def finish(self) -> Fragment:
        """Return what was sketched, all of it still at one place."""
        fragment = self._sketch.finish()
        return replace(fragment, nodes=tuple(map(self._finished, fragment.nodes)))

    def _finished(self, node: Node) -> Node:
        marked = node.id == self._backward and not self.document.marked("backward")
        marks = ("backward",) if marked else ()
        return replace(node, label=self._called.get(node.id, ""), marks=marks)

    def _is_taken(self, label: str, formula: str) -> bool:
        """Tell whether a name means a node already; `c = c + 1` gives it to another one."""
        return label in self._names and re.search(rf"\b{label}\b", formula) is None

    def _name(self, node: int, name: str) -> None:
        """Give a node a name; what had it before is called so no longer."""
        before = self._names.get(name)
        if before is not None and self._called.get(before) == name:
            del self._called[before]
        self._names[name] = node
        self._known.add(name)
        self._called.setdefault(node, name)

    def _made(self, name: str) -> int:
        """Return the local id that a name of these formulas means."""
        if name not in self._names:
            raise Refused(
                _("There is no node called “{name}”").format(name=shown(name)),
                "",
                _("Write it before, as in {name} = a*b").format(name=shown(name)),
            )
        return self._names[name]

    def _place(self, expression: Expression) -> int:
        """Return the local id of an expression's node, sketched if it is new."""
        match expression:
            case Name(text):
                return self._named(text)
            case Number(value):
                return self._value(value)
            case Leaf(value, label):
                return self._value(value, label)
            case Call(key, inputs, attributes):
                sources = [self._place(item) for item in inputs]
                self.count += 1
                return self._sketch.op(key, sources, (0.0, 0.0), attributes=attributes)

    def _value(self, value: float, label: str = "") -> int:
        self.count += 1
        node = self._sketch.value("", value, (0.0, 0.0))
        if label:
            self._called[node] = label
        return node

    def _named(self, text: str) -> int:
        if text not in self._names:
            if text in self._labels or text.startswith("#"):
                self._names[text] = self._wired(text)
            else:
                self._name(self._value(START), text)
        return self._names[text]

    def _wired(self, text: str) -> int:
        """Return the local id of a node of the document: -1, -2, …"""
        found = self.document.find(text)
        if isinstance(found, Refusal):
            raise Refused(found.what, found.why, found.remedy)
        self.inputs.append(found)
        return -len(self.inputs)


def arranged(fragment: Fragment) -> Fragment:
    """Lay a fragment out: each op right of its inputs and half-way between them.

    Leaves stand in the column before the first op that uses them, each in a row of its own, in
    the order in which the formula names them.
    """
    sources: dict[int, list[int]] = {node.id: [] for node in fragment.nodes}
    for source, target, _port in fragment.edges:
        if source in sources:
            sources[target].append(source)
    columns = _columns(fragment.nodes, sources)
    middles: dict[int, float] = {}
    lowest: dict[int, float] = {}
    rows = 0
    for node in fragment.nodes:  # sources come first
        if inner := sources[node.id]:
            middle = sum(middles[source] for source in inner) / len(inner)
        else:
            middle = rows * ROW + LEAF_SIZE[1] / 2
            rows += 1
        column = columns[node.id]
        middles[node.id] = max(middle, lowest.get(column, middle))
        lowest[column] = middles[node.id] + ROW
    nodes = tuple(
        replace(node, position=_corner(node, columns[node.id], middles[node.id]))
        for node in fragment.nodes
    )
    return replace(fragment, nodes=nodes)


def _columns(nodes: tuple[Node, ...], sources: dict[int, list[int]]) -> dict[int, int]:
    """Count how many ops deep each node lies; leaves move up to the op that needs them first."""
    columns: dict[int, int] = {}
    for node in nodes:
        columns[node.id] = 1 + max((columns[source] for source in sources[node.id]), default=-1)
    for node in reversed(nodes):
        users = [columns[target] for target, inner in sources.items() if node.id in inner]
        if node.is_leaf and users:
            columns[node.id] = min(users) - 1
    return columns


def _corner(node: Node, column: int, middle: float) -> Point:
    width, height = node_size(node)
    return (column * COLUMN + (LEAF_SIZE[0] - width) / 2, middle - height / 2)
