"""What can be asked about a number, what is answered, and the numbers that answers are made of.

Whoever asks makes a `Question`; an `Answer` holds formulas whose symbols are questions again.
"""

from dataclasses import dataclass
from functools import cached_property
from math import nan
from typing import Literal

from engine.explain.arriving import Share, shares
from engine.graph.document import Document
from engine.ops.writing import Symbol, plain
from engine.run.result import Result
from engine.train.samples import Samples

About = Literal["value", "gradient", "wire"]


@dataclass(frozen=True, slots=True)
class Question:
    """Why a node's value or gradient is what it is, or what flows along the wire into a port."""

    about: About
    node: int
    port: int | None = None


@dataclass(frozen=True, slots=True)
class Meaning:
    """What one symbol of a formula stands for: what can be asked next, and its number.

    A name has none.
    """

    question: Question
    number: float | None = None


@dataclass(frozen=True, slots=True)
class Written:
    """A formula as plain text and as LaTeX, whose colour #00000k marks the k-th of `symbols`."""

    plain: str = ""
    latex: str = ""
    symbols: tuple[Meaning, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """A formula with names, and with numbers; `through` says which way it is about, if several."""

    through: str
    names: Written
    numbers: Written = Written()


@dataclass(frozen=True, slots=True)
class Sentence:
    """A plain sentence, and what it makes one want to ask."""

    text: str
    onward: Question | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """Why a number is what it is.

    `words` is the question in words, in which `subject` has the colour `tone`, a role of themes.
    `gone` says, under its own question, what has become of a gradient that is 0 or almost.
    """

    question: Question
    words: str
    subject: str
    tone: str
    lines: tuple[Line, ...]
    sentences: tuple[Sentence, ...]
    gone_words: str = ""
    gone: tuple[Sentence, ...] = ()


class Subject:
    """A document and a result with what answers look up in them; unknown numbers are nan.

    `batch` are the samples that the gradients are of, None if they are those of one sample.
    """

    def __init__(self, document: Document, result: Result, batch: Samples | None = None) -> None:
        self.document = document
        self.result = result
        self.batch = batch

    @cached_property
    def output(self) -> int | None:
        """Where going backward began, None if that is not known or gone."""
        output = self.result.output
        return output if output is not None and output in self.document else None

    def called(self, node: int) -> str:
        """Return what stands for a node in a sentence: a constant without a name is its number."""
        return spelled(self.value(node)) if self.is_nameless(node) else self.document.name(node)

    def is_nameless(self, node: int) -> bool:
        """Tell whether a node is a constant that nobody named."""
        record = self.document.node(node)
        return record.is_leaf and record.role == "constant" and not record.label

    def value(self, node: int) -> float:
        """Return the value of a node."""
        return self.result.number(node)

    def slope(self, node: int) -> float:
        """Return the gradient of a node."""
        return self.result.slope(node)

    def computed(self, node: int) -> bool:
        """Tell whether a node has a value."""
        row = self.result.row.get(node)
        return row is not None and bool(self.result.computed[row])

    def reached(self, node: int) -> bool:
        """Tell whether the output depends on a node."""
        row = self.result.row.get(node)
        return row is not None and bool(self.result.reached[row])

    def sources(self, node: int) -> list[int]:
        """Return what feeds a node, in the order of its ports, as far as these are wired."""
        return [source for source in self.document.inputs(node) if source is not None]

    def local(self, target: int, port: int) -> float:
        """Return the local derivative along a wire."""
        wire = self.result.edge_row.get((target, port))
        return nan if wire is None else float(self.result.partial[wire])

    def shares(self, node: int) -> tuple[Share, ...]:
        """Return what the wires to consumers that are reached bring back."""
        return shares(self.document, self.result, node)


def spelled(number: float) -> str:
    """Write a number as formulas write those of nodes, as in 2.0."""
    return plain("x", {"x": Symbol(0, number)})
