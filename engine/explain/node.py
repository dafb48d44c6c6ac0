"""One node explained: its formula, its numbers, and how each input moves it.

`describe` only reads; it is cheap enough to be called whenever a node is selected or a number
changes.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from gettext import gettext as _
from math import nan

from engine import ops
from engine.explain.leaves import leaf_intuition, leaf_title
from engine.graph.document import Document
from engine.graph.records import Node
from engine.ops import Op
from engine.ops.record import OUTPUT
from engine.ops.writing import Names, Shown, latex, plain
from engine.run.result import Result

MOST_WRITTEN = 8
"""Formulas of n-ary ops leave out the middle of more inputs than these."""


@dataclass(frozen=True, slots=True)
class InputExplanation:
    """One input port: who feeds it, and how the node reacts to it.

    `derivative` is the law, `local` its number here, and `contribution` what this wire adds to
    the gradient of `source`; numbers that are not known are nan. An unwired port has no source,
    and its own name.
    """

    port: int
    source: int | None
    name: str
    value: float
    derivative: str
    derivative_latex: str
    local: float
    contribution: float


@dataclass(frozen=True, slots=True)
class Explanation:
    """What can be said about one node, each formula as plain text and as LaTeX.

    `formula` uses the names of the inputs, `with_numbers` their values; it is empty if the node
    has no value. A leaf, or an op that is not known, has neither. `problem` says why a value is
    not finite, or why there is none; usually it is empty.
    """

    node: int
    title: str
    intuition: str
    formula: str
    formula_latex: str
    with_numbers: str
    with_numbers_latex: str
    value: float
    gradient: float
    computed: bool
    reached: bool
    inputs: tuple[InputExplanation, ...]
    problem: str


def describe(document: Document, result: Result | None, node: int) -> Explanation:
    """Explain a node of the document; without a result there are words but no numbers.

    Raises EngineError if the document has no such node.
    """
    subject = _Subject(document, result, node)
    title, intuition = subject.words()
    formula, formula_latex = subject.formula()
    with_numbers, with_numbers_latex = subject.with_numbers()
    return Explanation(
        node=node,
        title=title,
        intuition=intuition,
        formula=formula,
        formula_latex=formula_latex,
        with_numbers=with_numbers,
        with_numbers_latex=with_numbers_latex,
        value=subject.number(node),
        gradient=nan if result is None else result.slope(node),
        computed=subject.computed,
        reached=subject.reached,
        inputs=tuple(subject.input(place) for place in range(len(subject.record.ports))),
        problem=subject.problem(),
    )


def describe_input(
    document: Document, result: Result | None, node: int, port: int
) -> InputExplanation:
    """Explain one input of a node, without the words and formulas of the node itself."""
    return _Subject(document, result, node).input(document.node(node).ports.index(port))


class _Subject:
    """A node with all that is looked up once to explain it."""

    def __init__(self, document: Document, result: Result | None, node: int) -> None:
        self.result = result
        self.record = document.node(node)
        self.op: Op | None = None if self.record.is_leaf else ops.get(self.record.op)
        wired = document.wired(node)
        self.sources = [wired.get(port) for port in self.record.ports]
        self.names = [
            self._own_name(place) if source is None else document.name(source)
            for place, source in enumerate(self.sources)
        ]
        self.symbols: list[Shown] = [
            name if source is None else _symbol(document.node(source), name)
            for name, source in zip(self.names, self.sources, strict=True)
        ]
        row = None if result is None else result.row.get(node)
        self.computed = result is not None and row is not None and bool(result.computed[row])
        self.reached = result is not None and row is not None and bool(result.reached[row])

    def _own_name(self, place: int) -> str:
        return self.op.ports[place] if self.op and not self.op.variadic else "?"

    def number(self, node: int | None) -> float:
        """Return the value of a node, nan if it is not known."""
        return nan if self.result is None or node is None else self.result.number(node)

    def words(self) -> tuple[str, str]:
        """Return title and intuition."""
        if self.op is not None:
            return self.op.title, self.op.intuition
        if self.record.is_leaf:
            return leaf_title(self.record), leaf_intuition(self.record)
        return self.record.op, ""

    def problem(self) -> str:
        """Return why there is no finite value, "" if there is one or it cannot be told."""
        found = None if self.result is None else self.result.reasons.get(self.record.id)
        if found is not None:
            return found.text
        if self.op is None and not self.record.is_leaf:
            return _("This version does not know the operation “{op}”").format(op=self.record.op)
        return ""

    def formula(self) -> tuple[str, str]:
        """Return the equation in names, plain and as LaTeX."""
        return self._equation(self.record.label or OUTPUT, self.symbols)

    def with_numbers(self) -> tuple[str, str]:
        """Return the equation in numbers, plain and as LaTeX."""
        if not self.computed:
            return "", ""
        values = [self.number(source) for source in self.sources]
        return self._equation(self.number(self.record.id), values)

    def _equation(self, out: Shown, inputs: Sequence[Shown]) -> tuple[str, str]:
        if self.op is None:
            return "", ""
        names = self._named(self.op, inputs)
        text = self.op.formula
        return (
            f"{plain(OUTPUT, {OUTPUT: out})} = {plain(text, names)}",
            f"{latex(OUTPUT, {OUTPUT: out})} = {latex(text, names)}",
        )

    def _named(self, op: Op, inputs: Sequence[Shown]) -> Names:
        shown = elided(inputs) if op.variadic else inputs
        named = op.names(shown, op.defaults(self.record.attributes))
        return {name: item for name, item in named.items() if item != ()}

    def input(self, place: int) -> InputExplanation:
        """Explain one input."""
        port, source = self.record.ports[place], self.sources[place]
        result = self.result
        wire = None if result is None else result.edge_row.get((self.record.id, port))
        known = result is not None and wire is not None
        derivative, derivative_latex = self._derivative(place)
        return InputExplanation(
            port=port,
            source=source,
            name=self.names[place],
            value=self.number(source),
            derivative=derivative,
            derivative_latex=derivative_latex,
            local=float(result.partial[wire]) if result and known else nan,
            contribution=float(result.contribution[wire]) if result and known else nan,
        )

    def _derivative(self, place: int) -> tuple[str, str]:
        """Return the law of one local derivative in names, plain and as LaTeX."""
        if self.op is None:
            return "", ""
        out = {OUTPUT: self.record.label or OUTPUT}
        if self.op.variadic:
            rest = self.symbols[:place] + self.symbols[place + 1 :]
            names: Names = out | {"x_k": self.symbols[place], "rest": elided(rest)}
            text = self.op.derivatives[0]
        else:
            names = {**self._named(self.op, self.symbols), **out}
            text = self.op.derivatives[place]
        return plain(text, names), latex(text, names)


def _symbol(source: Node, name: str) -> Shown:
    """Return what stands for an input in a formula: a constant without a label is its number."""
    unnamed = source.is_leaf and source.role == "constant" and not source.label
    return source.value if unnamed else name


def elided(items: Sequence[Shown]) -> list[Shown]:
    """Return the items, the middle of a long sequence left out."""
    if len(items) <= MOST_WRITTEN:
        return list(items)
    return [*items[: MOST_WRITTEN - 2], "…", items[-1]]
