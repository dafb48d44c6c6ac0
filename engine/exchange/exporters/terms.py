"""Op bodies written out: a number kind that remembers how it was computed instead of computing.

A body runs on floats and on arrays; run on `Term`s it gives its own text. So exported code is
what the op's record says, edge rules and all, and a new op is exported without a line of its own.
The exporters call `forward` and `slopes`; nothing here knows an op by its key.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from engine.exchange.exporters.careful import CAREFUL, PLAIN
from engine.ops import Op, scalars
from engine.ops.record import bind

CASES, COMPARISON, SUM, PRODUCT, NEGATIVE, POWER, ATOM = range(7)
"""How tightly a text holds together, as Python reads it."""

LEVELS = {"+": SUM, "-": SUM, "*": PRODUCT, "/": PRODUCT, "**": POWER}
LONGEST = 7  # operations in a term that is written where it is used
QUIET = {"/": "divide", "**": "power"}
CHAINS = frozenset({"+", "*", "maximum", "minimum"})

Operand: TypeAlias = "Term | float"


@dataclass(frozen=True, eq=False)
class Term:
    """A name, or an operation on terms and numbers; equal only to itself."""

    head: str
    parts: tuple[Operand, ...] = ()

    def __add__(self, other: Operand) -> "Term":
        return Term("+", (self, other))

    def __radd__(self, other: float) -> "Term":
        return Term("+", (other, self))

    def __sub__(self, other: Operand) -> "Term":
        return Term("-", (self, other))

    def __rsub__(self, other: float) -> "Term":
        return Term("-", (other, self))

    def __mul__(self, other: Operand) -> "Term":
        return self if _is(other, 1) else Term("*", (self, other))

    def __rmul__(self, other: float) -> "Term":
        return self if _is(other, 1) else Term("*", (other, self))

    def __truediv__(self, other: Operand) -> "Term":
        return Term("/", (self, other))

    def __rtruediv__(self, other: float) -> "Term":
        return Term("/", (other, self))

    def __neg__(self) -> "Term":
        return Term("negative", (self,))

    def __gt__(self, other: Operand) -> "Term":
        return Term(">", (self, other))

    def __ge__(self, other: Operand) -> "Term":
        return Term(">=", (self, other))

    def __lt__(self, other: Operand) -> "Term":
        return Term("<", (self, other))

    def __le__(self, other: Operand) -> "Term":
        return Term("<=", (self, other))

    def __eq__(self, other: object) -> "Term":  # type: ignore[override]
        return Term("==", (self, other))  # type: ignore[arg-type]

    __hash__ = object.__hash__


def forward(op: Op, inputs: Sequence[Term], attributes: Sequence[Operand]) -> Operand:
    """Return an op's value in terms of its inputs."""
    body = bind(op.forward, _Table)  # type: ignore[arg-type]
    return body(inputs, *attributes) if op.variadic else body(*inputs, *attributes)  # type: ignore[no-any-return]


def slopes(
    op: Op, inputs: Sequence[Term], output: Term, attributes: Sequence[Operand]
) -> tuple[Operand, ...]:
    """Return d(output)/d(input), one an input, in terms of inputs and output."""
    body = bind(op.partials, _Table)  # type: ignore[arg-type]
    given = (inputs, output) if op.variadic else (*inputs, output)
    return tuple(body(*given, *attributes))


def is_short(terms: Sequence[Operand]) -> bool:
    """Whether terms can be written where they are used: little of it, and nothing twice."""
    return not _shared(terms) and all(_operations(term) <= LONGEST for term in terms)


def _operations(term: Operand) -> int:
    """Count operations; a chain of sums, however long, is one."""
    count, waiting = 0, [term]
    while waiting:
        here = waiting.pop()
        if isinstance(here, Term) and here.parts:
            count += 1
            waiting += _chain(here, {})
    return count


