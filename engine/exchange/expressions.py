"""Typed formulas as edits, and typed numbers.

The palette's search box, the number fields and `--set` call it.  `L = a*b + c` becomes nodes:
names that the document knows are wired, other names become values, and the result is labelled.
"""

import math
import re
from dataclasses import replace
from gettext import gettext as _

from engine.errors import Refusal, Refused
from engine.exchange.formula import Call, Expression, Name, Number, compute, parse
from engine.exchange.syntax import shown, split_assignment
from engine.graph.document import Document
from engine.graph.edits import Edit
from engine.graph.fragment import Fragment, Sketch, insert_fragment
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
        case Number(value):
            return value
        case Call(key, inputs, attributes):
            return compute(key, [value_of(item) for item in inputs], attributes)
        case Name(text):
            raise Refused(_("“{name}” is not a number").format(name=shown(text)))


def insert_expression(
    document: Document, text: str, position: Point, group: int | None = None
) -> Edit | Refusal:
    """Insert the nodes of a formula, or of several separated by `;`, left to right.

    `position` is the top-left corner of the whole, in the coordinates of `group`.
    """
    builder = Builder(document)
    try:
        for statement in re.split(r"[;\n]", text.strip().strip(";")):
            builder.add(statement)
    except Refused as refused:
        return refused.refusal
    title = _("Insert {formula}").format(formula=shown(text))
    fragment = arranged(builder.sketch.finish())
    return insert_fragment(document, fragment, title, position, group, builder.inputs)


class Builder:
    """Sketches the nodes of formulas; a name means the same node in all of them."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.sketch = Sketch()
        self.inputs: list[int] = []
        self._labels = {node.label for node in document.nodes() if node.label}
        self._names: dict[str, int] = {}

    def add(self, statement: str) -> None:
        """Sketch one formula, with or without a name for its result."""
        label, formula = split_assignment(statement)
        if label and (label in self._labels or label in self._names):
            raise Refused(
                _("There is already a node called “{name}”").format(name=label),
                "",
                _("Choose another name"),
            )
        expression = parse(formula, self._labels | self._names.keys())
        if isinstance(expression, Name) and (label or expression.text in self._labels):
            raise Refused(
                _("There is nothing to insert"),
                _("“{name}” alone is no operation").format(name=expression.text),
                _("Type a formula such as tanh({name})").format(name=expression.text),
            )
        node = self._place(expression, label)
        if label:
            self._names[label] = node

    def _place(self, expression: Expression, label: str = "") -> int:
        """Return the local id of an expression's node, sketched if it is new."""
        match expression:
            case Number(value):
                return self.sketch.value(label, value, (0.0, 0.0))
            case Name(text):
                return self._named(text)
            case Call(key, inputs, attributes):
                sources = [self._place(item) for item in inputs]
                return self.sketch.op(key, sources, (0.0, 0.0), label=label, attributes=attributes)

    def _named(self, text: str) -> int:
        if text not in self._names:
            known = text in self._labels or text.startswith("#")
            make = self._wired if known else self._fresh
            self._names[text] = make(text)
        return self._names[text]

    def _fresh(self, text: str) -> int:
        return self.sketch.value(text, START, (0.0, 0.0))

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
