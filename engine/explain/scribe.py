"""Writes the formulas of an answer, and keeps what each symbol in them stands for.

One scribe writes one formula, side by side; the writing itself is that of `engine.ops.writing`.
"""

from dataclasses import dataclass

from engine import ops
from engine.explain.node import elided
from engine.explain.questions import Meaning, Question, Subject, Written
from engine.ops.formula import Formula
from engine.ops.record import OUTPUT, Op
from engine.ops.writing import Names, Shown, Symbol, latex, plain


@dataclass(frozen=True, slots=True)
class Side:
    """One side of an equation."""

    plain: str
    latex: str


class Scribe:
    """Writes one formula about a subject."""

    def __init__(self, subject: Subject) -> None:
        self._subject = subject
        self._symbols: list[Meaning] = []

    # Symbols -------------------------------------------------------------------------------------

    def name(self, node: int) -> Symbol:
        """Return the name of a node; a constant without a name is its number."""
        if self._subject.is_nameless(node):
            return self.number(node)
        return self._symbol(self._subject.document.name(node), Question("value", node))

    def number(self, node: int) -> Symbol:
        """Return the value of a node."""
        return self._figure(self._subject.value(node), Question("value", node))

    def gradient(self, node: int) -> Symbol:
        """Return ∂output/∂node."""
        output, name = self._subject.output, self._subject.document.name
        upper = name(output) if output is not None else "?"
        return self._symbol((upper, name(node)), Question("gradient", node))

    def slope(self, node: int, number: float | None = None) -> Symbol:
        """Return the gradient of a node as a number, or another number that is part of it."""
        shown = self._subject.slope(node) if number is None else number
        return self._figure(shown, Question("gradient", node))

    def local(self, target: int, port: int) -> Symbol:
        """Return ∂target/∂source of a wire."""
        document = self._subject.document
        source = document.source(target, port)
        lower = "?" if source is None else document.name(source)
        return self._symbol((document.name(target), lower), Question("wire", target, port))

    def partial(self, target: int, port: int) -> Symbol:
        """Return the local derivative along a wire as a number."""
        return self._figure(self._subject.local(target, port), Question("wire", target, port))

    def brought(self, target: int, port: int, number: float) -> Symbol:
        """Return what a wire brings back as a number."""
        return self._figure(number, Question("wire", target, port))

    def _symbol(self, shown: str | tuple[str, str], question: Question) -> Symbol:
        self._symbols.append(Meaning(question))
        return Symbol(len(self._symbols), shown)

    def _figure(self, number: float, question: Question) -> Symbol:
        self._symbols.append(Meaning(question, number))
        return Symbol(len(self._symbols), number)

    # Formulas ------------------------------------------------------------------------------------

    def side(self, text: str, names: Names) -> Side:
        """Write one side of an equation."""
        return Side(plain(text, names), latex(text, names))

    def law(self, target: int, port: int, *, numeric: bool = False) -> tuple[str, Names] | None:
        """Return the law of a local derivative and what its names are; None if there is none."""
        record = self._subject.document.node(target)
        op, place = ops.get(record.op), record.ports.index(port)
        if op is None:
            return None
        text = op.derivatives[0 if op.variadic else place]
        used = Formula.parse(text).names
        write = self.number if numeric else self.name
        sources = self._subject.document.inputs(target)
        names: dict[str, Shown | list[Shown]] = {}
        if OUTPUT in used:
            names[OUTPUT] = write(target)
        if op.variadic:
            names |= self._of_many(place, sources, used, numeric=numeric)
        else:
            for one, source in zip(op.ports, sources, strict=True):
                if one in used and source is not None:
                    names[one] = write(source)
        given = op.defaults(record.attributes)
        return text, {**names, **_attributes(op, given)}

    def _of_many(
        self, place: int, sources: tuple[int | None, ...], used: frozenset[str], *, numeric: bool
    ) -> dict[str, Shown | list[Shown]]:
        write = self.number if numeric else self.name
        found: dict[str, Shown | list[Shown]] = {}
        own = sources[place]
        if "x_k" in used and own is not None:
            found["x_k"] = write(own)
        if "rest" in used:
            others = [*sources[:place], *sources[place + 1 :]]
            found["rest"] = elided([write(one) for one in others if one is not None])
        return found

    def equal(self, *sides: Side, begun: bool = False) -> Written:
        """Return the equation of all sides; one that was `begun` goes on with what is equal."""
        start = "= " if begun else ""
        return Written(
            start + " = ".join(side.plain for side in sides),
            start + " = ".join(side.latex for side in sides),
            tuple(self._symbols),
        )


def is_single(text: str) -> bool:
    """Tell whether a law is one symbol or one number."""
    return Formula.parse(text).is_single


def _attributes(op: Op, given: tuple[float, ...]) -> dict[str, float]:
    return dict(zip((one.name for one in op.attributes), given, strict=True))