class Writer:
    """Writes terms as Python: `careful` says with functions that never raise for a number.

    `used` collects the functions that the text calls, so that they can be imported or defined.
    """

    def __init__(self, *, careful: bool) -> None:
        self.careful = careful
        self.used: set[str] = set()

    def text(self, term: Operand, least: int = CASES) -> str:
        """Write a term, in brackets if it holds together less tightly than `least`."""
        text, level = self._piece(term, {})
        return text if level >= least else f"({text})"

    def lines(self, terms: Sequence[Operand]) -> tuple[list[str], list[str]]:
        """Write terms with what they share put into names before: those lines, and the texts."""
        names: dict[int, str] = {}
        before = []
        for shared in _shared(terms):
            name = "t" if not names else f"t{len(names) + 1}"
            before.append(f"{name} = {self._piece(shared, names)[0]}")
            names[id(shared)] = name
        return before, [self._piece(term, names)[0] for term in terms]

    def _piece(self, term: Operand, names: dict[int, str]) -> tuple[str, int]:
        if not isinstance(term, Term):
            text = number(term)
            return text, NEGATIVE if text.startswith("-") else ATOM
        if id(term) in names or not term.parts:
            return names.get(id(term), term.head), ATOM

        def held(part: Operand, least: int) -> str:
            text, level = self._piece(part, names)
            return text if level >= least else f"({text})"

        head = QUIET.get(term.head, term.head) if self.careful else term.head
        match head, term.parts:
            case "+" | "*", _parts:
                first, *rest = _chain(term, names)
                level = LEVELS[head]
                texts = [held(first, level), *(held(part, level + 1) for part in rest)]
                return f" {head} ".join(texts), level
            case "-" | "/", (left, right):
                level = LEVELS[head]
                return f"{held(left, level)} {head} {held(right, level + 1)}", level
            case "**", (base, exponent):
                return f"{held(base, ATOM)}**{held(exponent, NEGATIVE)}", POWER
            case "negative", (part,):
                return f"-{held(part, POWER)}", NEGATIVE
            case "where", (condition, yes, no):
                asked = held(condition, COMPARISON)
                return f"{held(yes, COMPARISON)} if {asked} else {held(no, COMPARISON)}", CASES
            case ">" | ">=" | "<" | "<=" | "==", (left, right):
                return f"{held(left, SUM)} {head} {held(right, SUM)}", COMPARISON
        function = (CAREFUL if self.careful else PLAIN)[head]
        self.used.add(function)
        arguments = [held(part, CASES) for part in _chain(term, names)]
        return f"{function}({', '.join(arguments)})", ATOM


def number(value: float) -> str:
    """Write a number so that reading it gives it back exactly."""
    return repr(value) if isinstance(value, int) else repr(float(value))


def bracketed(text: str) -> str:
    """Return an expression so that it can be multiplied."""
    simple = text.replace(".", "").replace("_", "").isalnum()
    return text if simple or _is_call(text) else f"({text})"


def _is_call(text: str) -> bool:
    """Whether a text is one call and nothing after it."""
    opening = text.find("(")
    if opening < 1 or not text.endswith(")") or not text[:opening].replace(".", "").isidentifier():
        return False
    depth = 0
    for place, character in enumerate(text):
        depth += (character == "(") - (character == ")")
        if depth == 0 and place > opening:
            return place == len(text) - 1
    return False


def _is(value: object, wanted: float) -> bool:
    return isinstance(value, int | float) and value == wanted


def _chain(term: Term, names: dict[int, str]) -> tuple[Operand, ...]:
    """Return what a chain is made of, back to the first part that has a name."""
    if term.head not in CHAINS:
        return term.parts
    rest = [term.parts[1]]
    first = term.parts[0]
    while isinstance(first, Term) and first.head == term.head and id(first) not in names:
        rest.append(first.parts[1])
        first = first.parts[0]
    return (first, *reversed(rest))


def _shared(terms: Sequence[Operand]) -> list[Term]:
    """Return the operations that are used more than once, inner ones first."""
    uses: dict[int, int] = {}
    order: list[Term] = []
    waiting = [(term, False) for term in reversed(terms)]
    while waiting:
        term, parts_are_done = waiting.pop()
        if not isinstance(term, Term) or not term.parts:
            continue
        if parts_are_done:
            order.append(term)
            continue
        uses[id(term)] = uses.get(id(term), 0) + 1
        if uses[id(term)] == 1:
            waiting.append((term, True))
            waiting += [(part, False) for part in reversed(term.parts)]
    return [term for term in order if uses[id(term)] > 1]


class _Table:
    """The bare names of op bodies, for terms; numbers among themselves are computed."""

    __all__ = scalars.__all__


def _named(name: str) -> Callable[..., Operand]:
    compute: Callable[..., float] = getattr(scalars, name)

    def call(*arguments: Operand) -> Operand:
        if any(isinstance(argument, Term) for argument in arguments):
            return Term(name, arguments)
        return compute(*arguments)

    return call


def _where(condition: object, yes: Operand, no: Operand) -> Operand:
    if isinstance(condition, Term):
        return Term("where", (condition, yes, no))
    return yes if condition else no


def _divide(x: Operand, y: Operand) -> Operand:
    if isinstance(x, Term) or isinstance(y, Term):
        return Term("/", (x, y))
    return scalars.divide(x, y)


def _power(x: Operand, n: Operand) -> Operand:
    if isinstance(x, Term) and _is(n, 1):
        return x
    if isinstance(x, Term) or isinstance(n, Term):
        return Term("**", (x, n))
    return scalars.power(x, n)


_OWN: dict[str, Any] = {"where": _where, "divide": _divide, "power": _power}
for _name in scalars.__all__:
    setattr(_Table, _name, staticmethod(_OWN.get(_name, _named(_name))))
