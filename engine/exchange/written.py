"""Nodes as the text that makes them again: `c = a*b`, one line for each node with a name.

Copying offers it to other programs. It is written only if `engine.exchange.program` reads it as
the very same nodes: `text_of_nodes` is its inverse, and gives None where there is no such text.
"""

import math
from collections import Counter
from collections.abc import Iterable, Set
from keyword import iskeyword

import networkx as nx

from engine import ops
from engine.errors import Refusal, Refused
from engine.exchange.formula import CONSTANTS, parse
from engine.exchange.program import LONGEST_PROGRAM, MOST_NODES
from engine.exchange.syntax import ID_WORD, split_assignment
from engine.graph.document import Document
from engine.graph.records import Node

# How tightly each kind of text holds together.
SUM, PRODUCT, SIGN, POWER, ATOM = range(5)
PLAIN_ROLES = ("constant", "parameter")  # the numbers of others come from samples


def text_of_nodes(document: Document, ids: Iterable[int]) -> str | None:
    """Return the lines that make these nodes with their names and numbers, or None.

    What feeds them from outside is named. There is none if that has no name of its own, if a
    nameless result is used twice, if an input is free, or if other things than nodes are meant.
    """
    chosen = set(ids)
    if not chosen or len(chosen) > MOST_NODES or not all(item in document for item in chosen):
        return None
    try:
        return _Writer(document, chosen).lines()
    except _NoTextError:
        return None


class _NoTextError(Exception):
    """There is no text for it."""


class _Writer:
    """Writes nodes of a document; what has a name is written once and then called by it."""

    def __init__(self, document: Document, chosen: Set[int]) -> None:
        self._document = document
        self._chosen = chosen
        inner = [edge for edge in document.edges() if edge[1] in chosen]
        self._uses = Counter(source for source, _target, _port in inner)
        self._own = {label for item in chosen if (label := document.node(item).label)}

    def lines(self) -> str:
        """Return a line for each node that has a name or feeds nothing."""
        labels = Counter(self._document.node(item).label for item in self._chosen)
        if any(count > 1 for label, count in labels.items() if label):
            raise _NoTextError
        order = nx.lexicographical_topological_sort(nx.DiGraph(self._within()))
        lines = [self._line(self._document.node(item)) for item in order if self._is_line(item)]
        text = "\n".join(lines)
        if len(text) > LONGEST_PROGRAM:
            raise _NoTextError
        for line in lines:
            self._check(line)
        return text

    def _within(self) -> nx.MultiDiGraph:
        graph: nx.MultiDiGraph = self._document.graph.subgraph(self._chosen)
        return graph

    def _is_line(self, item: int) -> bool:
        if not self._document.node(item).label and self._uses[item] > 1:
            raise _NoTextError
        return bool(self._document.node(item).label) or not self._uses[item]

    def _line(self, node: Node) -> str:
        text, _level = self._expression(node)
        return f"{_name(node.label)} = {text}" if node.label else text

    def _check(self, line: str) -> None:
        """A formula may be longer or deeper than what is read."""
        try:
            parse(split_assignment(line)[1], self._own)
        except Refused:
            raise _NoTextError from None

    def _operand(self, source: int, least: int) -> str:
        """Return an input as it stands beside an operator, in brackets if it has to."""
        text, level = self._input(source)
        return text if level >= least else f"({text})"

    def _input(self, source: int) -> tuple[str, int]:
        node = self._document.node(source)
        if source in self._chosen:
            return (_name(node.label), ATOM) if node.label else self._expression(node)
        foreign = node.label in CONSTANTS or node.label in self._own
        if foreign or isinstance(self._document.find(node.label), Refusal):
            raise _NoTextError
        return _name(node.label), ATOM

    def _expression(self, node: Node) -> tuple[str, int]:
        if node.is_leaf:
            if node.role not in PLAIN_ROLES or not math.isfinite(node.value):
                raise _NoTextError
            text = repr(node.value).removesuffix(".0")
            return text, SIGN if text.startswith("-") else ATOM
        inputs = self._document.inputs(node.id)
        sources = [source for source in inputs if source is not None]
        if len(sources) < len(inputs):
            raise _NoTextError
        if all(map(self._is_number, sources)):
            return self._call(node, sources)  # operators between numbers are carried out
        return self._operation(node, sources) or self._call(node, sources)

    def _operation(self, node: Node, sources: list[int]) -> tuple[str, int] | None:
        """Write an op with its operator; None if it has none, or would be read differently."""
        first, last = sources[0], sources[-1]
        match node.op:
            case "add" if len(sources) > 1 and not self._is_sum(first):
                terms = [
                    self._operand(first, SUM),
                    *(self._operand(s, PRODUCT) for s in sources[1:]),
                ]
                return " + ".join(terms), SUM
            case "sub":
                return f"{self._operand(first, SUM)} - {self._operand(last, PRODUCT)}", SUM
            case "mul" | "div":
                sign = "*" if node.op == "mul" else "/"
                return f"{self._operand(first, PRODUCT)}{sign}{self._operand(last, SIGN)}", PRODUCT
            case "neg":
                return f"-{self._operand(first, SIGN)}", SIGN
            case "power":
                exponent = repr(node.attributes["n"]).removesuffix(".0")
                return f"{self._operand(first, ATOM)}**{exponent}", POWER
            case "pow" if not self._is_number(last):
                return f"{self._operand(first, ATOM)}**{self._operand(last, ATOM)}", POWER
        return None

    def _call(self, node: Node, sources: list[int]) -> tuple[str, int]:
        given = [self._input(source)[0] for source in sources]
        record = ops.OPS[node.op]
        for attribute in record.attributes:
            value = node.attributes.get(attribute.name, attribute.default)
            given.append(f"{attribute.name}={value!r}".removesuffix(".0"))
        return f"{node.op}({', '.join(given)})", ATOM

    def _is_number(self, source: int) -> bool:
        node = self._document.node(source)
        return source in self._chosen and node.is_leaf and not node.label

    def _is_sum(self, source: int) -> bool:
        """Whether it is written as a sum, which would become one with the sum around it."""
        node = self._document.node(source)
        return source in self._chosen and node.op == "add" and not node.label


def _name(label: str) -> str:
    plain = label.isascii() and label.isidentifier() and not iskeyword(label)
    if not plain or label.startswith(ID_WORD):
        raise _NoTextError
    return label
